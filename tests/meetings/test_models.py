"""What the database holds for bodies and meetings."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db.models import F, ProtectedError

from meetings.models import AgendaItem, Body, BodyNote, Meeting
from meetings.statuses import MeetingStatus
from tests.constraints import is_refused_by, names_of_constraints
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    BodyNoteFactory,
    DiscussionFactory,
    MaterialFactory,
    MeetingFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

#: Each breaks the rule on the lines of a source in its own way.
BAD_LINES: list[dict[str, Any]] = [
    {"first_line": 1, "last_line": 2},
    {"source": True, "first_line": 1},
    {"source": True, "last_line": 1},
    {"source": True, "first_line": 0, "last_line": 1},
    {"source": True, "first_line": 2, "last_line": 1},
]


def with_lines(make: Callable[..., Any], lines: dict[str, Any]) -> Any:
    return make(**{**lines, "source": SourceFactory() if "source" in lines else None})


VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    **{
        f"{make._meta.model.__name__.lower()}_source_lines_in_order": [
            partial(with_lines, make, lines) for lines in BAD_LINES
        ]
        for make in (BodyFactory, BodyNoteFactory, MeetingFactory, AgendaItemFactory)
    },
    "body_not_under_itself": [lambda: BodyFactory() and Body.objects.update(parent=F("pk"))],
    "bodynote_order_unique_in_body": [lambda: BodyNoteFactory.create_batch(2, body=BodyFactory(), order=1)],
    "meeting_number_unique_in_body": [lambda: MeetingFactory.create_batch(2, body=BodyFactory(), number=1)],
    "meeting_number_from_one": [lambda: MeetingFactory(number=0)],
    "meeting_status_known": [lambda: MeetingFactory(status="unknown")],
    "agendaitem_order_unique_in_meeting": [
        lambda: AgendaItemFactory.create_batch(2, meeting=MeetingFactory(), order=1)
    ],
    "material_sha256_is_hex": [lambda: MaterialFactory(sha256="", file=""), lambda: MaterialFactory(sha256="G" * 64)],
}
CASES = [(name, violate) for name, violations in VIOLATIONS.items() for violate in violations]


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _violate in CASES])
def test_the_database_refuses_what_breaks_a_constraint(name: str, violate: Callable[[], Any]) -> None:
    assert is_refused_by(name, violate)


def test_every_constraint_is_tried() -> None:
    assert set(VIOLATIONS) == names_of_constraints("meetings")


@pytest.mark.parametrize("lines", [{}, {"first_line": 3, "last_line": 3}, {"first_line": 3, "last_line": 9}])
def test_a_source_is_cited_as_a_whole_or_by_lines(lines: dict[str, int]) -> None:
    meeting = MeetingFactory(source=SourceFactory(), **lines)
    assert meeting.pk


def test_agenda_items_change_places_within_a_transaction() -> None:
    first, second = AgendaItemFactory.create_batch(2, meeting=MeetingFactory())
    AgendaItem.objects.filter(pk=first.pk).update(order=second.order)
    AgendaItem.objects.filter(pk=second.pk).update(order=first.order)
    assert list(AgendaItem.objects.all()) == [second, first]


def test_what_others_point_at_is_kept() -> None:
    link = DiscussionFactory()
    item = link.agenda_item
    body = MeetingFactory(source=SourceFactory()).body
    for record in (item, item.meeting, body, body.meetings.get().source):
        with pytest.raises(ProtectedError):
            record.delete()


def test_a_material_outlives_its_agenda_item() -> None:
    item = AgendaItemFactory()
    material = MaterialFactory(meeting=item.meeting, agenda_item=item)
    item.delete()
    material.refresh_from_db()
    assert material.agenda_item is None


def test_the_page_of_a_line_is_known() -> None:
    source = SourceFactory(pages=[{"page": 1, "lines": [1, 40]}, {"page": 2, "lines": [41, 50]}])
    assert [source.page_of(line) for line in (1, 40, 41, 51)] == [1, 1, 2, None]


@time_machine.travel("2026-11-23 23:00+09:00")
def test_meetings_to_come_and_meetings_held() -> None:
    today = MeetingFactory(status=MeetingStatus.PLANNED, date=date(2026, 11, 23))
    later = MeetingFactory(status=MeetingStatus.PLANNED, date=date(2026, 12, 1))
    MeetingFactory(status=MeetingStatus.PLANNED, date=date(2026, 11, 22))
    MeetingFactory(status=MeetingStatus.CANCELLED, date=date(2026, 12, 2))
    old = MeetingFactory(status=MeetingStatus.MINUTES_PUBLISHED, date=date(2023, 5, 11))
    new = MeetingFactory(status=MeetingStatus.HELD, date=date(2023, 5, 26))
    assert list(Meeting.objects.upcoming()) == [today, later]
    assert list(Meeting.objects.held()) == [new, old]


def test_addresses_are_those_of_the_interface() -> None:
    item = AgendaItemFactory(order=3, meeting__number=2, meeting__body__slug="ai-strategy-council")
    assert item.get_absolute_url() == "/meetings/ai-strategy-council/2/#agenda-3"


def test_a_record_made_here_has_a_permanent_id_of_its_own() -> None:
    body = BodyFactory()
    notes = [BodyNote.objects.create(body=body, order=order, text="説明") for order in (1, 2)]
    assert notes[0].key != notes[1].key
