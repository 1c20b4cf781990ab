"""One ○ or ➢ line of a summary, and the issues it answers."""

from collections.abc import Sequence

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from issues.models import Issue
from japanese.models import Searchable
from meetings.models import Sourced
from summaries.models.edition import Edition
from summaries.models.section import Section, validate_key
from summaries.querysets import InEditionQuerySet, StatementIssueQuerySet


@recorded
class Statement(Searchable, Sourced):
    """文: one line with its marker. `parent` is the ○ that a ➢ belongs to. `key` is its permanent anchor."""

    # Kept beside section.edition so that keys can be unique in an edition; the trigger keeps the two equal.
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="statements", verbose_name=_("版"), editable=False
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="statements", verbose_name=_("節"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("上の文")
    )
    key = models.CharField(_("記録番号"), max_length=40, validators=[validate_key], help_text=_("例: s5-2-1"))
    order = models.PositiveSmallIntegerField(_("順番"))
    marker = models.CharField(_("行頭の記号"), max_length=5, blank=True, default="○")
    text = models.TextField(_("本文"))
    text_en = models.TextField(_("英語の本文"), blank=True)
    issues: "models.ManyToManyField[Issue, StatementIssue]" = models.ManyToManyField(
        Issue, through="StatementIssue", related_name="statements", verbose_name=_("答える論点")
    )

    objects = InEditionQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("論点整理の文")
        verbose_name_plural = _("論点整理の文")
        ordering = ["section", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="statement_key_unique_in_edition",
                violation_error_message=_("この版には同じ記録番号の文があります。"),
            ),
            models.UniqueConstraint(
                fields=["section", "order"],
                name="statement_order_unique_in_section",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の文があります。順番を変えてください。"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="edition_of_section",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    SELECT edition_id INTO NEW.edition_id FROM summaries_section WHERE id = NEW.section_id;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.marker} {self.text[:60]}".strip()

    def get_absolute_url(self) -> str:
        return f"{self.edition.get_absolute_url()}#{self.key}"

    def searchable(self) -> Sequence[str]:
        return [self.text, self.text_en]


@recorded
class StatementIssue(models.Model):
    """A statement answers an issue."""

    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="statement_issues", verbose_name=_("論点整理の文")
    )
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="statement_issues", verbose_name=_("論点"))

    objects = StatementIssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("文が答える論点")
        verbose_name_plural = _("文が答える論点")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "issue"],
                name="statementissue_once",
                violation_error_message=_("この文と論点は、すでに結び付いています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement.key} → {self.issue.label}"
