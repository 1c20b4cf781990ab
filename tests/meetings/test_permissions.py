"""Who may do what to meetings."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.permissions import Visitor
from meetings.models import Minutes
from meetings.permissions import can_confirm_placement, can_delete_meeting, can_edit_meeting, can_move_meeting
from meetings.statuses import MeetingStatus
from tests.factories import (
    MeetingFactory,
    MinutesFactory,
    administrator,
    auditor,
    editor,
    participant,
    publisher,
    superuser,
)

pytestmark = pytest.mark.django_db

EVERYBODY: list[Callable[[], Visitor]] = [
    AnonymousUser,
    participant,
    editor,
    publisher,
    auditor,
    administrator,
    superuser,
]


def allowed(may: Callable[[Visitor], bool]) -> list[Callable[[], Visitor]]:
    return [make for make in EVERYBODY if may(make())]


def test_editors_edit_and_confirm() -> None:
    assert allowed(can_edit_meeting) == [editor]
    assert allowed(can_confirm_placement) == [editor]


@pytest.mark.parametrize("status", MeetingStatus)
def test_editors_move_and_publishers_publish_minutes(status: MeetingStatus) -> None:
    who = publisher if status == MeetingStatus.MINUTES_PUBLISHED else editor
    assert allowed(lambda user: can_move_meeting(user, status)) == [who]


@pytest.mark.parametrize("status", MeetingStatus)
def test_editors_delete_what_is_only_planned(status: MeetingStatus) -> None:
    meeting = MeetingFactory(status=status)
    assert allowed(lambda user: can_delete_meeting(user, meeting)) == ([editor] if status == "planned" else [])


@pytest.mark.parametrize("status", MeetingStatus)
def test_minutes_are_read_once_they_are_published_and_before_by_readers_of_drafts(status: MeetingStatus) -> None:
    MinutesFactory(meeting__status=status)
    readers = allowed(lambda user: Minutes.objects.visible_to(user).exists())
    assert readers == (EVERYBODY if status == "minutes_published" else [editor, publisher, auditor])
