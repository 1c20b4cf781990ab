"""Texts of records in the reader's language: the English that an editor has written, else the Japanese, marked."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Localised(SafeString):
    """A text as HTML. `plain` is the same text for titles, attributes and data; `lang` is its language."""

    plain: str
    lang: str


def localised(record: Any, field: str) -> Localised:
    """The text of `field`, or on an English page of `<field>_en` if that is filled (WCAG 2.2, 3.1.2)."""
    return in_readers_language(getattr(record, field), getattr(record, f"{field}_en", ""))


def in_readers_language(japanese: str, english: str = "") -> Localised:
    """The same for two texts. HTML in the language of the page stands bare, other HTML in a <span lang>."""
    reads_english = get_language() == "en"
    text = english if reads_english and english else japanese
    html = escape(text)
    words = Localised(f'<span lang="ja">{html}</span>' if reads_english and text and not english else html)
    words.plain = text
    words.lang = "en" if reads_english and english else "ja"
    return words
