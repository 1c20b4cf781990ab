"""Rows of lists of issues: plain values, with addresses and labels made once, for templates to loop over."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from issues.models import issue_address
from issues.progress import ThemeProgress
from issues.querysets import IssueQuerySet
from issues.statuses import IssueStatus
from meetings.content import Localised, in_readers_language
from meetings.statuses import Placement

#: What a row is made of.
COLUMNS = (
    "parent__number",
    "number",
    "title",
    "title_en",
    "status",
    "placement",
    "lead__ministry__name",
    "lead__ministry__name_en",
)


class Row(NamedTuple):
    """One issue of a list, as HTML. `lead` is the ministry that answers for it; empty while there is none."""

    theme: str
    label: SafeString
    url: SafeString
    title: Localised
    status: SafeString
    status_label: SafeString
    lead: Localised
    is_inferred: bool


def rows(issues: IssueQuerySet) -> list[Row]:
    """One query for `issues`, which come from `for_list()`."""
    root, label = reverse("issues:index"), conditional_escape(_("論点%(address)s"))
    statuses = {s.value: (SafeString(s.value), conditional_escape(s.label)) for s in IssueStatus}
    leads: dict[str | None, Localised] = {None: in_readers_language("")}
    made = []
    for theme, number, title, title_en, status, placement, lead, lead_en in issues.values_list(*COLUMNS):
        address = issue_address(theme, number)
        if lead not in leads:
            leads[lead] = in_readers_language(lead, lead_en)
        made.append(
            Row(
                str(theme or number),
                SafeString(label % {"address": address}),
                SafeString(f"{root}{address}/"),
                in_readers_language(title, title_en),
                *statuses[status],
                leads[lead],
                placement == Placement.INFERRED,
            )
        )
    return made


def tree(themes: Sequence[ThemeProgress], found: Iterable[Row]) -> list[tuple[ThemeProgress, list[Row]]]:
    """Themes with their questions, from the rows of a list; a theme not in it stands there for its questions."""
    by_theme: dict[str, list[Row]] = {}
    for row in found:
        by_theme.setdefault(row.theme, []).append(row)
    return [
        (theme, [row for row in by_theme[theme.address] if row.url != theme.url])
        for theme in themes
        if theme.address in by_theme
    ]
