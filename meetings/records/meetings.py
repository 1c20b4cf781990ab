"""Meetings with their agenda, minutes and materials in record files."""

import hashlib
import os.path
import shutil
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

from django.core.files import File
from django.core.files.storage import default_storage
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field, Strict

from accounts.records import Day, FileName, Key, OptionalText, Ordinal, Plan, Record, Slug, Text
from japanese.dates import DateError, parse_date, wareki
from japanese.folding import fold
from japanese.models import SEARCH_COLUMNS
from meetings.models import AgendaItem, Body, Material, Meeting, Minutes
from meetings.models.material import material_path
from meetings.records.sources import SourcedRecord, place_of, with_source
from meetings.statuses import MeetingStatus

#: Beside a record file, the folder with the files of its materials.
FILES = "files"
FIRST_DAY_OF_ERAS = date(1873, 1, 1)


class AgendaItemRecord(SourcedRecord):
    """One line of an agenda (議事), known by its meeting and its order."""

    order: Ordinal | None = None
    number: OptionalText = ""
    """The number as it is printed."""
    title: Text
    title_en: OptionalText = ""
    outcome: OptionalText = ""
    outcome_en: OptionalText = ""


class MaterialRecord(Record):
    """A file handed out at a meeting (資料)."""

    id: Key
    agenda_item: Ordinal | None = None
    """The order of the agenda item that it belongs to."""
    order: Ordinal | None = None
    label: OptionalText = ""
    title: Text
    title_en: OptionalText = ""
    filename: FileName
    content_type: Text
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """The file itself is `files/<sha256>.<ending of filename>` beside the record file; it may be missing."""
    text: OptionalText = ""
    """What was read from the file, for search."""


class MeetingRecord(SourcedRecord):
    """A meeting (会議)."""

    id: Key
    body: Slug
    number: Ordinal
    number_label: str | None = None
    """第N回; must agree with `number`."""
    title: OptionalText = ""
    title_en: OptionalText = ""
    date: Day
    date_wareki: str | None = None
    """The same day as `date`."""
    place: OptionalText = ""
    status: Annotated[MeetingStatus, Strict(False)] | None = None
    agenda_items: list[AgendaItemRecord] = []
    materials: list[MaterialRecord] = []
    minutes: Text | None = None


def load_meetings(plan: Plan, keys: set[str]) -> None:
    """Know the meetings, with their agenda items, that records of a file are, or refer to."""
    plan.load(Meeting.objects.filter(key__in=keys), lambda meeting: meeting.key)
    items = AgendaItem.objects.filter(meeting__key__in=keys).select_related("meeting")
    plan.load(items, lambda item: (item.meeting.key, item.order))


def plan_meetings(records: Sequence[MeetingRecord], plan: Plan) -> None:
    """Plan meetings and what belongs to them. Their bodies are known already."""
    keys = {record.id for record in records}
    load_meetings(plan, keys)
    minutes = Minutes.objects.filter(meeting__key__in=keys).select_related("meeting")
    plan.load(minutes, lambda row: row.meeting.key)
    materials = {material.id for record in records for material in record.materials}
    plan.load(Material.objects.filter(key__in=materials), lambda material: material.key)
    for record in records:
        meeting = plan.claim(record, Meeting, record.id, key=record.id)
        if meeting is None:
            continue
        _check_labels(record, plan)
        values = record.given("number", "title", "title_en", "date", "place")
        default = MeetingStatus.HELD if record.date <= timezone.localdate() else MeetingStatus.PLANNED
        values |= record.sourced(plan, meeting) | plan.status(record, meeting, record.status, default)
        if body := plan.refer(record, "body", Body, record.body):
            plan.put(record, meeting, values | {"body": body})
        _plan_agenda(record, meeting, plan)
        _plan_materials(record, meeting, plan)
        if record.minutes and (row := plan.claim(record, Minutes, record.id, meeting=meeting)):
            plan.put(record, row, {"text": record.minutes})


def _check_labels(record: MeetingRecord, plan: Plan) -> None:
    if record.number_label and fold(record.number_label) != f"第{record.number}回":
        plan.fault(
            record.where.of("number_label"),
            _("number は %(number)d ですが、ここには「%(label)s」とあります。資料を見て、違うほうを直してください。"),
            number=record.number,
            label=record.number_label,
        )
    if record.date_wareki:
        check_same_day(record, "date_wareki", record.date_wareki, record.date, plan)


def check_same_day(record: Record, name: str, text: str, day: date | None, plan: Plan) -> None:
    """Note a fault unless the key `name`, with this text, speaks of the day."""
    try:
        same = parse_date(text) == day
    except DateError as error:
        plan.fault(record.where.of(name), str(error))
    else:
        if not same:
            plan.fault(
                record.where.of(name),
                _("日付が食い違っています（%(day)s と「%(text)s」）。資料を見て、違うほうを直してください。"),
                day=day or "—",
                text=text,
            )


def _plan_agenda(record: MeetingRecord, meeting: Meeting, plan: Plan) -> None:
    for position, item in enumerate(record.agenda_items, 1):
        order = item.order or position
        if row := plan.claim(item, AgendaItem, (record.id, order), meeting=meeting, order=order):
            values = item.given("number", "title", "title_en", "outcome", "outcome_en")
            plan.put(item, row, values | item.sourced(plan, row))


def _plan_materials(record: MeetingRecord, meeting: Meeting, plan: Plan) -> None:
    for position, item in enumerate(record.materials, 1):
        if row := plan.claim(item, Material, item.id, key=item.id):
            values = item.given("label", "title", "title_en", "filename", "content_type", "size", "sha256", "text")
            values |= {"meeting": meeting, "order": item.order or position}
            if item.has("agenda_item"):
                key = item.agenda_item and (record.id, item.agenda_item)
                values["agenda_item"] = plan.refer(item, "agenda_item", AgendaItem, key)
            plan.put(item, row, values | _stored_file(item, row, plan))


def _stored_file(record: MaterialRecord, row: Material, plan: Plan) -> dict[str, object]:
    """Take the file from beside the record file, if it is there and is not stored yet."""
    material = Material(filename=record.filename, sha256=record.sha256)
    name = material_path(material, record.filename)
    file = Path(record.where.file).parent / FILES / _file_name(material)
    if row.file.name == name or not os.path.isfile(file):  # noqa: PTH113  (see meetings.records.sources)
        return {}
    with file.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    if (digest, file.stat().st_size) != (record.sha256, record.size):
        plan.fault(
            record.where.of("sha256"),
            _("%(file)s の中身が、ここに書かれた大きさか SHA-256 と違います。正しいファイルに置き換えてください。"),
            file=file,
        )
    plan.before_saving(partial(_store, file, name))
    return {"file": name}


def _store(file: Path, name: str) -> None:
    """Names are hashes, so what is there already is the same. After a failed import the file waits for the next one."""
    if not default_storage.exists(name):
        with file.open("rb") as handle:
            default_storage.save(name, File(handle))


def read_meetings() -> list[MeetingRecord]:
    """All meetings as records, by body and number."""
    meetings = with_source(Meeting.objects.select_related("body", "minutes")).prefetch_related(
        Prefetch("agenda_items", with_source(AgendaItem.objects.order_by("order"))),
        Prefetch("materials", Material.objects.defer(*SEARCH_COLUMNS).select_related("agenda_item")),
    )
    return [
        MeetingRecord.model_construct(
            id=meeting.key,
            body=meeting.body.slug,
            number=meeting.number,
            number_label=f"第{meeting.number}回",
            title=meeting.title,
            title_en=meeting.title_en,
            date=meeting.date,
            date_wareki=wareki(meeting.date) if meeting.date >= FIRST_DAY_OF_ERAS else None,
            place=meeting.place,
            status=meeting.status,
            **place_of(meeting),
            agenda_items=[_read_agenda_item(item) for item in meeting.agenda_items.all()],
            materials=[_read_material(material) for material in sorted(meeting.materials.all(), key=_in_order)],
            minutes=meeting.minutes.text if hasattr(meeting, "minutes") else None,
        )
        for meeting in sorted(meetings, key=lambda meeting: (meeting.body.order, meeting.body.slug, meeting.number))
    ]


def _in_order(material: Material) -> tuple[int, str]:
    return material.order, material.key


def _read_agenda_item(item: AgendaItem) -> AgendaItemRecord:
    return AgendaItemRecord.model_construct(
        order=item.order,
        number=item.number,
        title=item.title,
        title_en=item.title_en,
        outcome=item.outcome,
        outcome_en=item.outcome_en,
        **place_of(item),
    )


def _read_material(material: Material) -> MaterialRecord:
    return MaterialRecord.model_construct(
        id=material.key,
        agenda_item=material.agenda_item.order if material.agenda_item else None,
        order=material.order,
        label=material.label,
        title=material.title,
        title_en=material.title_en,
        filename=material.filename,
        content_type=material.content_type,
        size=material.size,
        sha256=material.sha256,
        text=material.text,
    )


def write_files(folder: Path) -> tuple[int, list[Material]]:
    """Write the stored files of all materials into a folder where import_records finds them.

    Returns how many were written, and the materials whose file is not where it was stored.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written, lost = 0, []
    for material in Material.objects.exclude(file="").defer("text", *SEARCH_COLUMNS):
        try:
            with material.file.open("rb") as stored, (folder / _file_name(material)).open("wb") as copy:
                shutil.copyfileobj(stored, copy)
        except FileNotFoundError:
            lost.append(material)
        else:
            written += 1
    return written, lost


def _file_name(material: Material) -> str:
    return f"{material.sha256}.{material.extension}"
