from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

DAY = date(2023, 5, 26)


def render(source: str, value: object) -> str:
    return Template("{% load japanese %}" + source).render(Context({"value": value}))


@pytest.mark.parametrize(
    ("source", "day", "shown"),
    [
        ("{{ value|wareki }}", DAY, "令和5年5月26日"),
        ("{{ value|wareki }}", date(1868, 1, 25), "1868年1月25日"),
        ("{{ value|both_calendars }}", DAY, "令和5年5月26日（2023-05-26）"),
        ("{{ value|both_calendars }}", datetime(2023, 5, 25, 15, 0, tzinfo=UTC), "令和5年5月26日（2023-05-26）"),
        ("{{ value|date_time }}", DAY, '<time datetime="2023-05-26">令和5年5月26日（2023-05-26）</time>'),
        ("{{ value|wareki }}{{ value|both_calendars }}{{ value|date_time }}", None, ""),
        ("{{ value|phrases }}", "責任を<どのように", "責任を<wbr>&lt;どのように"),
    ],
)
def test_filters_write_japanese(source: str, day: object, shown: str) -> None:
    assert render(source, day) == shown


def test_dates_are_english_on_an_english_page() -> None:
    with translation.override("en"):
        assert render("{{ value|both_calendars }}", DAY) == "26 May 2023 (2023-05-26)"
        assert render("{{ value|date_time }}", DAY) == '<time datetime="2023-05-26">26 May 2023 (2023-05-26)</time>'
