"""The compiled catalogues (.mo) are made from the .po files when needed: git keeps only what people write."""

from pathlib import Path

import polib

LOCALE_DIR = Path(__file__).resolve().parents[1] / "locale"


def compile_translations(locale_dir: Path = LOCALE_DIR) -> None:
    """Compile each .po file that is newer than its .mo file."""
    for po in locale_dir.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        draft = mo.with_suffix(".mo.new")
        draft.write_bytes(polib.pofile(str(po)).to_binary())
        draft.replace(mo)  # a process that reads the old one goes on reading it whole
