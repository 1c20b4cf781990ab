"""The home page: what moved last, how far the questions are, the next and the last meeting."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from issues.models import Issue
from issues.statuses import IssueStatus
from meetings.models import Meeting
from meetings.statuses import MeetingStatus
from summaries.statuses import EditionStatus
from tests import factories
from tests.pages import all_words, linked_data, links, page

pytestmark = pytest.mark.django_db

MOVES = "//main//ul[@class='ledger']"


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_home_asks_six_queries_however_much_there_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    body, theme = factories.BodyFactory(), factories.IssueFactory()
    Meeting.objects.bulk_create(factories.MeetingFactory.build_batch(count, body=body))
    Issue.objects.bulk_create(
        factories.QuestionFactory.build(parent=theme, number=number) for number in range(1, count + 1)
    )
    for _ in range(min(count, 3)):
        factories.IssueEventFactory(issue=theme)
        factories.EditionFactory()
    with django_assert_num_queries(6):
        assert client.get("/").status_code == 200


def test_home_says_in_one_sentence_what_this_is_and_offers_the_search(client: Client) -> None:
    response = client.get("/")
    assert all_words(response, "//h1") == [
        "会議が挙げた論点が、どこで議論され、どの政府方針になったかをたどれる、公開の記録です。"
    ]
    (form,) = page(response).xpath("//form[@role='search']")
    assert (form.get("action"), form.xpath(".//input/@name")) == ("/search/", ["q"])
    assert linked_data(response)["potentialAction"]["target"]["urlTemplate"] == "http://testserver/search/?q={words}"


def test_three_most_recent_moves_come_from_meetings_issues_and_summaries(client: Client) -> None:
    factories.MeetingFactory(
        body=factories.BodyFactory(slug="council", name="AI戦略会議"), number=1, date=date(2023, 5, 1)
    )
    factories.MeetingFactory(number=2, date=date(2023, 4, 1))
    question = factories.QuestionFactory(parent=factories.IssueFactory(number=2), number=4, title="責任は？")
    item = factories.AgendaItemFactory(meeting__date=date(2023, 4, 30))
    factories.IssueEventFactory(issue=question, agenda_item=item, at=datetime(2023, 5, 1, 15, tzinfo=UTC))
    summary = factories.SummaryFactory(slug="summary", title="暫定的な論点整理")
    factories.EditionFactory(summary=summary, published_on=date(2023, 5, 26))
    response = client.get("/")
    assert all_words(response, f"{MOVES}/li") == [
        "令和5年5月26日（2023-05-26） 論点整理を公表 暫定的な論点整理 第1版",
        "令和5年5月2日（2023-05-02） 論点2-4が「提起」に 責任は？",
        "令和5年5月1日（2023-05-01） 会議を開催 AI戦略会議 第1回",
    ]
    assert links(response, MOVES) == ["/summaries/summary/editions/1/", "/issues/2-4/", "/meetings/council/1/"]


def test_what_is_not_public_leaves_no_trace(client: Client) -> None:
    factories.IssueFactory(number=1)
    factories.MeetingFactory()
    before = client.get("/").content
    draft = factories.IssueFactory(number=2, status=IssueStatus.DRAFT)
    factories.IssueEventFactory(issue=draft, agenda_item=None, reason="準備")
    factories.EditionFactory(status=EditionStatus.DRAFT, published_on=date(2030, 1, 1))
    assert client.get("/").content == before


def test_themes_come_with_a_bar_of_their_questions(client: Client) -> None:
    theme = factories.IssueFactory(number=2, title="懸念・リスク")
    for number, status in enumerate(["open", "discussing", "discussing"], start=1):
        factories.QuestionFactory(parent=theme, number=number, status=status)
    factories.IssueFactory(number=3, title="AIの開発")
    response = client.get("/")
    assert all_words(response, "//ul[@class='themes']/li") == [
        "論点2 懸念・リスク 提起 1件議論中 2件",
        "論点3 AIの開発",
    ]
    assert len(page(response).xpath("//ul[@class='themes']//rect")) == 2


@time_machine.travel("2023-05-25T15:30:00Z")  # half past midnight of the 26th in Japan
def test_next_and_last_meeting_go_by_the_day_in_japan(client: Client) -> None:
    body = factories.BodyFactory(slug="council", name="AI戦略会議")
    for number, day, status in (
        (1, date(2023, 5, 11), MeetingStatus.MINUTES_PUBLISHED),
        (2, date(2023, 5, 25), MeetingStatus.PLANNED),
        (3, date(2023, 5, 26), MeetingStatus.PLANNED),
        (4, date(2023, 6, 26), MeetingStatus.PLANNED),
        (5, date(2023, 5, 27), MeetingStatus.CANCELLED),
    ):
        factories.MeetingFactory(body=body, number=number, date=day, status=status)
    assert all_words(client.get("/"), "//main//dl//dd") == [
        "令和5年5月26日（2023-05-26） AI戦略会議 第3回",
        "令和5年5月11日（2023-05-11） AI戦略会議 第1回",
    ]


def test_empty_home_says_what_will_stand_here(client: Client) -> None:
    response = client.get("/")
    assert all_words(response, "//p[@class='empty']/strong") == [
        "動きはまだありません。",
        "論点はまだ公開されていません。",
    ]
    assert all_words(response, "//main//dl//dd") == ["予定は登録されていません。", "会議はまだ登録されていません。"]


@pytest.mark.parametrize("address", ["/about/", "/accessibility/", "/privacy/"])
def test_pages_about_the_site_ask_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    for prefix in ("", "/en"):
        with django_assert_num_queries(0):
            response = client.get(f"{prefix}{address}")
        assert response.status_code == 200
        assert linked_data(response)["@graph"][0]["itemListElement"][1]["item"] == f"http://testserver{prefix}{address}"


def test_about_explains_every_state_of_an_issue(client: Client) -> None:
    shown = all_words(client.get("/about/"), "//h2[@id='statuses']/following-sibling::dl[1]//dt")
    assert shown == [str(status.label) for status in IssueStatus]
