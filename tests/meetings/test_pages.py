"""What the pages of bodies and meetings show, and to whom."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from issues.models import Discussion
from issues.statuses import IssueStatus
from meetings.models import AgendaItem, Material, Meeting
from meetings.statuses import MeetingStatus, Placement
from summaries.statuses import EditionStatus
from tests import factories
from tests.pages import all_words, linked_data, links, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    body = factories.BodyFactory(slug="ai-strategy-council", name="AI戦略会議")
    made: Meeting = factories.MeetingFactory(body=body, number=2, date=date(2023, 5, 26))
    return made


ADDRESS = "/meetings/ai-strategy-council/2/"


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_meeting_asks_six_queries_however_long_its_agenda(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, meeting: Meeting, count: int
) -> None:
    items = AgendaItem.objects.bulk_create(factories.AgendaItemFactory.build_batch(count, meeting=meeting))
    question = factories.QuestionFactory()
    Discussion.objects.bulk_create(Discussion(issue=question, agenda_item=item) for item in items)
    Material.objects.bulk_create(factories.MaterialFactory.build(meeting=meeting, agenda_item=item) for item in items)
    with django_assert_num_queries(6):
        assert client.get(ADDRESS).status_code == 200


def test_meeting_leads_with_body_and_number_and_both_calendars(client: Client, meeting: Meeting) -> None:
    meeting.place = "総理大臣官邸"
    meeting.save()
    response = client.get(ADDRESS)
    assert all_words(response, "//h1") == ["AI戦略会議 第2回"]
    assert all_words(response, "//dl[@class='facts']//dt") == ["開催日", "状態", "場所", "会議体"]
    assert all_words(response, "//dl[@class='facts']//dd") == [
        "令和5年5月26日（2023-05-26）",
        "開催済み",
        "総理大臣官邸",
        "AI戦略会議",
    ]


def test_agenda_keeps_its_order_and_its_printed_numbers(client: Client, meeting: Meeting) -> None:
    for order, number, title in ((2, "1", "Ｇ７に向けた準備状況"), (1, "", "開会"), (3, "2", "課題・懸念について")):
        factories.AgendaItemFactory(meeting=meeting, order=order, number=number, title=title)
    assert all_words(client.get(ADDRESS), "//ol[@class='agenda']//h3") == [
        "開会",
        "1. Ｇ７に向けた準備状況",
        "2. 課題・懸念について",
    ]


def test_agenda_item_shows_what_it_decided_what_it_touched_and_its_materials(client: Client, meeting: Meeting) -> None:
    item = factories.AgendaItemFactory(meeting=meeting, number="", title="主な論点", outcome="論点を了承した。")
    theme = factories.IssueFactory(number=2, title="懸念・リスク")
    question = factories.QuestionFactory(parent=theme, number=4, title="AIが知的財産権を脅かしていないか？")
    for issue in (question, theme):
        factories.DiscussionFactory(issue=issue, agenda_item=item)
    material = factories.MaterialFactory(meeting=meeting, agenda_item=item, label="資料1", title="論点（案）")
    response = client.get(ADDRESS)
    assert all_words(response, "//li[@id='agenda-1']") == [
        "主な論点 結果 論点を了承した。 この議事で扱った論点 "
        "論点2 懸念・リスク 論点2-4 AIが知的財産権を脅かしていないか？ "
        "資料 資料1 論点（案） PDF 12.1 KB"
    ]
    assert links(response, "//li[@id='agenda-1']") == [
        "/issues/2/",
        "/issues/2-4/",
        f"{ADDRESS}materials/{material.pk}/",
    ]


def test_draft_issue_leaves_no_trace_under_the_agenda(client: Client, meeting: Meeting) -> None:
    item = factories.AgendaItemFactory(meeting=meeting)
    before = client.get(ADDRESS).content
    factories.DiscussionFactory(
        issue=factories.IssueFactory(title="未公表の論点", status=IssueStatus.DRAFT), agenda_item=item
    )
    assert client.get(ADDRESS).content == before
    client.force_login(factories.editor())
    assert "未公表の論点" in client.get(ADDRESS).content.decode()


def test_material_of_no_agenda_item_stands_in_a_list_of_its_own(client: Client, meeting: Meeting) -> None:
    factories.MaterialFactory(meeting=meeting, label="参考資料1", title="名簿")
    assert all_words(client.get(ADDRESS), "//ul[@class='materials']/li/a") == ["参考資料1 名簿"]


def test_minutes_are_shown_from_their_publication_on(client: Client, meeting: Meeting) -> None:
    factories.MinutesFactory(meeting=meeting, text="座長から挨拶があった。\n\n次回は6月に開く。")
    assert "座長から挨拶があった。" not in client.get(ADDRESS).content.decode()
    Meeting.objects.update(status=MeetingStatus.MINUTES_PUBLISHED)
    assert all_words(client.get(ADDRESS), "//h2[@id='minutes']/following-sibling::div/p") == [
        "座長から挨拶があった。",
        "次回は6月に開く。",
    ]


def test_auditor_reads_minutes_before_their_publication(client: Client, meeting: Meeting) -> None:
    factories.MinutesFactory(meeting=meeting, text="座長から挨拶があった。")
    client.force_login(factories.auditor())
    assert "座長から挨拶があった。" in client.get(ADDRESS).content.decode()


def test_summaries_made_at_the_meeting_are_those_that_are_public(client: Client, meeting: Meeting) -> None:
    public = factories.SummaryFactory(body=meeting.body, meeting=meeting, slug="public", title="暫定的な論点整理")
    factories.EditionFactory(summary=public)
    coming = factories.SummaryFactory(body=meeting.body, meeting=meeting, slug="coming", title="次の論点整理")
    factories.EditionFactory(summary=coming, status=EditionStatus.DRAFT, published_on=None)
    assert links(client.get(ADDRESS), "//h2[@id='summaries']/..") == ["/summaries/public/"]


def test_inferred_places_are_marked_with_what_was_inferred(client: Client, meeting: Meeting) -> None:
    inferred = {"placement": Placement.INFERRED}
    Meeting.objects.update(**inferred, placement_note="紙面の並びから")
    item = factories.AgendaItemFactory(meeting=meeting, **inferred, placement_note="読点で区切った")
    factories.DiscussionFactory(agenda_item=item, **inferred, placement_note="議事名から")
    assert all_words(client.get(ADDRESS), "//span[@class='place']") == [
        "推定（編集者の確認待ち） 紙面の並びから",
        "推定（編集者の確認待ち） 読点で区切った",
        "推定（編集者の確認待ち） 議事名から",
    ]


def test_confirmed_place_bears_no_mark(client: Client, meeting: Meeting) -> None:
    Meeting.objects.update(placement=Placement.CONFIRMED, placement_note="紙面の並びから")
    assert "推定" not in client.get(ADDRESS).content.decode()


def test_record_names_the_lines_that_it_comes_from(client: Client, meeting: Meeting) -> None:
    source = factories.SourceFactory(slug="paper", title="配布資料")
    Meeting.objects.update(source=source, first_line=31, last_line=33)
    factories.AgendaItemFactory(meeting=meeting, source=source, first_line=33, last_line=33)
    response = client.get(ADDRESS)
    assert all_words(response, "//span[@class='source']") == ["出典: 配布資料 31〜33行目", "出典: 配布資料 33行目"]
    assert page(response).xpath("//span[@class='source']/a/@href") == ["/sources/paper/#L31", "/sources/paper/#L33"]


def test_previous_and_next_meeting_are_the_nearest_of_the_same_body(client: Client, meeting: Meeting) -> None:
    for number in (1, 4, 5):
        factories.MeetingFactory(body=meeting.body, number=number)
    factories.MeetingFactory(number=3)
    assert links(client.get(ADDRESS), "//nav[@class='neighbours']") == [
        "/meetings/ai-strategy-council/1/",
        "/meetings/ai-strategy-council/4/",
    ]


def test_meeting_with_nothing_yet_says_what_will_stand_there(client: Client, meeting: Meeting) -> None:
    assert all_words(client.get(ADDRESS), "//p[@class='empty']/strong") == [
        "議事はまだ登録されていません。",
        "資料はまだ登録されていません。",
        "議事録はまだ公開されていません。",
        "この会議でまとめた論点整理はありません。",
    ]


def test_english_page_marks_what_has_no_english_as_japanese(client: Client, meeting: Meeting) -> None:
    factories.AgendaItemFactory(meeting=meeting, title="生成ＡＩについて", title_en="On generative AI")
    factories.AgendaItemFactory(meeting=meeting, title="課題・懸念について")
    response = client.get(f"/en{ADDRESS}")
    assert page(response).xpath("//html/@lang") == ["en"]
    assert page(response).xpath("//h1/@lang") == ["ja"]
    titles = page(response).xpath("//ol[@class='agenda']//h3")
    assert [(title.text_content(), title.xpath(".//@lang")) for title in titles] == [
        ("1. On generative AI", []),
        ("2. 課題・懸念について", ["ja"]),
    ]
    assert all_words(response, "//dl[@class='facts']/div[1]/dd") == ["26 May 2023 (2023-05-26)"]


def test_meeting_describes_itself_to_machines(client: Client, meeting: Meeting) -> None:
    factories.AgendaItemFactory(meeting=meeting, title="</script><b>論点</b>について")
    response = client.get(ADDRESS)
    assert linked_data(response) == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "ホーム", "item": "http://testserver/"},
                    {"@type": "ListItem", "position": 2, "name": "会議", "item": "http://testserver/meetings/"},
                    {
                        "@type": "ListItem",
                        "position": 3,
                        "name": "AI戦略会議",
                        "item": "http://testserver/meetings/ai-strategy-council/",
                    },
                    {
                        "@type": "ListItem",
                        "position": 4,
                        "name": "第2回",
                        "item": "http://testserver/meetings/ai-strategy-council/2/",
                    },
                ],
            },
            {
                "@type": "Event",
                "name": "AI戦略会議 第2回",
                "url": "http://testserver/meetings/ai-strategy-council/2/",
                "startDate": "2023-05-26",
                "eventStatus": "https://schema.org/EventScheduled",
                "organizer": {"@type": "GovernmentOrganization", "name": "AI戦略会議"},
                "inLanguage": "ja",
            },
        ],
    }
    head = page(response)
    assert head.xpath("//title/text()") == ["AI戦略会議 第2回 | 論点 Ronten"]
    assert head.xpath("//meta[@name='description']/@content") == [
        "AI戦略会議 第2回 令和5年5月26日（2023-05-26） </script><b>論点</b>について"
    ]
    assert head.xpath("//link[@rel='canonical']/@href") == ["http://testserver/meetings/ai-strategy-council/2/"]


def test_way_into_the_admin_is_shown_to_editors_only(client: Client, meeting: Meeting) -> None:
    shown = {}
    for person in (factories.participant(), factories.superuser(), factories.auditor(), factories.editor()):
        client.force_login(person)
        shown[person.email] = links(client.get(ADDRESS), "//main/div/p[@class='quiet screen-only']")
    assert list(shown.values()) == [[], [], [], [f"/admin/meetings/meeting/{meeting.pk}/change/"]]


def test_body_shows_what_stands_over_and_under_it_and_its_notes(client: Client) -> None:
    council = factories.BodyFactory(slug="council", name="AI戦略会議")
    factories.BodyFactory(slug="team", name="AI戦略チーム", parent=council, member_level="課長級等")
    factories.BodyNoteFactory(
        body=council, text="AI戦略会議を開催。", placement=Placement.INFERRED, placement_note="紙面の順から"
    )
    above, below = client.get("/meetings/council/"), client.get("/meetings/team/")
    assert links(above, "//main//section[1]") == ["/about/#inferred", "/meetings/team/"]
    assert all_words(above, "//main//section[1]/p")[:2] == [
        "AI戦略会議を開催。",
        "推定（編集者の確認待ち） 紙面の順から",
    ]
    assert all_words(below, "//main//section[1]/p")[:2] == ["上位の会議体: AI戦略会議", "構成員: 課長級等"]
    assert linked_data(below)["@graph"][1] == {
        "@type": "GovernmentOrganization",
        "name": "AI戦略チーム",
        "url": "http://testserver/meetings/team/",
        "parentOrganization": {"@type": "GovernmentOrganization", "name": "AI戦略会議"},
    }
