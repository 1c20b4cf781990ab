"""Folding: the one form in which texts are compared, so that ＡＩ finds AI, ｶﾞｲﾄﾞ finds ガイド and ㈱ finds (株).

In this order:

1. What has no shape of its own is dropped: format characters (zero-width spaces, soft hyphens, bidi controls) and
   variation selectors, so that 葛 is found where a name is written with a variant of it.
2. A character keeps thirty marks at most. Normalising takes quadratic time in the length of a row of marks, and
   thirty is more than any language needs (UAX #15, Stream-Safe Text Format).
3. NFKC and case folding (UAX #15): width, case, ligatures, squared words, composed kana. か゛ becomes が too, although
   Unicode keeps the spacing ゛ and ゜ apart from their letter.
4. ‐ – — ― − become "-" and 〜 becomes "~": systems disagree on which of them a key stands for.
   The prolonged sound mark ー stays: it is a letter.
5. Each row of white space becomes one space; none is left at the ends.

Nothing else: 取りまとめ and とりまとめ, 国 and 國, ひ and ヒ stay different.
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise

MAX_MARKS = 30

_COMBINING = str.maketrans({"゛": "\u3099", "゜": "\u309a"})
_SAME_SHAPE = str.maketrans({"〜": "~"} | dict.fromkeys("‐‒–—―−", "-"))


def fold(text: str) -> str:
    """Return the folded form of a text. Folding it again changes nothing; the time it takes is linear."""
    return " ".join(_normalise(text).split())


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Return fold(text) and, for each of its characters, where the original character begins that it comes from.

    A character is one with all its marks: が points at the か before U+3099, each of (株) at ㈱.
    """
    folded: list[str] = []
    offsets: list[int] = []
    starts = [index for index, char in enumerate(text) if index == 0 or not _joins(char)]
    for start, end in pairwise([*starts, len(text)]):
        for char in _normalise_one(text[start]) if end - start == 1 else _normalise(text[start:end]):
            if not char.isspace():
                folded.append(char)
                offsets.append(start)
            elif folded and folded[-1] != " ":
                folded.append(" ")
                offsets.append(start)
    if folded and folded[-1] == " ":
        del folded[-1], offsets[-1]
    return "".join(folded), offsets


def end_of_character(text: str, start: int) -> int:
    """Return where the original character ends, with all its marks, that begins at the given place."""
    end = start + 1
    while end < len(text) and _joins(text[end]):
        end += 1
    return end


def _normalise(text: str) -> str:
    """Take the steps 1 to 4."""
    has_marks = any(map(_joins, text))
    if has_marks:  # few texts have any, and looking at each character takes longer than all the rest
        text = _cut_marks("".join([char for char in text if not _is_unseen(char)])).translate(_COMBINING)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return (_cut_marks(text) if has_marks else text).translate(_SAME_SHAPE)


_normalise_one = lru_cache(maxsize=8192)(_normalise)


def _cut_marks(text: str) -> str:
    kept = []
    row = 0
    for char in text:
        row = row + 1 if _joins(char) else 0
        if row <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


@lru_cache(maxsize=8192)
def _is_unseen(char: str) -> bool:
    is_variation_selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    return is_variation_selector or unicodedata.category(char) == "Cf"


@lru_cache(maxsize=8192)
def _joins(char: str) -> bool:
    """Return whether a character may melt into the one before it; cut before any other, a text folds piece by piece.

    These are what is unseen, marks, what NFKC turns into a mark (half-width ﾞ), and Hangul vowels and finals.
    """
    first = unicodedata.normalize("NFKD", char.translate(_COMBINING))[0]
    return _is_unseen(char) or unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"
