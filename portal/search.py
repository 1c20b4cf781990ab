"""Search over everything: what each app finds, joined in two statements for any page of results."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, F, QuerySet, Value
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy

from accounts.permissions import Visitor
from issues import search as issues
from japanese.search import Query, excerpt, mark
from japanese.templatetags.japanese import both_calendars
from meetings import search as meetings
from meetings.filters import unknown_value
from meetings.search import Found, Row, Words
from summaries import search as summaries

#: No group is counted or paged further than this.
CAP = 1_000
HITS_PER_GROUP = 5
HITS_PER_PAGE = 20
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of rows that a reader takes for one kind of thing."""

    label: str | Promise
    kinds: tuple[str, ...]
    found: Callable[[Row], Found]


#: By the value of the filter `kind` in the address, in the order of the page.
GROUPS = {
    "issue": Group(pgettext_lazy("案内", "論点"), ("issue",), issues.found),
    "summary": Group(pgettext_lazy("案内", "論点整理"), ("summary", "edition_note", "section"), summaries.found),
    "statement": Group(pgettext_lazy("案内", "論点整理の文"), ("statement",), summaries.found),
    "policy": Group(pgettext_lazy("案内", "政府方針"), ("policy", "passage"), summaries.found),
    "sentence": Group(pgettext_lazy("案内", "政府方針の文"), ("sentence",), summaries.found),
    "body": Group(pgettext_lazy("案内", "会議体"), ("body", "body_note"), meetings.found),
    "meeting": Group(pgettext_lazy("案内", "会議"), ("meeting",), meetings.found),
    "agenda": Group(pgettext_lazy("案内", "議事"), ("agenda",), meetings.found),
    "material": Group(pgettext_lazy("案内", "資料"), ("material",), meetings.found),
    "minutes": Group(pgettext_lazy("案内", "議事録"), ("minutes",), meetings.found),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A row as the page shows it, the words marked."""

    path: str
    link: SafeString
    quote: SafeString | None
    within: list[SafeString]
    day: SafeString | None


@dataclass(frozen=True, slots=True)
class Result:
    """The hits of one group on this page, and how many there are in all; `is_capped` says that there may be more."""

    name: str
    label: str | Promise
    count: int
    is_capped: bool
    hits: list[Hit]

    @property
    def number(self) -> str:
        """The count as readers write it: 1,000."""
        return f"{self.count:,}"

    @property
    def has_more(self) -> bool:
        """Whether the page shows only the first."""
        return self.count > len(self.hits)


def search(query: Query, user: Visitor) -> list[Result]:
    """The newest hits of every group that has any."""
    querysets = matching(query, user)
    counts = _counts(querysets)
    newest = [_newest(querysets[kind])[:HITS_PER_GROUP] for kind in counts]
    rows = [Row._make(row) for row in _union(newest)] if newest else []
    results = []
    for name, group in GROUPS.items():
        if count := sum(counts.get(kind, 0) for kind in group.kinds):
            of_group = sorted((row for row in rows if row.kind in group.kinds), key=_newest_first)
            results.append(_result(name, count, of_group[:HITS_PER_GROUP], query))
    return results


def search_group(query: Query, user: Visitor, name: str, number: str) -> tuple[Result, Page[Any]]:
    """One page of the hits of one group, newest first. Raises BadRequest (400) for a page that there is not."""
    querysets = matching(query, user)
    querysets = {kind: querysets[kind] for kind in GROUPS[name].kinds}
    count = sum(_counts(querysets).values())
    try:
        page = Paginator(range(min(count, CAP)), HITS_PER_PAGE).page(number)
    except InvalidPage:
        raise unknown_value("page", number) from None
    start = page.start_index() - 1
    rows = _newest(_union(querysets.values()))[start : start + HITS_PER_PAGE] if count else []
    return _result(name, count, [Row._make(row) for row in rows], query), page


def matching(query: Query, user: Visitor) -> dict[str, QuerySet[Any, Any]]:
    """The matching rows of every kind that `user` may see, without limit."""
    return {kind: rows for app in (meetings, issues, summaries) for kind, rows in app.matching(query, user).items()}


def _counts(querysets: dict[str, QuerySet[Any, Any]]) -> dict[str, int]:
    """Of each kind that has rows how many. One more than CAP stands for any higher number."""
    numbers = [
        # Counting stops at the cap, so that a word that is everywhere costs no more than another.
        queryset.model._default_manager.filter(pk__in=queryset.values("pk")[: CAP + 1])
        .order_by()
        .values(row_kind=Value(kind))
        .annotate(row_count=Count("pk"))
        for kind, queryset in querysets.items()
    ]
    return {row["row_kind"]: row["row_count"] for row in _union(numbers) if row["row_count"]}


def _union(querysets: Iterable[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = querysets
    return first.union(*others, all=True)


def _newest(queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return queryset.order_by(F("row_day").desc(nulls_last=True), "row_rank", "row_pk")


def _newest_first(row: Row) -> tuple[int, int, int]:
    """What _newest() says, for rows that are here already."""
    return (-row.day.toordinal() if row.day else 0, row.rank, row.pk)


def _result(name: str, count: int, rows: list[Row], query: Query) -> Result:
    group = GROUPS[name]
    hits = [_hit(row, group.found(row), query) for row in rows]
    return Result(name, group.label, min(count, CAP), count > CAP, hits)


def _hit(row: Row, found: Found, query: Query) -> Hit:
    quote = _marked(found.quote, query)
    return Hit(
        path=found.path,
        link=_marked(found.link, query),
        quote=quote if "<mark>" in quote else None,
        within=[_marked(words, query) for words in found.within if words[0]],
        day=mark(both_calendars(row.day), query) if row.day else None,
    )


def _marked(words: Words, query: Query) -> SafeString:
    """The text in the reader's language, or in the one in which the words were found, as HTML with its language."""
    japanese, english = words
    texts = [(language, text) for language, text in (("ja", japanese), ("en", english)) if text]
    here = get_language() or "ja"
    texts.sort(key=lambda pair: pair[0] != here)
    marked = [(language, excerpt(text, query, EXCERPT)) for language, text in texts] or [(here, SafeString(""))]
    language, html = next((pair for pair in marked if "<mark>" in pair[1]), marked[0])
    return html if language == here else format_html('<span lang="{}">{}</span>', language, html)
