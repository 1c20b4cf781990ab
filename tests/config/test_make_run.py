"""`make run` as a person meets it: real processes, a real port, real kills. They share one database, filled once."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import Cluster

CHECKOUT = Path(__file__).resolve().parents[2]
SERVE = (sys.executable, "manage.py", "serve", "--port", "0")
PATIENCE = 90  # seconds, for the slowest machine


class Site:
    """A started `serve` or `make run` and what it has said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said = ""
        assert process.stdout is not None
        for line in process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.said)
        self.port = int(found[1]) if found else 0

    def opens(self, path: str = "/") -> bool:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as response:
            return bool(response.status == 200)

    def end(self, number: signal.Signals) -> int:
        os.kill(self.process.pid, number)
        return self.process.wait(PATIENCE)


@contextmanager
def site(local: Path, *command: str) -> Iterator[Site]:
    """Start a site that keeps its data in `local`, and wait until it says that it is open, or ends."""
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    with subprocess.Popen(
        command or SERVE,
        cwd=CHECKOUT,
        env={**environment, "RONTEN_LOCAL": str(local)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        alarm = threading.Timer(PATIENCE, process.kill)
        alarm.start()
        try:
            yield Site(process)
        finally:
            alarm.cancel()
            process.terminate()


def database_runs(local: Path) -> bool:
    return (local / "postgres" / "data" / "postmaster.pid").exists()


def ask(local: Path, sql: str) -> object:
    with psycopg.connect(Cluster(local / "postgres").url) as connection:
        row = connection.execute(sql).fetchone()
        return row and row[0]


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a first run, in an empty one, and what it said."""
    local = tmp_path_factory.mktemp("local")
    with site(local) as opened:
        assert opened.opens(), opened.said
        assert ask(local, "SELECT count(*) FROM meetings_meeting") == 9
        assert opened.end(signal.SIGTERM) == 0
    assert not database_runs(local)
    return local, opened.said


@pytest.fixture
def local(first_run: tuple[Path, str]) -> Path:
    return first_run[0]


def test_editor_signs_in_with_what_the_terminal_says(first_run: tuple[Path, str]) -> None:
    local, said = first_run
    found = re.search(r"(editor@example\.jp)\s+(\S+)", said)
    assert found
    assert f"{found[1]} {found[2]}\n" in (local / "accounts.txt").read_text()
    assert (local / "accounts.txt").stat().st_mode & 0o777 == 0o600
    with site(local) as opened:
        assert found[0] in opened.said
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        admin = f"http://127.0.0.1:{opened.port}/admin/"
        with browser.open(admin) as page:
            form, address = page.read().decode(), page.url
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        answers = {"username": found[1], "password": found[2], "csrfmiddlewaretoken": token[1], "next": "/admin/"}
        with browser.open(address, urllib.parse.urlencode(answers).encode()) as page:
            assert page.url == admin


def test_ctrl_c_stops_site_and_database(local: Path) -> None:
    with site(local) as opened:
        assert database_runs(local)
        assert opened.end(signal.SIGINT) == 0
    assert not database_runs(local)


def test_closed_terminal_stops_site_and_database(local: Path) -> None:
    with site(local) as opened:
        assert opened.end(signal.SIGHUP) == 0
    assert not database_runs(local)


def test_killed_run_is_recovered_on_the_same_port(local: Path) -> None:
    with site(local) as opened:
        os.kill(int((local / "postgres" / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        assert opened.end(signal.SIGKILL) == -signal.SIGKILL
    with site(local, *SERVE[:-1], str(opened.port)) as again:
        assert again.port == opened.port
        assert again.opens()


def test_database_stays_for_the_second_of_two_sites(local: Path) -> None:
    with site(local) as first, site(local) as second:
        assert first.port != second.port
        first.end(signal.SIGTERM)
        assert second.opens()


def test_taken_port_is_said_with_what_to_do(local: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with site(local, *SERVE[:-1], str(port)) as refused:
            assert refused.process.wait(PATIENCE) == 1
    assert f"make run PORT={port + 1}" in refused.said
    assert "Traceback" not in refused.said
    assert not database_runs(local)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_make_run_takes_everything_with_it(local: Path, number: signal.Signals) -> None:
    with site(local, "make", "run", "PORT=0", f"VENV={sys.prefix}") as opened:
        assert opened.opens()
        opened.end(number)
        assert opened.process.stdout
        opened.process.stdout.read()  # ends when the last process that could write to it has ended
    assert not database_runs(local)
