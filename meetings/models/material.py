"""Files handed out at a meeting."""

from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from japanese.models import Searchable
from meetings.models.agenda_item import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.source import record_key
from meetings.querysets import PublicQuerySet


def material_path(material: "Material", filename: str) -> str:
    """Where the file is kept: by its hash, so that no name from outside becomes a path, and equal files are one."""
    return f"materials/{material.sha256[:2]}/{material.sha256}.{material.extension}"


@recorded
class Material(Searchable, models.Model):
    """資料: a numbered file of a meeting. Hash, size, type and text are read from the file when it is stored."""

    key = models.CharField(_("記録番号"), max_length=80, unique=True, default=record_key, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials", verbose_name=_("会議"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="materials", verbose_name=_("議事")
    )
    order = models.PositiveSmallIntegerField(_("順番"), default=1)
    label = models.CharField(_("資料番号"), max_length=30, blank=True, help_text=_("例: 資料1、参考資料2"))
    title = models.CharField(_("資料名"), max_length=300)
    title_en = models.CharField(_("英語の資料名"), max_length=300, blank=True)
    file = models.FileField(_("ファイル"), upload_to=material_path, max_length=200, blank=True)
    filename = models.CharField(_("元のファイル名"), max_length=255, editable=False)
    content_type = models.CharField(_("種類"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("大きさ（バイト）"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    text = models.TextField(_("取り出した文字"), blank=True, editable=False)

    objects = PublicQuerySet.as_manager()

    class Meta(Searchable.Meta):
        verbose_name = _("資料")
        verbose_name_plural = _("資料")
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="material_sha256_is_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        return reverse("meetings:material", args=[self.meeting.body.slug, self.meeting.number, self.pk])

    @property
    def extension(self) -> str:
        """The ending of the original name, in lower case, without the dot."""
        return self.filename.rpartition(".")[2].lower()

    def searchable(self) -> Sequence[str]:
        return [self.label, self.title, self.title_en, self.text]
