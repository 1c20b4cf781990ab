"""Ministries and agencies of the government, and their divisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from accounts.querysets import MinistryQuerySet


@recorded
class Ministry(models.Model):
    """担当府省庁: answers for issues, alone or beside others."""

    slug = models.SlugField(
        _("アドレス用の名前"),
        max_length=60,
        unique=True,
        help_text=_("半角の英小文字、数字、ハイフン。例: mext。公開後は変えないでください。"),
    )
    name = models.CharField(_("名称"), max_length=100, unique=True)
    name_en = models.CharField(_("英語の名称"), max_length=150, blank=True)
    short_name = models.CharField(_("略称"), max_length=30, blank=True, help_text=_("例: 文科省"))
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)

    objects = MinistryQuerySet.as_manager()

    class Meta:
        verbose_name = _("府省庁")
        verbose_name_plural = _("府省庁")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


@recorded
class Division(models.Model):
    """A division (課・室) of a ministry, to which work is delegated."""

    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="divisions", verbose_name=_("府省庁"))
    name = models.CharField(_("課・室の名称"), max_length=150)
    name_en = models.CharField(_("英語の名称"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("課・室")
        verbose_name_plural = _("課・室")
        ordering = ["ministry", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ministry", "name"],
                name="division_name_unique_in_ministry",
                violation_error_message=_("この府省庁には同じ名称の課・室があります。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ministry} {self.name}"
