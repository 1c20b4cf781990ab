"""Dates and phrases in templates."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from japanese import breaks, dates

register = template.Library()


@register.filter
def wareki(day: date | None) -> str:
    """令和5年5月26日; for a day before 1873, 1872年5月26日; nothing for None."""
    return dates.written_forms(_day(day))[-1] if day else ""


@register.filter
def both_calendars(day: date | None) -> str:
    """令和5年5月26日（2023-05-26）, in English 26 May 2023 (2023-05-26); nothing for None."""
    if not day:
        return ""
    day = _day(day)
    if (get_language() or "ja").startswith("ja"):
        return f"{wareki(day)}（{day.isoformat()}）"
    return f"{date_format(day, 'j F Y')} ({day.isoformat()})"


@register.filter
def date_time(day: date | None) -> SafeString:
    """The day in both calendars in a <time> element, for machines to read; nothing for None."""
    if not day:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', _day(day).isoformat(), both_calendars(day))


@register.filter
def phrases(text: str) -> SafeString:
    """The text with a place to break after each phrase."""
    return breaks.break_phrases(str(text))


def _day(moment: date) -> date:
    if isinstance(moment, datetime):
        return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()
    return moment
