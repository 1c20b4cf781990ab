"""Public pages of issues."""

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.history import formerly
from issues.filters import TABLE, narrowed, read_issue_filters
from issues.models import Issue, issue_address
from issues.permissions import can_edit_issue, can_see_issue
from issues.progress import bar, themes_with_progress
from issues.querysets import IssueQuerySet
from issues.rows import rows, tree
from issues.statuses import IssueStatus
from issues.timeline import discussions_of, events_of, moves, way_of, withdrawal_of
from meetings.content import localised
from meetings.filters import page_of, unknown_value
from meetings.linked_data import Trail, page_data

ROWS_ON_A_PAGE = 100


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Themes with their questions, or a table (`view=table`); filters `status`, `theme`, `ministry`, `body`, `page`.

    A name or value that the list does not know is a 400.
    """
    themes = themes_with_progress(request.user)
    chosen, filters = read_issue_filters(request.GET, request.user, themes)
    issues = narrowed(Issue.objects.visible_to(request.user), chosen).for_list()
    trail = [(pgettext("案内", "論点"), reverse("issues:index"))]
    context: dict[str, Any] = {
        "title": pgettext("案内", "論点"),
        "description": _("会議が挙げた論点の一覧です。テーマごとに、どの問いがどこまで進んだかが分かります。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "filters": filters,
        "is_filtered": not chosen.keys() <= {"view", "page"},
    }
    if chosen.get("view") == TABLE:
        page = page_of(issues, chosen, ROWS_ON_A_PAGE)
        shown = rows(cast("IssueQuerySet", page.object_list))
        context |= {
            "page": page,
            "rows": shown,
            "has_leads": any(row.lead for row in shown),
            "count": page.paginator.count,
            "kept": [("view", TABLE)],
        }
    elif "page" in chosen:  # the tree is one page
        raise unknown_value("page", chosen["page"])
    else:
        found = rows(issues)
        context |= {"tree": tree(themes, found), "count": len(found)}
    return render(request, "issues/index.html", context)


@require_safe
def issue(request: HttpRequest, address: str) -> HttpResponse:
    """An issue: where it stands, what was concluded, what it became, how it got here; for a theme also its questions.

    A withdrawn issue explains itself (410); an address that an issue had before leads to the one it has now (301).
    """
    theme, _dash, question = address.partition("-")
    visible = Issue.objects.visible_to(request.user)
    if question:
        place, siblings = Q(parent__number=theme, number=question), visible.filter(parent__number=theme)
    else:
        place, siblings = Q(parent=None, number=theme), visible.themes()
    found = visible.filter(place).with_neighbours(siblings).with_source().select_related("parent", "body").first()
    if found is None:
        return _withdrawn(request, place) or _moved(theme, question)
    moved = moves(events_of(found))
    questions = [] if found.parent else rows(visible.filter(parent=found).for_list())
    name, status = localised(found, "title"), IssueStatus(found.status)
    trail = _trail(found)
    context = {
        "title": f"{found.label} {name.plain}",
        "description": _("%(issue)s いまの状態は「%(status)s」です。") % {"issue": name.plain, "status": status.label},
        "og_type": "article",
        "trail": trail,
        "json_ld": page_data(request, trail, _data(request, found)),
        "issue": found,
        "name": name,
        "meaning": status.meaning,
        "is_public": can_see_issue(AnonymousUser(), found),
        "stands": moved[-1] if moved else None,
        "owners": found.ownerships.select_related("ministry"),
        "questions": questions,
        "bar": bar(row.status for row in questions),
        "way": way_of(found, moved, discussions_of(found, request.user)),
        "previous": _neighbour(found, found.previous_number),
        "next": _neighbour(found, found.next_number),
        "edit_url": _edit_url(request, found),
    }
    return render(request, "issues/issue.html", context)


def _trail(issue: Issue) -> Trail:
    above = [(issue.parent.label, issue.parent.get_absolute_url())] if issue.parent else []
    return [(pgettext("案内", "論点"), reverse("issues:index")), *above, (issue.label, issue.get_absolute_url())]


def _edit_url(request: HttpRequest, issue: Issue) -> str:
    """The issue in the admin, for who may edit it; else nothing."""
    return reverse("admin:issues_issue_change", args=[issue.pk]) if can_edit_issue(request.user, issue) else ""


def _neighbour(issue: Issue, number: int | None) -> str:
    """The address of the issue with this number beside `issue`, or nothing."""
    return issue_address(issue.parent.number if issue.parent else None, number) if number else ""


def _data(request: HttpRequest, issue: Issue) -> dict[str, Any]:
    """A question as schema.org Question; a theme, which asks nothing, as CreativeWork."""
    data: dict[str, Any] = {
        "@type": "Question" if issue.parent else "CreativeWork",
        "name": issue.title,
        "identifier": issue.address,
        "url": request.build_absolute_uri(issue.get_absolute_url()),
        "inLanguage": "ja",
    }
    if issue.parent:
        url = request.build_absolute_uri(issue.parent.get_absolute_url())
        data["isPartOf"] = {"@type": "CreativeWork", "name": issue.parent.title, "url": url}
    return data


def _withdrawn(request: HttpRequest, place: Q) -> HttpResponse | None:
    """The page of an issue that was public and is withdrawn, itself or with its theme; None for any other."""
    issue = Issue.objects.once_public().filter(place).select_related("parent").first()
    if issue is None or IssueStatus.WITHDRAWN not in (issue.status, issue.parent and issue.parent.status):
        return None
    context: dict[str, object] = {"name": f"{issue.label} {issue.title}"}
    for moment in moves(withdrawal_of(issue)):
        context |= {
            "reason": moment.reason,
            "date": moment.when,
            "decided_by": moment.meeting,
            "decided_url": moment.url,
        }
    return render(request, "410.html", context, status=410)


def _moved(theme: str, question: str) -> HttpResponse:
    """A permanent redirect to the issue that had this address before; 404 if none had."""
    themes = formerly(Issue, parent__isnull=True, number=theme)
    former = formerly(Issue, parent__in=themes, number=question) if question else themes
    issue = Issue.objects.once_public().filter(pk__in=former).select_related("parent").first()
    if issue is None:
        raise Http404
    return redirect(issue, permanent=True)
