"""Filters of lists. They live in the address, so that a list can be bookmarked and sent to somebody."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, in the reader's words. `lang` is the language of the label, if it is not the page's."""

    value: str
    label: str
    chosen: bool
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter as templates/components/filters.html draws it."""

    name: str
    label: str
    choices: list[Choice]


def read_filters(query: QueryDict, known: Mapping[str, Collection[str] | None]) -> dict[str, str]:
    """The filters in an address, by name; those left empty are left out.

    `known` gives for each name the values that it may have, or None where somebody else judges the value. Raises
    BadRequest (400) naming the first name or value that the list does not know (domain.md, bad input).
    """
    chosen = {}
    for name, values in query.lists():
        if name not in known:
            raise BadRequest(_("「%(name)s」という条件は、この一覧にはありません。") % {"name": name})
        if len(values) > 1:
            raise BadRequest(_("条件「%(name)s」は一つだけにしてください。") % {"name": name})
        (value,) = values
        allowed = known[name]
        if value and allowed is not None and value not in allowed:
            raise unknown_value(name, value)
        if value:
            chosen[name] = value
    return chosen


def unknown_value(name: str, value: str) -> BadRequest:
    """The refusal of a value, to be raised."""
    return BadRequest(_("条件「%(name)s」には「%(value)s」という値はありません。") % {"name": name, "value": value})


def choices(pairs: Iterable[tuple[str, Any]], chosen: str | None) -> list[Choice]:
    """Choices from pairs of value and label (a text, or one of meetings.content)."""
    return [
        Choice(value, str(getattr(label, "plain", label)), value == chosen, getattr(label, "lang", ""))
        for value, label in pairs
    ]


def page_of(rows: QuerySet[Any], chosen: Mapping[str, str], per_page: int) -> "Page[Any]":
    """The page of `rows` that the filter `page` names. Raises BadRequest (400) for a page that there is not."""
    number = chosen.get("page", "1")
    try:
        return Paginator(rows, per_page).page(number)
    except InvalidPage:
        raise unknown_value("page", number) from None
