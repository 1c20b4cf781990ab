"""Public pages of bodies and meetings, and of the papers they were transcribed from."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.history import formerly
from japanese.models import SEARCH_COLUMNS
from japanese.templatetags.japanese import both_calendars, wareki
from meetings.content import localised
from meetings.filters import Filter, choices, page_of, read_filters
from meetings.linked_data import body_data, meeting_data, page_data
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes, Source
from meetings.permissions import can_edit_meeting
from meetings.pictures import time_line
from meetings.timeline import meeting_name

MEETINGS_ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Bodies, and their meetings by year. Filters `body`, `year` and `page` in the address; any other is a 400."""
    notes = BodyNote.objects.visible_to(request.user).with_source()
    bodies = list(Body.objects.visible_to(request.user).for_list().prefetch_related(Prefetch("notes", notes)))
    meetings = Meeting.objects.visible_to(request.user)
    years = [str(day.year) for day in meetings.dates("date", "year", order="DESC")]
    meetings = meetings.for_list().order_by("body__order", "body__name", "-date", "-number")
    chosen = read_filters(request.GET, {"body": {body.slug for body in bodies}, "year": set(years), "page": None})
    if "body" in chosen:
        meetings = meetings.filter(body__slug=chosen["body"])
    filters = []
    if len(bodies) > 1:
        names = [(body.slug, localised(body, "name")) for body in bodies]
        filters.append(Filter("body", _("会議体"), choices(names, chosen.get("body"))))
    trail = [(pgettext("案内", "会議"), reverse("meetings:index"))]
    context = {
        "title": pgettext("案内", "会議"),
        "description": _("会議体と、その会議の日程と議事の一覧です。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "bodies": bodies,
        **_meetings_by_year(meetings, chosen, years, filters),
    }
    return render(request, "meetings/index.html", context)


@require_safe
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """A body with what stands over and under it, its notes and its meetings; filters `year` and `page`.

    The slug that a body had before leads to the one that it has now (301).
    """
    bodies = Body.objects.visible_to(request.user)
    found = bodies.with_source().select_related("parent").filter(slug=slug).first()
    if found is None:
        return _moved(bodies & formerly(Body, slug=slug))
    meetings = Meeting.objects.visible_to(request.user).for_list().filter(body=found)
    years = [str(day.year) for day in meetings.dates("date", "year", order="DESC")]
    chosen = read_filters(request.GET, {"year": set(years), "page": None})
    name = localised(found, "name")
    trail = [(pgettext("案内", "会議"), reverse("meetings:index")), (name, found.get_absolute_url())]
    context = {
        "title": name.plain,
        "description": _("%(body)sの会議の日程、議事、資料です。") % {"body": name.plain},
        "trail": trail,
        "json_ld": page_data(request, trail, body_data(request, found)),
        "body": found,
        "name": name,
        "children": bodies.filter(parent=found),
        "notes": BodyNote.objects.visible_to(request.user).filter(body=found).with_source(),
        "edit_url": _edit_url(request, found),
        **_meetings_by_year(meetings, chosen, years, []),
    }
    return render(request, "meetings/body.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A meeting: agenda with the issues that each item touched, materials, minutes, and the summaries made from it.

    The slug or number that it had before leads to the address that it has now (301).
    """
    meetings = Meeting.objects.visible_to(request.user)
    found = meetings.for_detail().filter(body__slug=slug, number=number).first()
    if found is None:
        bodies = formerly(Body, slug=slug)
        moved = meetings.filter(body__in=bodies, number=number) | formerly(Meeting, body__in=bodies, number=number)
        return _moved(moved.select_related("body"))
    user = request.user
    # issues and summaries are floors above: their rows are reached through the reverse relations.
    discussion: Any = AgendaItem.discussions.rel.related_model
    discussions = discussion.objects.visible_to(user).in_order()
    agenda_items = found.agenda_items.visible_to(user).with_source()
    items = list(agenda_items.prefetch_related(Prefetch("discussions", discussions)))
    materials = list(found.materials.visible_to(user).defer("text", *SEARCH_COLUMNS))
    agenda = [(item, [m for m in materials if m.agenda_item_id == item.pk]) for item in items]
    name = meeting_name(found)
    trail = [
        (pgettext("案内", "会議"), reverse("meetings:index")),
        (localised(found.body, "name"), found.body.get_absolute_url()),
        (found.number_label, found.get_absolute_url()),
    ]
    context = {
        "title": name.plain,
        "description": " ".join([name.plain, both_calendars(found.date), *(item.title for item in items)]),
        "og_type": "article",
        "trail": trail,
        "json_ld": page_data(request, trail, meeting_data(request, found)),
        "meeting": found,
        "name": name,
        "agenda": agenda,
        "materials": [m for m in materials if m.agenda_item_id is None],
        "has_materials": bool(materials),
        "minutes": Minutes.objects.visible_to(user).filter(meeting=found).first(),
        "summaries": found.summaries.visible_to(user),
        "edit_url": _edit_url(request, found),
    }
    return render(request, "meetings/meeting.html", context)


@require_safe
def material(request: HttpRequest, slug: str, number: int, pk: int) -> FileResponse | HttpResponse:
    """The file of a material, to be kept, never shown within our pages. 404 where no file lies behind the record."""
    found = get_object_or_404(Material.objects.visible_to(request.user).select_related("meeting__body"), pk=pk)
    if (found.meeting.body.slug, found.meeting.number) != (slug, number):
        return redirect("meetings:material", found.meeting.body.slug, found.meeting.number, pk, permanent=True)
    etag = f'"{found.sha256}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    try:
        content = found.file.open("rb")
    except (FileNotFoundError, ValueError):  # ValueError: the record has no file
        raise Http404 from None
    response = FileResponse(content, as_attachment=True, filename=found.filename, content_type=found.content_type)
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """A paper as text with numbered lines; line 12 has the anchor L12."""
    found = get_object_or_404(Source, slug=slug)
    trail = [(str(found), found.get_absolute_url())]
    context = {
        "title": str(found),
        "description": _("記録の出典とした資料の本文です。行番号で引用元を確かめられます。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "source": found,
        "pages": _numbered_pages(found),
    }
    return render(request, "meetings/source.html", context)


def _meetings_by_year(
    meetings: QuerySet[Meeting], chosen: dict[str, str], years: Sequence[str], filters: list[Filter]
) -> dict[str, Any]:
    """What templates/meetings/_meetings.html shows: meetings body by body and year by year, and their picture."""
    if "year" in chosen:
        meetings = meetings.filter(date__year=chosen["year"])
    if len(years) > 1:
        labels = [(year, _year_label(int(year))) for year in years]
        filters = [*filters, Filter("year", _("年"), choices(labels, chosen.get("year")))]
    page = page_of(meetings, chosen, MEETINGS_ON_A_PAGE)
    shown = list(page.object_list)
    groups = [
        (
            localised(body, "name"),
            [(_year_label(year), list(in_year)) for year, in_year in groupby(of_body, key=lambda m: m.date.year)],
        )
        for body, of_body in groupby(shown, key=lambda m: m.body)
    ]
    return {"filters": filters, "chosen": chosen, "page": page, "groups": groups, "time_line": time_line(shown)}


def _year_label(year: int) -> str:
    """「2019年（平成31年・令和元年）」."""
    days = (date(year, 1, 1), date(year, 12, 31))
    eras = dict.fromkeys(f"{wareki(day).partition('年')[0]}年" for day in days)
    return _("%(year)s年（%(era)s）") % {"year": year, "era": "・".join(eras)}


def _numbered_pages(source: Source) -> list[tuple[str, int, list[tuple[int, str]]]]:
    """Title, number and lines of each page; what no page claims comes under an empty title."""
    lines = list(enumerate(source.lines, start=1))
    titles = {page["page"]: page["title"] for page in source.pages}
    return [
        (titles.get(number, ""), number or 0, list(of_page))
        for number, of_page in groupby(lines, key=lambda line: source.page_of(line[0]))
    ]


def _edit_url(request: HttpRequest, record: Body | Meeting) -> str:
    """The record in the admin, for who may edit it; else nothing."""
    if not can_edit_meeting(request.user):
        return ""
    return reverse(f"admin:meetings_{record._meta.model_name}_change", args=[record.pk])


def _moved(records: QuerySet[Any]) -> HttpResponse:
    """A permanent redirect to the first of `records`; 404 if there is none."""
    record = records.first()
    if record is None:
        raise Http404
    return redirect(record, permanent=True)
