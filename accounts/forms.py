"""What the forms of all records share, and the forms of accounts."""

from collections.abc import Hashable, Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleGrant, User
from accounts.roles import Role
from japanese.forms import WarekiDateField

# Their types have parameters that they do not take at run time, and lack the hooks that are overridden here.
ModelForm: Any = forms.ModelForm
InlineFormSet: Any = forms.BaseInlineFormSet


class WarekiDateTimeWidget(forms.SplitDateTimeWidget):
    """A day in either calendar beside a time."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        widgets = [
            WarekiDateField.widget(attrs={"aria-label": _("日")}),
            forms.TimeInput(attrs={"aria-label": _("時刻"), "placeholder": "10:30"}),
        ]
        forms.MultiWidget.__init__(self, widgets, attrs)


class WarekiDateTimeField(forms.SplitDateTimeField):
    """A SplitDateTimeField whose day is read in both calendars."""

    widget = WarekiDateTimeWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields = (WarekiDateField(required=False), forms.TimeField(required=False))


class RecordForm(ModelForm):
    """A record on its page, or a row in its parent's form."""

    def validate_unique(self) -> None:
        """Ask about what is unique together with something shown above the form: an agenda item knows its meeting.

        Django leaves that out, and the database's answer would come too late to be put into words. What is unique among
        the rows of one parent is left to their formset, so that two of them can change places.
        """
        super().validate_unique()
        shown = set(self.fields)
        rows_of = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        excluded = self._get_validation_exclusions() & shown
        for constraint in self.instance._meta.constraints:
            together = constraint.fields if isinstance(constraint, models.UniqueConstraint) else ()
            here = [name for name in together if name in shown]
            if here and len(here) < len(together) and not rows_of.intersection(together):
                try:
                    constraint.validate(type(self.instance), self.instance, exclude=excluded)
                except ValidationError as error:
                    self.add_error(here[-1], error.messages)


class RecordFormSet(InlineFormSet):
    """The rows of a parent. A value that may stand once only is refused beside its field, in the constraint's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._offered: dict[str, list[Any]] = {}
        super().__init__(*args, **kwargs)

    def offer(self, form: Any, name: str, choices: QuerySet[Any]) -> None:
        """Let the field `name` of a row, if it has it, choose among `choices`, which are asked once for all rows."""
        if name in form.fields:
            field = form.fields[name]
            field.queryset = choices
            if name not in self._offered:
                self._offered[name] = list(field.choices)
            field.choices = self._offered[name]

    def kept_forms(self) -> list[Any]:
        """The valid forms of the rows that will stand after saving."""
        kept = []
        for form in self.forms:
            is_blank = not form.instance.pk and not form.has_changed()
            if not is_blank and form.is_valid() and not self._should_delete_form(form):
                kept.append(form)
        return kept

    def validate_unique(self) -> None:
        """Refuse what the database would refuse of these rows together; each form has asked about all others."""
        kept = self.kept_forms()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.fields and constraint.condition is None:
                self._refuse_repetition(kept, constraint)

    def _refuse_repetition(self, kept: Iterable[Any], constraint: models.UniqueConstraint) -> None:
        own = [name for name in constraint.fields if name != self.fk.name]
        seen: set[tuple[Hashable, ...]] = set()
        for form in kept:
            values = tuple(getattr(form.instance, self.model._meta.get_field(name).attname) for name in own)
            if None in values and constraint.nulls_distinct is not False:
                continue
            if values in seen:
                shown = [name for name in own if name in form.fields]
                form.add_error(shown[-1] if shown else None, constraint.get_violation_error_message())
            seen.add(values)


class RoleGrantForm(RecordForm):
    """A role of a person."""

    def clean(self) -> dict[str, Any]:
        """A division belongs to the ministry that is chosen beside it."""
        cleaned = super().clean() or self.cleaned_data
        division, ministry = cleaned.get("division"), cleaned.get("ministry")
        if division and division.ministry != ministry:
            self.add_error("division", _("選んだ府省庁の課・室を選んでください。"))
        return cleaned


class RoleGrantFormSet(RecordFormSet):
    """The roles of one person."""

    def clean(self) -> None:
        """Keep one administrator at work: without any, nobody could give the role back."""
        super().clean()
        stays = self.instance.is_active and any(form.instance.role == Role.ADMINISTRATOR for form in self.kept_forms())
        administrators = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
        if not stays and set(administrators.values_list("user", flat=True)) == {self.instance.pk}:
            raise ValidationError(_("システム管理者が一人もいなくなります。先に別の人にこの役割を付けてください。"))


class _LowerCaseEmail(RecordForm):
    def clean_email(self) -> str:
        """Addresses are kept in lower case, as by UserManager."""
        return self.cleaned_data["email"].lower()


class NewUserForm(_LowerCaseEmail, AdminUserCreationForm):  # type: ignore[type-arg]  # none at run time
    """A new user, with a password or without one that works."""

    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(_LowerCaseEmail):
    """An existing user."""

    class Meta:
        model = User
        fields = ["name", "email", "is_active"]
