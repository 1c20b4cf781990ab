"""The time line of meetings as a picture: one lane a body, one dot a meeting, on a real axis of time.

Places along the axis are per cent of the width, so that the picture fits any screen while its words keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from japanese.templatetags.japanese import both_calendars
from meetings.content import Localised, localised
from meetings.models import Meeting
from meetings.statuses import MeetingStatus
from meetings.timeline import meeting_name

LANE_HEIGHT = 64
AXIS_HEIGHT = 28
#: Per cent kept free at both ends, so that no dot is cut.
MARGIN = 5.0
#: Dots nearer to each other than this (per cent; 24 px on the narrowest screen) have no room for a number.
ROOM_FOR_NUMBER = 8.0
#: As many marks along the axis as fit on a phone, and the months that may lie between two of them.
MOST_TICKS = 5
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 2400, 12_000, 60_000)


@dataclass(frozen=True, slots=True)
class Dot:
    """One meeting. `label` says all that the picture shows of it, for who does not see it."""

    x: float
    number: int
    status: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One body; its name stands above the line of its dots."""

    name: Localised
    y: int
    dots: list[Dot]

    @property
    def name_y(self) -> int:
        """Where the name stands."""
        return self.y - 22

    @property
    def number_y(self) -> int:
        """Where the numbers in the dots stand."""
        return self.y + 5

    @property
    def has_numbers(self) -> bool:
        """Whether the dots have room for the numbers of the meetings."""
        return all(b.x - a.x >= ROOM_FOR_NUMBER for a, b in pairwise(self.dots))

    @property
    def radius(self) -> int:
        """Of each dot: 24 px across with its number, less without."""
        return 12 if self.has_numbers else 7


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis; `anchor` keeps its label within the picture."""

    x: float
    label: str

    @property
    def anchor(self) -> str:
        """Which end of the label stands at the mark, as SVG's text-anchor names it."""
        return "start" if self.x < 15 else "end" if self.x > 85 else "middle"


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The whole picture."""

    lanes: list[Lane]
    ticks: list[Tick]

    @property
    def axis_y(self) -> int:
        """Where the axis lies."""
        return len(self.lanes) * LANE_HEIGHT

    @property
    def label_y(self) -> int:
        """Where the labels of the axis stand."""
        return self.axis_y + 20

    @property
    def height(self) -> int:
        """How high the picture is."""
        return self.axis_y + AXIS_HEIGHT


def time_line(meetings: Sequence[Meeting]) -> TimeLine | None:
    """The picture of `meetings`, which come body by body; None if they are too few to draw (none or one)."""
    if len(meetings) < 2:
        return None
    first, last = min(m.date for m in meetings), max(m.date for m in meetings)
    scale = (100 - 2 * MARGIN) / max((last - first).days, 1)

    def x(day: date) -> float:
        return round(MARGIN + scale * (day - first).days, 2)

    lanes = [
        Lane(
            name=localised(body, "name"),
            y=row * LANE_HEIGHT + 42,
            dots=[
                Dot(x(m.date), m.number, m.status, _label(m), m.get_absolute_url())
                for m in sorted(of_body, key=lambda m: m.date)
            ],
        )
        for row, (body, of_body) in enumerate(groupby(meetings, key=lambda m: m.body))
    ]
    months = [Tick(x(day), date_format(day, _("Y年n月"))) for day in _months(first, last)]
    days = [Tick(x(day), date_format(day, _("Y年n月j日"))) for day in dict.fromkeys((first, last))]
    return TimeLine(lanes, months or days)


def _label(meeting: Meeting) -> str:
    status = MeetingStatus(meeting.status)
    return f"{meeting_name(meeting).plain} {both_calendars(meeting.date)} {status.label}"


def _months(first: date, last: date) -> list[date]:
    """First days of months between two days, evenly apart, at most MOST_TICKS; none within one month."""
    begin = first.year * 12 + first.month - (1 if first.day == 1 else 0)
    end = last.year * 12 + last.month - 1
    step = next(step for step in STEPS if (end - begin) // step < MOST_TICKS)
    months = range(begin + -begin % step, end + 1, step)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
