"""Which summaries, statements and policy sentences, for whom, with what beside them."""

from typing import Any, Self

from django.db import models

from accounts.permissions import Visitor, can_read_drafts
from issues.statuses import PUBLIC_STATUSES
from meetings.querysets import SourcedQuerySet
from summaries.statuses import PUBLIC_EDITIONS, EditionStatus, PolicyStatus, TraceStatus


class SummaryQuerySet(SourcedQuerySet):
    """Summaries; one is public as soon as one of its editions is."""

    def visible_to(self, user: Visitor) -> Self:
        """Summaries with an edition that the user may read."""
        if can_read_drafts(user):
            return self.all()
        return self.filter(
            models.Exists(
                self.model.editions.rel.related_model.objects.filter(
                    summary=models.OuterRef("pk"), status__in=PUBLIC_EDITIONS
                )
            )
        )


class EditionQuerySet(models.QuerySet[Any]):
    """Editions of a summary."""

    def visible_to(self, user: Visitor) -> Self:
        """Published, superseded and withdrawn ones (promise 6: the past stays readable); all for readers of drafts."""
        return self.all() if can_read_drafts(user) else self.filter(status__in=PUBLIC_EDITIONS)

    def current(self) -> Self:
        """The editions in force."""
        return self.filter(status=EditionStatus.PUBLISHED)


class InEditionQuerySet(SourcedQuerySet):
    """What belongs to an edition by a field `edition`: sections, statements, notes."""

    def visible_to(self, user: Visitor) -> Self:
        """What stands in an edition that the user may read."""
        return self.all() if can_read_drafts(user) else self.filter(edition__status__in=PUBLIC_EDITIONS)

    def current(self) -> Self:
        """What stands in the editions in force, so that lists and search show a sentence once."""
        return self.filter(edition__status=EditionStatus.PUBLISHED)


class PolicyDocumentQuerySet(SourcedQuerySet):
    """Policy documents."""

    def visible_to(self, user: Visitor) -> Self:
        """Published ones; all for whoever may read drafts."""
        return self.all() if can_read_drafts(user) else self.filter(status=PolicyStatus.PUBLISHED)


class PassageQuerySet(SourcedQuerySet):
    """Passages of policy documents."""

    def visible_to(self, user: Visitor) -> Self:
        """Passages of documents that the user may read."""
        return self.all() if can_read_drafts(user) else self.filter(document__status=PolicyStatus.PUBLISHED)


class SentenceQuerySet(SourcedQuerySet):
    """Sentences of policy documents."""

    def visible_to(self, user: Visitor) -> Self:
        """Sentences of documents that the user may read."""
        return self.all() if can_read_drafts(user) else self.filter(passage__document__status=PolicyStatus.PUBLISHED)


class TraceLinkQuerySet(models.QuerySet[Any]):
    """Links between statements and policy sentences."""

    def visible_to(self, user: Visitor) -> Self:
        """Confirmed links of which both ends are public; for readers of drafts all that are confirmed."""
        confirmed = self.filter(status=TraceStatus.CONFIRMED)
        if can_read_drafts(user):
            return confirmed
        return confirmed.filter(
            statement__edition__status__in=PUBLIC_EDITIONS,
            sentence__passage__document__status=PolicyStatus.PUBLISHED,
        )


class StatementIssueQuerySet(models.QuerySet[Any]):
    """Links between statements and the issues they answer."""

    def visible_to(self, user: Visitor) -> Self:
        """Links of which both ends are public; all for whoever may read drafts."""
        if can_read_drafts(user):
            return self.all()
        theme = models.Q(issue__parent__isnull=True) | models.Q(issue__parent__status__in=PUBLIC_STATUSES)
        return self.filter(theme, statement__edition__status__in=PUBLIC_EDITIONS, issue__status__in=PUBLIC_STATUSES)
