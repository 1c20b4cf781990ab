"""The filters of the list of issues."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Ministry
from accounts.permissions import Visitor, can_read_drafts
from issues.models import Issue, Ownership
from issues.progress import ThemeProgress
from issues.querysets import IssueQuerySet
from issues.statuses import PUBLIC_STATUSES, IssueStatus
from meetings.content import in_readers_language
from meetings.filters import Filter, choices, read_filters
from meetings.models import Body

TREE, TABLE = "tree", "table"
Names: TypeAlias = "QuerySet[Any, tuple[str, str, str, bool]]"


def read_issue_filters(
    query: QueryDict, user: Visitor, themes: Sequence[ThemeProgress]
) -> tuple[dict[str, str], list[Filter]]:
    """What is chosen in an address, and the filters to offer: those with more than one thing to choose. Two queries.

    Raises BadRequest (400) naming a name or value that the list does not know. A ministry without issues is known but
    not offered: a bookmark goes on working, and no choice leads to an empty page.
    """
    ministries, bodies = list(ministries_to_choose(user)), list(bodies_to_choose(user))
    statuses = tuple(IssueStatus) if can_read_drafts(user) else PUBLIC_STATUSES
    chosen = read_filters(
        query,
        {
            "status": {status.value for status in statuses},
            "theme": {theme.address for theme in themes},
            "ministry": {slug for slug, *_rest in ministries},
            "body": {slug for slug, *_rest in bodies},
            "view": (TREE, TABLE),
            "page": None,
        },
    )
    present = {status for theme in themes for status in (theme.status, *theme.question_statuses)}
    offered: dict[str, tuple[str, list[tuple[str, Any]]]] = {
        "status": (_("状態"), [(status.value, status.label) for status in statuses if status in present]),
        "theme": (_("テーマ"), [(theme.address, f"{theme.label} {theme.title.plain}") for theme in themes]),
        "ministry": (_("担当府省庁"), _names(ministries)),
        "body": (_("挙げた会議体"), _names(bodies)),
    }
    filters = [
        Filter(name, label, choices(pairs, chosen.get(name)))
        for name, (label, pairs) in offered.items()
        if len(pairs) > 1
    ]
    return chosen, filters


def ministries_to_choose(user: Visitor) -> Names:
    """Slug, name and English name of every ministry, and whether it answers for an issue that the user may see."""
    owned = Ownership.objects.filter(ministry=OuterRef("pk"), issue__in=Issue.objects.visible_to(user))
    return Ministry.objects.for_list().values_list("slug", "name", "name_en", Exists(owned))


def bodies_to_choose(user: Visitor) -> Names:
    """The same of every body, and whether it raised an issue that the user may see."""
    raised = Issue.objects.visible_to(user).filter(body=OuterRef("pk"))
    bodies = Body.objects.visible_to(user).order_by("order", "name")
    return bodies.values_list("slug", "name", "name_en", Exists(raised))


def narrowed(issues: IssueQuerySet, chosen: dict[str, str]) -> IssueQuerySet:
    """The issues that the chosen filters leave; a theme stands for itself and its questions."""
    if status := chosen.get("status"):
        issues = issues.filter(status=status)
    if theme := chosen.get("theme"):
        issues = issues.filter(Q(parent=None, number=theme) | Q(parent__number=theme))
    if ministry := chosen.get("ministry"):
        issues = issues.filter(Exists(Ownership.objects.filter(issue=OuterRef("pk"), ministry__slug=ministry)))
    if body := chosen.get("body"):
        issues = issues.filter(body__slug=body)
    return issues


def _names(rows: Iterable[tuple[str, str, str, bool]]) -> list[tuple[str, Any]]:
    return [(slug, in_readers_language(name, name_en)) for slug, name, name_en, has_issues in rows if has_issues]
