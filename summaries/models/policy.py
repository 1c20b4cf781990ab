"""政府方針: government policy, as far as it carries the council's conclusions."""

from collections.abc import Sequence
from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models import Sourced
from summaries.querysets import PassageQuerySet, PolicyDocumentQuerySet, SentenceQuerySet
from summaries.statuses import PolicyStatus


@recorded
class PolicyDocument(Searchable, Sourced):
    """A policy document. `status` is moved only by summaries.actions."""

    slug = models.SlugField(
        _("アドレス用の名前"), max_length=100, unique=True, help_text=_("半角の英小文字、数字、ハイフン。")
    )
    order = models.PositiveSmallIntegerField(_("並び順"), default=0)
    title = models.CharField(_("題名"), max_length=300)
    title_en = models.CharField(_("英語の題名"), max_length=300, blank=True)
    short_title = models.CharField(_("略称"), max_length=200, blank=True)
    short_title_en = models.CharField(_("英語の略称"), max_length=200, blank=True)
    published_on = models.DateField(_("決定日"), null=True, blank=True)
    status = models.CharField(
        _("状態"), max_length=20, choices=PolicyStatus.choices, default=PolicyStatus.DRAFT, editable=False
    )

    objects = PolicyDocumentQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("政府方針")
        verbose_name_plural = _("政府方針")
        ordering = ["order", "title"]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=models.Q(status__in=PolicyStatus.values), name="policy_status_known"),
        ]

    def __str__(self) -> str:
        return self.short_title or self.title

    def get_absolute_url(self) -> str:
        return reverse("summaries:policy", args=[self.slug])

    def searchable(self) -> Sequence[str | date | None]:
        return [self.title, self.title_en, self.short_title, self.short_title_en, self.published_on]


@recorded
class Passage(Searchable, Sourced):
    """抜粋: a run of sentences of a policy document under one heading, or under none."""

    key = models.CharField(_("記録番号"), max_length=80, unique=True)
    document = models.ForeignKey(PolicyDocument, models.CASCADE, related_name="passages", verbose_name=_("政府方針"))
    order = models.PositiveSmallIntegerField(_("順番"))
    heading = models.CharField(_("見出し"), max_length=300, blank=True)
    heading_en = models.CharField(_("英語の見出し"), max_length=300, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("抜粋")
        verbose_name_plural = _("抜粋")
        ordering = ["document", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "order"],
                name="passage_order_unique_in_document",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の抜粋があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.heading}".strip()

    def searchable(self) -> Sequence[str]:
        return [self.heading, self.heading_en]


@recorded
class Sentence(Searchable, Sourced):
    """One sentence of a passage; sentences with the same `paragraph` stand in one paragraph."""

    key = models.CharField(_("記録番号"), max_length=80, unique=True)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="sentences", verbose_name=_("抜粋"))
    order = models.PositiveSmallIntegerField(_("順番"))
    paragraph = models.PositiveSmallIntegerField(_("段落"), default=1)
    text = models.TextField(_("本文"))
    text_en = models.TextField(_("英語の本文"), blank=True)

    objects = SentenceQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("政府方針の文")
        verbose_name_plural = _("政府方針の文")
        ordering = ["passage", "order"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["passage", "order"],
                name="sentence_order_unique_in_passage",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("同じ順番の文があります。順番を変えてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.passage.document.get_absolute_url()}#{self.key}"

    def searchable(self) -> Sequence[str]:
        return [self.text, self.text_en]
