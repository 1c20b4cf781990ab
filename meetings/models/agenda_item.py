"""What a meeting discussed, in order."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models.meeting import Meeting
from meetings.models.source import Sourced
from meetings.querysets import PublicQuerySet


@recorded
class AgendaItem(Searchable, Sourced):
    """議事: one line of the agenda. `number` is what is printed and may be absent; `order` is its place."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda_items", verbose_name=_("会議"))
    order = models.PositiveSmallIntegerField(_("順番"))
    number = models.CharField(
        _("印刷された番号"), max_length=10, blank=True, help_text=_("議事次第にある番号。なければ空。")
    )
    title = models.TextField(_("議題"))
    title_en = models.TextField(_("英語の議題"), blank=True)
    outcome = models.TextField(_("結果"), blank=True, help_text=_("この議事で決まったこと。まだなければ空。"))
    outcome_en = models.TextField(_("英語の結果"), blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("議事")
        verbose_name_plural = _("議事")
        ordering = ["meeting", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agendaitem_order_unique_in_meeting",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の議事があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#agenda-{self.order}"

    def searchable(self) -> Sequence[str]:
        return [self.title, self.title_en, self.outcome, self.outcome_en]
