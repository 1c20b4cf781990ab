"""Councils and teams."""

from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models.source import Sourced, record_key
from meetings.querysets import BodyQuerySet, PublicQuerySet


@recorded
class Body(Searchable, Sourced):
    """会議体: a council, or a team under one."""

    slug = models.SlugField(
        _("アドレス用の名前"),
        max_length=80,
        unique=True,
        help_text=_("半角の英小文字、数字、ハイフン。例: ai-strategy-council"),
    )
    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語の名称"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上位の会議体")
    )
    member_level = models.CharField(_("構成員"), max_length=200, blank=True, help_text=_("例: 関係省庁の課長級等"))
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("会議体")
        verbose_name_plural = _("会議体")
        ordering = ["order", "name"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="body_not_under_itself",
                violation_error_message=_("会議体を自分自身の下に置くことはできません。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:body", args=[self.slug])

    def searchable(self) -> Sequence[str]:
        return [self.name, self.name_en, self.member_level]


@recorded
class BodyNote(Searchable, Sourced):
    """An explanatory note on a body, printed in a source beside it."""

    key = models.CharField(_("記録番号"), max_length=80, unique=True, default=record_key)
    body = models.ForeignKey(Body, models.CASCADE, related_name="notes", verbose_name=_("会議体"))
    order = models.PositiveSmallIntegerField(_("順番"), default=1)
    marker = models.CharField(_("行頭の記号"), max_length=5, blank=True)
    text = models.TextField(_("本文"))
    text_en = models.TextField(_("英語の本文"), blank=True)

    objects = PublicQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("会議体の説明")
        verbose_name_plural = _("会議体の説明")
        ordering = ["body", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "order"],
                name="bodynote_order_unique_in_body",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の説明があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def searchable(self) -> Sequence[str]:
        return [self.text, self.text_en]
