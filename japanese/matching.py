"""The rule of search: which texts match a query. No dictionary is asked, so that new words are found like old ones.

A text matches when each word of the folded query (words are parted by white space) stands in the folded text. A word
that begins or ends with a Latin letter or a digit must begin or end there in the text too: "ai" is in 生成aiの利用 and
not in said, "2回" is in 第2回 and not in 第12回, "著作" is in 著作権.

The stored text ends with all forms of each date that it speaks of, and a query that is a date asks for its ISO form, so
that 令和5年5月26日, 2023-05-26, R5.5.26 and 5月26日 find one another.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from japanese.dates import DateError, find_dates, parse_date, written_forms
from japanese.folding import fold
from japanese.terms import tsquery_literal
from japanese.text import refuse_unstorable

MAX_QUERY_LENGTH = 200
MAX_QUERY_WORDS = 10


class QueryError(ValueError):
    """A query that cannot be searched for; the message tells the reader what to do."""


@dataclass(frozen=True)
class Query:
    """What a reader looks for. Made by parse()."""

    words: tuple[str, ...] = ()

    @classmethod
    def parse(cls, raw: str) -> "Query":
        """Return the query; an empty one for white space. Raises QueryError if it is too long or holds no letter."""
        if len(raw) > MAX_QUERY_LENGTH:
            raise QueryError(_("検索語は%(limit)d文字までです。短くしてください。") % {"limit": MAX_QUERY_LENGTH})
        try:
            refuse_unstorable(raw)
        except ValidationError as error:
            raise QueryError(error.messages[0]) from None
        query = cls(tuple(dict.fromkeys(map(_iso_if_date, fold(raw).split()))))
        if len(query.words) > MAX_QUERY_WORDS:
            raise QueryError(_("検索語は%(limit)d語までです。語を減らしてください。") % {"limit": MAX_QUERY_WORDS})
        if query.words and not query.tsquery:
            raise QueryError(_("文字か数字を入れてください。"))
        return query

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for; such a query matches nothing."""
        return not self.words

    @property
    def tsquery(self) -> str:
        """A tsquery literal that the tsvector of every matching text fulfils."""
        return tsquery_literal(self.words)

    @property
    def patterns(self) -> list[str]:
        """One regular expression for each word, read alike by PostgreSQL's `~` and by Python."""
        return [_pattern(word) for word in self.words]

    @cached_property
    def expressions(self) -> list[re.Pattern[str]]:
        """The patterns, compiled."""
        return [re.compile(pattern) for pattern in self.patterns]


def contains(text: str, query: Query) -> bool:
    """Return whether a text matches: the rule itself, without an index. No text matches the empty query."""
    stored = search_text(text)
    return not query.is_empty and all(expression.search(stored) for expression in query.expressions)


def search_text(*parts: str | date | None) -> str:
    """Return what is stored to be searched in: the folded parts, then the forms of their dates, each on its line.

    A word has no white space in it and so never matches across two lines.
    """
    lines = [fold(part) for part in parts if isinstance(part, str)]
    days = [part for part in parts if isinstance(part, date)]
    days += [day for line in lines for _start, _end, day in find_dates(line)]
    lines += dict.fromkeys(form for day in days for form in written_forms(day))
    return "\n".join(filter(None, lines))


def _iso_if_date(word: str) -> str:
    try:
        return parse_date(word).isoformat()
    except DateError:
        return word


def _pattern(word: str) -> str:
    # re.escape() puts a backslash before punctuation only; there it means the same to PostgreSQL.
    before = "(?<![0-9a-z])" if word[0].isascii() and word[0].isalnum() else ""
    after = "(?![0-9a-z])" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
