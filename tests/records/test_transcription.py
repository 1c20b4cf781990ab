"""The real records of 2023: what the transcription says stands in the database, and nothing else."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from accounts.models import Ministry
from issues.models import Discussion, Issue, IssueEvent
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes, Source
from meetings.statuses import MeetingStatus, Placement
from summaries.models import (
    Edition,
    EditionNote,
    Passage,
    PolicyDocument,
    Section,
    Sentence,
    Statement,
    Summary,
    TraceLink,
)
from tests.records.register import OURS, TRANSCRIPTION, load

pytestmark = pytest.mark.django_db

SAID = yaml.safe_load(TRANSCRIPTION.read_text(encoding="utf-8"))
LINES = TRANSCRIPTION.with_suffix(".txt").read_text(encoding="utf-8").split("\n")
both = pytest.mark.parametrize("file", [OURS, TRANSCRIPTION], ids=["ours", "transcription"])


def span(record: dict[str, Any]) -> tuple[int | None, int | None]:
    line = record.get("line", record.get("heading_line"))
    first, last = record.get("lines", (line, line))
    return first, last


def lines_of(row: Any) -> tuple[int | None, int | None]:
    return row.first_line, row.last_line


@both
def test_as_many_records_as_the_transcription_counts(file: Path) -> None:
    load(file)
    statements = Statement.objects.all()
    assert {
        "bodies": Body.objects.count(),
        "meetings": Meeting.objects.count(),
        "meetings_council": Meeting.objects.filter(body__slug="ai-strategy-council").count(),
        "meetings_team": Meeting.objects.filter(body__slug="ai-strategy-team").count(),
        "agenda_items": AgendaItem.objects.count(),
        "agenda_items_council": AgendaItem.objects.filter(meeting__body__slug="ai-strategy-council").count(),
        "agenda_items_team": AgendaItem.objects.filter(meeting__body__slug="ai-strategy-team").count(),
        "issue_points": Issue.objects.themes().count(),
        "issue_questions": Issue.objects.questions().count(),
        "summary_documents": Summary.objects.count(),
        "sections": Section.objects.filter(parent=None).count(),
        "subsections": Section.objects.exclude(parent=None).count(),
        "statements": statements.count(),
        "statements_circle": statements.filter(marker="○").count(),
        "statements_arrow": statements.filter(marker="➢").count(),
        "policy_documents": PolicyDocument.objects.count(),
        "passages": Passage.objects.count(),
        "sentences": Sentence.objects.count(),
        "explanatory_notes": BodyNote.objects.count() + EditionNote.objects.count(),
    } == SAID["counts"]


@both
def test_bodies_and_their_notes_letter_for_letter(file: Path) -> None:
    load(file)
    bodies = Body.objects.order_by("order").values_list("slug", "name", "parent__slug", "member_level")
    assert list(bodies) == [(b["id"], b["name"], b["parent"], b.get("member_level", "")) for b in SAID["bodies"]]
    notes = BodyNote.objects.order_by("order")
    assert [(n.key, n.marker, n.text, lines_of(n)) for n in notes] == [
        (n["id"], n["marker"], n["text"], span(n)) for n in SAID["body_notes"]
    ]


@both
def test_meetings_and_their_agendas_letter_for_letter(file: Path) -> None:
    load(file)
    meetings = Meeting.objects.order_by("body__order", "number").select_related("body").prefetch_related("agenda_items")
    held = [
        (
            (m.key, m.body.slug, m.number, m.number_label, m.date.isoformat(), lines_of(m)),
            [(item.order, item.number, item.title, lines_of(item)) for item in m.agenda_items.all()],
        )
        for m in meetings
    ]
    assert held == [
        (
            (m["id"], m["body"], m["number"], m["number_label"], m["date"].isoformat(), span(m)),
            [(item["order"], item["number"] or "", item["title"], span(item)) for item in m["agenda_items"]],
        )
        for m in SAID["meetings"]
    ]


@both
def test_issues_letter_for_letter(file: Path) -> None:
    load(file)
    issues = [(i.key, i.label, i.title, lines_of(i)) for i in Issue.objects.in_order().select_related("parent")]
    said = []
    for theme in SAID["issue_points"]:
        said.append((theme["id"], theme["number_label"], theme["title"], span(theme)))
        said += [(q["id"], f"{theme['number_label']}-{q['order']}", q["text"], span(q)) for q in theme["questions"]]
    assert issues == said


def said_sections(sections: list[dict[str, Any]]) -> list[Any]:
    return [
        (
            (section["id"], section.get("group", ""), section["heading"], span(section)),
            [
                (s["id"], s["marker"], s.get("parent"), s["text"], span(s), s["placement"])
                for s in section.get("statements", [])
            ],
            said_sections(section.get("subsections", [])),
        )
        for section in sections
    ]


def sections_in(edition: Edition, parent: Section | None = None) -> list[Any]:
    return [
        (
            (section.key, section.group, section.heading, lines_of(section)),
            [
                (s.key, s.marker, s.parent and s.parent.key, s.text, lines_of(s), s.placement)
                for s in section.statements.order_by("order")
            ],
            sections_in(edition, section),
        )
        for section in edition.sections.filter(parent=parent).order_by("order")
    ]


@both
def test_the_summary_letter_for_letter(file: Path) -> None:
    load(file)
    [said] = SAID["summary_documents"]
    summary = Summary.objects.get()
    edition = summary.editions.get()
    assert (summary.slug, summary.title, summary.body.slug) == (said["id"], said["title"], said["body"])
    assert summary.meeting is not None
    assert summary.meeting.key == said["meeting"]
    assert (edition.number, edition.status, edition.published_on) == (1, "published", said["published"])
    assert said["note"] in (summary.note, summary.note_en)
    assert [(n.key, n.marker, n.text, lines_of(n)) for n in edition.notes.order_by("order")] == [
        (n["id"], n["marker"], n["text"], span(n)) for n in said["overview_notes"]
    ]
    assert sections_in(edition) == said_sections(said["sections"])


@both
def test_policy_documents_letter_for_letter(file: Path) -> None:
    load(file)
    documents = [
        (
            (document.slug, document.title, document.short_title, document.status, lines_of(document)),
            [
                (
                    (passage.key, passage.heading, passage.placement, lines_of(passage)),
                    [(s.key, s.paragraph, s.text) for s in passage.sentences.order_by("order")],
                )
                for passage in document.passages.order_by("order")
            ],
        )
        for document in PolicyDocument.objects.order_by("order")
    ]
    assert documents == [
        (
            (document["id"], document["title"], document["short_title"] or "", "published", span(document)),
            [
                (
                    (passage["id"], passage["heading"] or "", passage["placement"], span(passage)),
                    [(s["id"], s["paragraph"], s["text"]) for s in passage["sentences"]],
                )
                for passage in document["passages"]
            ],
        )
        for document in SAID["policy_documents"]
    ]


@both
def test_the_source_is_kept_with_its_pages(file: Path) -> None:
    load(file)
    source = Source.objects.get()
    assert (source.slug, source.file) == ("ai-strategy-2023", "ai-strategy-2023.txt")
    assert source.text == TRANSCRIPTION.with_suffix(".txt").read_bytes().decode()
    assert source.pages == SAID["source"]["pages"]


def test_every_record_names_the_lines_in_which_its_words_stand() -> None:
    load(OURS)
    words: dict[Any, str] = {
        Body: "name",
        BodyNote: "text",
        AgendaItem: "title",
        Issue: "title",
        EditionNote: "text",
        Section: "heading",
        Statement: "text",
        Summary: "title",
        PolicyDocument: "title",
        Sentence: "text",
    }
    astray = [
        (model.__name__, row.pk, getattr(row, name))
        for model, name in words.items()
        for row in model._default_manager.all()
        if getattr(row, name) not in "".join(line.strip() for line in LINES[row.first_line - 1 : row.last_line])
    ]
    assert astray == []
    for meeting in Meeting.objects.all():
        assert meeting.number_label in LINES[meeting.first_line - 1]
    for passage in Passage.objects.all():
        sentences = list(passage.sentences.all())
        assert passage.first_line <= min(s.first_line for s in sentences)
        assert passage.last_line == max(s.last_line for s in sentences)


def test_what_was_inferred_is_marked_and_explained() -> None:
    load(OURS)
    inferred = {
        model.__name__: sorted(
            str(getattr(row, name)) for row in model._default_manager.filter(placement=Placement.INFERRED)
        )
        for model, name in {
            Body: "slug",
            BodyNote: "key",
            Meeting: "key",
            AgendaItem: "title",
            Issue: "key",
            Discussion: "issue",
            Summary: "slug",
            EditionNote: "key",
            Section: "key",
            Statement: "key",
            PolicyDocument: "slug",
            Passage: "key",
            Sentence: "key",
        }.items()
    }
    assert inferred == {
        "Body": [],
        "BodyNote": ["note-1", "note-2"],
        "Meeting": ["council-01", "council-02", *(f"team-0{n}" for n in range(1, 8))],
        "AgendaItem": ["AIと犯罪について", "「知的財産推進計画2023」について"],
        "Issue": [],
        "Discussion": ["論点1 AIの利用", "論点2 懸念・リスク", "論点3 AIの開発"],
        "Summary": ["tentative-summary-2023-05-26"],
        "EditionNote": [],
        "Section": ["s1", "s2", "s3", "s4", "s5-1", "s5-2", "s5-3", "s5-4", "s6"],
        "Statement": [
            *("s1-1", "s1-2", "s1-3", "s2-1", "s2-2", "s2-3", "s3-1", "s3-2", "s3-3", "s3-4"),
            *("s4-1", "s4-2", "s4-3", "s6-1", "s6-2", "s6-3", "s6-4", "s6-5"),
        ],
        "PolicyDocument": [],
        "Passage": ["honebuto-2023-p1"],
        "Sentence": [],
    }
    models: tuple[Any, ...] = (BodyNote, Meeting, AgendaItem, Discussion, Summary, Section, Statement, Passage)
    unexplained = [
        row
        for model in models
        for row in model._default_manager.filter(placement=Placement.INFERRED, placement_note="")
    ]
    assert unexplained == []


def test_the_issues_were_discussed_at_the_first_meeting_of_the_council_by_inference_alone() -> None:
    load(OURS)
    links = Discussion.objects.order_by("issue__number").values_list(
        "issue__key", "agenda_item__meeting__key", "agenda_item__order", "placement"
    )
    assert list(links) == [(f"issue-{n}", "council-01", 1, "inferred") for n in (1, 2, 3)]


@both
def test_nothing_is_invented(file: Path) -> None:
    load(file)
    invented = [model.objects.count() for model in (Minutes, Material, IssueEvent, TraceLink, Ministry)]
    assert invented == [0, 0, 0, 0, 0]
    assert set(Meeting.objects.values_list("status", flat=True)) == {MeetingStatus.HELD}
    assert set(Issue.objects.values_list("status", flat=True)) == {"open"}
    assert set(AgendaItem.objects.values_list("outcome", flat=True)) == {""}


def test_our_copy_adds_to_the_transcription_and_takes_nothing_away() -> None:
    ours = yaml.safe_load(OURS.read_text(encoding="utf-8"))
    [summary] = ours["summary_documents"]
    summary["note"] = summary.pop("note_en")

    def kept(said: Any, here: Any) -> bool:
        if isinstance(said, dict):
            return all(key in here and kept(value, here[key]) for key, value in said.items())
        if isinstance(said, list):
            return len(said) == len(here) and all(map(kept, said, here))
        return bool(said == here)

    assert kept(SAID, ours)
    assert OURS.with_suffix(".txt").read_bytes() == TRANSCRIPTION.with_suffix(".txt").read_bytes()
