"""What docs/ say of the format is what the code does."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from issues.models import Issue
from meetings.models import Body, Meeting
from portal.records import json_schema
from tests.records.register import OURS, ROOT, load

DOCS = ROOT / "docs" / "records.md"


def test_the_schema_in_the_docs_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("records_schema")
    assert (ROOT / "docs" / "records.schema.json").read_text(encoding="utf-8") == capsys.readouterr().out


def test_the_schema_is_of_draft_2020_12_and_knows_every_section() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert list(schema["properties"]) == [
        *("ministries", "source", "sources", "bodies", "body_notes", "meetings", "issue_points", "discussions"),
        *("summary_documents", "policy_documents", "trace_links", "counts"),
    ]


def test_the_schema_leaves_no_record_open_for_other_keys() -> None:
    records = {name: each for name, each in json_schema()["$defs"].items() if each["type"] == "object"}
    assert {name: each["additionalProperties"] for name, each in records.items()} == dict.fromkeys(records, False)


def test_the_docs_name_every_key() -> None:
    words = set(re.findall(r"[a-z_0-9]+", DOCS.read_text(encoding="utf-8")))
    definitions = json_schema()["$defs"]
    keys = {
        key for name, definition in definitions.items() if name != "Counts" for key in definition.get("properties", {})
    }
    assert keys - words == set()


@pytest.mark.django_db
def test_the_example_in_the_docs_can_be_imported(tmp_path: Path) -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    shutil.copy(OURS.with_suffix(".txt"), tmp_path)
    file = tmp_path / "example.yaml"
    file.write_text(example, encoding="utf-8")
    load(file)
    assert [str(row) for row in (*Body.objects.all(), *Meeting.objects.all(), *Issue.objects.in_order())] == [
        "AI戦略会議",
        "AI戦略会議 第2回",
        "論点1 AIの利用",
        "論点1-1 日本のAI利用は遅れていないか？",
    ]
