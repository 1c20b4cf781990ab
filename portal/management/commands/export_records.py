"""`manage.py export_records`: the whole register as one record file on standard output (docs/records.md)."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from meetings.records import write_files
from portal.records import export_text


class Command(BaseCommand):
    """Write JSON that import_records reads."""

    help = _("登録されている記録を、下書きも含めて JSON で書き出します。")

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a folder for the files of materials."""
        parser.add_argument(
            "--files",
            type=Path,
            metavar="DIR",
            help=_("資料のファイルを書き出すフォルダー（記録のファイルの隣の files なら、取り込みが見つけます）"),
        )

    def handle(self, *, files: Path | None, **options: Any) -> None:
        """Write the records, and say on standard error how many files were written."""
        self.stdout.write(export_text(), ending="")
        if files:
            written, lost = write_files(files)
            self.stderr.write(
                _("資料のファイルを %(count)d 件書き出しました。") % {"count": written}, self.style.NOTICE
            )
            if lost:
                names = ", ".join(f"{material.meeting} {material}" for material in lost)
                raise CommandError(_("ファイルが失われた資料があります: %(names)s") % {"names": names})
