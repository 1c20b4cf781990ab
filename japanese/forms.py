"""A form field for dates that reads both calendars."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from japanese.dates import DateError, parse_date, written_forms


class WarekiDateInput(forms.DateInput):
    """A text input that shows 令和5年5月26日; in another language than Japanese, 2023-05-26."""

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, date):
            return value  # what was typed, so that nothing is lost
        return written_forms(value)[-1 if (get_language() or "ja").startswith("ja") else 0]


class WarekiDateField(forms.DateField):
    """A DateField that reads what parse_date() reads; for a model field, formfield(form_class=WarekiDateField)."""

    widget = WarekiDateInput

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        hint = _("「令和5年5月26日」「2023-05-26」のどちらの書き方でも入力できます。")
        super().__init__(help_text=format_lazy("{} {}", help_text, hint) if help_text else hint, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return parse_date(value)
        except DateError as error:
            raise ValidationError(str(error), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare days, not ways to write them."""
        return super().has_changed(self.to_python(initial), data)
