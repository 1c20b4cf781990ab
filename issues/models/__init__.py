from issues.models.discussion import Discussion
from issues.models.event import IssueEvent
from issues.models.issue import Issue, issue_address
from issues.models.ownership import Ownership

__all__ = ["Discussion", "Issue", "IssueEvent", "Ownership", "issue_address"]
