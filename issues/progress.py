"""How many questions stand where: the numbers behind the bars on pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from issues.models import Issue
from issues.statuses import PUBLIC_STATUSES
from meetings.content import Localised, localised


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar, as templates/components/status_bar.html draws it: `x` and `width` are per cent, for SVG."""

    value: str
    label: str
    amount: str
    x: str
    width: str


class ThemeProgress(NamedTuple):
    """A theme and how far its questions are."""

    address: str
    label: str
    title: Localised
    url: str
    status: str
    question_statuses: list[str]
    bar: list[Part]


def bar(statuses: Iterable[str]) -> list[Part]:
    """The pieces of a bar for issues in these states, from raised to done; states that are not public are left out."""
    counts = Counter(statuses)
    total = sum(counts[status] for status in PUBLIC_STATUSES)
    amount = _("%(count)s件")
    parts: list[Part] = []
    x = 0.0
    for status in PUBLIC_STATUSES:
        if count := counts[status]:
            width = 100 * count / total
            parts.append(Part(status.value, str(status.label), amount % {"count": count}, f"{x:.3f}", f"{width:.3f}"))
            x += width
    return parts


def themes_with_progress(user: Visitor) -> list[ThemeProgress]:
    """Every theme that the user may see, in order, with the states of its questions. One query."""
    themes = Issue.objects.visible_to(user).themes().with_question_statuses(user).order_by("number")
    return [
        ThemeProgress(
            address=theme.address,
            label=theme.label,
            title=localised(theme, "title"),
            url=theme.get_absolute_url(),
            status=theme.status,
            question_statuses=theme.question_statuses,
            bar=bar(theme.question_statuses),
        )
        for theme in themes
    ]
