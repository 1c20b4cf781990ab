"""Bring a virtual environment to what a lock says: `python3 requirements/install.py base|dev FOLDER`.

It runs before anything is installed, so it uses the standard library only.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)


def main(lock: str, folder: Path) -> None:
    """Install the lock's packages into the folder's environment, which is made anew if it is not usable."""
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Python 3.11 以上が必要です。make PYTHON=python3.11 run のように指定できます。")
    with open(__file__, encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two commands at once take turns
        if not is_usable(folder):
            make_environment(folder)
        installed = folder / "installed-locks"
        wanted = [fingerprint(folder, name) for name in (["base"] if lock == "base" else ["base", "dev"])]
        if installed.exists() and set(wanted) <= set(installed.read_text(encoding="utf-8").splitlines()):
            return
        print("ライブラリを入れています。最初は数分かかります…", flush=True)
        installed.unlink(missing_ok=True)
        pip: list[str | Path] = [
            python_of(folder),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
        ]
        if subprocess.run([*pip, "--require-hashes", "--requirement", HERE / f"{lock}.txt"]).returncode != 0:
            sys.exit(
                "ライブラリを入れられませんでした。上の記録とネットワークの設定を確かめて、もう一度実行してください。"
            )
        installed.write_text("\n".join([*wanted, ""]), encoding="utf-8")


def python_of(folder: Path) -> Path:
    """The environment's interpreter."""
    return folder / "bin" / "python"


def fingerprint(folder: Path, lock: str) -> str:
    """What has to be the same for the installed packages to be those of the lock."""
    version = subprocess.run([python_of(folder), "--version"], capture_output=True, text=True).stdout.strip()
    return f"{lock} {hashlib.sha256((HERE / f'{lock}.txt').read_bytes()).hexdigest()} {version}"


def is_usable(folder: Path) -> bool:
    """Whether an environment is there, was made for this very folder, and its Python still runs and has pip."""
    try:
        configuration = (folder / "pyvenv.cfg").read_text(encoding="utf-8")
        made_by = [line for line in configuration.splitlines() if line.startswith("command = ")]
        if made_by and not made_by[0].endswith(f" {folder}"):
            return False
        return subprocess.run([python_of(folder), "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment(folder: Path) -> None:
    """Make an empty environment, in place of one that is not usable."""
    try:
        import ensurepip  # noqa: F401, PLC0415  (Debian ships it apart)
        import venv  # noqa: PLC0415  (likewise)
    except ImportError:
        sys.exit("仮想環境を作れません。apt-get install python3-venv を実行してから、もう一度実行してください。")
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        sys.exit(f"{folder} は空でなく、仮想環境でもありません。別の場所を VENV= に指定してください。")
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
