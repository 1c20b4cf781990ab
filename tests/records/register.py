"""What the tests of records share: files to import, and the whole register as plain values to compare."""

from pathlib import Path
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from portal.records import ImportRefused, import_files

ROOT = Path(__file__).resolve().parents[2]
#: What the project comes with, and the transcription that it was made from, byte for byte.
OURS = ROOT / "records" / "ai-strategy-2023.yaml"
TRANSCRIPTION = Path(__file__).with_name("data") / "ai-strategy-2023.yaml"

APPS = ("meetings", "issues", "summaries")
#: Not in record files: numbers of rows, what is computed, and who did it.
NOT_IN_FILES = {"id", "search_text", "search_terms", "by", "submitted_by", "approved_by", "confirmed_by"}


def load(*files: Path) -> None:
    """Import the files."""
    import_files([str(file) for file in files])


def faults_of(*files: Path) -> list[str]:
    """The faults for which the files are refused, by the names of the files without their folders."""
    try:
        load(*files)
    except ImportRefused as refusal:
        return [str(fault).removeprefix(f"{Path(fault.file).parent}/") for fault in refusal.faults]
    return []


def models() -> list[type[Model]]:
    """The models that record files are about."""
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    ours = [model for model in ours if not model.__name__.endswith("History")]
    return [apps.get_model("accounts.Ministry"), apps.get_model("accounts.Division"), *ours]


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every row of the register, without the numbers that differ from one database to the next."""
    return {
        model.__name__: sorted(
            ({field.name: value_of(row, field) for field in in_files(model)} for row in model._default_manager.all()),
            key=repr,
        )
        for model in models()
    }


def in_files(model: type[Model]) -> list[Any]:
    """The columns that record files hold."""
    return [field for field in model._meta.concrete_fields if field.name not in NOT_IN_FILES]


def value_of(row: Model, field: Any) -> Any:
    """The value of a column; for a row that it refers to, by which it is known everywhere."""
    value = getattr(row, field.name)
    return known_by(value) if isinstance(value, Model) else getattr(value, "name", value)


def known_by(row: Any) -> tuple[Any, ...]:
    """The permanent id of a row, with those of what it is a part of."""
    owner = next((getattr(row, name) for name in ("edition", "meeting", "summary") if getattr(row, name, None)), None)
    own = next(getattr(row, name) for name in ("slug", "key", "number", "order") if hasattr(row, name))
    if type(row).__name__ == "AgendaItem":
        own = row.order
    return (*(known_by(owner) if owner and type(row).__name__ not in ("Meeting", "Summary") else ()), own)


def history() -> dict[str, int]:
    """How many rows each history has."""
    return {
        model.__name__: model._default_manager.count()
        for app in ("accounts", *APPS)
        for model in apps.get_app_config(app).get_models()
        if model.__name__.endswith("History")
    }


def empty_the_register() -> None:
    """Take all rows away, as if the database were new."""
    connection.check_constraints()
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models())
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def exported(capsys: Any) -> str:
    """What export_records writes."""
    capsys.readouterr()
    call_command("export_records")
    return str(capsys.readouterr().out)
