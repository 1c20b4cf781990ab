"""Which bodies and meetings, for whom, with what beside them."""

from typing import Self

from django.db import models
from django.utils import timezone

from accounts.permissions import Visitor, can_read_drafts
from japanese.models import SearchableQuerySet
from meetings.statuses import MeetingStatus


class SourcedQuerySet(SearchableQuerySet):
    """Records that name the lines of a source."""

    def with_source(self) -> Self:
        """With the source, to be cited; its whole text stays where it is."""
        return self.select_related("source").defer("source__text")


class PublicQuerySet(SourcedQuerySet):
    """Records that everybody may read from the moment they exist."""

    def visible_to(self, user: Visitor) -> Self:
        """Every record; here so that every list begins alike."""
        return self.all()


class BodyQuerySet(PublicQuerySet):
    """Councils and teams."""

    def for_list(self) -> Self:
        """Parents before what is under them, in the editors' order, with the number of meetings."""
        return self.select_related("parent").annotate(meeting_count=models.Count("meetings")).order_by("order", "name")


class MeetingQuerySet(PublicQuerySet):
    """Meetings: planned, postponed and cancelled ones are announcements too. Minutes have a status of their own."""

    def for_list(self) -> Self:
        """Newest first, with the body and the agenda."""
        return self.select_related("body").prefetch_related("agenda_items").order_by("-date", "-number")

    def for_detail(self) -> Self:
        """With body and source, and the numbers of the meetings before and after it in the same body."""
        same_body = self.model.objects.filter(body=models.OuterRef("body")).values("number")
        before = same_body.filter(number__lt=models.OuterRef("number")).order_by("-number")[:1]
        after = same_body.filter(number__gt=models.OuterRef("number")).order_by("number")[:1]
        return (
            self.with_source()
            .select_related("body__parent")
            .annotate(previous_number=models.Subquery(before), next_number=models.Subquery(after))
        )

    def upcoming(self) -> Self:
        """Announced for today (Japan time) or later, soonest first."""
        return self.filter(status=MeetingStatus.PLANNED, date__gte=timezone.localdate()).order_by("date")

    def held(self) -> Self:
        """Meetings that took place, latest first."""
        held = (MeetingStatus.HELD, MeetingStatus.MINUTES_DRAFT, MeetingStatus.MINUTES_PUBLISHED)
        return self.filter(status__in=held).order_by("-date", "-number")


class MinutesQuerySet(SearchableQuerySet):
    """Minutes are hidden until the meeting says that they are published."""

    def visible_to(self, user: Visitor) -> Self:
        """Published minutes; drafts too for whoever may read drafts."""
        if can_read_drafts(user):
            return self.all()
        return self.filter(meeting__status=MeetingStatus.MINUTES_PUBLISHED)
