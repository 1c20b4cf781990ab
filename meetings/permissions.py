"""Who may do what to bodies and meetings."""

from accounts.permissions import Visitor, can_edit_records, can_publish
from meetings.models import Meeting
from meetings.statuses import MeetingStatus


def can_edit_meeting(user: Visitor, meeting: Meeting | None = None) -> bool:
    """Make or change bodies, meetings, their agenda and materials."""
    return can_edit_records(user)


def can_move_meeting(user: Visitor, new: MeetingStatus) -> bool:
    """Editors move meetings; publishing minutes is the publisher's."""
    return can_publish(user) if new == MeetingStatus.MINUTES_PUBLISHED else can_edit_records(user)


def can_delete_meeting(user: Visitor, meeting: Meeting) -> bool:
    """Only what was announced by mistake. What was held, postponed or cancelled says so by its status."""
    return can_edit_records(user) and meeting.status == MeetingStatus.PLANNED


def can_confirm_placement(user: Visitor) -> bool:
    """Editors confirm where an inferred record belongs, also in a published text: no word of it changes."""
    return can_edit_records(user)
