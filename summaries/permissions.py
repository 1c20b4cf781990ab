"""Who may do what to summaries and policy documents."""

from accounts.permissions import Visitor, can_edit_records, can_publish, can_read_drafts
from summaries.models import Edition, PolicyDocument, TraceLink
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus


def can_see_edition(user: Visitor, edition: Edition) -> bool:
    """The twin of EditionQuerySet.visible_to."""
    return can_read_drafts(user) or EditionStatus(edition.status).is_public


def can_edit_edition(user: Visitor, edition: Edition | None = None) -> bool:
    """Write sections and statements, as long as the edition is not submitted or public."""
    return can_edit_records(user) and (edition is None or EditionStatus(edition.status).is_editable)


def can_delete_edition(user: Visitor, edition: Edition) -> bool:
    """Only a draft that nobody has submitted yet. What was public is withdrawn or superseded."""
    return can_edit_records(user) and edition.status == EditionStatus.DRAFT


def can_move_edition(user: Visitor, edition: Edition, new: EditionStatus) -> bool:
    """Editors submit. Publishers return, publish and withdraw; who submitted an edition never approves it."""
    if new == EditionStatus.SUBMITTED:
        return can_edit_records(user)
    if new == EditionStatus.PUBLISHED:
        return can_publish(user) and edition.submitted_by_id != user.pk
    return can_publish(user)


def can_see_policy(user: Visitor, document: PolicyDocument) -> bool:
    """The twin of PolicyDocumentQuerySet.visible_to."""
    return can_read_drafts(user) or document.status == PolicyStatus.PUBLISHED


def can_edit_policy(user: Visitor, document: PolicyDocument | None = None) -> bool:
    """Write passages and sentences, as long as the document is not public."""
    return can_edit_records(user) and (document is None or document.status != PolicyStatus.PUBLISHED)


def can_delete_policy(user: Visitor, document: PolicyDocument) -> bool:
    """Only a draft. What was public is withdrawn."""
    return can_edit_records(user) and document.status == PolicyStatus.DRAFT


def can_move_policy(user: Visitor, document: PolicyDocument, new: PolicyStatus) -> bool:
    """Publishers show a policy document and take it out of view."""
    return can_publish(user)


def can_confirm_trace(user: Visitor) -> bool:
    """Editors confirm or reject a trace link."""
    return can_edit_records(user)


def can_edit_trace(user: Visitor, link: TraceLink | None = None) -> bool:
    """Make a trace link; change or delete one that is not confirmed, and so not public."""
    return can_edit_records(user) and (link is None or link.status != TraceStatus.CONFIRMED)
