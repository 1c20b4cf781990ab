"""Search for those who show it: parse a query, mark its hits, cut an excerpt around them.

japanese.matching has the rule, japanese.terms the index, japanese.models what a model inherits.
"""

import re
from collections.abc import Iterable

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from japanese.dates import find_dates, written_forms
from japanese.folding import end_of_character, fold, fold_with_offsets
from japanese.matching import Query, QueryError, contains, search_text

__all__ = ["Query", "QueryError", "contains", "excerpt", "mark", "search_text"]

# A stretch of text that ends between words: a long text is read from the beginning until the first hit, not to its end.
_PIECE = re.compile(r"\S.{0,2000}\S*", re.DOTALL)


def mark(text: str, query: Query) -> SafeString:
    """Return the text as HTML with <mark> around what the query finds in it.

    A date is marked as a whole if only another form of it holds the word.
    """
    return _marked(text, _spans(text, query), 0, len(text))


def excerpt(text: str, query: Query, width: int = 120) -> SafeString:
    """Return about `width` characters around the first hit, as mark() does, with … where the text goes on."""
    piece = next((piece for piece in _PIECE.finditer(text) if _spans(piece[0], query)), _PIECE.search(text))
    if piece is None or not fold(piece[0]):
        return SafeString("")
    spans = _spans(piece[0], query)
    _folded, offsets = fold_with_offsets(piece[0])
    hit = offsets.index(spans[0][0]) if spans else 0
    window = offsets[max(0, min(hit - width // 3, len(offsets) - width)) :][:width]
    start, end = window[0], end_of_character(piece[0], window[-1])
    before = "…" if text[: piece.start() + start].strip() else ""
    after = "…" if text[piece.start() + end :].strip() else ""
    return format_html("{}{}{}", before, _marked(piece[0], spans, start, end), after)


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where the hits begin and end in the original text, in order, overlapping ones joined."""
    folded, offsets = fold_with_offsets(text)
    dates = [(start, end, written_forms(day)) for start, end, day in find_dates(folded)]
    found: list[tuple[int, int]] = []
    for word, pattern in zip(query.words, query.expressions, strict=True):
        # Looking ahead, to find those that overlap: ああ is twice in あああ.
        found += ((hit.start(), hit.start() + len(word)) for hit in re.finditer(f"(?={pattern.pattern})", folded))
        found += (
            (start, end)
            for start, end, forms in dates
            if not pattern.search(folded, start, end) and any(map(pattern.search, forms))
        )
    joined: list[tuple[int, int]] = []
    for first, after in sorted(found):
        start, end = offsets[first], end_of_character(text, offsets[after - 1])
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> SafeString:
    """Return text[start:end] as HTML, the spans in it marked."""
    pieces = []
    for first, after in spans:
        if start < after and first < end:
            pieces.append((text[start:first], text[max(first, start) : min(after, end)]))
            start = min(after, end)
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[start:end])
