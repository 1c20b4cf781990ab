"""pytest plugin: unless DATABASE_URL names a server, each run has a private one, started before and removed after.

It is loaded by `-p tests.database` (pyproject.toml), because the settings are read before any conftest.py. The workers
of pytest-xdist are child processes: they find DATABASE_URL set and use the server of the run that has started them.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded_postgres import DATABASE, Cluster, EmbeddedPostgresError, locked
from config.local import local_dir
from config.translations import compile_translations

CHECKOUT = Path(__file__).resolve().parents[1]
TESTS = local_dir() / "tests"
RUNS = TESTS / "runs"
CLUSTER = pytest.StashKey[Cluster]()
# Nothing here has to survive a crash of the machine, so the disk need not be waited for.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.hookimpl(wrapper=True)  # pytest-django, which reads the settings, wants to be first too
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Say where the database will be, before the settings ask. It is not started yet: this may be `pytest --help`."""
    compile_translations()
    if not os.environ.get("DATABASE_URL"):
        early_config.stash[CLUSTER] = Cluster(RUNS / secrets.token_hex(8), settings=SETTINGS)
        os.environ["DATABASE_URL"] = early_config.stash[CLUSTER].url
        os.environ["TEST_DATABASE_TEMPLATE"] = DATABASE
    yield


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server, and remove those of killed runs."""
    cluster = session.config.stash.get(CLUSTER, None)
    if cluster is None:
        return
    RUNS.mkdir(parents=True, exist_ok=True)
    try:
        with locked(TESTS / "lock"):
            for folder in RUNS.iterdir():
                Cluster(folder).destroy()
            _start_migrated(cluster)
    except EmbeddedPostgresError as error:
        raise pytest.UsageError(str(error)) from error


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and remove the server of this run."""
    cluster = config.stash.get(CLUSTER, None)
    if cluster is not None:
        cluster.release()
        with locked(TESTS / "lock"):
            if cluster.root.exists():
                cluster.destroy()
        del os.environ["DATABASE_URL"], os.environ["TEST_DATABASE_TEMPLATE"]


def _start_migrated(cluster: Cluster) -> None:
    """Start the server with a migrated database, from which each worker copies its own.

    To migrate takes longer than most runs, so the files are kept until a migration or a library changes. A migration
    that fails is left for the tests to report.
    """
    kept = TESTS / f"migrated-{_fingerprint()}"
    if kept.exists():
        cluster.root.mkdir()
        _copy(kept, cluster.data)
        cluster.acquire()
        return
    cluster.acquire()
    migrated = subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=CHECKOUT)
    if migrated.returncode == 0:
        cluster.release()
        for outdated in TESTS.glob("migrated-*"):
            shutil.rmtree(outdated)
        _copy(cluster.data, kept)
        cluster.acquire()


def _fingerprint() -> str:
    """A digest of all that decides what `migrate` makes."""
    files = [CHECKOUT / "requirements" / "dev.txt"]
    for pattern in ("*/migrations/*.py", "*/fields.py"):
        files += sorted(CHECKOUT.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    """Copy a stopped cluster's files with their owner."""
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    subprocess.run(["cp", "--archive", source, draft], check=True)
    draft.rename(target)
