"""反映: which policy sentence carries which statement."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from summaries.models.policy import Sentence
from summaries.models.statement import Statement
from summaries.querysets import TraceLinkQuerySet
from summaries.statuses import TraceKind, TraceStatus


@recorded
class TraceLink(models.Model):
    """A statement of one edition became (part of) a sentence. Public once an editor has confirmed it."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="trace_links", verbose_name=_("論点整理の文"))
    sentence = models.ForeignKey(Sentence, models.PROTECT, related_name="trace_links", verbose_name=_("政府方針の文"))
    kind = models.CharField(_("反映のしかた"), max_length=12, choices=TraceKind.choices)
    status = models.CharField(
        _("確認"), max_length=10, choices=TraceStatus.choices, default=TraceStatus.PROPOSED, editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("確認した人"),
    )

    objects = TraceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("反映")
        verbose_name_plural = _("反映")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "sentence"],
                name="tracelink_once",
                violation_error_message=_("この二つの文は、すでに結び付いています。"),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=TraceKind.values), name="tracelink_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.statement.key} → {self.sentence.key}"
