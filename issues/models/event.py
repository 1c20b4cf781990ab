"""What happened to an issue, as facts; pages and feeds word them."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.history import no_truncate
from issues.models.issue import Issue
from issues.statuses import IssueStatus
from meetings.models import AgendaItem


class IssueEvent(models.Model):
    """One move of an issue's status. It cites an agenda item or, outside a meeting (会議外), gives a reason.

    Insert-only: an undone move is a further move.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="events", verbose_name=_("論点"))
    old = models.CharField(_("前の状態"), max_length=20, choices=IssueStatus.choices)
    new = models.CharField(_("後の状態"), max_length=20, choices=IssueStatus.choices)
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("根拠の議事")
    )
    reason = models.TextField(_("理由"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("操作した人")
    )
    at = models.DateTimeField(_("日時"), default=timezone.now)

    class Meta:
        verbose_name = _("論点の動き")
        verbose_name_plural = _("論点の動き")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agenda_item__isnull=False) | ~models.Q(reason=""),
                name="issueevent_has_source_or_reason",
                violation_error_message=_("根拠の議事を選ぶか、会議外の理由を書いてください。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(old=models.F("new")),
                name="issueevent_is_a_move",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="insert_only", operation=pgtrigger.Update | pgtrigger.Delete),
            no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.issue.label}: {self.get_old_display()} → {self.get_new_display()}"
