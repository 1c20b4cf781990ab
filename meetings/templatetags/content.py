"""Texts of records, and where they come from, in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from meetings import content
from meetings.models import Sourced

register = template.Library()


@register.filter
def localised(record: Any, field: str) -> SafeString:
    """`{{ item|localised:"title" }}`: the text in the reader's language; see meetings.content."""
    return content.localised(record, field)


@register.inclusion_tag("components/source.html")
def cite(record: Sourced) -> dict[str, Any]:
    """`{% cite item %}`: the lines of the source paper that a record was transcribed from; nothing if it has none.

    The record's queryset has to join `source`.
    """
    if record.source is None:
        return {}
    anchor = f"#L{record.first_line}" if record.first_line else ""
    return {
        "file": str(record.source),
        "first": record.first_line,
        "last": record.last_line,
        "url": f"{record.source.get_absolute_url()}{anchor}",
    }
