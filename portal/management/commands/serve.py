"""`manage.py serve`, which `make run` calls: from an empty database to a site in the browser."""

import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.urls import reverse
from django.utils.translation import gettext as _

from config.server import Server, stop_with_parent
from meetings.models import Body
from portal.trial_accounts import make_trial_accounts, trial_passwords

PREPARING = 0x726F6E74656E  # the number of an advisory lock: of two servers that start at once, one prepares


class Command(BaseCommand):
    """Prepare the database, then serve until Ctrl-C or SIGTERM."""

    help = _("データベースを整え、空なら記録を読み込んで、サイトを開きます。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to listen and which process to end with."""
        parser.add_argument("--host", default="127.0.0.1", help=_("待ち受けるアドレス"))
        parser.add_argument("--port", type=int, default=8000, help=_("待ち受けるポート。0 なら空いているものを選ぶ"))
        parser.add_argument("--stop-with", type=int, metavar="PID", help=_("この親プロセスが終わったら終わる"))

    def handle(self, *, host: str, port: int, stop_with: int | None, **options: Any) -> None:
        """Listen before anything else, so that a taken port is said at once."""
        if stop_with is not None:
            stop_with_parent(stop_with)
        listener = _listen(host, port)
        try:
            self._prepare()
            welcome = self._welcome(host, listener.getsockname()[1])
        finally:
            # This frees the advisory lock too. Workers must not inherit a connection.
            connections.close_all()
        Server(listener, when_ready=lambda: self._say(welcome)).run()

    def _prepare(self) -> None:
        self._say(_("データベースを整えています…"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        call_command("migrate", verbosity=0, interactive=False)
        if not Body.objects.exists():
            self._say(_("記録を読み込んでいます…"))
            call_command("import_records", *sorted(map(str, settings.BASE_DIR.glob("records/*.yaml"))))
        if settings.TRIAL_ACCOUNTS:
            make_trial_accounts(settings.TRIAL_ACCOUNTS)

    def _welcome(self, host: str, port: int) -> str:
        """Say where the site is and how to sign in."""
        shown = {"0.0.0.0": "localhost", "::": "localhost"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104  (compared with, not listened on)
        site = f"http://{shown}:{port}"
        lines = [
            "",
            _("論点（Ronten）を開きました。"),
            "  " + _("サイト: %(url)s") % {"url": f"{site}/"},
            "  " + _("編集者の画面: %(url)s") % {"url": site + reverse("admin:index")},
        ]
        if settings.TRIAL_ACCOUNTS and (passwords := trial_passwords(settings.TRIAL_ACCOUNTS)):
            lines.append(
                "  "
                + _("試用のアカウントと最初のパスワード（%(file)s にもあります）:") % {"file": settings.TRIAL_ACCOUNTS}
            )
            lines += [f"    {email}  {password}" for email, password in passwords.items()]
        lines.append(_("終わるには Ctrl-C を押してください。"))
        return "\n".join(lines)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    """Open the port. Raises CommandError if it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        cause = str(error.strerror).partition(" (while")[0]  # Python repeats the address there
        raise CommandError(
            _(
                "%(host)s のポート %(port)s を開けません（%(cause)s）。"
                "ほかのプログラムが使っているときは、make run PORT=%(other)s のように別の番号を指定してください。"
            )
            % {"host": host, "port": port, "cause": cause, "other": min(port + 1, 65535)}
        ) from error
