"""One published (or coming) text of a summary."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models import Sourced, record_key
from summaries.models.summary import Summary
from summaries.querysets import EditionQuerySet, InEditionQuerySet
from summaries.statuses import EditionStatus


@recorded
class Edition(models.Model):
    """版: what is published never changes; a correction is a new edition. Only summaries.actions moves `status`."""

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="editions", verbose_name=_("論点整理"))
    number = models.PositiveSmallIntegerField(_("版"), default=1)
    status = models.CharField(
        _("状態"), max_length=20, choices=EditionStatus.choices, default=EditionStatus.DRAFT, editable=False
    )
    published_on = models.DateField(
        _("公表日"),
        null=True,
        blank=True,
        help_text=_("会議体が公表した日。公開の操作をすると、空ならその日が入ります。"),
    )
    change_note = models.TextField(_("変更の説明"), blank=True, help_text=_("前の版から何をなぜ変えたか。"))
    change_note_en = models.TextField(_("英語の変更の説明"), blank=True)
    withdrawal_explanation = models.TextField(_("取り下げの説明"), blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("提出した人"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("承認した人"),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("版")
        verbose_name_plural = _("版")
        ordering = ["summary", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "number"],
                name="edition_number_unique_in_summary",
                violation_error_message=_("この論点整理には同じ番号の版があります。"),
            ),
            models.UniqueConstraint(
                fields=["summary"],
                condition=models.Q(status=EditionStatus.PUBLISHED),
                name="edition_one_in_force",
                violation_error_message=_("公開中の版は一つだけです。"),
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_number_from_one"),
            models.CheckConstraint(condition=models.Q(status__in=EditionStatus.values), name="edition_status_known"),
            models.CheckConstraint(
                condition=models.Q(published_on__isnull=False)
                | ~models.Q(status__in=[EditionStatus.PUBLISHED, EditionStatus.SUPERSEDED, EditionStatus.WITHDRAWN]),
                name="edition_public_has_date",
                violation_error_message=_("公開する版には公表日が必要です。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=EditionStatus.WITHDRAWN) | ~models.Q(withdrawal_explanation=""),
                name="edition_withdrawn_is_explained",
                violation_error_message=_("取り下げには説明が必要です。"),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("submitted_by")),
                name="edition_approver_is_second_person",
                violation_error_message=_("提出した人は承認できません。"),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(summary)s 第%(number)s版") % {"summary": self.summary, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("summaries:edition", args=[self.summary.slug, self.number])


@recorded
class EditionNote(Searchable, Sourced):
    """A note on an edition as a whole, printed beside its text in the source."""

    key = models.CharField(_("記録番号"), max_length=80, default=record_key)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="notes", verbose_name=_("版"))
    order = models.PositiveSmallIntegerField(_("順番"), default=1)
    marker = models.CharField(_("行頭の記号"), max_length=5, blank=True)
    text = models.TextField(_("本文"))
    text_en = models.TextField(_("英語の本文"), blank=True)

    objects = InEditionQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("版の説明")
        verbose_name_plural = _("版の説明")
        ordering = ["edition", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["edition", "key"],
                name="editionnote_key_unique_in_edition",
                violation_error_message=_("この版には同じ記録番号の説明があります。"),
            ),
            models.UniqueConstraint(
                fields=["edition", "order"],
                name="editionnote_order_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の説明があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def searchable(self) -> Sequence[str | date]:
        return [self.text, self.text_en]
