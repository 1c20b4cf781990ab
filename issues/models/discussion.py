"""Which agenda item touched which issue. `issues` owns the link; meetings reads it in reverse."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from issues.models.issue import Issue
from issues.querysets import DiscussionQuerySet
from meetings.models import AgendaItem, Sourced


@recorded
class Discussion(Sourced):
    """An issue was discussed under an agenda item."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="discussions", verbose_name=_("論点"))
    agenda_item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="discussions", verbose_name=_("議事"))

    objects = DiscussionQuerySet.as_manager()

    class Meta(Sourced.Meta):
        verbose_name = _("議論した議事")
        verbose_name_plural = _("議論した議事")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["issue", "agenda_item"],
                name="discussion_once",
                violation_error_message=_("この論点と議事は、すでに結び付いています。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue.label} ← {self.agenda_item}"
