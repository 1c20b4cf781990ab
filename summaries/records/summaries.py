"""Summaries with their editions, sections and statements in record files."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _
from pydantic import Strict

from accounts.records import Day, Key, Keys, OptionalText, Ordinal, Plan, Record, Slug, Text, loops
from issues.models import Issue
from issues.records import load_issues
from meetings.models import Body, Meeting
from meetings.records import (
    HeadedRecord,
    SourcedRecord,
    check_same_day,
    load_bodies,
    load_meetings,
    place_of,
    with_source,
)
from summaries.models import Edition, EditionNote, Section, Statement, StatementIssue, Summary
from summaries.statuses import EditionStatus


class NoteRecord(SourcedRecord):
    """A note on an edition as a whole."""

    id: Key
    order: Ordinal | None = None
    marker: OptionalText = ""
    text: Text
    text_en: OptionalText = ""


class StatementRecord(SourcedRecord):
    """One ○ or ➢ line (文)."""

    id: Key
    """Unique in its edition, and its anchor in the page."""
    parent: Key | None = None
    """Id of the statement that it belongs to, as ➢ to ○."""
    order: Ordinal | None = None
    marker: OptionalText = ""
    text: Text
    text_en: OptionalText = ""
    issues: Keys = []
    """Ids of the issues that it answers."""


class SubsectionRecord(HeadedRecord):
    """A heading with its statements."""

    id: Key
    """Unique in its edition."""
    order: Ordinal | None = None
    group: OptionalText = ""
    """A heading printed over several sections."""
    heading: Text
    heading_en: OptionalText = ""
    statements: list[StatementRecord] = []


class SectionRecord(SubsectionRecord):
    """A heading, which may have headings below it."""

    subsections: list[SubsectionRecord] = []


class EditionText(Record):
    """What an edition holds."""

    published: Day | None = None
    published_source: str | None = None
    """The same day as `published`, as the source writes it."""
    overview_notes: list[NoteRecord] = []
    sections: list[SectionRecord] = []


class EditionRecord(EditionText):
    """An edition (版)."""

    number: Ordinal
    status: Annotated[EditionStatus, Strict(False)] | None = None
    """If the edition is new: published if it has a date, or else draft."""
    change_note: OptionalText = ""
    change_note_en: OptionalText = ""
    withdrawal_explanation: OptionalText = ""


class SummaryRecord(SourcedRecord, EditionText):
    """A summary (論点整理). Its `placement` is that of the link to the meeting.

    What its text holds may stand in `editions` or, where there is one edition, in the summary itself.
    """

    id: Slug
    title: Text
    title_en: OptionalText = ""
    body: Slug
    meeting: Key | None = None
    note: OptionalText = ""
    """An editor's note on what the record covers."""
    note_en: OptionalText = ""
    editions: list[EditionRecord] = []

    @property
    def all_editions(self) -> list[EditionRecord]:
        """The editions, however they are written."""
        flat = self.given(*EditionText.model_fields)
        if not flat:
            return self.editions
        edition = EditionRecord.model_construct(number=1, **flat)
        edition._place = self._place
        return [edition, *self.editions]


def plan_summaries(records: Sequence[SummaryRecord], named: set[str], plan: Plan) -> None:
    """Plan summaries; the `named` ones are known then, too, with their statements. Issues are planned already."""
    load_bodies(plan, {record.body for record in records})
    load_meetings(plan, {record.meeting for record in records if record.meeting})
    parts = [part for record in records for part in record.walk()]
    load_issues(plan, {key for part in parts if isinstance(part, StatementRecord) for key in part.issues})
    _load(plan, {record.id for record in records} | named)
    for record in records:
        summary = plan.claim(record, Summary, record.id, slug=record.id)
        if summary is None:
            continue
        values = record.given("title", "title_en", "note", "note_en") | record.sourced(plan, summary)
        if record.has("meeting"):
            values["meeting"] = plan.refer(record, "meeting", Meeting, record.meeting)
        if body := plan.refer(record, "body", Body, record.body):
            plan.put(record, summary, values | {"body": body})
        if record.has("editions") and record.all_editions != record.editions:
            plan.fault(
                record.where.of("editions"),
                _("editions があるときは、公表日・注記・節をその中に書いてください。"),
            )
        for item in record.all_editions:
            _plan_edition(item, summary, plan)


def _load(plan: Plan, slugs: set[str]) -> None:
    plan.load(Summary.objects.filter(slug__in=slugs), lambda summary: summary.slug)
    editions = Edition.objects.filter(summary__slug__in=slugs).select_related("summary")
    plan.load(editions, lambda edition: (edition.summary.slug, edition.number))
    for model in (EditionNote, Section, Statement):
        rows: QuerySet[Any] = model._default_manager.filter(edition__summary__slug__in=slugs)
        rows = rows.select_related("edition__summary")
        plan.load(rows, lambda row: (row.edition.summary.slug, row.edition.number, row.key))
    links = StatementIssue.objects.filter(statement__edition__summary__slug__in=slugs)
    plan.load(
        links.select_related("statement__edition__summary", "issue"),
        lambda link: (
            link.statement.edition.summary.slug,
            link.statement.edition.number,
            link.statement.key,
            link.issue.key,
        ),
    )


def _plan_edition(record: EditionRecord, summary: Summary, plan: Plan) -> None:
    key = (summary.slug, record.number)
    edition = plan.claim(record, Edition, key, summary=summary, number=record.number)
    if edition is None:
        return
    values = record.given("change_note", "change_note_en", "withdrawal_explanation", published_on="published")
    default = EditionStatus.PUBLISHED if record.published else EditionStatus.DRAFT
    plan.put(record, edition, values | plan.status(record, edition, record.status, default))
    _check_edition(record, edition, plan)
    for position, note in enumerate(record.overview_notes, 1):
        if row := plan.claim(note, EditionNote, (*key, note.id), edition=edition, key=note.id):
            values = note.given("marker", "text", "text_en") | {"order": note.order or position}
            plan.put(note, row, values | note.sourced(plan, row))
    _EditionPlan(record, edition, key, plan).sections(record.sections, None)


def _check_edition(record: EditionRecord, edition: Edition, plan: Plan) -> None:
    status = EditionStatus(edition.status)
    if status.is_public and edition.published_on is None:
        message = _("公開する版には公表日が必要です。published に日付を書いてください。")
        plan.fault(record.where.of("published"), message)
    if status == EditionStatus.WITHDRAWN and not edition.withdrawal_explanation:
        plan.fault(
            record.where.of("withdrawal_explanation"),
            _("取り下げた版には説明が必要です。withdrawal_explanation に書いてください。"),
        )
    if record.published_source:
        check_same_day(record, "published_source", record.published_source, record.published, plan)


class _EditionPlan:
    """The sections and statements of one edition."""

    def __init__(self, record: EditionRecord, edition: Edition, key: tuple[str, int], plan: Plan) -> None:
        """Claim all statements first: a statement may refer to one that comes later."""
        self.edition, self.key, self.plan = edition, key, plan
        statements = [part for part in record.walk() if isinstance(part, StatementRecord)]
        self.rows = {
            id(item): plan.claim(item, Statement, (*key, item.id), edition=edition, key=item.id) for item in statements
        }
        looped = loops({item.id: item.parent for item in statements})
        for item in statements:
            if item.id in looped:
                plan.fault(item.where.of("parent"), _("上の文をたどると自分に戻ります。parent を直してください。"))

    def sections(self, records: Sequence[SubsectionRecord], parent: Section | None) -> None:
        """Plan sections that stand below `parent` or, without one, on top."""
        for position, record in enumerate(records, 1):
            key = (*self.key, record.id)
            section = self.plan.claim(record, Section, key, edition=self.edition, key=record.id)
            if section is None:
                continue
            values = record.given("group", "heading", "heading_en") | record.sourced(self.plan, section)
            self.plan.put(record, section, values | {"parent": parent, "order": record.order or position})
            self.statements(record.statements, section)
            if isinstance(record, SectionRecord):
                self.sections(record.subsections, section)

    def statements(self, records: Sequence[StatementRecord], section: Section) -> None:
        """Plan the statements of a section, with the issues that they answer."""
        for position, record in enumerate(records, 1):
            row = self.rows[id(record)]
            if row is None:
                continue
            values = record.given("marker", "text", "text_en") | record.sourced(self.plan, row)
            values |= {"section": section, "order": record.order or position}
            if record.has("parent"):
                parent = record.parent and (*self.key, record.parent)
                values["parent"] = self.plan.refer(record, "parent", Statement, parent)
            self.plan.put(record, row, values)
            for key in record.issues:
                if issue := self.plan.refer(record, "issues", Issue, key):
                    identity = {"statement": row, "issue": issue}
                    if link := self.plan.claim(record, StatementIssue, (*self.key, record.id, key), **identity):
                        self.plan.put(record, link, {})


def read_summaries() -> list[SummaryRecord]:
    """All summaries with all their editions as records."""
    links = StatementIssue.objects.select_related("issue")
    statements = with_source(Statement.objects.annotate(parent_key=F("parent__key")))
    statements = statements.prefetch_related(Prefetch("statement_issues", links))
    editions = Edition.objects.prefetch_related(
        Prefetch("notes", with_source(EditionNote.objects.all())),
        Prefetch("sections", with_source(Section.objects.all())),
        Prefetch("sections__statements", statements),
    )
    summaries = with_source(Summary.objects.select_related("body", "meeting"))
    return [
        SummaryRecord.model_construct(
            id=summary.slug,
            title=summary.title,
            title_en=summary.title_en,
            body=summary.body.slug,
            meeting=summary.meeting.key if summary.meeting else None,
            note=summary.note,
            note_en=summary.note_en,
            **place_of(summary),
            editions=[
                _read_edition(edition) for edition in sorted(summary.editions.all(), key=lambda edition: edition.number)
            ],
        )
        for summary in sorted(
            summaries.prefetch_related(Prefetch("editions", editions)), key=lambda summary: summary.slug
        )
    ]


def _read_edition(edition: Edition) -> EditionRecord:
    day = edition.published_on
    return EditionRecord.model_construct(
        number=edition.number,
        status=edition.status,
        published=day,
        published_source=f"{day.year}年{day.month}月{day.day}日" if day else None,
        change_note=edition.change_note,
        change_note_en=edition.change_note_en,
        withdrawal_explanation=edition.withdrawal_explanation,
        overview_notes=[_read_note(note) for note in _in_order(edition.notes.all())],
        sections=[
            SectionRecord.model_construct(
                **_read_section(section),
                subsections=[
                    SubsectionRecord.model_construct(**_read_section(below))
                    for below in _in_order(edition.sections.all())
                    if below.parent_id == section.pk
                ],
            )
            for section in _in_order(edition.sections.all())
            if section.parent_id is None
        ],
    )


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.order)


def _read_note(note: EditionNote) -> NoteRecord:
    return NoteRecord.model_construct(
        id=note.key, order=note.order, marker=note.marker, text=note.text, text_en=note.text_en, **place_of(note)
    )


def _read_section(section: Section) -> dict[str, Any]:
    return {
        "id": section.key,
        "order": section.order,
        "group": section.group,
        "heading": section.heading,
        "heading_en": section.heading_en,
        **place_of(section),
        "statements": [_read_statement(statement) for statement in _in_order(section.statements.all())],
    }


def _read_statement(statement: Any) -> StatementRecord:
    return StatementRecord.model_construct(
        id=statement.key,
        parent=statement.parent_key,
        order=statement.order,
        marker=statement.marker,
        text=statement.text,
        text_en=statement.text_en,
        **place_of(statement),
        issues=sorted(link.issue.key for link in statement.statement_issues.all()),
    )
