"""Every public page: it answers, it is accessible, its console is quiet, it fits a phone, in both languages."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from tests.journeys.addresses import ERRORS, PAGES, kinds_of_page
from tests.journeys.conftest import Visitors

#: Routes that answer with a file or a word, not with a page for readers.
NOT_PAGES = {"meetings:material"}


def test_the_list_of_pages_names_every_public_route() -> None:
    visited = {resolve(urlsplit(path).path).view_name for path in PAGES}
    assert visited == kinds_of_page() - NOT_PAGES


@pytest.mark.parametrize("language", ["", "/en"], ids=["ja", "en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_accessible_and_fit(visitors: Visitors, width: int, language: str) -> None:
    visitor = visitors(width=width, dark=width == 360)
    found: dict[str, object] = {}
    for path, status in [*((path, 200) for path in PAGES), *ERRORS]:
        page = visitor.open(language + path, status=status)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[path] = [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in violations]
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            found[f"{path} is too wide by"] = too_wide
        if page.get_attribute("html", "lang") != (language.strip("/") or "ja"):
            found[f"{path} has the wrong lang"] = page.get_attribute("html", "lang")
        page.close()
    assert found == {}


def test_no_link_of_ours_is_dead(visitors: Visitors) -> None:
    visitor = visitors()
    page = visitor.page()
    links: set[str] = set()
    for path in PAGES:
        page.goto(visitor.server + path)
        links |= set(
            page.eval_on_selector_all(
                "a[href]", "links => links.map(a => new URL(a.getAttribute('href'), a.baseURI).href)"
            )
        )
    ours = sorted({link.partition("#")[0] for link in links if link.startswith(visitor.server)})
    dead = {link: answer.status for link in ours if (answer := visitor.context.request.get(link)).status >= 400}
    assert dead == {}


def test_every_link_within_a_page_has_its_target(visitors: Visitors) -> None:
    visitor = visitors()
    page = visitor.page()
    missing = {}
    for path in PAGES:
        page.goto(visitor.server + path)
        lost = page.evaluate(
            """() => [...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
                     .filter(id => id && !document.getElementById(id))"""
        )
        if lost:
            missing[path] = lost
    assert missing == {}
