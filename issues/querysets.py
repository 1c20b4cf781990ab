"""Which issues, for whom, with what beside them."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from accounts.permissions import Visitor, can_read_drafts
from issues.statuses import PUBLIC_STATUSES, IssueStatus
from meetings.querysets import SourcedQuerySet


def issue_order(path: str = "") -> tuple[Coalesce, OrderBy, str]:
    """What to order by for 論点1, 論点1-1, 論点1-2, 論点2 …; `path` leads to the issue."""
    theme, number = f"{path}parent__number", f"{path}number"
    return Coalesce(theme, number), F(theme).asc(nulls_first=True), number


class IssueQuerySet(SourcedQuerySet):
    """Themes and questions."""

    def visible_to(self, user: Visitor) -> Self:
        """Public issues (withdrawn ones are not) under a public theme; all for whoever may read drafts."""
        if can_read_drafts(user):
            return self.all()
        public = Q(status__in=PUBLIC_STATUSES) & (Q(parent__isnull=True) | Q(parent__status__in=PUBLIC_STATUSES))
        return self.filter(public)

    def themes(self) -> Self:
        """Issues that stand on top."""
        return self.filter(parent__isnull=True)

    def questions(self) -> Self:
        """Issues below a theme."""
        return self.filter(parent__isnull=False)

    def in_order(self) -> Self:
        """論点1, 論点1-1, 論点1-2, 論点2 …: each theme before its questions."""
        return self.order_by(*issue_order())

    def for_list(self) -> Self:
        """In order; the lead ministry, where there is one, as `lead__ministry`."""
        lead = models.FilteredRelation("ownerships", condition=Q(ownerships__kind="lead"))
        return self.annotate(lead=lead).in_order()

    def with_question_statuses(self, user: Visitor) -> Self:
        """Themes with `question_statuses`: the state of each question below that the user may see."""
        questions = self.model.objects.visible_to(user).filter(parent=models.OuterRef("pk")).order_by()
        return self.annotate(question_statuses=ArraySubquery(questions.values("status")))

    def with_neighbours(self, siblings: Self) -> Self:
        """With `previous_number` and `next_number` among `siblings`."""
        before = siblings.filter(number__lt=models.OuterRef("number")).order_by("-number")
        after = siblings.filter(number__gt=models.OuterRef("number")).order_by("number")
        return self.annotate(
            previous_number=models.Subquery(before.values("number")[:1]),
            next_number=models.Subquery(after.values("number")[:1]),
        )

    def once_public(self) -> Self:
        """Issues that are or were public: what their addresses say is no secret."""
        return self.exclude(status=IssueStatus.DRAFT).exclude(parent__status=IssueStatus.DRAFT)


class DiscussionQuerySet(models.QuerySet[Any]):
    """Links between issues and agenda items."""

    def visible_to(self, user: Visitor) -> Self:
        """Links whose issue the user may see."""
        if can_read_drafts(user):
            return self.all()
        theme = Q(issue__parent__isnull=True) | Q(issue__parent__status__in=PUBLIC_STATUSES)
        return self.filter(theme, issue__status__in=PUBLIC_STATUSES)

    def in_order(self) -> Self:
        """In the order of the issues, with issue and theme."""
        return self.select_related("issue__parent").order_by(*issue_order("issue__"))
