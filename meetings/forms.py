"""What the admin asks: an order that fills itself, a status with its reason, a file."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.forms import RecordForm, RecordFormSet
from meetings.models import AgendaItem, Material
from meetings.uploads import CONTENT_TYPES, CheckedUpload, check_upload, store_upload


class OrderedFormSet(RecordFormSet):
    """Rows in an order. The rows of `counted_within` are counted apart from those of another."""

    counted_within: tuple[str, ...] = ()

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "order" in form.fields:
            form.fields["order"].required = False
            form.fields["order"].help_text = _("空のままなら最後に置きます。")
        if form.instance._state.adding:
            form.initial.pop("order", None)

    def clean(self) -> None:
        """Give what has no place one at the end, then refuse places that are taken twice."""
        self.place_at_end()
        super().clean()

    def place_at_end(self) -> None:
        """Number the rows without a place from the last one on, in the order in which they were written.

        Rows that somebody else has added since the page was opened count too.
        """
        rows = [form.instance for form in self.kept_forms()]
        placeless = [row for row in rows if row.order is None]
        if not placeless:
            return
        seen = {form.instance.pk for form in self.initial_forms}
        unseen = [row for row in self.get_queryset() if row.pk not in seen]
        last: dict[tuple[Any, ...], int] = defaultdict(int)
        for row in (*rows, *unseen):
            last[self._scope(row)] = max(last[self._scope(row)], row.order or 0)
        for row in placeless:
            last[self._scope(row)] += 1
            row.order = last[self._scope(row)]

    def _scope(self, row: Any) -> tuple[Any, ...]:
        return tuple(getattr(row, name) for name in self.counted_within)


class StatusForm(forms.Form):
    """To which state, and why. Offers the moves that this person may make; the action decides about any other."""

    new = forms.CharField(
        label=_("新しい状態"), widget=forms.RadioSelect, error_messages={"required": _("選んでください。")}
    )
    reason = forms.CharField(label=_("理由"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, statuses: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.statuses = statuses

    def offer(self, moves: Iterable[Any]) -> None:
        """Show these states, each with its meaning."""
        self.fields["new"].widget.choices = [(move.value, f"{move.label}：{move.meaning}") for move in moves]

    def clean_new(self) -> TextChoices:
        """A state of the table; whether the move is legal by now, the action asks."""
        try:
            return self.statuses(self.cleaned_data["new"])
        except ValueError:
            raise ValidationError(_("選んでください。")) from None


class MaterialForm(RecordForm):
    """A material and its file, which is checked when it is sent and kept when the record is saved."""

    checked: CheckedUpload | None = None

    class Meta:
        model = Material
        fields = ["order", "label", "title", "title_en", "agenda_item", "file"]
        widgets = {"file": forms.FileInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].required = not self.instance.file
            self.fields["file"].widget.attrs["accept"] = ",".join(f".{ending}" for ending in CONTENT_TYPES)
        if "agenda_item" in self.fields and self.instance.pk:
            self.fields["agenda_item"].queryset = agenda_of(self.instance.meeting_id)

    def clean_file(self) -> Any:
        """Raises ValidationError with what to do if the file may not be kept."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            self.checked = check_upload(file)
        return file

    def save(self, commit: bool = True) -> Material:
        if self.checked:
            store_upload(self.instance, self.checked)
        return super().save(commit)


class MaterialFormSet(OrderedFormSet):
    """The materials of one meeting."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        self.offer(form, "agenda_item", agenda_of(self.instance.pk))


def agenda_of(meeting_id: int | None) -> QuerySet[AgendaItem]:
    """A material belongs to an item of its own meeting's agenda. A meeting that is not saved yet has none."""
    return AgendaItem.objects.filter(meeting=meeting_id).select_related("meeting__body").order_by("order")
