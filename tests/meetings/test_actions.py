"""A meeting's status moves, and places are confirmed, through one door."""

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from meetings.actions import change_status, confirm_placement
from meetings.models import Meeting
from meetings.statuses import IllegalTransition, MeetingStatus, Placement
from tests.factories import (
    AgendaItemFactory,
    DiscussionFactory,
    MeetingFactory,
    MinutesFactory,
    SectionFactory,
    administrator,
    auditor,
    editor,
    participant,
    publisher,
    superuser,
)

pytestmark = pytest.mark.django_db


def may(new: MeetingStatus) -> Any:
    return publisher() if new == MeetingStatus.MINUTES_PUBLISHED else editor()


@pytest.mark.parametrize(("old", "new"), [*product(MeetingStatus, MeetingStatus)])
def test_the_moves_of_the_table_succeed_and_all_others_are_illegal(old: MeetingStatus, new: MeetingStatus) -> None:
    meeting = MinutesFactory(meeting__status=old).meeting
    if new in old.next:
        change_status(meeting, new, by=may(new))
        assert meeting.status == Meeting.objects.get().status == new
    else:
        with pytest.raises(IllegalTransition):
            change_status(meeting, new, by=may(new))
        assert meeting.status == Meeting.objects.get().status == old


def test_the_history_keeps_who_and_why() -> None:
    meeting, user = MeetingFactory(status=MeetingStatus.PLANNED), editor()
    change_status(meeting, MeetingStatus.POSTPONED, by=user, reason=" 台風のため ")
    row = meeting.history.latest("pgh_id")
    assert (row.status, row.pgh_context.metadata) == ("postponed", {"user": user.pk, "reason": "台風のため"})


def test_the_state_that_counts_is_the_one_in_the_database() -> None:
    meeting = MeetingFactory(status=MeetingStatus.PLANNED)
    Meeting.objects.update(status=MeetingStatus.CANCELLED)
    with pytest.raises(IllegalTransition):
        change_status(meeting, MeetingStatus.HELD, by=editor())


def test_minutes_are_published_by_a_publisher_once_they_are_written() -> None:
    meeting = MeetingFactory(status=MeetingStatus.MINUTES_DRAFT)
    with pytest.raises(PermissionDenied):
        change_status(meeting, MeetingStatus.MINUTES_PUBLISHED, by=editor())
    with pytest.raises(ValidationError):
        change_status(meeting, MeetingStatus.MINUTES_PUBLISHED, by=publisher())
    MinutesFactory(meeting=meeting)
    change_status(meeting, MeetingStatus.MINUTES_PUBLISHED, by=publisher())


@pytest.mark.parametrize("make_user", [participant, publisher, auditor, administrator, superuser])
def test_nobody_but_editors_moves_a_meeting(make_user: Any) -> None:
    meeting = MeetingFactory(status=MeetingStatus.PLANNED)
    with pytest.raises(PermissionDenied):
        change_status(meeting, MeetingStatus.HELD, by=make_user())
    assert Meeting.objects.get().status == MeetingStatus.PLANNED


class TestPlacement:
    @pytest.mark.parametrize("make", [MeetingFactory, AgendaItemFactory, DiscussionFactory, SectionFactory])
    def test_an_inferred_place_is_confirmed(self, make: Any) -> None:
        record, user = make(placement=Placement.INFERRED), editor()
        assert confirm_placement(record, by=user) is True
        row = record.history.latest("pgh_id")
        assert (record.placement, row.placement, row.pgh_context.metadata) == (
            Placement.CONFIRMED,
            "confirmed",
            {"user": user.pk},
        )

    @pytest.mark.parametrize("placement", [Placement.STATED, Placement.CONFIRMED])
    def test_where_nothing_was_inferred_nothing_is_confirmed(self, placement: Placement) -> None:
        record = MeetingFactory(placement=placement)
        assert confirm_placement(record, by=editor()) is False
        assert record.history.count() == 1

    @pytest.mark.parametrize("make_user", [participant, publisher, auditor, administrator, superuser])
    def test_nobody_but_editors_confirms(self, make_user: Any) -> None:
        record = MeetingFactory(placement=Placement.INFERRED)
        with pytest.raises(PermissionDenied):
            confirm_placement(record, by=make_user())
        record.refresh_from_db()
        assert record.is_inferred
