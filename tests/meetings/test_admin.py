"""Meetings in the admin: dates in both calendars, agenda in order, search, places confirmed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import AgendaItem, Body, Meeting, Minutes
from meetings.statuses import MeetingStatus, Placement
from tests.admin_pages import (
    admin_url,
    autocomplete_url,
    errors_of,
    fields_of,
    new_row,
    new_rows,
    save,
    signed_in,
    text_of,
)
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    DiscussionFactory,
    MeetingFactory,
    SourceFactory,
    auditor,
    editor,
    publisher,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(editor())


@pytest.mark.parametrize(
    "written",
    [
        "令和5年5月26日",
        "2023-05-26",
        "2023/5/26",
        "R5.5.26",
        "令和５年５月２６日",
        "２０２３年５月２６日",
        " 令和5年5月26日 ",
    ],
)
def test_a_meeting_is_made_with_a_date_in_either_calendar(client: Client, written: str) -> None:
    body = BodyFactory()
    answer = save(client, admin_url(Meeting, "add"), {"body": body.pk, "number": "2", "date": written})
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.body, meeting.number, meeting.date, meeting.status) == (body, 2, date(2023, 5, 26), "planned")


def test_a_day_that_there_was_not_is_refused_and_kept_in_the_form(client: Client) -> None:
    values = {"body": BodyFactory().pk, "number": "2", "date": "令和5年2月30日"}
    answer = save(client, admin_url(Meeting, "add"), values)
    assert answer.status_code == 200
    assert len(errors_of(answer)) == 1
    assert fields_of(answer)["date"] == "令和5年2月30日"
    assert not Meeting.objects.exists()


def test_the_form_shows_the_date_as_it_is_spoken(client: Client) -> None:
    meeting = MeetingFactory(date=date(2023, 5, 26))
    assert fields_of(client.get(admin_url(meeting, "change")))["date"] == "令和5年5月26日"


def test_a_number_that_the_body_has_already_is_refused_in_plain_words(client: Client) -> None:
    meeting = MeetingFactory(number=2)
    values = {"body": meeting.body.pk, "number": "2", "date": "2023-05-26"}
    answer = save(client, admin_url(Meeting, "add"), values)
    assert errors_of(answer) == ["この会議体には、同じ回の会議がすでにあります。回を確かめてください。"]


def test_status_is_shown_and_never_a_field(client: Client) -> None:
    url = admin_url(MeetingFactory(status=MeetingStatus.PLANNED), "change")
    assert "status" not in fields_of(client.get(url))
    save(client, url, {"status": "held"})
    assert Meeting.objects.get().status == MeetingStatus.PLANNED


class TestAgenda:
    def test_items_without_a_place_are_put_at_the_end_in_the_order_written(self, client: Client) -> None:
        meeting = MeetingFactory()
        AgendaItemFactory(meeting=meeting, order=3, title="三")
        url = admin_url(meeting, "change")
        rows: list[dict[str, Any]] = [
            {"title": "四"},
            {"title": "七", "order": "7"},
            {"title": "八"},
            {"title": "一", "order": "1"},
        ]
        answer = save(client, url, new_rows(fields_of(client.get(url)), "agenda_items", rows))
        assert answer.status_code == 302
        assert list(meeting.agenda_items.values_list("order", "title")) == [
            (1, "一"),
            (3, "三"),
            (7, "七"),
            (8, "四"),
            (9, "八"),
        ]

    def test_two_items_change_places_in_one_save(self, client: Client) -> None:
        meeting = MeetingFactory()
        AgendaItemFactory(meeting=meeting, order=1, title="あと")
        AgendaItemFactory(meeting=meeting, order=2, title="さき")
        changes = {"agenda_items-0-order": "2", "agenda_items-1-order": "1"}
        assert save(client, admin_url(meeting, "change"), changes).status_code == 302
        assert list(meeting.agenda_items.values_list("title", flat=True)) == ["さき", "あと"]

    def test_an_item_whose_place_was_emptied_goes_to_the_end(self, client: Client) -> None:
        meeting = MeetingFactory()
        AgendaItemFactory(meeting=meeting, order=1, title="あと")
        AgendaItemFactory(meeting=meeting, order=2, title="さき")
        assert save(client, admin_url(meeting, "change"), {"agenda_items-0-order": ""}).status_code == 302
        assert list(meeting.agenda_items.values_list("order", "title")) == [(2, "さき"), (3, "あと")]

    def test_a_place_taken_twice_is_refused_beside_the_field(self, client: Client) -> None:
        meeting = MeetingFactory()
        AgendaItemFactory.create_batch(2, meeting=meeting)
        answer = save(client, admin_url(meeting, "change"), {"agenda_items-1-order": "1"})
        (formset, *_others) = answer.context["inline_admin_formsets"]
        assert answer.status_code == 200
        assert formset.formset.errors == [{}, {"order": ["同じ順番の議事があります。順番を変えてください。"]}]

    def test_the_place_of_a_deleted_item_can_be_taken_in_the_same_save(self, client: Client) -> None:
        meeting = MeetingFactory()
        AgendaItemFactory(meeting=meeting, order=1, title="前の")
        url = admin_url(meeting, "change")
        row = new_row(client, url, "agenda_items", {"order": "1", "title": "新しい"})
        assert save(client, url, {**row, "agenda_items-0-DELETE": "on"}).status_code == 302
        assert list(meeting.agenda_items.values_list("order", "title")) == [(1, "新しい")]

    def test_rows_that_somebody_else_added_meanwhile_count_too(self, client: Client) -> None:
        meeting = MeetingFactory()
        url = admin_url(meeting, "change")
        fields = fields_of(client.get(url))
        AgendaItemFactory(meeting=meeting, order=1, title="先に保存された")
        client.post(url, {**fields, **new_rows(fields, "agenda_items", [{"title": "後に保存された"}])})
        assert list(meeting.agenda_items.values_list("order", "title")) == [
            (1, "先に保存された"),
            (2, "後に保存された"),
        ]

    @pytest.mark.django_db(transaction=True)
    def test_a_place_that_somebody_else_took_meanwhile_is_409_and_nothing_is_overwritten(self) -> None:
        client, meeting = signed_in(editor()), MeetingFactory()
        url = admin_url(meeting, "change")
        fields = fields_of(client.get(url))
        AgendaItemFactory(meeting=meeting, order=1, title="先に保存された")
        row = new_rows(fields, "agenda_items", [{"title": "後に保存された", "order": "1"}])
        answer = client.post(url, {**fields, **row, "place": "官邸"})
        assert answer.status_code == 409
        assert "あなたの変更は保存されていません。" in text_of(answer)
        meeting.refresh_from_db()
        assert (meeting.place, list(meeting.agenda_items.values_list("title", flat=True))) == ("", ["先に保存された"])

    def test_an_item_under_which_an_issue_was_discussed_is_not_deleted(self, client: Client) -> None:
        item = AgendaItemFactory(title="著作権について")
        DiscussionFactory(agenda_item=item)
        answer = save(client, admin_url(item.meeting, "change"), {"agenda_items-0-DELETE": "on"})
        assert answer.status_code == 200
        assert "著作権について" in errors_of(answer)[0]
        assert AgendaItem.objects.filter(pk=item.pk).exists()

    def test_an_item_is_edited_on_its_own_page_too(self, client: Client) -> None:
        item, source = AgendaItemFactory(), SourceFactory()
        changes = {"title": "直した議題", "source": source.pk, "first_line": "3", "last_line": "4"}
        assert save(client, admin_url(item, "change"), changes).status_code == 302
        item.refresh_from_db()
        assert (item.title, item.source, item.first_line, item.last_line) == ("直した議題", source, 3, 4)

    def test_its_own_page_refuses_a_place_that_is_taken(self, client: Client) -> None:
        meeting = MeetingFactory()
        _first, second = AgendaItemFactory.create_batch(2, meeting=meeting)
        answer = save(client, admin_url(second, "change"), {"order": "1"})
        assert errors_of(answer) == ["同じ順番の議事があります。順番を変えてください。"]


def test_source_lines_out_of_order_are_refused_in_plain_words(client: Client) -> None:
    item = AgendaItemFactory()
    answer = save(
        client, admin_url(item, "change"), {"source": SourceFactory().pk, "first_line": "9", "last_line": "4"}
    )
    assert errors_of(answer) == ["出典の行は、出典資料を選んだうえで、始めと終わりの両方を小さい順に入れてください。"]


def test_minutes_are_written_in_the_meeting(client: Client) -> None:
    meeting = MeetingFactory()
    url = admin_url(meeting, "change")
    assert save(client, url, new_row(client, url, "minutes", {"text": "開会した。"})).status_code == 302
    assert Minutes.objects.get().meeting == meeting


@pytest.mark.parametrize("words", ["第2回", "２回", "2023-05-26", "令和5年5月26日", "R5.5.26"])
def test_the_list_finds_a_meeting_however_it_is_written(client: Client, words: str) -> None:
    body = BodyFactory(name="ＡＩ戦略会議")
    MeetingFactory(body=body, number=1, date=date(2023, 5, 11))
    second = MeetingFactory(body=body, number=2, date=date(2023, 5, 26))
    MeetingFactory(body=body, number=12, date=date(2023, 6, 26))
    page = client.get(admin_url(Meeting, "list"), {"q": words})
    assert list(page.context["cl"].result_list) == [second]


@pytest.mark.parametrize("words", ["AI", "ＡＩ", "ai　戦略"])
def test_choices_are_found_in_any_width(client: Client, words: str) -> None:
    body = BodyFactory(name="ＡＩ戦略会議")
    BodyFactory(name="量子技術会議")
    answer = client.get(autocomplete_url(Meeting, "body", words))
    assert answer.json()["results"] == [{"id": str(body.pk), "text": "ＡＩ戦略会議"}]


@pytest.mark.parametrize("words", ["、。", "あ" * 201, "\x00"])
def test_what_cannot_be_searched_for_finds_nothing_and_says_why(client: Client, words: str) -> None:
    MeetingFactory()
    page = client.get(admin_url(Meeting, "list"), {"q": words})
    assert page.status_code in (200, 302)
    asked = {"app_label": "meetings", "model_name": "meeting", "field_name": "body", "term": words}
    choices = client.get(reverse("admin:autocomplete"), asked)
    assert choices.json()["results"] == []


def test_a_renamed_body_is_found_by_its_meetings_too(client: Client) -> None:
    meeting = MeetingFactory(body__name="AI戦略会議")
    assert save(client, admin_url(meeting.body, "change"), {"name": "人工知能本部"}).status_code == 302
    page = client.get(admin_url(Meeting, "list"), {"q": "人工知能本部"})
    assert list(page.context["cl"].result_list) == [meeting]


def test_the_text_of_a_source_stays_once_records_point_at_its_lines(client: Client) -> None:
    source = SourceFactory()
    fields = fields_of(client.get(admin_url(source, "change")))
    assert {"title", "text", "file", "slug"} & set(fields) == {"title"}
    assert "1頁 AI戦略会議（1～40行）" in text_of(client.get(admin_url(source, "change")))


class TestDeleting:
    def test_an_announcement_made_by_mistake_can_be_deleted(self, client: Client) -> None:
        meeting = MeetingFactory(status=MeetingStatus.PLANNED)
        answer = client.post(admin_url(meeting, "delete"), {"post": "yes"})
        assert (answer.status_code, Meeting.objects.exists()) == (302, False)

    def test_a_body_with_meetings_is_kept_and_the_page_says_which(self, client: Client) -> None:
        meeting = MeetingFactory()
        page = client.get(admin_url(meeting.body, "delete"))
        assert page.status_code == 200
        assert str(meeting) in text_of(page)
        client.post(admin_url(meeting.body, "delete"), {"post": "yes"})
        assert Body.objects.filter(pk=meeting.body.pk).exists()

    def test_several_at_once_are_not_deleted(self, client: Client) -> None:
        meeting = MeetingFactory(status=MeetingStatus.PLANNED)
        sent = {"action": "delete_selected", "_selected_action": [meeting.pk], "post": "yes"}
        client.post(admin_url(Meeting, "list"), sent)
        assert Meeting.objects.exists()


class TestPlacement:
    def test_an_editor_confirms_those_that_are_chosen(self, client: Client) -> None:
        inferred = MeetingFactory.create_batch(2, placement=Placement.INFERRED)
        stated = MeetingFactory(placement=Placement.STATED)
        chosen = [meeting.pk for meeting in (*inferred, stated)]
        page = client.post(
            admin_url(Meeting, "list"), {"action": "confirm_placements", "_selected_action": chosen}, follow=True
        )
        assert "2件の位置づけを確認しました。" in [str(message) for message in page.context["messages"]]
        placements = Meeting.objects.order_by("pk").values_list("placement", flat=True)
        assert list(placements) == ["confirmed", "confirmed", "stated"]

    def test_an_editor_confirms_one_by_the_button_above_it(self, client: Client) -> None:
        item = AgendaItemFactory(placement=Placement.INFERRED, placement_note="配置から推定")
        assert admin_url(item, "confirm") in client.get(admin_url(item, "change")).content.decode()
        answer = client.post(admin_url(item, "confirm"))
        item.refresh_from_db()
        assert (answer["Location"], item.placement, item.placement_note) == (
            admin_url(item, "change"),
            Placement.CONFIRMED,
            "配置から推定",
        )
        assert admin_url(item, "confirm") not in client.get(admin_url(item, "change")).content.decode()

    @pytest.mark.parametrize("make_user", [publisher, auditor])
    def test_nobody_else_confirms(self, make_user: Any) -> None:
        item = AgendaItemFactory(placement=Placement.INFERRED)
        client = signed_in(make_user())
        assert client.post(admin_url(item, "confirm")).status_code == 403
        client.post(admin_url(AgendaItem, "list"), {"action": "confirm_placements", "_selected_action": [item.pk]})
        item.refresh_from_db()
        assert item.placement == Placement.INFERRED

    def test_looking_at_the_buttons_address_changes_nothing(self, client: Client) -> None:
        item = AgendaItemFactory(placement=Placement.INFERRED)
        client.get(admin_url(item, "confirm"))
        item.refresh_from_db()
        assert item.placement == Placement.INFERRED


class TestStatus:
    def test_the_page_offers_the_moves_with_their_meaning(self, client: Client) -> None:
        page = client.get(admin_url(MeetingFactory(status=MeetingStatus.PLANNED), "status"))
        offered = [label for _value, label in page.context["form"].fields["new"].widget.choices]
        assert offered == [
            "開催済み：開かれました。",
            "延期：延期されました。新しい日が決まったら開催予定に戻します。",
            "中止：開かれないことになりました。",
        ]

    def test_an_editor_moves_a_meeting_and_the_history_keeps_the_reason(self, client: Client) -> None:
        meeting = MeetingFactory(status=MeetingStatus.PLANNED)
        answer = client.post(admin_url(meeting, "status"), {"new": "postponed", "reason": "台風のため"})
        assert (answer.status_code, Meeting.objects.get().status) == (302, MeetingStatus.POSTPONED)
        history = text_of(client.get(admin_url(meeting, "history")))
        assert "理由: 台風のため" in history
        assert "開催予定 延期" in history

    def test_what_another_role_may_do_is_said_and_not_offered(self, client: Client) -> None:
        page = client.get(admin_url(MeetingFactory(status=MeetingStatus.MINUTES_DRAFT), "status"))
        assert page.context["moves"] == []
        assert page.context["moves_of_others"] == [MeetingStatus.MINUTES_PUBLISHED]

    def test_a_move_that_has_become_impossible_is_409_and_keeps_what_was_written(self, client: Client) -> None:
        meeting = MeetingFactory(status=MeetingStatus.CANCELLED)
        answer = client.post(admin_url(meeting, "status"), {"new": "held", "reason": "予定どおり"})
        assert answer.status_code == 409
        assert answer.context["form"].errors == {"new": ["「中止」から「開催済み」へは移せません。"]}
        assert answer.context["form"]["reason"].value() == "予定どおり"

    def test_a_move_of_another_role_is_403_and_keeps_what_was_written(self, client: Client) -> None:
        meeting = MeetingFactory(status=MeetingStatus.MINUTES_DRAFT)
        answer = client.post(admin_url(meeting, "status"), {"new": "minutes_published", "reason": "承認済み"})
        assert answer.status_code == 403
        assert "承認済み" in answer.content.decode()
        assert Meeting.objects.get().status == MeetingStatus.MINUTES_DRAFT

    def test_minutes_that_nobody_wrote_are_not_published(self) -> None:
        meeting = MeetingFactory(status=MeetingStatus.MINUTES_DRAFT)
        answer = signed_in(publisher()).post(admin_url(meeting, "status"), {"new": "minutes_published"})
        assert errors_of(answer) == ["議事録がまだありません。先に議事録を書いてください。"]

    @pytest.mark.parametrize("new", ["", "unknown"])
    def test_no_choice_or_an_unknown_one_is_refused(self, client: Client, new: str) -> None:
        answer = client.post(admin_url(MeetingFactory(status=MeetingStatus.PLANNED), "status"), {"new": new})
        assert (answer.status_code, errors_of(answer)) == (200, ["選んでください。"])

    def test_several_move_together(self, client: Client) -> None:
        meetings = MeetingFactory.create_batch(2, status=MeetingStatus.PLANNED)
        chosen = [meeting.pk for meeting in meetings]
        page = client.post(
            admin_url(Meeting, "list"), {"action": "move_chosen", "_selected_action": chosen}, follow=True
        )
        assert [record.pk for record in page.context["records"]] == sorted(chosen, reverse=True)
        answer = client.post(page.redirect_chain[-1][0], {"new": "held"})
        assert answer["Location"] == admin_url(Meeting, "list")
        assert set(Meeting.objects.values_list("status", flat=True)) == {MeetingStatus.HELD}

    def test_several_move_together_or_not_at_all(self, client: Client) -> None:
        planned = MeetingFactory(status=MeetingStatus.PLANNED)
        cancelled = MeetingFactory(status=MeetingStatus.CANCELLED)
        answer = client.post(admin_url(Meeting, "status", f"{planned.pk},{cancelled.pk}"), {"new": "held"})
        planned.refresh_from_db()
        assert (answer.status_code, planned.status) == (409, MeetingStatus.PLANNED)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_database_the_same_number_of_times_whatever_is_in_them(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        AgendaItemFactory(meeting__body__parent=BodyFactory())
    with django_assert_num_queries(8):
        client.get(admin_url(Meeting, "list"))
    with django_assert_num_queries(5):
        client.get(admin_url(Body, "list"))
    with django_assert_num_queries(6):
        client.get(admin_url(AgendaItem, "list"))
    with django_assert_num_queries(5):
        client.get(autocomplete_url(Meeting, "body"))
