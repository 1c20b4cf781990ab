"""Line breaks between phrases, so that a heading does not break inside a word."""

import re
from functools import cache, lru_cache

import budoux
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

_JAPANESE = re.compile(r"[぀-ヿ㐀-鿿豈-﫿ｦ-ﾟ]")


def phrases(text: str) -> list[str]:
    """Return the phrases that a Japanese text consists of, joined the same text; a text in another script is one."""
    return list(_phrases(text))


def break_phrases(text: str) -> SafeString:
    """Return the text as HTML with <wbr> between its phrases (to go with `word-break: keep-all`)."""
    return format_html_join(SafeString("<wbr>"), "{}", ((phrase,) for phrase in _phrases(text)))


@lru_cache(maxsize=4096)
def _phrases(text: str) -> tuple[str, ...]:
    if not _JAPANESE.search(text):
        return (text,) if text else ()
    return tuple(_parser().parse(text))


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
