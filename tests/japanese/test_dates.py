from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.dates import (
    DateError,
    both_calendars,
    date_expressions,
    find_dates,
    parse_date,
    wareki,
    written_forms,
)
from japanese.folding import fold
from tests.japanese.texts import hard_texts

# An era of more than 99 years will need a third digit.
DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2117, 12, 31))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2023, 5, 26), "令和5年5月26日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1873, 1, 1), "明治6年1月1日"),
    ],
)
def test_each_era_begins_on_its_first_day(day: date, written: str) -> None:
    assert wareki(day) == written
    assert parse_date(written) == day


def test_days_of_the_lunar_calendar_have_no_era_here() -> None:
    with pytest.raises(ValueError, match="1872-12-31"):
        wareki(date(1872, 12, 31))
    assert written_forms(date(1872, 12, 31)) == ["1872-12-31", "1872年12月31日"]


def test_both_calendars_show_the_era_first() -> None:
    assert both_calendars(date(2023, 5, 26)) == "令和5年5月26日（2023-05-26）"


@pytest.mark.parametrize(
    "text",
    [
        "2023-05-26",
        "2023-5-26",
        "2023/5/26",
        "2023.5.26",
        "2023年5月26日",
        "2023年05月26日",
        "令和5年5月26日",
        "令和５年５月２６日",
        "令和 5年 5月26日",
        "令５年５月26日",
        "令和5.5.26",
        "㋿5年5月26日",
        "R5.5.26",
        "r05.05.26",
        "R5/5/26",
        "R5-5-26",
        "Ｒ５．５．２６",
        "２０２３－０５－２６",
        "２０２３／５／２６",
        "2023−05−26",
        " 2023-05-26\u3000",
        "令和5年5月26日（2023-05-26）",
        "令和5年5月26日 (2023-05-26)",
    ],
)
def test_one_day_can_be_written_in_many_ways(text: str) -> None:
    assert parse_date(text) == date(2023, 5, 26)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("R元.5.1", date(2019, 5, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和1年5月1日", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("S64.1.7", date(1989, 1, 7)),
        ("T15.12.24", date(1926, 12, 24)),
        ("M45.7.29", date(1912, 7, 29)),
        ("1868-01-25", date(1868, 1, 25)),
    ],
)
def test_each_era_has_a_letter_and_a_first_year(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("令和5年2月30日", "令和5年2月30日という日付はありません。月と日を確かめてください。"),
        ("2023-13-01", "2023-13-01という日付はありません。月と日を確かめてください。"),
        ("r5.2.30", "R5.2.30という日付はありません。月と日を確かめてください。"),
        ("0000-01-01", "0000-01-01という日付はありません。月と日を確かめてください。"),
        ("平成40年5月1日", "平成40年5月1日という日付はありません。令和10年5月1日ではありませんか。"),
        ("昭和64年1月8日", "昭和64年1月8日という日付はありません。平成元年1月8日ではありませんか。"),
        ("令和元年4月30日", "令和元年4月30日という日付はありません。平成31年4月30日ではありませんか。"),
        ("明治5年12月2日", "明治5年までは旧暦でした。1873年より前の日付は、西暦で入力してください。"),
        (
            "令和5年5月26日（2023-05-27）",
            "かっこの外と中の日付が違います。どちらか一つだけを入力してください。",
        ),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_a_way_out(text: str, message: str) -> None:
    with pytest.raises(DateError) as error:
        parse_date(text)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "あした",
        "5月26日",
        "令和5年5月",
        "20230526",
        "2023-05/26",
        "2023-05-26x",
        "令和５年５月２６日(",
        "(" * 9,
        "2023-05-26(" * 3000,
    ],
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(DateError) as error:
        parse_date(text)
    assert str(error.value) == (
        "日付として読めません。「令和5年5月26日」または「2023-05-26」のように入力してください。"
    )


@given(DAYS)
def test_every_way_in_which_a_day_is_written_is_read_back(day: date) -> None:
    assert {parse_date(form) for form in [*written_forms(day), both_calendars(day)]} == {day}


@given(DAYS)
def test_the_next_day_is_written_differently(day: date) -> None:
    assert wareki(day) != wareki(day + timedelta(days=1))


def test_dates_are_found_where_they_stand_in_the_original_text() -> None:
    text = "㈱は令和５年５月２６日（金）、2023/5/27と R5.5.28、2023年5月29日に"
    assert [(text[start:end], day) for start, end, day in date_expressions(text)] == [
        ("令和５年５月２６日", date(2023, 5, 26)),
        ("2023/5/27", date(2023, 5, 27)),
        ("R5.5.28", date(2023, 5, 28)),
        ("2023年5月29日", date(2023, 5, 29)),
    ]


@pytest.mark.parametrize(
    "text",
    ["12023-05-26", "2023-05-261", "x2023-05-26", "MR5.5.26", "2023-02-30", "平成40年5月1日", "192.168.10.1", "第2回"],
)
def test_what_only_looks_like_a_date_is_not_found(text: str) -> None:
    assert date_expressions(text) == []


@given(hard_texts)
def test_every_date_found_can_be_read(text: str) -> None:
    folded = fold(text)
    assert all(parse_date(folded[start:end]) == day for start, end, day in find_dates(folded))
