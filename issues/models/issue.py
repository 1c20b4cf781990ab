"""論点: a theme, or a question below one."""

from collections.abc import Sequence

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from issues.querysets import IssueQuerySet
from issues.statuses import IssueStatus
from japanese.models import Searchable
from meetings.models import Body, Sourced, record_key


def issue_address(theme_number: int | None, number: int) -> str:
    """「2」 for a theme (which stands below no other), 「2-4」 for a question."""
    return f"{theme_number}-{number}" if theme_number else str(number)


@recorded
class Issue(Searchable, Sourced):
    """An issue point. A theme has no parent and the address /issues/2/; its fourth question has /issues/2-4/.

    `status` is moved only by issues.actions.change_status.
    """

    key = models.CharField(_("記録番号"), max_length=80, unique=True, default=record_key, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("テーマ"),
        help_text=_("テーマそのものを登録するときは空にします。"),
    )
    number = models.PositiveSmallIntegerField(
        _("番号"), help_text=_("論点2-4なら、テーマは「論点2」を選び、ここには4を入れます。")
    )
    title = models.TextField(_("論点"))
    title_en = models.TextField(_("英語の論点"), blank=True)
    status = models.CharField(
        _("状態"), max_length=20, choices=IssueStatus.choices, default=IssueStatus.DRAFT, editable=False
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="issues", verbose_name=_("挙げた会議体")
    )

    objects = IssueQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("論点")
        verbose_name_plural = _("論点")
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["parent", "number"],
                name="issue_number_unique_in_theme",
                nulls_distinct=False,
                violation_error_message=_("同じ番号の論点があります。番号を変えてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="issue_number_from_one",
                violation_error_message=_("番号は1以上の数字です。"),
            ),
            models.CheckConstraint(condition=models.Q(status__in=IssueStatus.values), name="issue_status_known"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="two_levels",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF NEW.parent_id IS NOT NULL AND (
                        EXISTS (SELECT 1 FROM issues_issue WHERE id = NEW.parent_id AND parent_id IS NOT NULL)
                        OR EXISTS (SELECT 1 FROM issues_issue WHERE parent_id = NEW.id)
                    ) THEN
                        RAISE EXCEPTION 'an issue is a theme or a question below a theme'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    def clean(self) -> None:
        """The friendlier message beside the trigger `two_levels`."""
        super().clean()
        if self.parent and (self.parent.parent_id or (self.pk and self.questions.exists())):
            raise ValidationError({"parent": _("論点はテーマとその下の問いの二段です。テーマを選び直してください。")})

    def get_absolute_url(self) -> str:
        return reverse("issues:issue", args=[self.address])

    @cached_property
    def address(self) -> str:
        """「2」 for a theme, 「2-4」 for a question."""
        return issue_address(self.parent.number if self.parent else None, self.number)

    @property
    def label(self) -> str:
        """「論点2-4」, in the language of the page."""
        return gettext("論点%(address)s") % {"address": self.address}

    def searchable(self) -> Sequence[str]:
        return [f"論点{self.address}", self.title, self.title_en]
