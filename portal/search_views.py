"""The search page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from japanese.search import Query, QueryError
from meetings.filters import read_filters, unknown_value
from meetings.linked_data import page_data
from portal.search import GROUPS, search_group
from portal.search import search as search_all

#: What a reader may try, each finding something in the records of 2023.
EXAMPLES = ("著作権", "AI", "第2回", "令和5年5月26日", "ガードレール")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits for the words `q`, group by group, or all of one group (`kind`, `page`); without words, how to search.

    400 with the reason for words that cannot be searched for, and for a kind or a page that there is not.
    """
    chosen = read_filters(request.GET, {"q": None, "kind": GROUPS.keys(), "page": None})
    words = chosen.get("q", "")
    trail = [(_("検索"), reverse("portal:search"))]
    context: dict[str, Any] = {
        # A browser would show NUL as something else than was typed, and no page may hold it.
        "words": words.replace("\0", ""),
        "title": _("検索"),
        "description": _("会議、議事、資料、論点、論点整理、政府方針のすべてを言葉で探せます。"),
        "trail": trail,
        "json_ld": page_data(request, trail),
        "examples": EXAMPLES,
    }
    try:
        query = Query.parse(words)
    except QueryError as error:
        return render(request, "portal/search.html", {**context, "error": str(error)}, status=400)
    if "page" in chosen and "kind" not in chosen:
        raise unknown_value("page", chosen["page"])
    if not query.is_empty:
        context["title"] = _("「%(words)s」の検索結果") % {"words": words.strip()}
        if "kind" in chosen:
            number = chosen.get("page", "1")
            context["result"], context["page"] = search_group(query, request.user, chosen["kind"], number)
        else:
            context["results"] = search_all(query, request.user)
    context["is_empty"] = query.is_empty
    return render(request, "portal/search.html", context)
