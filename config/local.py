"""Where a checkout keeps what is its own and not in git: the embedded database, uploads, the secret key."""

import os
import secrets
from pathlib import Path


def local_dir() -> Path:
    """The folder for this checkout's own data: RONTEN_LOCAL, or `.local` beside manage.py. It may not exist yet."""
    return Path(os.environ.get("RONTEN_LOCAL") or Path(__file__).resolve().parents[1] / ".local")


def secret_key() -> str:
    """The development secret key: made once, kept in a file that only its owner can read."""
    file = local_dir() / "secret_key"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        key = secrets.token_urlsafe(50)
        handle.write(key)
    return key
