"""`manage.py import_records FILE…`: records from files into the database (docs/records.md)."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model
from django.utils.translation import gettext as _
from tqdm import tqdm

from portal.records import ImportRefused, import_files


class Command(BaseCommand):
    """Import files, or list every fault and write nothing."""

    help = _("記録のファイル（YAML か JSON）を取り込みます。誤りがあれば、すべて示して何も書き込みません。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("記録のファイル"))

    def handle(self, *, files: Sequence[str], **options: Any) -> None:
        """Import, and say how many records of each kind were created, changed and left as they were."""
        try:
            tally = import_files(files, progress=_bar)
        except ImportRefused as refusal:
            heading = _("取り込みませんでした。次の %(count)d 件を直してください。") % {"count": len(refusal.faults)}
            raise CommandError("\n".join([heading, *map(str, refusal.faults)])) from refusal
        for model, outcomes in tally.items():
            self.stdout.write(
                _("%(kind)s: 追加 %(created)d 件、変更 %(changed)d 件、変更なし %(unchanged)d 件")
                % {
                    "kind": model._meta.verbose_name,
                    "created": outcomes["created"],
                    "changed": outcomes["changed"],
                    "unchanged": outcomes["unchanged"],
                }
            )


def _bar(rows: Sequence[Model]) -> Iterable[Model]:
    """A progress bar in a terminal; elsewhere nothing."""
    return tqdm(rows, desc=_("取り込み"), unit=_("件"), file=sys.stderr, disable=None)
