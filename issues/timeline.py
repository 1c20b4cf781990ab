"""How an issue came to where it stands, and the recent moves of all issues."""

from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from issues.models import Discussion, Issue, IssueEvent
from issues.statuses import IssueStatus
from japanese.templatetags.japanese import date_time
from meetings.content import Localised, in_readers_language, localised
from meetings.statuses import Placement
from meetings.timeline import PublicEvent, name_of_meeting

Rows: TypeAlias = "QuerySet[Any, tuple[Any, ...]]"

#: The agenda item of an event or a discussion, with its meeting, as _Places words it.
_PLACE = (
    "agenda_item__title",
    "agenda_item__title_en",
    "agenda_item__order",
    "agenda_item__meeting__number",
    "agenda_item__meeting__date",
    "agenda_item__meeting__body__slug",
    "agenda_item__meeting__body__name",
    "agenda_item__meeting__body__name_en",
)


class Moment(NamedTuple):
    """One line of an issue's way. Without a meeting it happened outside one (会議外), and `reason` says why.

    `recorded` is the day on which it was recorded, where that is another.
    """

    day: date
    when: SafeString
    what: str
    meeting: Localised | None
    agenda: Localised | None
    url: str
    reason: str
    recorded: SafeString
    is_inferred: bool
    note: str


def events_of(issue: Issue) -> Rows:
    """The moves of an issue, the first one first: new status, instant, reason and place."""
    return issue.events.order_by("at", "pk").values_list("new", "at", "reason", *_PLACE)


def withdrawal_of(issue: Issue) -> Rows:
    """The moves that took a withdrawn issue, or its theme, out of the register: like events_of()."""
    withdrawn = [i.pk for i in (issue, issue.parent) if i and i.status == IssueStatus.WITHDRAWN]
    events = IssueEvent.objects.filter(issue__in=withdrawn, new=IssueStatus.WITHDRAWN)
    return events.order_by("at", "pk").values_list("new", "at", "reason", *_PLACE)


def discussions_of(issue: Issue, user: Visitor) -> Rows:
    """Where an issue was discussed, for a question also where its theme was: issue, placement, its note and place."""
    issues = [issue.pk, issue.parent_id] if issue.parent_id else [issue.pk]
    discussions = Discussion.objects.visible_to(user).filter(issue__in=issues)
    return discussions.values_list("issue_id", "placement", "placement_note", *_PLACE)


def moves(events: Rows) -> list[Moment]:
    """The rows of events_of() in words.

    A move stands on the day of the meeting that decided it; where none did, on the day when it was recorded.
    """
    said = _("状態が「%(status)s」になりました。")
    root = reverse("meetings:index")
    moments = []
    for new, at, reason, *place in events:
        recorded = timezone.localdate(at)
        day, meeting, agenda, url = _place(root, place)
        moments.append(
            Moment(
                day or recorded,
                date_time(day or recorded),
                said % {"status": IssueStatus(new).label},
                meeting,
                agenda,
                url,
                reason,
                date_time(recorded) if day and day != recorded else SafeString(""),
                is_inferred=False,
                note="",
            )
        )
    return moments


def way_of(issue: Issue, moved: list[Moment], discussions: Rows) -> list[Moment]:
    """Its moves and its discussions (the rows of discussions_of()) in one line of time, the first one first."""
    of_issue = _("会議の議事で扱われました。")
    theme = issue.parent.label if issue.parent else ""
    of_theme = _("この問いのテーマ「%(theme)s」が会議の議事で扱われました。") % {"theme": theme}
    root = reverse("meetings:index")
    moments = []
    for issue_id, placement, note, *place in discussions:
        day, meeting, agenda, url = _place(root, place)
        what = of_issue if issue_id == issue.pk else of_theme
        is_inferred = placement == Placement.INFERRED
        moments.append(Moment(day, date_time(day), what, meeting, agenda, url, "", SafeString(""), is_inferred, note))
    # What was discussed on a day stands before what came of it.
    return sorted([*moments, *moved], key=lambda moment: moment.day)


def public_events(user: Visitor, limit: int) -> list[PublicEvent]:
    """The last `limit` recorded moves of issues that the user may see, latest first."""
    events = (
        IssueEvent.objects.filter(issue__in=Issue.objects.visible_to(user))
        .select_related("issue__parent")
        .order_by("-at", "-pk")[:limit]
    )
    said = _("%(issue)sが「%(status)s」に")
    return [
        PublicEvent(
            day=timezone.localdate(event.at),
            what=said % {"issue": event.issue.label, "status": IssueStatus(event.new).label},
            title=localised(event.issue, "title"),
            url=event.issue.get_absolute_url(),
        )
        for event in events
    ]


def _place(root: str, row: list[Any]) -> tuple[Any, Localised | None, Localised | None, str]:
    """Day, meeting, agenda item and address of the columns _PLACE; nothing where they are empty."""
    title, title_en, order, number, day, slug, body, body_en = row
    if day is None:
        return None, None, None, ""
    return (
        day,
        name_of_meeting(body, body_en, number),
        in_readers_language(title, title_en),
        f"{root}{slug}/{number}/#agenda-{order}",
    )
