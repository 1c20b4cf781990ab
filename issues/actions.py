"""The only writers of an issue's status."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from issues.models import Issue, IssueEvent
from issues.permissions import can_change_status
from issues.statuses import IssueStatus
from meetings.models import AgendaItem
from meetings.statuses import IllegalTransition


@transaction.atomic
def change_status(
    issue: Issue, new: IssueStatus, *, by: User, source: AgendaItem | None, reason: str = ""
) -> IssueEvent:
    """Move `issue` to `new` and record the event, in one transaction.

    `source` is the agenda item that decided it; without one (会議外) `reason` must say why (product.md, promise 4).
    Raises PermissionDenied, IllegalTransition, or ValidationError if both source and reason are missing. `issue` itself
    is brought up to date.
    """
    locked = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    require(can_change_status(by, locked))
    old = IssueStatus(locked.status)
    if new not in old.next:
        raise IllegalTransition(old, new)
    if source is None and not reason.strip():
        raise ValidationError({"reason": _("根拠の議事を選ぶか、会議外の理由を書いてください。")})
    reason = reason.strip()
    with pghistory.context(user=by.pk, reason=reason):
        locked.status = new
        locked.save(update_fields=["status"])
    issue.status = new
    return IssueEvent.objects.create(issue=locked, old=old, new=new, agenda_item=source, reason=reason, by=by)
