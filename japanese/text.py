"""What a text may hold, and showing what is in it but cannot be seen."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BIDI_CONTROL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def refuse_unstorable(text: str) -> None:
    """Raise ValidationError, saying where, if a text holds what PostgreSQL cannot: NUL, half a surrogate pair."""
    if found := _UNSTORABLE.search(text):
        raise ValidationError(
            _("%(position)d文字目の%(character)sは保存できない文字です。消してから、もう一度送ってください。"),
            code="unstorable",
            params={"position": found.start() + 1, "character": _code_point(found)},
        )


def show_bidi(text: str) -> str:
    """Return the text with [U+202E] or its like for each control character that turns the direction of writing.

    It can make a text look as if it said something else (Unicode UTR #36).
    """
    return _BIDI_CONTROL.sub(lambda found: f"[{_code_point(found)}]", text)


def _code_point(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"
