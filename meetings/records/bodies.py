"""Bodies and the notes on them in record files."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.records import Key, OptionalText, Order, Ordinal, Plan, Slug, Text, loops
from meetings.models import Body, BodyNote
from meetings.records.sources import SourcedRecord, place_of, with_source
from meetings.statuses import Placement

DEFAULTED_NOTE = "どの会議体の説明かは資料に書かれていません。ファイルの最初の会議体としました。"


class BodyRecord(SourcedRecord):
    """A council or team (会議体)."""

    id: Slug
    name: Text
    name_en: OptionalText = ""
    parent: Slug | None = None
    """Id of the body above it."""
    member_level: OptionalText = ""
    order: Order = 0


class BodyNoteRecord(SourcedRecord):
    """An explanatory note on a body."""

    id: Key
    body: Slug | None = None
    """Id of the body. Without it the first body of the file that has no parent, and the placement is inferred."""
    order: Ordinal | None = None
    marker: OptionalText = ""
    text: Text
    text_en: OptionalText = ""


def load_bodies(plan: Plan, slugs: set[str]) -> None:
    """Know the bodies that records of a file are, or refer to."""
    plan.load(Body.objects.filter(slug__in=slugs), lambda body: body.slug)


def plan_bodies(records: Sequence[BodyRecord], plan: Plan) -> list[Body]:
    """Plan bodies, in any order. Returns those whose name changes."""
    load_bodies(plan, {slug for record in records for slug in (record.id, record.parent) if slug})
    rows = [(record, plan.claim(record, Body, record.id, slug=record.id)) for record in records]
    renamed = []
    for position, (record, body) in enumerate(rows, 1):
        if body is None:
            continue
        values = record.given("name", "name_en", "member_level", "order") | record.sourced(plan, body)
        if record.has("parent"):
            values["parent"] = plan.refer(record, "parent", Body, record.parent)
        if "name" in plan.put(record, body, values, new={"order": position}):
            renamed.append(body)
    parents = dict(Body.objects.values_list("slug", "parent__slug"))
    looped = loops(parents | {record.id: record.parent for record in records if record.has("parent")})
    for record in records:
        if record.id in looped:
            plan.fault(record.where.of("parent"), _("上位をたどると自分に戻ります。上位の会議体を選び直してください。"))
    return [body for body in renamed if body.pk]


def load_notes(plan: Plan, records: Sequence[BodyNoteRecord]) -> None:
    """Know the notes that these records describe."""
    plan.load(BodyNote.objects.filter(key__in=[record.id for record in records]), lambda note: note.key)


def plan_notes(bodies: Sequence[BodyRecord], notes: Sequence[BodyNoteRecord], plan: Plan) -> None:
    """Plan the notes of one file, whose bodies are given to choose the default from."""
    first = next((body.id for body in bodies if body.parent is None), None)
    position: dict[str | None, int] = {}
    for record in notes:
        slug = record.body or first
        position[slug] = position.get(slug, 0) + 1
        note = plan.claim(record, BodyNote, record.id, key=record.id)
        if note is None:
            continue
        new: dict[str, object] = {}
        values = record.given("marker", "text", "text_en") | record.sourced(plan, note)
        values["order"] = record.order or position[slug]
        if record.body or note._state.adding:
            values["body"] = plan.refer(record, "body", Body, slug)
            new = {} if record.body else {"placement": Placement.INFERRED, "placement_note": DEFAULTED_NOTE}
            if slug is None:
                plan.fault(record.where, _("どの会議体の説明か分かりません。body に会議体の id を書いてください。"))
        if values.get("body", note):
            plan.put(record, note, values, new)


def read_bodies() -> list[BodyRecord]:
    """All bodies as records, in their order."""
    bodies = with_source(Body.objects.select_related("parent"))
    return [
        BodyRecord.model_construct(
            id=body.slug,
            name=body.name,
            name_en=body.name_en,
            parent=body.parent.slug if body.parent else None,
            member_level=body.member_level,
            order=body.order,
            **place_of(body),
        )
        for body in sorted(bodies, key=lambda body: (body.order, body.slug))
    ]


def read_notes() -> list[BodyNoteRecord]:
    """All notes as records, by body."""
    notes = with_source(BodyNote.objects.select_related("body"))
    return [
        BodyNoteRecord.model_construct(
            id=note.key,
            body=note.body.slug,
            order=note.order,
            marker=note.marker,
            text=note.text,
            text_en=note.text_en,
            **place_of(note),
        )
        for note in sorted(notes, key=lambda note: (note.body.order, note.body.slug, note.order))
    ]
