"""The home page, and the pages about the site itself. (The search page has a room of its own: portal.search_views.)"""

from operator import attrgetter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from issues import timeline as issue_timeline
from issues.progress import themes_with_progress
from issues.statuses import IssueStatus
from meetings import timeline as meeting_timeline
from meetings.linked_data import page_data
from meetings.models import Meeting
from summaries import timeline as summary_timeline

MOVES_ON_HOME = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, what moved last, how far the questions of each theme are, the next and the last meeting."""
    user = request.user
    moves = [
        move
        for app in (meeting_timeline, issue_timeline, summary_timeline)
        for move in app.public_events(user, MOVES_ON_HOME)
    ]
    meetings = Meeting.objects.visible_to(user).select_related("body")
    context = {
        "title": settings.SITE_NAME,
        "json_ld": _site_data(request),
        "moves": sorted(moves, key=attrgetter("day"), reverse=True)[:MOVES_ON_HOME],
        "themes": themes_with_progress(user),
        "next_meeting": meetings.upcoming().first(),
        "last_meeting": meetings.held().first(),
    }
    return render(request, "portal/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the words, the states and the mark 推定 mean, where the records come from, who runs the site."""
    return _page(
        request,
        "about",
        title=_("このサイトについて"),
        description=_("言葉と状態の意味、「推定」の印、記録の出典、利用の条件、問い合わせ先です。"),
        issue_statuses=list(IssueStatus),
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return _page(
        request,
        "accessibility",
        title=_("アクセシビリティ"),
        description=_("このサイトのアクセシビリティの方針と、達成の状況です。"),
    )


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of a visit."""
    return _page(
        request,
        "privacy",
        title=_("プライバシー"),
        description=_("このサイトを読むときに、何が記録され、何が記録されないかの説明です。"),
    )


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    trail = [(context["title"], reverse(f"portal:{name}"))]
    return render(request, f"portal/{name}.html", {"trail": trail, "json_ld": page_data(request, trail), **context})


def _site_data(request: HttpRequest) -> dict[str, Any]:
    """schema.org WebSite with its search."""
    search = request.build_absolute_uri(reverse("portal:search"))
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": request.build_absolute_uri(reverse("portal:home")),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{words}}"},
            "query-input": "required name=words",
        },
    }
