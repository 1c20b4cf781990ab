"""Businesses and associations that speak under their own name."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded


@recorded
class Organisation(models.Model):
    """A business or association. It counts as verified from `verified_at` on."""

    name = models.CharField(_("名称"), max_length=200)
    name_en = models.CharField(_("英語の名称"), max_length=200, blank=True)
    corporate_number = models.CharField(
        _("法人番号"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^[1-9]\d{12}$", _("法人番号は半角数字13桁です。"))],
        help_text=_("国税庁が指定した13桁の番号。個人の番号（マイナンバー）は入れないでください。"),
    )
    verified_at = models.DateTimeField(
        _("確認日時"), null=True, blank=True, help_text=_("事務局が実在を確かめた日時。")
    )

    class Meta:
        verbose_name = _("団体・事業者")
        verbose_name_plural = _("団体・事業者")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                condition=~models.Q(corporate_number=""),
                name="organisation_corporate_number_unique",
                violation_error_message=_("この法人番号はすでに登録されています。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
