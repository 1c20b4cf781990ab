"""`manage.py records_schema`: the format of record files as a JSON Schema (docs/records.schema.json)."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.records import json_schema


class Command(BaseCommand):
    """Write the schema to standard output."""

    help = _("記録のファイルの書式を JSON Schema で書き出します。")
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        """Write it as docs/records.schema.json has it."""
        self.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=2))
