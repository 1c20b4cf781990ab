"""The web server, run inside our own process, so that whoever starts it also sees to its end."""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

WORKERS = 2
THREADS = 4
PR_SET_PDEATHSIG = 1  # prctl(2)


class Server(BaseApplication):
    """gunicorn with Ronten's WSGI application, on a socket that already listens."""

    def __init__(self, listener: socket.socket, when_ready: Callable[[], None]) -> None:
        """Take the socket over; `when_ready` is called once, when the workers are about to answer at it."""
        self.descriptor = listener.detach()
        self.when_ready = when_ready
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        settings = {
            "bind": f"fd://{self.descriptor}",
            "worker_class": "gthread",
            "workers": WORKERS,
            "threads": THREADS,
            "preload_app": True,  # the workers share the memory of what is loaded
            "graceful_timeout": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda arbiter: self.when_ready(),
            "post_fork": _stop_with_arbiter,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the WSGI application."""
        from config.wsgi import application  # noqa: PLC0415  (importing it builds it, which needs the settings)

        return application

    def run(self) -> None:
        """Serve until a signal ends it, and then end this process."""
        TerminalArbiter(self).run()


class TerminalArbiter(Arbiter):
    """An arbiter in a terminal: when that closes it ends, where gunicorn would read its settings anew and stay."""

    handle_hup = Arbiter.handle_term

    def init_signals(self) -> None:
        """Listen to signals, but stay deaf to the closing terminal if we were told so (nohup)."""
        if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
            self.SIGNALS = [number for number in Arbiter.SIGNALS if number != signal.SIGHUP]
        super().init_signals()


def stop_with_parent(parent: int) -> None:
    """Be sent SIGTERM when `parent`, the process that has started us, ends in whatever way, `kill -9` included.

    Exits at once if it has ended already.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(128 + signal.SIGTERM)


def _stop_with_arbiter(arbiter: Arbiter, worker: Worker) -> None:
    """Let no worker outlive a killed arbiter and hold its port and its place among the database's users."""
    stop_with_parent(arbiter.pid)
