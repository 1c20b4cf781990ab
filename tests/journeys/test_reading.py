"""A citizen follows a thread through the register, with and without script, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitors


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_citizen_finds_an_issue_by_search_and_reaches_its_meeting_and_source(
    visitors: Visitors, script: bool
) -> None:
    page = visitors(width=360, script=script).open("/")
    search = page.locator("main").get_by_role("searchbox")
    search.fill("知的財産権")
    search.press("Enter")
    page.get_by_role("link", name="AIが知的財産権を脅かしていないか？").first.click()
    expect(page).to_have_url(re.compile(r"/issues/2-4/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("AIが知的財産権を脅かしていないか？")
    # How it got here: the theme was discussed at the first meeting of the council, which is an inference.
    expect(page.locator("main")).to_contain_text("推定（編集者の確認待ち）")
    page.locator("main").get_by_role("link", name=re.compile("AI戦略会議.*第1回")).first.click()
    expect(page).to_have_url(re.compile(r"/meetings/ai-strategy-council/1/"))
    expect(page.locator("main")).to_contain_text("令和5年5月11日（2023-05-11）")
    page.locator('a[href^="/sources/ai-strategy-2023/#L"]').first.click()
    expect(page.locator(":target")).to_be_visible()


def test_the_skip_link_is_the_first_thing_the_keyboard_meets_and_leads_to_the_content(visitors: Visitors) -> None:
    page = visitors().open("/issues/2-4/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_filters_work_by_keyboard_and_live_in_the_address(visitors: Visitors) -> None:
    page = visitors(script=False).open("/issues/")
    page.get_by_label("テーマ").select_option("2")
    page.locator("main form").get_by_role("button").press("Enter")
    expect(page).to_have_url(re.compile(r"[?&]theme=2"))
    expect(page.locator("main")).to_contain_text("透明性をどのように確保すべきか？")
    expect(page.locator("main")).not_to_contain_text("日本のAI利用は遅れていないか？")


def test_the_language_link_shows_the_same_page_in_english_with_the_content_marked_as_japanese(
    visitors: Visitors,
) -> None:
    page = visitors().open("/issues/2-4/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/issues/2-4/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert (
        page.get_by_role("heading", level=1).evaluate("h => (h.querySelector('[lang]') ?? h.closest('[lang]')).lang")
        == "ja"
    )


def test_a_reader_gets_no_cookie(visitors: Visitors) -> None:
    visitor = visitors()
    for path in ("/", "/issues/2-4/", "/search/?q=AI", "/en/about/"):
        visitor.open(path)
    assert visitor.context.cookies() == []
