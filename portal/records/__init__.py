"""Records in and out: one format for all apps, from files into the database and back (docs/records.md)."""

from portal.records.exporting import export_text
from portal.records.format import json_schema
from portal.records.importing import ImportRefused, import_files

__all__ = ["ImportRefused", "export_text", "import_files", "json_schema"]
