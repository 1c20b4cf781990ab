"""Who may do what to an issue."""

from accounts.permissions import Visitor, can_edit_records, can_publish, can_read_drafts
from issues.models import Issue
from issues.statuses import IssueStatus


def can_see_issue(user: Visitor, issue: Issue) -> bool:
    """The twin of IssueQuerySet.visible_to."""
    theme_public = issue.parent is None or IssueStatus(issue.parent.status).is_public
    return can_read_drafts(user) or (IssueStatus(issue.status).is_public and theme_public)


def can_edit_issue(user: Visitor, issue: Issue | None = None) -> bool:
    """Make an issue, or change its words, links and owners."""
    return can_edit_records(user)


def can_change_status(user: Visitor, issue: Issue | None = None) -> bool:
    """Editors and publishers move an issue's status."""
    return can_edit_records(user) or can_publish(user)


def can_delete_issue(user: Visitor, issue: Issue) -> bool:
    """Only a draft, as far as nothing depends on it. What was public is withdrawn."""
    return can_edit_records(user) and issue.status == IssueStatus.DRAFT
