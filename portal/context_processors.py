"""What every page needs to know of itself: its permanent address, the same page in the other language, its section."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import ResolverMatch, get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from meetings.statuses import Placement

#: Routes with a place of their own in the navigation, other than their app's.
_SECTIONS = {
    "portal:home": "home",
    "portal:search": "search",
    "summaries:policies": "policies",
    "summaries:policy": "policies",
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Variables of templates/base.html.

    Out: `site_name`, `site_image`, `operator_name`, `operator_contact`; `canonical_url` (absolute, without the query; a
    view that needs another passes its own); `other_language`, `other_language_name`, `other_language_url` (the same
    page there, query and all); `alternates` (language and absolute address, for hreflang); `frame` (see `_frame`).
    """
    language = get_language() or settings.LANGUAGE_CODE
    other = "ja" if language == "en" else "en"
    twin = _in_other_language(request.get_full_path(), language)
    canonical = request.build_absolute_uri(request.path)
    return {
        "site_name": settings.SITE_NAME,
        "site_image": request.build_absolute_uri(static("img/social.png")),
        "operator_name": settings.OPERATOR_NAME,
        "operator_contact": settings.OPERATOR_CONTACT,
        "canonical_url": canonical,
        "other_language": other,
        "other_language_name": dict(settings.LANGUAGES)[other],
        "other_language_url": twin,
        "alternates": [(language, canonical), (other, request.build_absolute_uri(twin.partition("?")[0]))],
        "frame": SimpleLazyObject(lambda: frame(language, _section(request.resolver_match))),
    }


def _in_other_language(path: str, language: str) -> str:
    """The address of the same page; Japanese has no prefix (`i18n_patterns(prefix_default_language=False)`).

    django.urls.translate_url says the same at a hundred times the cost, and has no twin for an address not found.
    """
    root = get_script_prefix()
    rest = path.removeprefix(root)
    return root + (rest.removeprefix("en/") if language == "en" else f"en/{rest}")


def _section(match: ResolverMatch | None) -> str:
    return _SECTIONS.get(match.view_name, match.namespace) if match else ""


def _frame(language: str, section: str) -> dict[str, SafeString]:
    """Head, logotype, navigation, footer and the mark 推定: what only the language and the section change.

    Kept for the life of the process, because their thirty addresses cost as much as the rest of a page.
    """
    context = {"site_name": settings.SITE_NAME, "section": section, "inferred": Placement.INFERRED.label}
    return {
        part: render_to_string(f"components/frame_{part}.html", context)
        for part in ("head", "logotype", "navigation", "footer", "inferred")
    }


frame = _frame if settings.DEBUG else cache(_frame)
