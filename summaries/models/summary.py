"""論点整理: the council's published conclusions, under one name through all editions."""

from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models import Body, Meeting, Sourced
from summaries.querysets import SummaryQuerySet


@recorded
class Summary(Searchable, Sourced):
    """A summary; its text is in its editions. `placement` says how sure the link to the meeting is."""

    slug = models.SlugField(
        _("アドレス用の名前"), max_length=100, unique=True, help_text=_("半角の英小文字、数字、ハイフン。")
    )
    title = models.CharField(_("題名"), max_length=300)
    title_en = models.CharField(_("英語の題名"), max_length=300, blank=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="summaries", verbose_name=_("会議体"))
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="summaries", verbose_name=_("まとめた会議")
    )
    note = models.TextField(_("編集者の注記"), blank=True, help_text=_("この記録の範囲など、読む人への断り。"))
    note_en = models.TextField(_("英語の注記"), blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("論点整理")
        verbose_name_plural = _("論点整理")
        ordering = ["title", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("summaries:summary", args=[self.slug])

    def searchable(self) -> Sequence[str]:
        return [self.title, self.title_en]
