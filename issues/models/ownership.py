"""Which ministries answer for an issue."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from accounts.models import Ministry
from issues.models.issue import Issue


@recorded
class Ownership(models.Model):
    """One ministry beside one issue: at most one leads, any number support."""

    class Kind(models.TextChoices):
        """How a ministry answers for an issue."""

        LEAD = "lead", _("主担当")
        SUPPORTING = "supporting", _("関係")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="ownerships", verbose_name=_("論点"))
    ministry = models.ForeignKey(Ministry, models.PROTECT, related_name="ownerships", verbose_name=_("府省庁"))
    kind = models.CharField(_("担当の別"), max_length=10, choices=Kind.choices, default=Kind.SUPPORTING)

    class Meta:
        verbose_name = _("担当府省庁")
        verbose_name_plural = _("担当府省庁")
        ordering = ["kind", "ministry__order", "ministry__name"]  # "lead" comes before "supporting"
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "ministry"],
                name="ownership_ministry_once",
                violation_error_message=_("この府省庁はすでに担当になっています。"),
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=models.Q(kind="lead"),
                name="ownership_one_lead",
                violation_error_message=_("主担当は一つの府省庁だけです。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ministry}（{self.get_kind_display()}）"
