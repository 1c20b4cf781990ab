"""The sitemap: every page that search engines may keep, in both languages (sitemaps.org protocol 0.9, hreflang)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from issues.models import Issue
from japanese.models import SEARCH_COLUMNS
from meetings.models import Body, Meeting, Source
from summaries.models import Edition, PolicyDocument, Summary
from summaries.statuses import EditionStatus

_PAGES = (
    "portal:home",
    "meetings:index",
    "issues:index",
    "summaries:index",
    "summaries:policies",
    "portal:about",
    "portal:accessibility",
    "portal:privacy",
)


if TYPE_CHECKING:  # Django's class takes no parameter when it runs
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap


class InBothLanguages(AnySitemap):
    """Each address once a language, naming its twin. No dates: a page also changes when what it is linked with does."""

    i18n = True
    alternates = True


class PageSitemap(InBothLanguages):
    """Pages of the site itself, and lists."""

    def items(self) -> Iterable[str]:
        return _PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(InBothLanguages):
    """Pages of records that everybody may read."""

    def items(self) -> Iterable[Any]:
        nobody = AnonymousUser()
        lean = SEARCH_COLUMNS
        return [
            *Body.objects.visible_to(nobody).defer(*lean),
            *Meeting.objects.visible_to(nobody).select_related("body").defer(*lean),
            *Issue.objects.visible_to(nobody).select_related("parent").in_order().defer(*lean),
            *Summary.objects.visible_to(nobody).defer(*lean),
            # The edition in force has its summary's address.
            *Edition.objects.visible_to(nobody).exclude(status=EditionStatus.PUBLISHED).select_related("summary"),
            *PolicyDocument.objects.visible_to(nobody).defer(*lean),
            *Source.objects.defer("text"),
        ]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The one sitemap of the site, in a number of queries that does not grow."""
    return sitemap_view(request, {"pages": PageSitemap, "records": RecordSitemap})
