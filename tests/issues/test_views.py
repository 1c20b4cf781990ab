"""The list of issues and the page of an issue: what they show, to whom, and how old addresses go on working."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from issues.models import Discussion, Issue, Ownership
from issues.statuses import PUBLIC_STATUSES, IssueStatus
from issues.timeline import public_events
from meetings.statuses import Placement
from summaries.models import StatementIssue, TraceLink
from tests import factories
from tests.pages import all_words, linked_data, links, page

pytestmark = pytest.mark.django_db

QUESTIONS = "//ol[@class='questions']"


def make_questions(count: int) -> Issue:
    theme: Issue = factories.IssueFactory(number=1)
    questions = Issue.objects.bulk_create(
        factories.QuestionFactory.build(parent=theme, number=number) for number in range(1, count + 1)
    )
    ministry = factories.MinistryFactory()
    Ownership.objects.bulk_create(
        Ownership(issue=question, ministry=ministry, kind=Ownership.Kind.LEAD) for question in questions
    )
    return theme


# The list


@pytest.mark.parametrize("count", [1, 3, 1000])
@pytest.mark.parametrize(("address", "queries"), [("/issues/", 4), ("/issues/?view=table", 5)])
def test_list_asks_the_same_queries_however_many_issues_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int, count: int
) -> None:
    make_questions(count)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/issues/", "/issues/?view=table", "/issues/1/"])
def test_addresses_made_for_rows_are_those_of_the_issues(client: Client, address: str) -> None:
    make_questions(3)
    made = links(client.get(address), f"{QUESTIONS} | //table")
    assert made[-3:] == [issue.get_absolute_url() for issue in Issue.objects.questions().in_order()]


def test_tree_has_themes_in_order_with_their_questions_status_and_lead_ministry(client: Client) -> None:
    second = factories.IssueFactory(number=2, title="懸念・リスク")
    first = factories.IssueFactory(number=1, title="AIの利用")
    late = factories.QuestionFactory(parent=second, number=10, title="責任は？", status=IssueStatus.REFLECTED)
    factories.QuestionFactory(parent=second, number=4, title="知的財産権は？", status=IssueStatus.DISCUSSING)
    factories.QuestionFactory(parent=first, number=1, title="利用は遅れていないか？")
    factories.OwnershipFactory(issue=late, ministry=factories.MinistryFactory(name="文部科学省"), kind="lead")
    factories.OwnershipFactory(issue=late, ministry=factories.MinistryFactory(name="経済産業省"))
    response = client.get("/issues/")
    assert all_words(response, "//ul[@class='branches']//h2") == ["論点1 AIの利用", "論点2 懸念・リスク"]
    assert all_words(response, f"{QUESTIONS}/li") == [
        "論点1-1 利用は遅れていないか？ 提起",
        "論点2-4 知的財産権は？ 議論中",
        "論点2-10 責任は？ 政府方針に反映 文部科学省",
    ]
    assert links(response, "//ul[@class='branches']") == [
        "/issues/1/",
        "/issues/1-1/",
        "/issues/2/",
        "/issues/2-4/",
        "/issues/2-10/",
    ]


def test_bar_of_a_theme_shows_the_states_of_its_questions_and_says_them(client: Client) -> None:
    theme = factories.IssueFactory(number=1, status=IssueStatus.CLOSED)
    for number, status in enumerate(["open", "open", "discussing", "reflected", "draft", "withdrawn"], start=1):
        factories.QuestionFactory(parent=theme, number=number, status=status)
    response = client.get("/issues/")
    parts = page(response).xpath("//figure[@class='status-bar']/svg/rect")
    assert [(part.get("data-status"), part.get("x"), part.get("width")) for part in parts] == [
        ("open", "0.000", "50.000"),
        ("discussing", "50.000", "25.000"),
        ("reflected", "75.000", "25.000"),
    ]
    assert all_words(response, "//figure[@class='status-bar']/ul[@aria-label='論点1の問いの状態']/li") == [
        "提起 2件",
        "議論中 1件",
        "政府方針に反映 1件",
    ]


def test_table_has_themes_and_questions_a_hundred_on_a_page(client: Client) -> None:
    make_questions(100)
    first, second = client.get("/issues/?view=table"), client.get("/issues/?view=table&page=2")
    assert all_words(first, "//tbody/tr[position() <= 2]") == [
        "論点1 AIの利用（その1） 提起 —",
        "論点1-1 日本のAI利用は遅れていないか？（その2） 提起 第1省",
    ]
    assert [len(page(response).xpath("//tbody/tr")) for response in (first, second)] == [100, 1]
    assert all_words(first, "//div[@class='list-head']/p") == ["論点は101件です。"]


def test_table_without_lead_ministries_has_no_column_for_them(client: Client) -> None:
    factories.IssueFactory()
    assert all_words(client.get("/issues/?view=table"), "//thead//th") == ["番号", "論点", "状態"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=discussing", ["/issues/1-2/"]),
        ("theme=2", ["/issues/2/", "/issues/2-1/"]),
        ("ministry=mext", ["/issues/1-1/", "/issues/2-1/"]),
        ("body=council", ["/issues/1/"]),
        ("ministry=mext&theme=2&status=&body=", ["/issues/2-1/"]),
        ("ministry=idle", []),
        ("body=idle", []),
        ("status=closed", []),
    ],
)
def test_filters_leave_what_they_say_in_table_and_tree(client: Client, query: str, found: list[str]) -> None:
    mext, council = factories.MinistryFactory(slug="mext"), factories.BodyFactory(slug="council")
    factories.MinistryFactory(slug="idle")
    factories.BodyFactory(slug="idle")
    first = factories.IssueFactory(number=1, body=council)
    second = factories.IssueFactory(number=2)
    lead = factories.QuestionFactory(parent=first, number=1)
    factories.QuestionFactory(parent=first, number=2, status=IssueStatus.DISCUSSING)
    supported = factories.QuestionFactory(parent=second, number=1)
    factories.OwnershipFactory(issue=lead, ministry=mext, kind="lead")
    factories.OwnershipFactory(issue=supported, ministry=mext)
    table, tree = client.get(f"/issues/?view=table&{query}"), client.get(f"/issues/?{query}")
    assert links(table, "//table") == found
    assert links(tree, QUESTIONS) == [address for address in found if "-" in address]
    assert all_words(tree, "//p[@class='empty']/strong") == ([] if found else ["この条件に合う論点はありません。"])


def test_only_filters_with_something_to_choose_are_shown(client: Client) -> None:
    theme = factories.IssueFactory(number=1)
    assert page(client.get("/issues/")).xpath("//select/@name") == []
    factories.QuestionFactory(parent=theme, number=1, status=IssueStatus.DISCUSSING)
    factories.IssueFactory(number=2)
    factories.MinistryFactory.create_batch(3)
    response = client.get("/issues/?theme=2")
    assert page(response).xpath("//select/@name") == ["status", "theme"]
    assert all_words(response, "//option[@selected]") == ["論点2 AIの利用（その3）"]
    for ministry in factories.MinistryFactory.create_batch(2):
        factories.OwnershipFactory(issue=theme, ministry=ministry)
    assert page(client.get("/issues/")).xpath("//select/@name") == ["status", "theme", "ministry"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=red", "「colour」という条件は、この一覧にはありません。"),
        ("status=nonsense", "条件「status」には「nonsense」という値はありません。"),
        ("status=draft", "条件「status」には「draft」という値はありません。"),
        ("status=withdrawn", "条件「status」には「withdrawn」という値はありません。"),
        ("theme=9", "条件「theme」には「9」という値はありません。"),
        ("theme=2", "条件「theme」には「2」という値はありません。"),
        ("ministry=nobody", "条件「ministry」には「nobody」という値はありません。"),
        ("body=nobody", "条件「body」には「nobody」という値はありません。"),
        ("view=map", "条件「view」には「map」という値はありません。"),
        ("page=1", "条件「page」には「1」という値はありません。"),
        ("view=table&page=2", "条件「page」には「2」という値はありません。"),
        ("theme=1&theme=1", "条件「theme」は一つだけにしてください。"),
    ],
)
def test_unknown_filter_or_value_is_refused_by_name(client: Client, query: str, said: str) -> None:
    factories.IssueFactory(number=1)
    factories.IssueFactory(number=2, status=IssueStatus.DRAFT)
    response = client.get(f"/issues/?{query}")
    assert (response.status_code, all_words(response, "//main//p")[0]) == (400, said)


def test_drafts_leave_no_trace_in_lists_counts_and_filters(client: Client) -> None:
    theme = factories.IssueFactory(number=1)
    factories.QuestionFactory(parent=theme, number=1)
    pages = ("/issues/", "/issues/?view=table", "/issues/1/", "/issues/1-1/")
    before = [client.get(address).content for address in pages]
    hidden = factories.IssueFactory(number=2, status=IssueStatus.DRAFT)
    factories.QuestionFactory(parent=hidden, number=1)
    draft = factories.QuestionFactory(parent=theme, number=2, status=IssueStatus.DRAFT)
    for issue in (hidden, draft):
        for ministry in factories.MinistryFactory.create_batch(2):
            factories.OwnershipFactory(issue=issue, ministry=ministry, kind="supporting")
    assert [client.get(address).content for address in pages] == before


def test_editor_sees_drafts_in_the_list_and_can_choose_them(client: Client) -> None:
    theme = factories.IssueFactory(number=1)
    factories.QuestionFactory(parent=theme, number=1, status=IssueStatus.DRAFT)
    client.force_login(factories.editor())
    assert links(client.get("/issues/?status=draft"), QUESTIONS) == ["/issues/1-1/"]


def test_empty_list_says_what_will_stand_here(client: Client) -> None:
    assert all_words(client.get("/issues/"), "//p[@class='empty']") == [
        "論点はまだ公開されていません。編集者が論点を登録して「提起」に移すと、ここに並びます。"
    ]


# One issue


@pytest.fixture
def question() -> Issue:
    theme = factories.IssueFactory(number=2, title="懸念・リスク")
    made: Issue = factories.QuestionFactory(parent=theme, number=4, title="AIが知的財産権を脅かしていないか？")
    return made


@pytest.mark.parametrize("count", [1, 3, 1000])
@pytest.mark.parametrize(("address", "queries"), [("/issues/2-4/", 6), ("/issues/2/", 7)])
def test_issue_asks_the_same_queries_however_much_is_linked_with_it(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    question: Issue,
    address: str,
    queries: int,
    count: int,
) -> None:
    items = factories.AgendaItemFactory.create_batch(min(count, 100), meeting=factories.MeetingFactory())
    Discussion.objects.bulk_create(Discussion(issue=question, agenda_item=item) for item in items)
    Discussion.objects.bulk_create(Discussion(issue=question.parent, agenda_item=item) for item in items)
    for item in items:
        factories.IssueEventFactory(issue=question, agenda_item=item)
    for ministry in factories.MinistryFactory.create_batch(min(count, 100)):
        factories.OwnershipFactory(issue=question, ministry=ministry)
    section, passage = factories.SectionFactory(), factories.PassageFactory()
    statements = factories.StatementFactory.create_batch(count, section=section)
    StatementIssue.objects.bulk_create(StatementIssue(statement=made, issue=question) for made in statements)
    sentences = factories.SentenceFactory.create_batch(count, passage=passage)
    TraceLink.objects.bulk_create(
        factories.TraceLinkFactory.build(statement=made, sentence=sentence)
        for made, sentence in zip(statements, sentences, strict=True)
    )
    Issue.objects.bulk_create(
        factories.QuestionFactory.build(parent=question.parent, number=number) for number in range(5, 5 + count)
    )
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_issue_without_a_recorded_move_says_so_and_invents_nothing(client: Client, question: Issue) -> None:
    response = client.get("/issues/2-4/")
    assert all_words(response, "//h1") == ["論点2-4 AIが知的財産権を脅かしていないか？"]
    assert all_words(response, "//p[@class='standing']") == ["提起 論点として挙げられ、これから議論されます。"]
    assert all_words(response, "//dl[@class='facts']//dt | //dl[@class='facts']//dd") == [
        "いつから",
        "状態を移した記録はまだありません。",
        "担当府省庁",
        "担当府省庁はまだ登録されていません。",
        "テーマ",
        "論点2 懸念・リスク",
    ]
    assert all_words(response, "//p[@class='empty']/strong") == [
        "この論点への結論は、まだ登録されていません。",
        "この論点が反映された政府方針は、まだ登録されていません。",
        "経過の記録はまだありません。",
    ]


def test_issue_says_since_when_it_stands_there_by_which_meeting_and_who_answers(
    client: Client, question: Issue
) -> None:
    meeting = factories.MeetingFactory(body__name="AI戦略会議", number=2, date=date(2023, 5, 26))
    item = factories.AgendaItemFactory(meeting=meeting, order=1, title="論点整理について")
    factories.IssueEventFactory(
        issue=question, agenda_item=None, reason="募集のため", at=datetime(2023, 4, 1, tzinfo=UTC)
    )
    factories.IssueEventFactory(
        issue=question, old="open", new="discussing", agenda_item=item, at=datetime(2023, 6, 1, 15, tzinfo=UTC)
    )
    Issue.objects.filter(pk=question.pk).update(status=IssueStatus.DISCUSSING)
    factories.OwnershipFactory(issue=question, ministry=factories.MinistryFactory(name="経済産業省"))
    factories.OwnershipFactory(issue=question, ministry=factories.MinistryFactory(name="文化庁"), kind="lead")
    response = client.get("/issues/2-4/")
    assert all_words(response, "//p[@class='standing']") == ["議論中 会議で議論しています。"]
    assert all_words(response, "//dl[@class='facts']/div[position() <= 3]/dd") == [
        "令和5年5月26日（2023-05-26）",
        "AI戦略会議 第2回 論点整理について",
        "文化庁 主担当 経済産業省 関係",
    ]
    assert all_words(response, "//ol[@class='events']/li") == [
        "令和5年4月1日（2023-04-01） 状態が「提起」になりました。 会議外 募集のため",
        "令和5年5月26日（2023-05-26） 状態が「議論中」になりました。 AI戦略会議 第2回 論点整理について "
        "記録した日: 令和5年6月2日（2023-06-02）",
    ]
    assert links(response, "//ol[@class='events']") == ["/meetings/council-1/2/#agenda-1"]


def test_way_of_a_question_has_the_discussions_of_its_theme_marked_as_such(client: Client, question: Issue) -> None:
    body = factories.BodyFactory(name="AI戦略会議")
    for number, issue, placement in ((2, question, Placement.STATED), (1, question.parent, Placement.INFERRED)):
        item = factories.AgendaItemFactory(
            meeting__body=body, meeting__number=number, meeting__date=date(2023, 5, number), title="論点について"
        )
        factories.DiscussionFactory(issue=issue, agenda_item=item, placement=placement, placement_note="議事名から")
    assert all_words(client.get("/issues/2-4/"), "//ol[@class='events']/li") == [
        "令和5年5月1日（2023-05-01） この問いのテーマ「論点2」が会議の議事で扱われました。 "
        "AI戦略会議 第1回 論点について 推定（編集者の確認待ち） 議事名から",
        "令和5年5月2日（2023-05-02） 会議の議事で扱われました。 AI戦略会議 第2回 論点について",
    ]
    assert all_words(client.get("/issues/2/"), "//ol[@class='events']/li") == [
        "令和5年5月1日（2023-05-01） 会議の議事で扱われました。 AI戦略会議 第1回 論点について "
        "推定（編集者の確認待ち） 議事名から",
    ]


def test_theme_lists_its_questions_with_a_bar(client: Client, question: Issue) -> None:
    factories.QuestionFactory(parent=question.parent, number=5, title="透明性は？", status=IssueStatus.SUMMARISED)
    response = client.get("/issues/2/")
    assert links(response, QUESTIONS) == ["/issues/2-4/", "/issues/2-5/"]
    assert all_words(response, "//figure[@class='status-bar']//li") == ["提起 1件", "整理済み 1件"]
    assert all_words(response, "//nav[@aria-labelledby='contents-title']//li")[1] == "このテーマの問い"


def test_previous_and_next_are_the_nearest_public_ones_of_the_same_theme(client: Client, question: Issue) -> None:
    for number, status in ((1, "open"), (3, "draft"), (6, "withdrawn"), (7, "closed"), (8, "open")):
        factories.QuestionFactory(parent=question.parent, number=number, status=status)
    for number in (1, 9):
        factories.IssueFactory(number=number)
    assert links(client.get("/issues/2-4/"), "//nav[@class='neighbours']") == ["/issues/2-1/", "/issues/2-7/"]
    assert links(client.get("/issues/2/"), "//nav[@class='neighbours']") == ["/issues/1/", "/issues/9/"]


@pytest.mark.parametrize(
    "address",
    ["2-99", "99", "99-1", "2-999999999", "999999999", "02", "2-04", "2-4-1", "２", "2-", "x", "2-9999999999999"],
)
def test_what_is_not_there_is_404_and_kept_by_nobody(client: Client, question: Issue, address: str) -> None:
    response = client.get(f"/issues/{address}/")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


def test_draft_is_404_byte_for_byte_like_nothing(client: Client, question: Issue) -> None:
    nothing = client.get("/issues/2-5/").content
    factories.QuestionFactory(parent=question.parent, number=5, title="未公表の論点", status=IssueStatus.DRAFT)
    response = client.get("/issues/2-5/")
    assert (response.status_code, response.content) == (404, nothing)


def test_question_of_a_draft_theme_is_404(client: Client) -> None:
    theme = factories.IssueFactory(number=5, status=IssueStatus.DRAFT)
    factories.QuestionFactory(parent=theme, number=1)
    assert client.get("/issues/5-1/").status_code == 404


def test_readers_of_drafts_see_them_with_a_notice_and_others_do_not(client: Client, question: Issue) -> None:
    factories.QuestionFactory(parent=question.parent, number=5, status=IssueStatus.DRAFT)
    seen = {}
    for person in (factories.participant(), factories.superuser(), factories.auditor(), factories.editor()):
        client.force_login(person)
        response = client.get("/issues/2-5/")
        seen[person.email] = (response.status_code, all_words(response, "//p[@class='notice__title']"))
    assert list(seen.values()) == [(404, []), (404, []), (200, ["公開されていません"]), (200, ["公開されていません"])]


def test_way_into_the_admin_is_shown_to_editors_only(client: Client, question: Issue) -> None:
    shown = {}
    for person in (factories.participant(), factories.superuser(), factories.auditor(), factories.editor()):
        client.force_login(person)
        shown[person.email] = links(client.get("/issues/2-4/"), "//p[@class='quiet screen-only']")
    assert list(shown.values()) == [[], [], [], [f"/admin/issues/issue/{question.pk}/change/"]]


def test_withdrawn_issue_explains_itself(client: Client, question: Issue) -> None:
    meeting = factories.MeetingFactory(body__name="AI戦略会議", number=3, date=date(2023, 7, 1))
    item = factories.AgendaItemFactory(meeting=meeting, order=1)
    factories.IssueEventFactory(
        issue=question, old="open", new="withdrawn", agenda_item=item, reason="ほかの論点にまとめたため"
    )
    Issue.objects.filter(pk=question.pk).update(status=IssueStatus.WITHDRAWN)
    response = client.get("/issues/2-4/")
    assert response.status_code == 410
    assert all_words(response, "//dl[@class='facts']//dd") == [
        "論点2-4 AIが知的財産権を脅かしていないか？",
        "令和5年7月1日（2023-07-01）",
        "ほかの論点にまとめたため",
        "AI戦略会議 第3回",
    ]
    assert links(response, "//dl[@class='facts']") == ["/meetings/council-1/3/#agenda-1"]
    assert links(client.get("/issues/"), QUESTIONS) == []


def test_question_of_a_withdrawn_theme_explains_itself_too(client: Client, question: Issue) -> None:
    factories.IssueEventFactory(
        issue=question.parent, old="open", new="withdrawn", agenda_item=None, reason="テーマを立て直すため"
    )
    Issue.objects.themes().update(status=IssueStatus.WITHDRAWN)
    response = client.get("/issues/2-4/")
    assert response.status_code == 410
    assert all_words(response, "//dl[@class='facts']//dd")[-1] == "テーマを立て直すため"


def test_withdrawn_issue_without_a_recorded_move_says_that_no_reason_is_recorded(
    client: Client, question: Issue
) -> None:
    Issue.objects.filter(pk=question.pk).update(status=IssueStatus.WITHDRAWN)
    response = client.get("/issues/2-4/")
    assert (response.status_code, all_words(response, "//dl[@class='facts']//dd")[-1]) == (
        410,
        "理由は記録されていません。",
    )


def test_old_addresses_lead_to_the_new_ones(client: Client, question: Issue) -> None:
    question.number = 6
    question.save()
    assert question.parent
    question.parent.number = 3
    question.parent.save()
    moved = {address: client.get(f"/issues/{address}/") for address in ("2", "2-4", "2-6", "3-4")}
    assert {address: (r.status_code, r.headers["Location"]) for address, r in moved.items()} == {
        "2": (301, "/issues/3/"),
        "2-4": (301, "/issues/3-6/"),
        "2-6": (301, "/issues/3-6/"),
        "3-4": (301, "/issues/3-6/"),
    }


def test_question_moved_to_another_theme_is_found_under_its_old_address(client: Client, question: Issue) -> None:
    question.parent = factories.IssueFactory(number=3)
    question.number = 1
    question.save()
    response = client.get("/issues/2-4/")
    assert (response.status_code, response.headers["Location"]) == (301, "/issues/3-1/")


def test_old_address_gives_no_draft_away(client: Client) -> None:
    draft = factories.IssueFactory(number=7, status=IssueStatus.DRAFT)
    draft.number = 8
    draft.save()
    assert client.get("/issues/7/").status_code == 404


def test_issue_describes_itself_to_machines(client: Client, question: Issue) -> None:
    crumbs, about = linked_data(client.get("/issues/2-4/"))["@graph"]
    assert [step["item"] for step in crumbs["itemListElement"]] == [
        "http://testserver/",
        "http://testserver/issues/",
        "http://testserver/issues/2/",
        "http://testserver/issues/2-4/",
    ]
    assert about == {
        "@type": "Question",
        "name": "AIが知的財産権を脅かしていないか？",
        "identifier": "2-4",
        "url": "http://testserver/issues/2-4/",
        "inLanguage": "ja",
        "isPartOf": {"@type": "CreativeWork", "name": "懸念・リスク", "url": "http://testserver/issues/2/"},
    }
    assert linked_data(client.get("/issues/2/"))["@graph"][1]["@type"] == "CreativeWork"


def test_english_page_marks_what_has_no_english_as_japanese(client: Client, question: Issue) -> None:
    assert page(client.get("/en/issues/2-4/")).xpath("//h1/span[2]/@lang") == ["ja"]
    Issue.objects.filter(pk=question.pk).update(title_en="Does AI threaten intellectual property?")
    response = client.get("/en/issues/2-4/")
    assert page(response).xpath("//h1/span[2]/@lang") == ["en"]
    assert all_words(response, "//h1/span[2]") == ["Does AI threaten intellectual property?"]


def test_text_of_an_issue_is_text_wherever_it_stands(client: Client) -> None:
    factories.IssueFactory(number=1, title='<script>alert("論点")</script>')
    for address in ("/issues/", "/issues/?view=table", "/issues/1/", "/en/issues/1/"):
        assert b"<script>alert" not in client.get(address).content


def test_public_events_are_the_last_moves_of_issues_that_the_reader_may_see(question: Issue) -> None:
    draft = factories.IssueFactory(number=9, status=IssueStatus.DRAFT)
    for issue, day in ((question, 1), (question.parent, 2), (draft, 3)):
        factories.IssueEventFactory(issue=issue, at=datetime(2023, 5, day, 16, tzinfo=UTC))
    with override("ja"):
        found = public_events(factories.participant(), 2)
    assert [(event.day, event.what, event.title.plain, event.url) for event in found] == [
        (date(2023, 5, 3), "論点2が「提起」に", "懸念・リスク", "/issues/2/"),
        (date(2023, 5, 2), "論点2-4が「提起」に", "AIが知的財産権を脅かしていないか？", "/issues/2-4/"),
    ]
    assert len(public_events(factories.editor(), 9)) == 3


@pytest.mark.parametrize("status", PUBLIC_STATUSES)
def test_every_public_status_has_its_page(client: Client, status: IssueStatus) -> None:
    factories.IssueFactory(number=1, status=status)
    response = client.get("/issues/1/")
    assert all_words(response, "//p[@class='standing']") == [f"{status.label} {status.meaning}"]
