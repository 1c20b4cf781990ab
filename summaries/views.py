"""Public pages of summaries, their editions, and policy documents."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.history import formerly
from japanese.templatetags.japanese import both_calendars
from meetings.content import in_readers_language, localised
from meetings.filters import read_filters
from meetings.linked_data import page_data
from summaries.models import Edition, EditionNote, PolicyDocument, Summary
from summaries.permissions import can_edit_edition, can_edit_policy
from summaries.reading import Group, Part, text_of_edition, text_of_policy
from summaries.statuses import EditionStatus, PolicyStatus
from summaries.timeline import edition_name


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every summary with the edition that its page shows, the last published first."""
    read_filters(request.GET, {})
    editions = (
        Edition.objects.visible_to(request.user)
        .select_related("summary__body")
        .annotate(statement_count=Count("statements"))
        .order_by("-number")
    )
    of_summary: dict[int, list[Edition]] = {}
    for edition in editions:
        of_summary.setdefault(edition.summary_id, []).append(edition)
    shown = [_to_show(editions) for editions in of_summary.values()]
    shown.sort(key=lambda edition: (edition.published_on is None, edition.published_on, edition.pk), reverse=True)
    title = pgettext("案内", "論点整理")
    trail = [(title, reverse("summaries:index"))]
    context = {
        "title": title,
        "description": _("会議体が議論の結果をまとめ、公表した論点整理の一覧です。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "editions": shown,
    }
    return render(request, "summaries/index.html", context)


@require_safe
def summary(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in force; if there is none, the newest that the reader may see, with a notice of what it is.

    A slug that the summary had before leads to its address of now (301).
    """
    read_filters(request.GET, {})
    editions = _editions(request, slug)
    if editions:
        return _edition_page(request, _to_show(editions), editions)
    summaries = Summary.objects.visible_to(request.user)
    found = summaries.filter(slug=slug).first()
    if found is None:
        return _moved(summaries & formerly(Summary, slug=slug))
    title = localised(found, "title")
    trail = [(pgettext("案内", "論点整理"), reverse("summaries:index")), (title, found.get_absolute_url())]
    return render(request, "summaries/no_edition.html", {"title": title.plain, "name": title, "trail": trail})


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition at its permanent address, in force or not."""
    read_filters(request.GET, {})
    editions = _editions(request, slug)
    for found in editions:
        if found.number == number:
            return _edition_page(request, found, editions)
    moved = Edition.objects.visible_to(request.user).filter(summary__in=formerly(Summary, slug=slug), number=number)
    return _moved(moved.select_related("summary"))


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy document, in the editors' order."""
    read_filters(request.GET, {})
    title = pgettext("案内", "政府方針")
    trail = [(title, reverse("summaries:policies"))]
    context = {
        "title": title,
        "description": _("会議の結論が反映された政府方針と、その抜粋の一覧です。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "documents": PolicyDocument.objects.visible_to(request.user).annotate(
            sentence_count=Count("passages__sentences")
        ),
    }
    return render(request, "summaries/policies.html", context)


@require_safe
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """The passages of a policy document; a sentence that comes from a statement opens its origin.

    A withdrawn document explains itself (410). A slug that it had before leads to its address of now (301).
    """
    read_filters(request.GET, {})
    found = PolicyDocument.objects.visible_to(request.user).filter(slug=slug).with_source().first()
    if found is None:
        withdrawn = PolicyDocument.objects.filter(slug=slug, status=PolicyStatus.WITHDRAWN).first()
        if withdrawn:
            return _gone(request, withdrawn)
        return _moved(PolicyDocument.objects.exclude(status=PolicyStatus.DRAFT) & formerly(PolicyDocument, slug=slug))
    title = localised(found, "title")
    trail = [(pgettext("案内", "政府方針"), reverse("summaries:policies")), (title, found.get_absolute_url())]
    address = request.build_absolute_uri(found.get_absolute_url())
    data: dict[str, Any] = {"@type": "CreativeWork", "name": found.title, "url": address, "inLanguage": "ja"}
    if found.short_title:
        data["alternateName"] = found.short_title
    if found.published_on:
        data["datePublished"] = found.published_on.isoformat()
    passages = text_of_policy(found, request.user)
    context = {
        "title": title.plain,
        "description": _("%(title)sのうち、会議の結論に関わる抜粋です。") % {"title": title.plain},
        "og_type": "article",
        "trail": trail,
        "json_ld": page_data(request, trail, data),
        "document": found,
        "name": title,
        "short_title": in_readers_language(found.short_title, found.short_title_en),
        "quoted_as": "、".join(filter(None, [found.title, found.published_on and both_calendars(found.published_on)])),
        "address": address,
        "passages": passages,
        "is_traced": any(s.origins for passage in passages for paragraph in passage.paragraphs for s in paragraph),
        "is_draft": found.status == PolicyStatus.DRAFT,
        "is_withdrawn": found.status == PolicyStatus.WITHDRAWN,
        "edit_url": _edit_url("policydocument", found.pk) if can_edit_policy(request.user) else "",
    }
    return render(request, "summaries/policy.html", context)


def _editions(request: HttpRequest, slug: str) -> list[Edition]:
    """The editions of a summary that the reader may see, newest first, with all that their page says of the summary."""
    return list(
        Edition.objects.visible_to(request.user)
        .filter(summary__slug=slug)
        .select_related("summary__body", "summary__meeting__body", "summary__source")
        .defer("summary__source__text")
        .order_by("-number")
    )


def _to_show(editions: Sequence[Edition]) -> Edition:
    """Of a summary's editions, newest first, the one in force; else the newest public one; else the newest."""
    in_force = [edition for edition in editions if edition.status == EditionStatus.PUBLISHED]
    public = [edition for edition in editions if EditionStatus(edition.status).is_public]
    return (in_force or public or editions)[0]


def _edition_page(request: HttpRequest, shown: Edition, editions: Sequence[Edition]) -> HttpResponse:
    """The edition in force is one page at two addresses: the summary's own is the canonical one."""
    parent = shown.summary
    in_force = next((edition for edition in editions if edition.status == EditionStatus.PUBLISHED), None)
    title = localised(parent, "title")
    name = edition_name(parent.title, parent.title_en, shown.number)
    trail = [(pgettext("案内", "論点整理"), reverse("summaries:index")), (title, parent.get_absolute_url())]
    if shown is not in_force:
        trail.append((_("第%(number)s版") % {"number": shown.number}, shown.get_absolute_url()))
    canonical = parent if shown is in_force else shown
    groups = text_of_edition(shown, request.user)
    date = both_calendars(shown.published_on)
    context = {
        "title": title.plain if shown is in_force else name.plain,
        "description": _("%(body)sがまとめた「%(title)s」の本文です。一文ごとに固定のアドレスがあります。")
        % {"body": localised(parent.body, "name").plain, "title": title.plain},
        "og_type": "article",
        "canonical_url": request.build_absolute_uri(canonical.get_absolute_url()),
        "alternates": _alternates(request, canonical),
        "trail": trail,
        "json_ld": page_data(request, trail, _report(request, shown)),
        "summary": parent,
        "edition": shown,
        "name": title,
        "in_force": in_force,
        "editions": editions,
        "quoted_as": "、".join(filter(None, [name.plain, date])),
        "address": request.build_absolute_uri(shown.get_absolute_url()),
        "notes": EditionNote.objects.visible_to(request.user).filter(edition=shown).with_source(),
        "groups": groups,
        "contents": _contents(groups),
        "edit_url": _edit_url("edition", shown.pk) if can_edit_edition(request.user) else "",
    }
    return render(request, "summaries/edition.html", context)


def _contents(groups: Sequence[Group]) -> list[tuple[str, str, list[Any]]]:
    """Anchor, heading and what is below it, of each section and each group of sections."""
    entries: list[tuple[str, str, list[Any]]] = []
    for group in groups:
        parts = [_contents_entry(part) for part in group.parts]
        entries += [(group.anchor, group.heading, parts)] if group.heading else parts
    return entries


def _contents_entry(part: Part) -> tuple[str, str, list[Any]]:
    return part.key, part.heading, [_contents_entry(below) for below in part.parts]


def _alternates(request: HttpRequest, record: Summary | Edition) -> list[tuple[str, str]]:
    """Language and absolute address of the page in each language, the page's own first."""
    here = get_language() or settings.LANGUAGE_CODE
    alternates = []
    for language in sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != here):
        with override(language):
            alternates.append((language, request.build_absolute_uri(record.get_absolute_url())))
    return alternates


def _report(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """An edition as schema.org Report, with nothing that the record does not say."""
    parent = shown.summary
    data: dict[str, Any] = {
        "@type": "Report",
        "name": parent.title,
        "version": str(shown.number),
        "url": request.build_absolute_uri(shown.get_absolute_url()),
        "inLanguage": "ja",
        "publisher": {"@type": "GovernmentOrganization", "name": parent.body.name},
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": parent.title,
            "url": request.build_absolute_uri(parent.get_absolute_url()),
        },
    }
    if shown.published_on:
        data["datePublished"] = shown.published_on.isoformat()
    return data


def _gone(request: HttpRequest, document: PolicyDocument) -> HttpResponse:
    """410 with the reason that was given when the document was withdrawn (product.md, promise 6)."""
    history = apps.get_model("summaries", "PolicyDocumentHistory")._default_manager
    moves = history.filter(
        pgh_obj=document, status=PolicyStatus.WITHDRAWN, pgh_context__metadata__has_key="reason"
    ).select_related("pgh_context")
    move = moves.order_by("-pgh_id").first()
    context = {
        "name": document.title,
        "reason": move.pgh_context.metadata["reason"] if move else "",
        "date": both_calendars(timezone.localdate(move.pgh_created_at)) if move else "",
    }
    return render(request, "410.html", context, status=410)


def _edit_url(model: str, pk: int) -> str:
    return reverse(f"admin:summaries_{model}_change", args=[pk])


def _moved(records: QuerySet[Any]) -> HttpResponse:
    """A permanent redirect to the first of `records`; 404 if there is none."""
    record = records.first()
    if record is None:
        raise Http404
    return redirect(record, permanent=True)
