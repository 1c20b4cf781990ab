"""The lists of meetings, old addresses, downloads and source papers."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meetings.models import Meeting
from tests import factories
from tests.pages import all_words, links, page

pytestmark = pytest.mark.django_db


def make_meetings(count: int) -> None:
    bodies = factories.BodyFactory.create_batch(2)
    for body in bodies:
        factories.BodyNoteFactory(body=body, source=factories.SourceFactory())
    meetings = factories.MeetingFactory.build_batch(count, body=bodies[0])
    for meeting in meetings[1::2]:
        meeting.body = bodies[1]
    Meeting.objects.bulk_create(meetings)
    for meeting in meetings[:50]:
        factories.AgendaItemFactory(meeting=meeting)


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_list_asks_six_queries_however_many_meetings_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    make_meetings(count)
    with django_assert_num_queries(6):
        assert client.get("/meetings/").status_code == 200


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_body_asks_seven_queries_however_many_meetings_it_had(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    make_meetings(count)
    with django_assert_num_queries(7):
        assert client.get("/meetings/council-1/").status_code == 200


def test_list_goes_body_by_body_and_year_by_year_newest_first(client: Client) -> None:
    council = factories.BodyFactory(name="AI戦略会議")
    team = factories.BodyFactory(name="AI戦略チーム", parent=council)
    for body, number, day in (
        (team, 1, date(2019, 4, 24)),
        (council, 1, date(2019, 5, 11)),
        (team, 2, date(2023, 5, 8)),
        (council, 2, date(2023, 5, 26)),
    ):
        factories.MeetingFactory(body=body, number=number, date=day)
    response = client.get("/meetings/")
    assert all_words(response, "//main//h2[@id='meetings']/..//h3 | //main//p[@class='ledger__title']") == [
        "AI戦略会議 2023年（令和5年）",
        "第2回",
        "AI戦略会議 2019年（平成31年・令和元年）",
        "第1回",
        "AI戦略チーム 2023年（令和5年）",
        "第2回",
        "AI戦略チーム 2019年（平成31年・令和元年）",
        "第1回",
    ]


def test_list_is_narrowed_by_body_and_by_year(client: Client) -> None:
    council, team = factories.BodyFactory.create_batch(2)
    for body, number, day in (
        (council, 1, date(2022, 5, 11)),
        (council, 2, date(2023, 5, 26)),
        (team, 1, date(2023, 4, 24)),
    ):
        factories.MeetingFactory(body=body, number=number, date=day)
    response = client.get("/meetings/?body=council-1&year=2023")
    assert links(response, "//p[@class='ledger__title']") == ["/meetings/council-1/2/"]
    assert page(response).xpath("//select/option[@selected]/@value") == ["council-1", "2023"]
    assert all_words(response, "//option[@value='2023']") == ["2023年（令和5年）"]


def test_filter_without_a_choice_is_not_shown(client: Client) -> None:
    factories.MeetingFactory()
    assert page(client.get("/meetings/")).xpath("//select/@name") == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "「colour」という条件は、この一覧にはありません。"),
        ("body=nobody", "条件「body」には「nobody」という値はありません。"),
        ("year=1999", "条件「year」には「1999」という値はありません。"),
        ("page=2", "条件「page」には「2」という値はありません。"),
        ("page=first", "条件「page」には「first」という値はありません。"),
        ("year=2023&year=2022", "条件「year」は一つだけにしてください。"),
        ("body=%3Cscript%3E", "条件「body」には「<script>」という値はありません。"),
        ("body=%00", "条件「body」には「\ufffd」という値はありません。"),
    ],
)
def test_unknown_filter_or_value_is_refused_by_name(client: Client, query: str, said: str) -> None:
    factories.MeetingFactory(date=date(2023, 5, 26))
    response = client.get(f"/meetings/?{query}")
    assert response.status_code == 400
    assert all_words(response, "//main//p")[0] == said
    assert b"<script>" not in response.content


def test_fifty_meetings_stand_on_a_page(client: Client) -> None:
    Meeting.objects.bulk_create(factories.MeetingFactory.build_batch(51, body=factories.BodyFactory()))
    first, second = client.get("/meetings/"), client.get("/meetings/?body=council-1&page=2")
    assert len(links(first, "//p[@class='ledger__title']")) == 50
    assert links(second, "//p[@class='ledger__title']") == ["/meetings/council-1/1/"]
    assert links(second, "//nav[@class='pagination']") == ["?body=council-1&page=1"]


def test_picture_has_a_dot_that_leads_to_each_meeting_and_says_which_it_is(client: Client) -> None:
    body = factories.BodyFactory(name="AI戦略会議")
    factories.MeetingFactory(body=body, number=1, date=date(2023, 5, 1))
    factories.MeetingFactory(body=body, number=2, date=date(2023, 5, 11), status="planned")
    factories.MeetingFactory(body=body, number=3, date=date(2023, 5, 31), status="cancelled")
    dots = page(client.get("/meetings/")).xpath("//svg[@role='group']/a")
    assert [(dot.get("href"), dot.get("aria-label"), dot.find("circle").get("cx")) for dot in dots] == [
        ("/meetings/council-1/1/", "AI戦略会議 第1回 令和5年5月1日（2023-05-01） 開催済み", "5.0%"),
        ("/meetings/council-1/2/", "AI戦略会議 第2回 令和5年5月11日（2023-05-11） 開催予定", "35.0%"),
        ("/meetings/council-1/3/", "AI戦略会議 第3回 令和5年5月31日（2023-05-31） 中止", "95.0%"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (date(2023, 5, 11), date(2023, 5, 26), ["2023年5月11日", "2023年5月26日"]),
        (date(2023, 5, 11), date(2023, 5, 11), ["2023年5月11日"]),
        (date(2023, 4, 24), date(2023, 6, 12), ["2023年5月", "2023年6月"]),
        (date(2023, 1, 1), date(2023, 12, 31), ["2023年1月", "2023年4月", "2023年7月", "2023年10月"]),
        (date(1, 1, 1), date(9999, 12, 31), ["5000年1月"]),
        (date(2014, 7, 1), date(2023, 6, 1), ["2016年1月", "2018年1月", "2020年1月", "2022年1月"]),
    ],
)
def test_marks_of_the_picture_are_months_evenly_apart(
    client: Client, first: date, last: date, marks: list[str]
) -> None:
    body = factories.BodyFactory()
    factories.MeetingFactory(body=body, date=first)
    factories.MeetingFactory(body=body, date=last)
    assert all_words(client.get("/meetings/"), "//svg/text[@class='time-line__label']") == marks


def test_empty_register_says_what_will_stand_here(client: Client) -> None:
    assert all_words(client.get("/meetings/"), "//p[@class='empty']/strong") == [
        "会議体はまだ登録されていません。",
        "会議はまだ登録されていません。",
    ]


def test_old_slug_of_a_body_leads_to_the_new_one(client: Client) -> None:
    meeting = factories.MeetingFactory(body=factories.BodyFactory(slug="ai-council"), number=2)
    meeting.body.slug = "ai-strategy-council"
    meeting.body.save()
    for old, new in (
        ("/meetings/ai-council/", "/meetings/ai-strategy-council/"),
        ("/meetings/ai-council/2/", "/meetings/ai-strategy-council/2/"),
        ("/en/meetings/ai-council/2/", "/en/meetings/ai-strategy-council/2/"),
    ):
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)


def test_old_number_of_a_meeting_leads_to_the_new_one_even_under_an_old_slug(client: Client) -> None:
    meeting = factories.MeetingFactory(body=factories.BodyFactory(slug="ai-council"), number=2)
    meeting.number = 3
    meeting.save()
    meeting.body.slug = "ai-strategy-council"
    meeting.body.save()
    response = client.get("/meetings/ai-council/2/")
    assert (response.status_code, response.headers["Location"]) == (301, "/meetings/ai-strategy-council/3/")


def test_number_that_another_meeting_has_taken_shows_that_meeting(client: Client) -> None:
    moved = factories.MeetingFactory(number=2)
    moved.number = 3
    moved.save()
    factories.MeetingFactory(body=moved.body, number=2)
    assert client.get("/meetings/council-1/2/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/nobody/",
        "/meetings/nobody/1/",
        "/meetings/council-1/99/",
        "/meetings/council-1/99999999999999999999/",
        "/meetings/council-1/1/materials/99/",
        "/sources/nothing/",
    ],
)
def test_what_is_not_there_is_404_and_kept_by_nobody(client: Client, address: str) -> None:
    factories.MeetingFactory(number=1)
    response = client.get(address)
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


def test_pages_are_read_and_not_posted_to(client: Client) -> None:
    assert client.post("/meetings/").status_code == 405


def test_reading_writes_no_session(client: Client) -> None:
    factories.MeetingFactory(number=1)
    assert not client.get("/meetings/council-1/1/").cookies


def test_material_is_a_download_under_its_own_name(client: Client) -> None:
    material = factories.MaterialFactory(
        meeting=factories.MeetingFactory(number=1), filename="資料１「論点」.pdf", content_type="application/pdf"
    )
    material.file.save("x", ContentFile(b"%PDF-1.7"), save=True)
    response = client.get(f"/meetings/council-1/1/materials/{material.pk}/")
    assert b"".join(response) == b"%PDF-1.7"
    assert {name: response.headers[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Length")} == {
        "Content-Type": "application/pdf",
        "X-Content-Type-Options": "nosniff",
        "Content-Length": "8",
    }
    assert response.headers["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E8%B3%87%E6%96%99%EF%BC%91%E3%80%8C%E8%AB%96%E7%82%B9%E3%80%8D.pdf"
    )


def test_material_that_the_reader_has_is_not_sent_again(client: Client) -> None:
    material = factories.MaterialFactory(meeting=factories.MeetingFactory(number=1))
    material.file.save("x", ContentFile(b"%PDF-1.7"), save=True)
    address = f"/meetings/council-1/1/materials/{material.pk}/"
    first = client.get(address)
    assert b"".join(first)
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304


def test_material_without_its_file_is_404(client: Client) -> None:
    meeting = factories.MeetingFactory(number=1)
    lost, never_stored = factories.MaterialFactory(meeting=meeting), factories.MaterialFactory(meeting=meeting, file="")
    for material in (lost, never_stored):
        assert client.get(f"/meetings/council-1/1/materials/{material.pk}/").status_code == 404


def test_material_under_an_old_address_leads_to_the_new_one(client: Client) -> None:
    material = factories.MaterialFactory(meeting=factories.MeetingFactory(number=1))
    response = client.get(f"/meetings/old-name/1/materials/{material.pk}/")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        f"/meetings/council-1/1/materials/{material.pk}/",
    )


def test_source_shows_each_line_under_its_number_and_page(client: Client) -> None:
    factories.SourceFactory(
        slug="paper",
        file="paper.txt",
        title="",
        text="前書き\n\n論点1 <AI>\n  ・問い\n",
        pages=[{"page": 1, "title": "AI戦略会議", "lines": [3, 4]}],
    )
    response = client.get("/sources/paper/")
    lines = page(response).xpath("//ol[@class='source-lines']/li")
    assert [(line.get("id"), line.text or "") for line in lines] == [
        ("L1", "前書き"),
        ("L2", ""),
        ("L3", "論点1 <AI>"),
        ("L4", "  ・問い"),
    ]
    assert page(response).xpath("//ol[@class='source-lines']/@start") == ["1", "3"]
    assert all_words(response, "//main//h1 | //main//h2") == ["paper.txt", "1頁 AI戦略会議"]


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_source_asks_one_query_however_long_it_is(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    factories.SourceFactory(slug="paper", text="行\n" * count)
    with django_assert_num_queries(1):
        client.get("/sources/paper/")
