"""Dates in both calendars: written, read, and found in a text."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from japanese.folding import end_of_character, fold, fold_with_offsets


class DateError(ValueError):
    """A text that is no date; the message tells its writer what to do."""


class Era(NamedTuple):
    """A period of the Japanese calendar; its years are counted from `first_year`, which is year 1 (元年)."""

    name: str
    letter: str
    first_day: date
    first_year: int


# Newest first. The lunar calendar ended with 明治5年 (太政官布告 第337号), so 明治 begins with its sixth year here.
# First days: 改元詔書 and 元号を改める政令 of each era.
ERAS = (
    Era("令和", "r", date(2019, 5, 1), 2019),
    Era("平成", "h", date(1989, 1, 8), 1989),
    Era("昭和", "s", date(1926, 12, 25), 1926),
    Era("大正", "t", date(1912, 7, 30), 1912),
    Era("明治", "m", date(1873, 1, 1), 1868),
)

_ERAS_BY_NAME = {name: era for era in ERAS for name in (era.name, era.name[0], era.letter)}

# On folded text. A Latin letter or a digit beside it makes it something else (a part number, an address).
_DATE = re.compile(
    rf"""
    (?:
        (?P<era> {"|".join(f"{era.name}?" for era in ERAS)} | (?<![0-9a-z]) [rhstm] )
        [ ]? (?P<era_year> 元 | [0-9]{{1,2}} )
      | (?<![0-9a-z]) (?P<year> [0-9]{{4}} )
    )
    (?P<month_and_day>
        [ ]?年[ ]? [0-9]{{1,2}} [ ]?月[ ]? [0-9]{{1,2}} [ ]?日
      | (?P<separator> [-/.] ) [0-9]{{1,2}} (?P=separator) [0-9]{{1,2}} (?![0-9a-z])
    )
    """,
    re.VERBOSE,
)


def wareki(day: date) -> str:
    """Return 令和5年5月26日 for 2023-05-26. Raises ValueError for a day before 1873-01-01 (明治6年1月1日)."""
    for era in ERAS:
        if day >= era.first_day:
            year = day.year - era.first_year + 1
            return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    raise ValueError(f"{day} lies before the Gregorian calendar of Japan")


def both_calendars(day: date) -> str:
    """Return 令和5年5月26日（2023-05-26）. Raises ValueError like wareki()."""
    return f"{wareki(day)}（{day.isoformat()}）"


def written_forms(day: date) -> list[str]:
    """Return 2023-05-26, 2023年5月26日 and, from 1873 on, 令和5年5月26日: how a reader may look for the day."""
    forms = [day.isoformat(), f"{day.year}年{day.month}月{day.day}日"]
    return [*forms, wareki(day)] if day >= ERAS[-1].first_day else forms


def parse_date(text: str) -> date:
    """Return the day that a person wrote: 令和5年5月26日, R5.5.26, 2023年5月26日, 2023-05-26, 2023/5/26, in any width.

    What both_calendars() writes is read too. Raises DateError for anything else, for a day that the calendar does not
    have and for one outside its era.
    """
    outside, bracket, inside = fold(text).partition("(")
    day = _parse(outside.rstrip())
    if bracket and _parse(inside.removesuffix(")")) != day:
        raise DateError(_("かっこの外と中の日付が違います。どちらか一つだけを入力してください。"))
    return day


def date_expressions(text: str) -> list[tuple[int, int, date]]:
    """Return the start, the end and the day of each date written in a text, in any form that parse_date() reads."""
    folded, offsets = fold_with_offsets(text)
    return [(offsets[start], end_of_character(text, offsets[end - 1]), day) for start, end, day in find_dates(folded)]


def find_dates(folded: str) -> Iterator[tuple[int, int, date]]:
    """Yield what date_expressions() returns, with places in the folded text that is given."""
    for match in _DATE.finditer(folded):
        try:
            yield match.start(), match.end(), _day(match)
        except DateError:
            continue


def _parse(folded: str) -> date:
    match = _DATE.fullmatch(folded)
    if match is None:
        raise DateError(_("日付として読めません。「令和5年5月26日」または「2023-05-26」のように入力してください。"))
    return _day(match)


def _day(match: re.Match[str]) -> date:
    era = _ERAS_BY_NAME.get(match["era"])
    if era is None:
        year = int(match["year"])
    else:
        year = era.first_year - 1 + (1 if match["era_year"] == "元" else int(match["era_year"]))
    month, day_of_month = (int(number) for number in re.findall("[0-9]+", match["month_and_day"]))
    written = match[0].upper()
    try:
        day = date(year, month, day_of_month)
    except ValueError:
        raise DateError(_("%(date)sという日付はありません。月と日を確かめてください。") % {"date": written}) from None
    if era and day < ERAS[-1].first_day:
        raise DateError(_("明治5年までは旧暦でした。1873年より前の日付は、西暦で入力してください。"))
    if era and not wareki(day).startswith(era.name):
        raise DateError(
            _("%(date)sという日付はありません。%(right_date)sではありませんか。")
            % {"date": written, "right_date": wareki(day)}
        )
    return day
