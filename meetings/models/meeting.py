"""One sitting of a body, and its minutes."""

import datetime
from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models.body import Body
from meetings.models.source import Sourced, record_key
from meetings.querysets import MeetingQuerySet, MinutesQuerySet
from meetings.statuses import MeetingStatus


@recorded
class Meeting(Searchable, Sourced):
    """会議: the n-th meeting of a body, on a day of the Japanese calendar."""

    key = models.CharField(_("記録番号"), max_length=80, unique=True, default=record_key, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("会議体"))
    number = models.PositiveIntegerField(_("回"), help_text=_("第何回か。数字だけを入れます。"))
    title = models.CharField(
        _("題名"), max_length=300, blank=True, help_text=_("「第N回」のほかに名前がある場合だけ。")
    )
    title_en = models.CharField(_("英語の題名"), max_length=300, blank=True)
    date = models.DateField(_("開催日"))
    place = models.CharField(_("場所"), max_length=200, blank=True)
    status = models.CharField(
        _("状態"), max_length=20, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED, editable=False
    )

    objects = MeetingQuerySet.as_manager()

    class Meta(Searchable.Meta, Sourced.Meta):
        verbose_name = _("会議")
        verbose_name_plural = _("会議")
        ordering = ["-date", "-number"]
        constraints = [
            *Sourced.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "number"],
                name="meeting_number_unique_in_body",
                violation_error_message=_("この会議体には、同じ回の会議がすでにあります。回を確かめてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="meeting_number_from_one",
                violation_error_message=_("回は1以上の数字です。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=MeetingStatus.values),
                name="meeting_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.name} {self.number_label}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.body.slug, self.number])

    @property
    def number_label(self) -> str:
        """「第2回」, in the language of the page."""
        return gettext("第%(number)s回") % {"number": self.number}

    def searchable(self) -> Sequence[str | datetime.date]:
        # The label in Japanese whatever the language of whoever saves.
        return [f"{self.body.name} 第{self.number}回", self.title, self.title_en, self.place, self.date]


@recorded
class Minutes(Searchable, models.Model):
    """議事録 of one meeting; public when the meeting's status says so."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes", verbose_name=_("会議"))
    text = models.TextField(_("本文"), help_text=_("段落は空の行で区切ります。"))

    objects = MinutesQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("議事録")
        verbose_name_plural = _("議事録")

    def __str__(self) -> str:
        return gettext("%(meeting)s 議事録") % {"meeting": self.meeting}

    def searchable(self) -> Sequence[str]:
        return [self.text]
