"""The history pages of the admin: who changed what and when, of a record and the rows below it, deleted ones too."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from issues.models import Issue
from meetings.models import AgendaItem, Body, Meeting
from meetings.statuses import MeetingStatus
from tests.admin_pages import admin_url, new_row, save, signed_in, text_of
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    IssueFactory,
    MeetingFactory,
    OwnershipFactory,
    StatementIssueFactory,
    auditor,
    editor,
)

pytestmark = pytest.mark.django_db
#: The database's time is that of the transaction: what has to happen one after the other is committed.
REALLY_LATER = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> User:
    return editor(name="霞が関花子")


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


def changes_on(client: Client, url: str) -> list[Any]:
    page = client.get(url)
    assert page.status_code == 200
    return list(page.context["changes"])


def test_a_change_says_who_made_it_and_each_field_before_and_after(client: Client) -> None:
    meeting = MeetingFactory(place="", date=datetime(2023, 5, 11, tzinfo=UTC).date())
    save(client, admin_url(meeting, "change"), {"place": "官邸", "date": "R5.5.26"})
    change, made = changes_on(client, admin_url(meeting, "history"))
    assert (change.verb, change.kind, change.who) == ("update", "会議", "霞が関花子")
    assert [(field.label, field.old, field.new) for field in change.fields] == [
        ("開催日", "令和5年5月11日（2023-05-11）", "令和5年5月26日（2023-05-26）"),
        ("場所", "", "官邸"),
    ]
    assert (made.verb, made.who) == ("insert", "")


def test_the_time_is_that_of_japan_in_both_calendars(client: Client) -> None:
    meeting = MeetingFactory()
    (made,) = changes_on(client, admin_url(meeting, "history"))
    assert made.at.utcoffset().total_seconds() == 9 * 3600
    assert f"令和{made.at.year - 2018}年{made.at.month}月{made.at.day}日" in text_of(
        client.get(admin_url(meeting, "history"))
    )


@REALLY_LATER
def test_the_history_of_a_meeting_tells_of_its_rows(client: Client) -> None:
    meeting = MeetingFactory()
    url = admin_url(meeting, "change")
    save(client, url, new_row(client, url, "agenda_items", {"title": "著作権について"}))
    save(client, url, {"agenda_items-0-title": "知的財産について"})
    save(client, url, {"agenda_items-0-DELETE": "on"})
    told = [(change.verb, change.kind, change.name) for change in changes_on(client, admin_url(meeting, "history"))]
    assert told == [
        ("delete", "議事", "知的財産について"),
        ("update", "議事", "知的財産について"),
        ("insert", "議事", "著作権について"),
        ("insert", "会議", str(meeting)),
    ]


def test_what_a_foreign_key_points_at_is_named(client: Client) -> None:
    meeting = MeetingFactory(body__name="AI戦略会議")
    other = BodyFactory(name="AI戦略チーム")
    Meeting.objects.filter(pk=meeting.pk).update(body=other)
    (moved, _made) = changes_on(client, admin_url(meeting, "history"))
    assert [(field.label, field.old, field.new) for field in moved.fields] == [("会議体", "AI戦略会議", "AI戦略チーム")]


def test_what_is_gone_is_said_to_be_gone(client: Client) -> None:
    meeting = MeetingFactory()
    former, other = meeting.body, BodyFactory()
    Meeting.objects.filter(pk=meeting.pk).update(body=other)
    pk = former.pk
    former.delete()
    (moved, _made) = changes_on(client, admin_url(meeting, "history"))
    assert moved.fields[0].old == f"（削除された記録 {pk}）"


@REALLY_LATER
def test_choices_and_marks_are_put_into_words(client: Client) -> None:
    owner = OwnershipFactory()
    owner.kind = "lead"
    owner.save()
    change = changes_on(client, admin_url(owner.issue, "history"))[0]
    assert [(field.label, field.old, field.new) for field in change.fields] == [("担当の別", "関係", "主担当")]


@REALLY_LATER
def test_the_history_of_a_statement_tells_of_the_issues_it_answers(client: Client) -> None:
    link = StatementIssueFactory()
    kinds = [change.kind for change in changes_on(client, admin_url(link.statement, "history"))]
    assert kinds == ["文が答える論点", "論点整理の文"]


class TestDeleted:
    def test_a_deleted_record_is_found_with_its_history(self, client: Client, user: User) -> None:
        meeting = MeetingFactory(status=MeetingStatus.PLANNED)
        AgendaItemFactory(meeting=meeting, title="著作権について")
        pk = meeting.pk
        client.post(admin_url(meeting, "delete"), {"post": "yes"})
        assert admin_url(Meeting, "deleted") in client.get(admin_url(Meeting, "list")).content.decode()
        page = client.get(admin_url(Meeting, "deleted"))
        (gone,) = page.context["changes"]
        assert (gone.verb, gone.kind, gone.who) == ("delete", "会議", "霞が関花子")
        history = admin_url(Meeting, "history", pk)
        assert history in page.content.decode()
        told = text_of(client.get(history))
        assert "この記録は削除されています。" in told
        assert "著作権について" in told

    def test_the_list_has_records_of_its_kind_only(self, client: Client) -> None:
        Body.objects.filter(pk=BodyFactory().pk).delete()
        item = AgendaItemFactory()
        item.delete()
        assert [change.kind for change in changes_on(client, admin_url(AgendaItem, "deleted"))] == ["議事"]

    def test_where_nothing_was_deleted_the_page_says_so(self, client: Client) -> None:
        assert "削除された記録はありません。" in text_of(client.get(admin_url(Issue, "deleted")))

    def test_a_number_that_never_was_has_no_history(self, client: Client) -> None:
        assert client.get(admin_url(Meeting, "history", 987654)).status_code == 404


def test_long_histories_come_in_pages(client: Client) -> None:
    meeting = MeetingFactory()
    for number in range(2, 103):
        Meeting.objects.filter(pk=meeting.pk).update(number=number)
    url = admin_url(meeting, "history")
    assert len(changes_on(client, url)) == 100
    assert "2頁のうち1頁" in text_of(client.get(url))
    assert [change.verb for change in changes_on(client, f"{url}?p=2")] == ["update", "insert"]


def test_markup_in_a_record_is_shown_as_text(client: Client) -> None:
    meeting = MeetingFactory(title="<script>alert(1)</script>")
    page = client.get(admin_url(meeting, "history"))
    assert "<script>alert(1)" not in page.content.decode()
    assert "<script>alert(1)</script>" in text_of(page)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_history_asks_the_database_the_same_number_of_times_whatever_is_in_it(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    issue = IssueFactory()
    OwnershipFactory.create_batch(rows, issue=issue)
    url = admin_url(issue, "history")
    with django_assert_num_queries(8):
        client.get(url)


def test_an_auditor_reads_histories_in_english_too() -> None:
    with translation.override("en"):
        url = admin_url(MeetingFactory(), "history")
    assert url.startswith("/en/")
    assert signed_in(auditor()).get(url).status_code == 200
