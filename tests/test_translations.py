"""Every visible text has its English (product: Japanese first, English complete)."""

import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """The catalogue as gettext would make it now from the code and templates of this checkout."""
    copy = tmp_path_factory.mktemp("messages")
    folders = [folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists() and folder.name != "tests"]
    for folder in [*folders, ROOT / "templates", ROOT / "locale"]:
        shutil.copytree(folder, copy / folder.name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-obsolete", "--no-wrap"]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True)
    return polib.pofile(str(copy / CATALOGUE))


def test_every_message_has_its_english(collected: polib.POFile) -> None:
    lacking = [entry.msgid for entry in collected if not entry.translated() or entry.fuzzy]
    assert lacking == []


def test_the_catalogue_holds_no_message_that_is_gone(collected: polib.POFile) -> None:
    kept = polib.pofile(str(ROOT / CATALOGUE))
    now = {(entry.msgctxt, entry.msgid) for entry in collected}
    assert [entry.msgid for entry in kept if (entry.msgctxt, entry.msgid) not in now] == []


def test_english_uses_the_same_placeholders(collected: polib.POFile) -> None:
    def placeholders(text: str) -> set[str]:
        return {word.split(")")[0] for word in text.split("%(")[1:]}

    def english(entry: polib.POEntry) -> list[str]:
        return list(entry.msgstr_plural.values()) or [entry.msgstr]

    wrong = [
        entry.msgid for entry in collected for text in english(entry) if placeholders(text) - placeholders(entry.msgid)
    ]
    assert wrong == []
