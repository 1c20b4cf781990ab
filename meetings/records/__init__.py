"""Sources, bodies and meetings in record files."""

from collections.abc import Sequence
from typing import Any

from accounts.records import Plan, Record
from meetings.models import Meeting
from meetings.records.bodies import (
    BodyNoteRecord,
    BodyRecord,
    load_bodies,
    load_notes,
    plan_bodies,
    plan_notes,
    read_bodies,
    read_notes,
)
from meetings.records.meetings import (
    MeetingRecord,
    check_same_day,
    load_meetings,
    plan_meetings,
    read_meetings,
    write_files,
)
from meetings.records.sources import (
    HeadedRecord,
    SourcedRecord,
    SourceRecord,
    place_of,
    plan_sources,
    read_sources,
    with_source,
)

__all__ = [
    "BodyRecord",
    "HeadedRecord",
    "MeetingRecord",
    "MeetingRecords",
    "SourcedRecord",
    "check_same_day",
    "load_bodies",
    "load_meetings",
    "place_of",
    "plan_meeting_records",
    "read_meeting_records",
    "with_source",
    "write_files",
]


class MeetingRecords(Record):
    """The sections of a file that this app keeps."""

    source: SourceRecord | None = None
    """The only source of the file."""
    sources: list[SourceRecord] = []
    bodies: list[BodyRecord] = []
    body_notes: list[BodyNoteRecord] = []
    meetings: list[MeetingRecord] = []

    @property
    def all_sources(self) -> list[SourceRecord]:
        """The sources, however they are written."""
        return [*filter(None, [self.source]), *self.sources]


def plan_meeting_records(files: Sequence[MeetingRecords], plan: Plan) -> None:
    """Plan sources, bodies and meetings; the sources that records of other apps name are known then, too."""
    records = [record for file in files for record in file.walk()]
    used = {record.source for record in records if isinstance(record, SourcedRecord) and record.source}
    plan_sources([file.all_sources for file in files], used, plan)
    notes = [note for file in files for note in file.body_notes]
    meetings = [meeting for file in files for meeting in file.meetings]
    load_bodies(plan, {note.body for note in notes if note.body} | {meeting.body for meeting in meetings})
    renamed = plan_bodies([body for file in files for body in file.bodies], plan)
    load_notes(plan, notes)
    for file in files:
        plan_notes(file.bodies, file.body_notes, plan)
    plan_meetings(meetings, plan)
    plan.save_again(Meeting.objects.filter(body__in=renamed))


def read_meeting_records() -> dict[str, Any]:
    """All sources, bodies and meetings as sections of a file."""
    return {
        "sources": read_sources(),
        "bodies": read_bodies(),
        "body_notes": read_notes(),
        "meetings": read_meetings(),
    }
