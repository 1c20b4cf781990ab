"""schema.org data in a page."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()

#: A text that holds </script> or <!-- must not end the element it stands in.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """The content of <script type="application/ld+json">, safe for any text in `data` (JSON-LD 1.1, section 7)."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))
