"""The text of an edition and of a policy document as their pages set it: plain rows, from as few queries as can be.

An edition may hold a thousand statements; so no row asks the database, resolves an address or loads a model by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from issues.querysets import issue_order
from meetings.content import Localised, in_readers_language
from meetings.statuses import Placement
from summaries.models import Edition, Passage, PolicyDocument, Section, StatementIssue, TraceLink
from summaries.statuses import EditionStatus, TraceKind
from summaries.timeline import edition_name

_PLACE = ("source__slug", "source__title", "source__file", "first_line", "last_line", "placement", "placement_note")
_SECTION = ("pk", "parent_id", "key", "group", "heading", "heading_en", *_PLACE)
_STATEMENT = ("pk", "parent_id", "key", "marker", "text", "text_en", *_PLACE)
_PASSAGE = ("pk", "key", "heading", "heading_en", *_PLACE)
_SENTENCE = ("pk", "key", "paragraph", "text", "text_en", *_PLACE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row was transcribed from, and whether an editor still has to confirm that it belongs where it stands."""

    url: str
    lines: str
    is_inferred: bool
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in the margin that leads to what a text is linked with."""

    label: str
    url: str
    detail: str = ""
    text: str = ""


@dataclass(slots=True)
class Line:
    """A statement: its text, the lines under it, and what stands in the margin."""

    key: str
    marker: str
    text: Localised
    place: Place
    issues: list[Mark] = field(default_factory=list)
    policies: list[Mark] = field(default_factory=list)
    children: list["Line"] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A section with its lines and subsections. `level` is that of its heading in the page."""

    key: str
    group: str
    heading: Localised
    place: Place
    level: int = 2
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Sections in a row under one printed heading, or under none."""

    anchor: str
    heading: Localised
    parts: list[Part]


@dataclass(slots=True)
class QuotedSentence:
    """A sentence of a policy document and the statements that it comes from."""

    key: str
    text: Localised
    place: Place
    origins: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class QuotedPassage:
    """A passage: its paragraphs, each a list of sentences."""

    key: str
    heading: Localised
    place: Place
    paragraphs: list[list[QuotedSentence]] = field(default_factory=list)


def text_of_edition(edition: Edition, user: Visitor) -> list[Group]:
    """The whole text of `edition` with its marginal marks, in three queries.

    The caller has asked whether `user` may read it.
    """
    issues, policies = _issue_marks(edition, user), _policy_marks(edition, user)
    place = _Places()
    rows = (
        Section.objects.visible_to(user)
        .filter(edition=edition)
        .order_by(
            Coalesce("parent__order", "order"), F("parent__order").asc(nulls_first=True), "order", "statements__order"
        )
        .values_list(*_SECTION, *(f"statements__{name}" for name in _STATEMENT))
    )
    parts: dict[int, Part] = {}
    lines: dict[int, Line] = {}
    top: list[Part] = []
    for row in rows:
        pk, parent_pk, key, group, heading, heading_en, *source = row[: len(_SECTION)]
        part = parts.get(pk)
        if part is None:
            part = parts[pk] = Part(key, group, in_readers_language(heading, heading_en), place(source))
            above = parts.get(parent_pk)
            (above.parts if above else top).append(part)
        pk, parent_pk, key, marker, text, text_en, *source = row[len(_SECTION) :]
        if pk is None:
            continue
        line = Line(key, marker, in_readers_language(text, text_en), place(source))
        line.issues, line.policies = issues.get(pk, []), policies.get(pk, [])
        above_line = lines.get(parent_pk)
        (above_line.children if above_line else part.lines).append(line)
        # A line under a line under a line stands beside the second: the paper has two levels.
        lines[pk] = above_line or line
    groups = []
    for number, (heading, members) in enumerate(groupby(top, key=lambda part: part.group), start=1):
        grouped = list(members)
        for part in grouped:
            part.level = 3 if heading else 2
            for below in part.parts:
                below.level = part.level + 1
        # Keys of sections have lower-case letters only, so this anchor is nobody's.
        groups.append(Group(f"G{number}", in_readers_language(heading), grouped))
    return groups


def text_of_policy(document: PolicyDocument, user: Visitor) -> list[QuotedPassage]:
    """The passages of `document` with the origin of each sentence, in two queries.

    The caller has asked whether `user` may read it.
    """
    origins = _origin_marks(document, user)
    place = _Places()
    rows = (
        Passage.objects.visible_to(user)
        .filter(document=document)
        .order_by("order", "sentences__order")
        .values_list(*_PASSAGE, *(f"sentences__{name}" for name in _SENTENCE))
    )
    passages = []
    for head, members in groupby(rows, key=lambda row: row[: len(_PASSAGE)]):
        _pk, key, heading, heading_en, *source = head
        passage = QuotedPassage(key, in_readers_language(heading, heading_en), place(source))
        passages.append(passage)
        sentences = [row[len(_PASSAGE) :] for row in members if row[len(_PASSAGE)] is not None]
        for _paragraph, run in groupby(sentences, key=lambda row: row[2]):
            passage.paragraphs.append(
                [
                    QuotedSentence(key, in_readers_language(text, text_en), place(source), origins.get(pk, []))
                    for pk, key, _number, text, text_en, *source in run
                ]
            )
    return passages


class _Places:
    """Words the place of a row; resolves the address of each source once."""

    def __init__(self) -> None:
        self.addresses: dict[str, str] = {}

    def __call__(self, values: Iterable[Any]) -> Place:
        slug, title, file, first, last, placement, note = values
        inferred = placement == Placement.INFERRED
        if slug is None:
            return Place("", "", inferred, note)
        if slug not in self.addresses:
            self.addresses[slug] = reverse("meetings:source", args=[slug])
        name = title or file
        if first is None:
            return Place(self.addresses[slug], name, inferred, note)
        words = _("%(line)s行目") if first == last else _("%(first)s〜%(last)s行目")
        lines = words % {"line": first, "first": first, "last": last}
        return Place(f"{self.addresses[slug]}#L{first}", f"{name} {lines}", inferred, note)


def _issue_marks(edition: Edition, user: Visitor) -> dict[int, list[Mark]]:
    links = (
        StatementIssue.objects.visible_to(user)
        .filter(statement__edition=edition)
        .order_by(*issue_order("issue__"))
        .values_list("statement_id", "issue__parent__number", "issue__number", "issue__title", "issue__title_en")
    )
    root = reverse("issues:index")
    marks: dict[int, list[Mark]] = {}
    for statement, theme, number, title, title_en in links:
        address = f"{theme}-{number}" if theme else str(number)
        label = _("論点%(address)s") % {"address": address}
        mark = Mark(label, f"{root}{address}/", text=in_readers_language(title, title_en))
        marks.setdefault(statement, []).append(mark)
    return marks


def _policy_marks(edition: Edition, user: Visitor) -> dict[int, list[Mark]]:
    document = "sentence__passage__document__"
    links = (
        TraceLink.objects.visible_to(user)
        .filter(statement__edition=edition)
        .order_by(f"{document}order", f"{document}pk", "sentence__passage__order", "sentence__order")
        .values_list(
            "statement_id",
            "kind",
            "sentence__key",
            f"{document}slug",
            f"{document}title",
            f"{document}title_en",
            f"{document}short_title",
            f"{document}short_title_en",
        )
    )
    root = reverse("summaries:policies")
    marks: dict[int, list[Mark]] = {}
    for statement, kind, key, slug, title, title_en, short, short_en in links:
        label = in_readers_language(short or title, short_en or title_en)
        mark = Mark(label, f"{root}{slug}/#{key}", detail=str(TraceKind(kind).label))
        marks.setdefault(statement, []).append(mark)
    return marks


def _origin_marks(document: PolicyDocument, user: Visitor) -> dict[int, list[Mark]]:
    links = (
        TraceLink.objects.visible_to(user)
        .filter(sentence__passage__document=document)
        .order_by("statement__edition__summary__title", "statement__edition", "statement__section", "statement__order")
        .values_list(
            "sentence_id",
            "kind",
            "statement__key",
            "statement__text",
            "statement__text_en",
            "statement__edition__number",
            "statement__edition__status",
            "statement__edition__summary__slug",
            "statement__edition__summary__title",
            "statement__edition__summary__title_en",
        )
    )
    root = reverse("summaries:index")
    marks: dict[int, list[Mark]] = {}
    for sentence, kind, key, text, text_en, number, status, slug, title, title_en in links:
        details = [str(TraceKind(kind).label)]
        if status != EditionStatus.PUBLISHED:
            details.append(str(EditionStatus(status).label))
        mark = Mark(
            edition_name(title, title_en, number),
            f"{root}{slug}/editions/{number}/#{key}",
            "・".join(details),
            in_readers_language(text, text_en),
        )
        marks.setdefault(sentence, []).append(mark)
    return marks
