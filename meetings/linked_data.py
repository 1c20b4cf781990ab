"""schema.org data of a page (JSON-LD 1.1): where it stands in the site, and what it shows."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import Body, Meeting
from meetings.statuses import MeetingStatus

Trail = list[tuple[str, str]]

_EVENT_STATUS = {
    MeetingStatus.POSTPONED: "https://schema.org/EventPostponed",
    MeetingStatus.CANCELLED: "https://schema.org/EventCancelled",
}


def page_data(request: HttpRequest, trail: Trail, *things: dict[str, Any]) -> dict[str, Any]:
    """The breadcrumbs of `trail` (label and path from below the home page) and the things that the page is about."""
    steps: Iterable[tuple[str, str]] = [(_("ホーム"), reverse("portal:home")), *trail]
    breadcrumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(getattr(label, "plain", label)),
                "item": request.build_absolute_uri(path),
            }
            for position, (label, path) in enumerate(steps, start=1)
        ],
    }
    return {"@context": "https://schema.org", "@graph": [breadcrumbs, *things]}


def body_data(request: HttpRequest, body: Body) -> dict[str, Any]:
    """A body as schema.org GovernmentOrganization."""
    organization: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "name": body.name,
        "url": request.build_absolute_uri(body.get_absolute_url()),
    }
    if body.parent:
        organization["parentOrganization"] = {"@type": "GovernmentOrganization", "name": body.parent.name}
    return organization


def meeting_data(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """A meeting as schema.org Event, with nothing that the record does not say."""
    event: dict[str, Any] = {
        "@type": "Event",
        "name": f"{meeting.body.name} 第{meeting.number}回",
        "url": request.build_absolute_uri(meeting.get_absolute_url()),
        "startDate": meeting.date.isoformat(),
        "eventStatus": _EVENT_STATUS.get(MeetingStatus(meeting.status), "https://schema.org/EventScheduled"),
        "organizer": {"@type": "GovernmentOrganization", "name": meeting.body.name},
        "inLanguage": "ja",
    }
    if meeting.place:
        event["location"] = {"@type": "Place", "name": meeting.place}
    return event
