"""Out and in again: an export holds the whole register, and gives the same bytes after any number of journeys."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from issues.models import Ownership
from issues.statuses import IssueStatus
from meetings.models import Material, Source
from meetings.statuses import MeetingStatus, Placement
from summaries.models import Section, Statement
from summaries.statuses import EditionStatus, PolicyStatus, TraceKind, TraceStatus
from tests import factories
from tests.records.register import contents, empty_the_register, exported, in_files, load, models

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 not really"
# Whatever a text may hold: what JSON and YAML escape, fold or forbid, letters beyond the first plane, both directions.
ODD = "改行\nタブ\t「\"'\\」 #: - 𠮷野家\u2028次\x0c\x7f\x85\ufeff ｶﾞ か\u3099 \u202e"


@pytest.fixture
def full_register() -> None:
    """A register in which every column of every model has a value of its own in some row."""
    source = factories.SourceFactory(text=f"{ODD}\n" * 99)

    def place(first: int, last: int, placement: Placement = Placement.INFERRED) -> dict[str, object]:
        note = f"{first}行目から推定しました。"
        return {
            "source": source,
            "first_line": first,
            "last_line": last,
            "placement": placement,
            "placement_note": note,
        }

    ministry = factories.MinistryFactory(name_en="Ministry One", short_name="一省")
    second = factories.MinistryFactory()
    factories.DivisionFactory(ministry=ministry, name_en="Policy Division")
    council = factories.BodyFactory(name_en="Council", member_level="有識者", **place(1, 2))
    team = factories.BodyFactory(parent=council)
    factories.BodyNoteFactory(order=2, body=team, text=ODD, text_en="Note", **place(2, 2))
    meeting = factories.MeetingFactory(
        body=council,
        title="特別会合",
        title_en="Special",
        place="官邸",
        status=MeetingStatus.MINUTES_PUBLISHED,
        **place(3, 5),
    )
    factories.MinutesFactory(meeting=meeting, text=ODD)
    item = factories.AgendaItemFactory(
        meeting=meeting, title_en="Item", outcome="決めた。", outcome_en="Decided.", **place(4, 4, Placement.CONFIRMED)
    )
    planned = factories.MeetingFactory(body=team, status=MeetingStatus.PLANNED, date=date(2031, 4, 1))
    digest = hashlib.sha256(PDF).hexdigest()
    material = factories.MaterialFactory(
        meeting=meeting, agenda_item=item, title_en="Points", sha256=digest, size=len(PDF), text=ODD
    )
    material.file.save("points.pdf", ContentFile(PDF))
    factories.MaterialFactory(meeting=planned, file="")
    theme = factories.IssueFactory(title_en="Use", body=council, **place(6, 6))
    question = factories.QuestionFactory(parent=theme, status=IssueStatus.CLOSED)
    draft = factories.QuestionFactory(parent=theme, status=IssueStatus.DRAFT)
    factories.OwnershipFactory(issue=question, ministry=ministry, kind=Ownership.Kind.LEAD)
    factories.OwnershipFactory(issue=question, ministry=second)
    moves = (
        IssueStatus.OPEN,
        IssueStatus.DISCUSSING,
        IssueStatus.SUMMARISED,
        IssueStatus.REFLECTED,
        IssueStatus.CLOSED,
    )
    old = IssueStatus.DRAFT
    for day, new in enumerate(moves, 1):
        at = datetime(2023, 5, day, 1, 2, 3, 456789, tzinfo=UTC)
        factories.IssueEventFactory(
            issue=question, old=old, new=new, agenda_item=item if day % 2 else None, reason=ODD, at=at
        )
        old = new
    factories.DiscussionFactory(issue=question, agenda_item=item, **place(7, 8))
    summary = factories.SummaryFactory(
        body=council, meeting=meeting, title_en="Summary", note="概要だけ", note_en="Overview", **place(9, 9)
    )
    in_force = factories.EditionFactory(summary=summary, change_note="直した。", change_note_en="Mended.")
    factories.EditionFactory(summary=summary, status=EditionStatus.WITHDRAWN)
    factories.EditionFactory(summary=summary, status=EditionStatus.DRAFT, published_on=None)
    factories.EditionNoteFactory(order=2, edition=in_force, text_en="Note", **place(10, 10))
    section = factories.SectionFactory(edition=in_force, group="主な論点", heading_en="Heading", **place(11, 11))
    below = factories.SectionFactory(edition=in_force, parent=section, order=7)
    circle = factories.StatementFactory(section=below, text_en="Statement", order=9, **place(12, 13))
    arrow = factories.StatementFactory(section=below, parent=circle, marker="➢", order=4)
    factories.StatementIssueFactory(statement=circle, issue=question)
    factories.StatementIssueFactory(statement=circle, issue=draft)
    policy = factories.PolicyDocumentFactory(title_en="Policy", short_title_en="P", **place(14, 14))
    factories.PolicyDocumentFactory(status=PolicyStatus.DRAFT, published_on=None)
    passage = factories.PassageFactory(document=policy, heading_en="AI", **place(15, 20))
    sentence = factories.SentenceFactory(passage=passage, paragraph=3, text=ODD, text_en="Sentence", **place(16, 17))
    factories.TraceLinkFactory(
        statement=arrow, sentence=sentence, kind=TraceKind.PARAPHRASE, status=TraceStatus.CONFIRMED
    )


@pytest.mark.usefixtures("full_register")
def test_no_column_is_left_at_its_default_in_all_rows_so_that_a_forgotten_one_would_show() -> None:
    empty = [
        f"{model.__name__}.{field.name}"
        for model in models()
        for field in in_files(model)
        if not model._default_manager.exclude(**{field.name: field.get_default() if not field.null else None}).exists()
    ]
    assert empty == []


@pytest.mark.usefixtures("full_register")
def test_an_export_into_an_empty_database_gives_the_same_rows_and_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    before, text = contents(), exported(capsys)
    call_command("export_records", "--files", str(tmp_path / "files"))
    file = tmp_path / "records.json"
    file.write_text(text, encoding="utf-8")
    empty_the_register()
    shutil.rmtree(settings.MEDIA_ROOT)

    load(file)

    assert contents() == before
    assert exported(capsys) == text
    with Material.objects.get(filename="shiryo1.pdf").file.open() as stored:
        assert stored.read() == PDF


@pytest.mark.usefixtures("full_register")
def test_an_export_into_its_own_database_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, text = contents(), exported(capsys)
    file = tmp_path / "records.json"
    file.write_text(text, encoding="utf-8")

    call_command("import_records", str(file))

    assert contents() == before
    assert all("追加 0 件、変更 0 件" in line for line in capsys.readouterr().out.splitlines())


def test_without_the_files_a_material_keeps_its_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    material = factories.MaterialFactory()
    file = tmp_path / "records.json"
    file.write_text(exported(capsys), encoding="utf-8")
    empty_the_register()

    load(file)

    restored = Material.objects.get()
    assert (restored.key, restored.sha256, restored.file.name) == (material.key, material.sha256, "")


def test_a_file_that_is_lost_is_named_and_the_others_are_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = factories.MaterialFactory(meeting__body__name="AI戦略会議")
    kept.file.save("a.pdf", ContentFile(PDF))
    factories.MaterialFactory(meeting=kept.meeting, title="失われた資料")
    with pytest.raises(CommandError, match="ファイルが失われた資料があります: AI戦略会議 第1回 資料2 失われた資料"):
        call_command("export_records", "--files", str(tmp_path))
    assert [file.name for file in tmp_path.glob("*.pdf")] == [f"{kept.sha256}.pdf"]
    assert capsys.readouterr().err == "資料のファイルを 1 件書き出しました。\n"


def test_a_register_of_nothing_goes_out_and_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = exported(capsys)
    file = tmp_path / "records.json"
    file.write_text(text, encoding="utf-8")
    load(file)
    assert exported(capsys) == text
    assert not Source.objects.exists()


def register_of(rows: int) -> None:
    for _row in range(rows):
        meeting = factories.MeetingFactory()
        factories.MaterialFactory(meeting=meeting, agenda_item=factories.AgendaItemFactory(meeting=meeting))
        factories.MinutesFactory(meeting=meeting)
        factories.BodyNoteFactory()
        factories.DivisionFactory()
        question = factories.QuestionFactory()
        factories.OwnershipFactory(issue=question)
        factories.IssueEventFactory(issue=question)
        factories.DiscussionFactory(issue=question)
        statement = factories.StatementFactory()
        factories.EditionNoteFactory(edition=statement.edition)
        factories.StatementIssueFactory(statement=statement, issue=question)
        factories.TraceLinkFactory(statement=statement)


@pytest.mark.parametrize("rows", [1, 3])
def test_an_export_asks_the_database_as_often_for_one_row_as_for_three(
    rows: int, capsys: pytest.CaptureFixture[str]
) -> None:
    register_of(rows)
    with CaptureQueriesContext(connection) as queries:
        exported(capsys)
    assert len(queries) == 25


@pytest.mark.django_db(transaction=True)
def test_an_export_shows_the_register_at_one_moment(capsys: pytest.CaptureFixture[str]) -> None:
    factories.BodyFactory(name="AI戦略会議")
    with CaptureQueriesContext(connection) as queries:
        assert "AI戦略会議" in exported(capsys)
    assert queries[1]["sql"] == "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@pytest.fixture
def selects() -> Callable[[Path], int]:
    def count(file: Path) -> int:
        with CaptureQueriesContext(connection) as queries:
            load(file)
        return sum(query["sql"].startswith("SELECT") for query in queries)

    return count


@pytest.mark.parametrize("rows", [1, 3])
def test_an_import_that_changes_nothing_asks_as_often_for_one_row_as_for_three(
    rows: int, selects: Callable[[Path], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register_of(rows)
    file = tmp_path / "records.json"
    file.write_text(exported(capsys), encoding="utf-8")
    assert selects(file) == 64


def test_the_order_in_an_export_is_that_of_the_register(capsys: pytest.CaptureFixture[str]) -> None:
    section = factories.SectionFactory()
    for order in (3, 1, 2):
        factories.StatementFactory(section=section, order=order, text=f"{order}番目")
    assert Section.objects.count() == 1
    text = exported(capsys)
    assert sorted(("1番目", "2番目", "3番目"), key=text.index) == ["1番目", "2番目", "3番目"]
    assert Statement.objects.count() == 3
