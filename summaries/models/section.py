"""Headings of an edition, two levels deep."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models import Sourced
from summaries.models.edition import Edition
from summaries.querysets import InEditionQuerySet

#: A key is the anchor of its section or statement in the page, and stays through editions.
validate_key = RegexValidator(
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
    _("半角の英小文字で始め、英小文字、数字、ハイフンだけを使ってください。例: s5-2-1"),
)


@recorded
class Section(Searchable, Sourced):
    """節: a heading, or a heading below one. `group` is a heading printed over several sections (主な論点)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sections", verbose_name=_("版"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="subsections", verbose_name=_("上の節")
    )
    key = models.CharField(_("記録番号"), max_length=40, validators=[validate_key], help_text=_("例: s5-2"))
    order = models.PositiveSmallIntegerField(_("順番"))
    group = models.CharField(_("大見出し"), max_length=200, blank=True, help_text=_("いくつかの節をまとめる見出し。"))
    heading = models.CharField(_("見出し"), max_length=300)
    heading_en = models.CharField(_("英語の見出し"), max_length=300, blank=True)

    objects = InEditionQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("節")
        verbose_name_plural = _("節")
        ordering = ["edition", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="section_key_unique_in_edition",
                violation_error_message=_("この版には同じ記録番号の節があります。"),
            ),
            models.UniqueConstraint(
                fields=["edition", "parent", "order"],
                name="section_order_unique_in_place",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の節があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def clean(self) -> None:
        """Two levels, and the parent in the same edition."""
        super().clean()
        if self.parent and (self.parent.parent_id or self.parent.edition_id != self.edition_id):
            raise ValidationError({"parent": _("同じ版の、いちばん上の節を選んでください。")})

    def searchable(self) -> Sequence[str]:
        return [self.heading, self.heading_en]
