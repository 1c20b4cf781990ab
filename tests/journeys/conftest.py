"""A real Chromium on the real pages, with the council's records of 2023 loaded."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

RECORDS = Path(__file__).resolve().parents[2] / "records" / "ai-strategy-2023.yaml"

# Playwright's event loop runs in the thread of the test, which makes Django take it for an asynchronous one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its sandbox does not start for root."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-background-networking", "--disable-component-update", "--no-first-run"],
        )
        yield browser
        browser.close()


@dataclass
class Visitor:
    """A reader with a browser of their own. `complaints` collects what the console of any page said."""

    context: BrowserContext
    server: str
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new tab."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def open(self, path: str, *, status: int = 200) -> Page:
        """A new tab on `path`; the answer must have `status`."""
        page = self.page()
        response = page.goto(self.server + path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser itself reports the status of a page that is meant to be an error page.
        if message.type in ("error", "warning") and "the server responded with a status of" not in message.text:
            self.complaints.append(f"{message.location['url']}: {message.text}")


@pytest.fixture
def register(live_server: LiveServer) -> LiveServer:
    """The site with the records of 2023."""
    call_command("import_records", RECORDS, verbosity=0)
    return live_server


@dataclass
class Visitors:
    """Makes visitors with the device and habits that a test names."""

    browser: Browser
    server: str
    made: list[Visitor] = field(default_factory=list)

    def __call__(
        self, *, width: int = 1280, language: str = "ja-JP", dark: bool = False, script: bool = True
    ) -> Visitor:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        visitor = Visitor(context, self.server)
        self.made.append(visitor)
        return visitor


@pytest.fixture
def visitors(browser: Browser, register: LiveServer) -> Iterator[Visitors]:
    """Readers of the register; nobody's console may have complained."""
    visitors = Visitors(browser, register.url)
    yield visitors
    for visitor in visitors.made:
        visitor.context.close()
    assert [complaint for visitor in visitors.made for complaint in visitor.complaints] == []
