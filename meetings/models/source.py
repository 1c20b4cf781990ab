"""The papers that records were transcribed from, and where in them a record stands."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from meetings.statuses import Placement


def record_key() -> str:
    """A permanent id for a record that was made here and not by an import. Imports bring their own, readable ones."""
    return uuid.uuid4().hex


@recorded
class Source(models.Model):
    """A paper as text, kept so that every record can be checked against the lines it came from."""

    slug = models.SlugField(_("アドレス用の名前"), max_length=80, unique=True)
    file = models.CharField(_("ファイル名"), max_length=200, unique=True)
    title = models.CharField(_("資料名"), max_length=300, blank=True)
    pages = models.JSONField(
        _("頁"), default=list, blank=True, help_text=_("頁ごとの番号、題名、始めと終わりの行。取り込みが書き込みます。")
    )
    text = models.TextField(_("本文"), blank=True, help_text=_("資料の文字をそのまま。行番号はこの本文の行です。"))

    class Meta:
        verbose_name = _("出典資料")
        verbose_name_plural = _("出典資料")
        ordering = ["file"]

    def __str__(self) -> str:
        return self.title or self.file

    def get_absolute_url(self) -> str:
        return reverse("meetings:source", args=[self.slug])

    @property
    def lines(self) -> list[str]:
        """The lines of the text; records count them from 1."""
        return self.text.removesuffix("\n").split("\n")

    def page_of(self, line: int) -> int | None:
        """The number of the page that `line` (counted from 1) stands on, or None if the pages do not say."""
        for page in self.pages:
            first, last = page["lines"]
            if first <= line <= last:
                return int(page["page"])
        return None


class Sourced(models.Model):
    """A record that may have been transcribed: which lines of which source, and how sure its place is."""

    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("出典資料")
    )
    first_line = models.PositiveIntegerField(_("出典の始めの行"), null=True, blank=True)
    last_line = models.PositiveIntegerField(_("出典の終わりの行"), null=True, blank=True)
    placement = models.CharField(
        _("位置づけの確かさ"), max_length=10, choices=Placement.choices, default=Placement.STATED
    )
    placement_note = models.CharField(
        _("位置づけの説明"), max_length=500, blank=True, help_text=_("推定の場合に、何をどう推定したか。")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__isnull=True, first_line__isnull=True, last_line__isnull=True)
                | models.Q(source__isnull=False, first_line__isnull=True, last_line__isnull=True)
                # A comparison with null is neither true nor false, and a check refuses only what is false.
                | models.Q(
                    source__isnull=False,
                    first_line__isnull=False,
                    last_line__isnull=False,
                    first_line__gte=1,
                    last_line__gte=models.F("first_line"),
                ),
                name="%(class)s_source_lines_in_order",
                violation_error_message=_(
                    "出典の行は、出典資料を選んだうえで、始めと終わりの両方を小さい順に入れてください。"
                ),
            )
        ]

    @property
    def is_inferred(self) -> bool:
        """Whether a reader must be told that an editor has not yet confirmed the place."""
        return self.placement == Placement.INFERRED
