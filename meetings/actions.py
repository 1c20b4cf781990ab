"""The only writers of a meeting's status, and of the word that a record stands where it belongs."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from meetings.models import Meeting, Sourced
from meetings.permissions import can_confirm_placement, can_move_meeting
from meetings.statuses import IllegalTransition, MeetingStatus, Placement


@transaction.atomic
def change_status(meeting: Meeting, new: MeetingStatus, *, by: User, reason: str = "") -> None:
    """Move `meeting` to `new`; the reason goes into its history. `meeting` itself is brought up to date.

    Raises PermissionDenied, IllegalTransition, or ValidationError where minutes are to be published but not written.
    """
    locked = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require(can_move_meeting(by, new))
    old = MeetingStatus(locked.status)
    if new not in old.next:
        raise IllegalTransition(old, new)
    if new == MeetingStatus.MINUTES_PUBLISHED and not hasattr(locked, "minutes"):
        raise ValidationError(_("議事録がまだありません。先に議事録を書いてください。"))
    with pghistory.context(user=by.pk, reason=reason.strip()):
        locked.status = new
        locked.save(update_fields=["status"])
    meeting.status = new


@transaction.atomic
def confirm_placement(record: Sourced, *, by: User) -> bool:
    """Say that an inferred `record` stands where it belongs. Returns whether there was anything to confirm.

    The note on what was inferred stays. Raises PermissionDenied. `record` itself is brought up to date.
    """
    require(can_confirm_placement(by))
    locked = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if not locked.is_inferred:
        return False
    with pghistory.context(user=by.pk):
        locked.placement = Placement.CONFIRMED
        locked.save(update_fields=["placement"])
    record.placement = locked.placement
    return True
