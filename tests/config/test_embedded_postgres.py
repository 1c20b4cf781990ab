"""The embedded PostgreSQL, with real servers and real kills."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from config.embedded_postgres import Cluster, EmbeddedPostgresError, ServerAccount

CHECKOUT = Path(__file__).resolve().parents[2]
QUICK = {"fsync": "off"}
ORDINARY = ["setpriv", "--reuid=daemon", "--regid=daemon", "--clear-groups"]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")

USER = """
import sys
from pathlib import Path
from config.embedded_postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), settings={"fsync": "off"})
cluster.acquire()
print("ready", flush=True)
sys.stdin.read()
cluster.release()
"""


@contextmanager
def another_process(root: Path, *prefix: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the cluster until its standard input is closed."""
    command = [*prefix, sys.executable, "-c", USER, str(root)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


def ask(cluster: Cluster, sql: str) -> tuple[object, ...] | None:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def is_running(cluster: Cluster) -> bool:
    return (cluster.data / "postmaster.pid").exists()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster that has been made and stopped, to copy from: making one takes the longest."""
    cluster = Cluster(tmp_path_factory.mktemp("template"), settings=QUICK)
    cluster.acquire()
    cluster.release()
    return cluster.root


@pytest.fixture
def new_cluster(template: Path, tmp_path: Path) -> Iterator[Callable[[Path], Cluster]]:
    with ExitStack() as at_the_end:

        def make(root: Path) -> Cluster:
            root.mkdir(parents=True)
            subprocess.run(["cp", "-a", template / "data", root], check=True)
            cluster = Cluster(root, settings=QUICK)
            at_the_end.callback(lambda: root.exists() and cluster.destroy())
            at_the_end.callback(cluster.release)
            return cluster

        yield make


@pytest.fixture
def cluster(new_cluster: Callable[[Path], Cluster], tmp_path: Path) -> Cluster:
    return new_cluster(tmp_path / "postgres")


def test_new_cluster_holds_an_empty_database_of_a_role_that_is_no_superuser(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "postgres", settings=QUICK)
    cluster.acquire()
    facts = ask(
        cluster,
        "SELECT current_user, rolsuper, rolcreatedb, current_database(), pg_encoding_to_char(encoding), datlocale,"
        " current_setting('data_checksums'), current_setting('listen_addresses')"
        " FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()",
    )
    cluster.release()
    assert facts == ("ronten", False, True, "ronten", "UTF8", "C.UTF-8", "on", "")
    assert not is_running(cluster)


def test_data_is_there_after_a_restart(cluster: Cluster) -> None:
    cluster.acquire()
    ask(cluster, "CREATE TABLE kept AS SELECT '論点' AS word")
    cluster.release()
    cluster.acquire()
    assert ask(cluster, "SELECT word FROM kept") == ("論点",)


def test_last_of_two_processes_stops_the_server(cluster: Cluster) -> None:
    with another_process(cluster.root):
        cluster.acquire()
        first = postmaster(cluster)
        cluster.release()
        assert postmaster(cluster) == first
    assert not is_running(cluster)


def test_child_process_that_ends_stops_nothing(cluster: Cluster) -> None:
    cluster.acquire()
    child = os.fork()
    if child == 0:
        cluster.release()
        os._exit(0)
    os.waitpid(child, 0)
    assert ask(cluster, "SELECT 1") == (1,)


def test_server_left_by_a_killed_process_is_taken_over(cluster: Cluster) -> None:
    with another_process(cluster.root) as process:
        process.kill()
    left = postmaster(cluster)
    cluster.acquire()
    assert postmaster(cluster) == left
    cluster.release()
    assert not is_running(cluster)


def test_killed_server_is_recovered(cluster: Cluster) -> None:
    cluster.acquire()
    ask(cluster, "CREATE TABLE kept AS SELECT 1 AS number")
    os.kill(postmaster(cluster), signal.SIGKILL)
    cluster.release()
    cluster.acquire()
    assert ask(cluster, "SELECT number FROM kept") == (1,)


def test_query_that_outlives_its_killed_server_does_not_hinder_the_next(cluster: Cluster) -> None:
    cluster.acquire()
    connection = psycopg.connect(cluster.url, autocommit=True)
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12)")
    os.kill(postmaster(cluster), signal.SIGKILL)
    with another_process(cluster.root):
        assert ask(cluster, "SELECT 1") == (1,)
    connection.close()


def test_remains_that_name_somebody_elses_process_do_not_hinder(cluster: Cluster) -> None:
    account = ServerAccount.of_this_process()
    with subprocess.Popen([*account.prefix, "sleep", "60"]) as stranger:
        cluster.socket_dir.mkdir()
        for file in (cluster.data / "postmaster.pid", cluster.socket_dir / ".s.PGSQL.5432.lock"):
            file.write_text(f"{stranger.pid}\n{cluster.data}\n0\n5432\n")
        cluster.acquire()
        assert ask(cluster, "SELECT 1") == (1,)
        assert stranger.poll() is None
        stranger.kill()


def test_half_made_data_directory_is_made_anew(tmp_path: Path) -> None:
    half_made = tmp_path / "data.new" / "base"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")
    cluster = Cluster(tmp_path, settings=QUICK)
    cluster.acquire()
    assert ask(cluster, "SELECT 1") == (1,)
    cluster.release()


def test_moved_cluster_is_reached_at_its_new_place(cluster: Cluster, tmp_path: Path) -> None:
    with another_process(cluster.root) as process:
        process.kill()
    cluster.root.rename(tmp_path / "moved")
    moved = Cluster(tmp_path / "moved", settings=QUICK)
    moved.acquire()
    assert ask(moved, "SELECT 1") == (1,)
    moved.release()
    assert not is_running(moved)


@pytest.mark.parametrize("name", ["深い場所" * 12, "a b,c'd"])
def test_any_path_will_do(new_cluster: Callable[[Path], Cluster], tmp_path: Path, name: str) -> None:
    cluster = new_cluster(tmp_path / name / "postgres")
    cluster.acquire()
    assert ask(cluster, "SELECT 1") == (1,)
    outside = cluster.socket_dir.parent
    assert outside.parent == Path("/tmp")
    assert outside.stat().st_mode & 0o777 == 0o700
    cluster.release()
    assert not outside.exists()


def test_socket_folder_that_somebody_else_has_put_there_is_refused(
    new_cluster: Callable[[Path], Cluster], tmp_path: Path
) -> None:
    cluster = new_cluster(tmp_path / ("x" * 100))
    trap = cluster.socket_dir.parent
    trap.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedPostgresError, match="別の利用者"):
            cluster.acquire()
    finally:
        trap.unlink()


def test_data_of_another_version_is_refused_with_what_to_do(cluster: Cluster) -> None:
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedPostgresError, match=r"PostgreSQL 17 .*export_records"):
        cluster.acquire()


def test_server_that_cannot_start_says_why(cluster: Cluster) -> None:
    (cluster.data / "global" / "pg_control").unlink()
    with pytest.raises(EmbeddedPostgresError, match="pg_control"):
        cluster.acquire()


@as_root
def test_programs_below_a_closed_folder_are_found_by_the_programs_themselves(tmp_path: Path) -> None:
    """As initdb looks for postgres: by access(2), which knows of capabilities only with the right securebit."""
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    program = shutil.copy("/bin/true", closed / "program")
    account = ServerAccount.of_this_process()
    answer = subprocess.run([*account.prefix, "test", "-x", program])
    assert answer.returncode == (0 if account.folder_mode == 0o700 else 1)


@as_root
def test_data_of_another_user_is_refused(cluster: Cluster) -> None:
    os.chown(cluster.data, 1, 1)
    with pytest.raises(EmbeddedPostgresError, match="別の利用者"):
        cluster.acquire()


@as_root
def test_folder_of_another_user_is_refused(cluster: Cluster) -> None:
    os.chown(cluster.root, 1, 1)
    with pytest.raises(EmbeddedPostgresError, match="別の利用者"):
        cluster.acquire()


@as_root
@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param(["setpriv", "--bounding-set=-dac_read_search", "--inh-caps=-dac_read_search"], id="weak root"),
        pytest.param(ORDINARY, id="ordinary user"),
    ],
)
def test_it_runs_as(prefix: list[str]) -> None:
    """Root without the capability of passing closed folders, as in a container, and an ordinary user."""
    # The server is an ordinary user in both cases, and its programs lie in the checkout's environment.
    if subprocess.run([*ORDINARY, sys.executable, "-c", "import psycopg"], cwd=CHECKOUT).returncode != 0:
        pytest.skip("others cannot enter this checkout")
    root = Path(tempfile.mkdtemp(prefix="ronten-test-"))
    try:
        if prefix == ORDINARY:
            shutil.chown(root, "daemon", "daemon")
        root.chmod(0o755)
        with another_process(root / "postgres", *prefix):
            assert is_running(Cluster(root / "postgres"))
        assert not is_running(Cluster(root / "postgres"))
    finally:
        shutil.rmtree(root)
