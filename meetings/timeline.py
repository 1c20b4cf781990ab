"""What happened at the meetings, for pages and feeds that join the moves of all apps."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from meetings.content import Localised, in_readers_language
from meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """One move that everybody may know of, worded for the reader of this moment.

    `day` is the day in Japan, `what` happened to the thing that `title` names, and `url` is the path of its page.
    """

    day: date
    what: str
    title: Localised
    url: str


def public_events(user: Visitor, limit: int) -> list[PublicEvent]:
    """The last `limit` meetings that took place, latest first."""
    meetings = Meeting.objects.visible_to(user).held().select_related("body")[:limit]
    return [
        PublicEvent(meeting.date, _("会議を開催"), meeting_name(meeting), meeting.get_absolute_url())
        for meeting in meetings
    ]


def meeting_name(meeting: Meeting) -> Localised:
    """「AI戦略会議 第2回」, in the language of the page as far as the body's name is."""
    return name_of_meeting(meeting.body.name, meeting.body.name_en, meeting.number)


def name_of_meeting(body: str, body_en: str, number: int) -> Localised:
    """The same from the names of the body and the number of the meeting."""
    english = f"{body_en} {_('第%(number)s回') % {'number': number}}" if body_en else ""
    return in_readers_language(f"{body} 第{number}回", english)
