"""What a fresh machine is told when something is missing, and what the locks and migrations promise."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from config.translations import compile_translations

CHECKOUT = Path(__file__).resolve().parents[2]
INSTALL = CHECKOUT / "requirements" / "install.py"


def run(*command: str | Path, path: Path | None = None) -> tuple[int, str]:
    """The exit code and all that a command says. `path` is the only place where it finds programs."""
    environment = None if path is None else {"PATH": str(path), "LC_ALL": "C.UTF-8"}
    finished = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return finished.returncode, finished.stdout


def pins(lock: str) -> set[str]:
    text = (CHECKOUT / "requirements" / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^[\w.\[\],-]+==\S+", text, re.MULTILINE))


def test_development_installs_the_very_versions_of_production() -> None:
    assert pins("base.txt") <= pins("dev.txt")


def test_missing_venv_module_is_named_with_its_package(tmp_path: Path) -> None:
    code = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = sys.argv[1:];"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    assert run(sys.executable, "-c", code, INSTALL, "base", tmp_path / "venv") == (
        1,
        "仮想環境を作れません。apt-get install python3-venv を実行してから、もう一度実行してください。\n",
    )
    assert not (tmp_path / "venv").exists()


def test_folder_that_is_no_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("大切")
    code, said = run(sys.executable, INSTALL, "base", tmp_path)
    assert code == 1
    assert "VENV=" in said
    assert (tmp_path / "letter.txt").read_text() == "大切"


def test_missing_browser_is_named_where_there_is_no_package_manager(tmp_path: Path) -> None:
    bash = shutil.which("bash") or "bash"
    code, said = run(bash, CHECKOUT / ".ci" / "system-packages", path=tmp_path)
    assert code == 1
    assert said.endswith(": chromium fontconfig fonts-noto-cjk gettext\n")


def test_whoever_may_not_install_packages_is_told_the_command(tmp_path: Path) -> None:
    (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    for program in tmp_path.iterdir():
        program.chmod(0o755)
    bash = shutil.which("bash") or "bash"
    code, said = run(bash, CHECKOUT / ".ci" / "system-packages", path=tmp_path)
    assert code == 1
    command = "apt-get install -y --no-install-recommends chromium fontconfig fonts-noto-cjk gettext"
    assert said.endswith(f"  sudo apt-get update && sudo {command}\n")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_catalogue_is_compiled_again_when_its_source_is_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for english in ("meeting", "Meeting"):
        catalogue[:] = [polib.POEntry(msgid="会議", msgstr=english)]
        catalogue.save(str(folder / "django.po"))
        compile_translations(tmp_path)
        assert [entry.msgstr for entry in polib.mofile(str(folder / "django.mo"))] == [english]
