from datetime import date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from japanese.forms import WarekiDateField, WarekiDateInput

HINT = "「令和5年5月26日」「2023-05-26」のどちらの書き方でも入力できます。"


class MeetingForm(forms.Form):
    day = WarekiDateField(required=False)


@pytest.mark.parametrize("text", ["令和5年5月26日", "2023-05-26", "Ｒ５．５．２６"])
def test_either_calendar_can_be_typed(text: str) -> None:
    form = MeetingForm({"day": text})
    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2023, 5, 26)}


@pytest.mark.parametrize("text", ["", "　"])
def test_an_optional_date_can_be_left_out(text: str) -> None:
    form = MeetingForm({"day": text})
    assert form.is_valid()
    assert form.cleaned_data == {"day": None}


def test_a_required_date_cannot_be_left_out() -> None:
    with pytest.raises(ValidationError) as error:
        WarekiDateField().clean(" ")
    assert error.value.code == "required"


def test_an_impossible_date_is_refused_and_stays_in_the_field() -> None:
    form = MeetingForm({"day": "令和5年2月30日"})
    assert form.errors == {"day": ["令和5年2月30日という日付はありません。月と日を確かめてください。"]}
    assert 'value="令和5年2月30日"' in str(form["day"])


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2023, 5, 26), "令和5年5月26日"), (date(1868, 1, 25), "1868年1月25日"), ("きのう", "きのう"), (None, None)],
)
def test_the_field_shows_the_era(day: date | str | None, shown: str | None) -> None:
    assert WarekiDateInput().format_value(day) == shown


def test_the_field_shows_the_iso_date_in_english() -> None:
    with translation.override("en"):
        assert WarekiDateInput().format_value(date(2023, 5, 26)) == "2023-05-26"


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        (date(2023, 5, 26), "令和5年5月26日", False),
        (date(2023, 5, 26), "2023-05-26", False),
        (datetime(2023, 5, 26, 10, 0), "R5.5.26", False),  # noqa: DTZ001  (forms get what a model gives)
        ("2023-05-26", "令和5年5月26日", False),
        (None, "", False),
        (date(2023, 5, 26), "2023-05-27", True),
        (date(2023, 5, 26), "", True),
        (None, "2023-05-26", True),
        (date(2023, 5, 26), "きのう", True),
    ],
)
def test_a_date_has_changed_if_it_is_another_day(initial: object, data: str, changed: bool) -> None:
    assert WarekiDateField().has_changed(initial, data) is changed


def test_the_hint_follows_the_help_text() -> None:
    assert str(WarekiDateField().help_text) == HINT
    assert str(WarekiDateField(help_text="会議を開いた日。").help_text) == f"会議を開いた日。 {HINT}"


def test_a_model_field_can_use_it() -> None:
    field = models.DateField(verbose_name="開催日", blank=True).formfield(form_class=WarekiDateField)
    assert isinstance(field, WarekiDateField)
    assert (field.label, field.required, str(field.help_text)) == ("開催日", False, HINT)
    assert isinstance(field.widget, WarekiDateInput)
