"""What the admin asks about an issue."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from accounts.forms import RecordFormSet
from issues.models import IssueEvent, Ownership
from meetings.forms import StatusForm
from meetings.models import AgendaItem


class AgendaItemSelect(AutocompleteSelect):
    """A search field for an agenda item that says what it means to leave it empty."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().build_attrs(*args, **kwargs), "data-placeholder": _("会議外")}


class IssueStatusForm(StatusForm):
    """To which state, decided where: under an agenda item, or outside the meetings for a reason that is shown."""

    field_order = ("new", "source", "reason")

    source = forms.ModelChoiceField(
        label=_("根拠の議事"),
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=AgendaItemSelect(IssueEvent._meta.get_field("agenda_item"), admin.site),
        help_text=_("この動きを決めた議事を選びます。会議の外で決めたときは空のままにし、理由を書いてください。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agenda: Any = self.fields["source"]
        agenda.queryset = AgendaItem.objects.select_related("meeting__body")


class OwnershipFormSet(RecordFormSet):
    """The ministries of one issue, at most one of which leads."""

    def clean(self) -> None:
        """Refuse a second leader beside its field."""
        super().clean()
        leaders = [form for form in self.kept_forms() if form.instance.kind == Ownership.Kind.LEAD]
        for form in leaders[1:]:
            form.add_error("kind", _("主担当は一つの府省庁だけです。"))

    def save(self, commit: bool = True) -> Any:
        """The leader that was steps back first, so that two ministries can change places in one save."""
        if commit:
            staying = [form.instance.pk for form in self.kept_forms() if form.instance.kind == Ownership.Kind.LEAD]
            former = self.instance.ownerships.filter(kind=Ownership.Kind.LEAD).exclude(pk__in=staying)
            former.update(kind=Ownership.Kind.SUPPORTING)
        return super().save(commit)
