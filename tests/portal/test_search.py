"""Search over everything: the right rows, none that are hidden, each with a way to its page."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from lxml import html
from pytest_django import DjangoAssertNumQueries

from issues.models import Issue
from issues.statuses import IssueStatus
from japanese.search import Query, contains
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes
from meetings.search import Row
from meetings.statuses import MeetingStatus
from portal.search import GROUPS, matching
from summaries.models import EditionNote, Passage, PolicyDocument, Section, Sentence, Statement, Summary
from summaries.statuses import PUBLIC_EDITIONS, EditionStatus, PolicyStatus
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    BodyNoteFactory,
    EditionFactory,
    EditionNoteFactory,
    IssueFactory,
    MaterialFactory,
    MeetingFactory,
    MinutesFactory,
    PassageFactory,
    PolicyDocumentFactory,
    QuestionFactory,
    SectionFactory,
    SentenceFactory,
    StatementFactory,
    SummaryFactory,
    editor,
    participant,
    superuser,
)
from tests.records.register import OURS

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()

#: Words of the council in every form that a reader may type.
WORDS = (
    "AI",
    "ＡＩ",
    "ai",
    "生成AI",
    "生成ＡＩ",
    "著作",
    "著作権",
    "第2回",
    "２回",
    "第２回",
    "回",
    "令和5年5月26日",
    "2023-05-26",
    "R5.5.26",
    "2023年5月26日",
    "ガードレール",
    "ｶﾞｰﾄﾞﾚｰﾙ",
    "DFFT",
    "ＤＦＦＴ",
    "Ｇ７",
    "G7",
    "論点2-4",
    "論点整理",
    "とりまとめ",
    "計算資源 データ",
    "2023",
    "「知的財産推進計画2023」",
    "広島",
    "a",
    "図書館",
)

#: Pieces of texts that are easily taken for one another.
PIECES = (
    *(
        "AI",
        "ＡＩ",
        "生成",
        "said",
        "著作",
        "権",
        "作権",
        "第2回",
        "第12回",
        "２回",
        "、",
        "。",
        " ",
        "\n",
        "G7",
        "Ｇ７",
    ),
    *(
        "令和5年5月26日",
        "2023-05-26",
        "2023年5月26日",
        "2023-05-27",
        "ガードレール",
        "ｶﾞｰﾄﾞﾚｰﾙ",
        "㈱",
        "(株)",
        "が",
        "%",
        "_",
        "'",
    ),
    *(
        "DFFT",
        "回",
        "論点",
        "整理",
        "データ",
        "計算資源",
        "とりまとめ",
        "取りまとめ",
        "広島",
        "2023",
        "20231",
        "葛󠄀",
        "葛",
    ),
)


@pytest.fixture
def register() -> None:
    """The council's records of 2023."""
    call_command("import_records", OURS, verbosity=0)


def readable() -> Iterator[tuple[str, Model]]:
    """Every record that search may show to everybody, by its kind, told one by one and in plain words."""

    def is_public(issue: Issue) -> bool:
        hidden = (IssueStatus.DRAFT, IssueStatus.WITHDRAWN)
        return issue.status not in hidden and (issue.parent is None or issue.parent.status not in hidden)

    for kind, model in (("body", Body), ("body_note", BodyNote), ("meeting", Meeting), ("agenda", AgendaItem)):
        yield from ((kind, record) for record in model._default_manager.all())
    yield from (("material", record) for record in Material.objects.all())
    for minutes in Minutes.objects.select_related("meeting"):
        if minutes.meeting.status == MeetingStatus.MINUTES_PUBLISHED:
            yield "minutes", minutes
    yield from (("issue", issue) for issue in Issue.objects.select_related("parent") if is_public(issue))
    for summary in Summary.objects.prefetch_related("editions"):
        if any(edition.status in PUBLIC_EDITIONS for edition in summary.editions.all()):
            yield "summary", summary
    for kind, in_edition in (("edition_note", EditionNote), ("section", Section), ("statement", Statement)):
        for record in in_edition._default_manager.select_related("edition"):
            if record.edition.status == EditionStatus.PUBLISHED:
                yield kind, record
    documents = PolicyDocument.objects.filter(status=PolicyStatus.PUBLISHED)
    yield from (("policy", document) for document in documents)
    yield from (("passage", passage) for passage in Passage.objects.all() if passage.document in documents)
    for sentence in Sentence.objects.select_related("passage__document"):
        if sentence.passage.document.status == PolicyStatus.PUBLISHED:
            yield "sentence", sentence


def scanned(words: str) -> set[tuple[str, int]]:
    """Kind and number of what matches, by reading every text: the rule itself, without index and without SQL."""
    query = Query.parse(words)
    return {(kind, record.pk) for kind, record in readable() if contains(text_of(record), query)}


def text_of(record: Any) -> str:
    """All by which a record is to be found, in one text."""
    return "\n".join(str(part) for part in record.searchable() if part)


def searched(words: str, user: Any = NOBODY) -> list[Row]:
    """All that search finds, without limit, in no order."""
    return [Row._make(row) for rows in matching(Query.parse(words), user).values() for row in rows]


def found(words: str, user: Any = NOBODY) -> set[tuple[str, int]]:
    rows = searched(words, user)
    numbers = {(row.kind, row.pk) for row in rows}
    assert len(numbers) == len(rows), "something was found twice"
    return numbers


def page(client: Client, status_code: int = 200, /, **query: str) -> html.HtmlElement:
    response = client.get("/search/", query)
    assert response.status_code == status_code
    return html.fromstring(response.content.decode())


def headings(root: html.HtmlElement) -> list[str]:
    return [" ".join(h.text_content().split()) for h in root.xpath("//div[@class='page__content']/section/h2")]


# The right rows


def test_search_finds_in_the_real_records_what_a_plain_scan_finds(register: None) -> None:
    assert {words: found(words) for words in WORDS} == {words: scanned(words) for words in WORDS}


def test_words_of_the_real_records_are_found_as_often_as_they_stand_there(register: None) -> None:
    counts = {words: len(found(words)) for words in ("著作", "著作権", "ガードレール", "第2回", "２回", "図書館")}
    assert counts == {"著作": 2, "著作権": 2, "ガードレール": 2, "第2回": 2, "２回": 2, "図書館": 0}
    assert found("AI") == found("ＡＩ")
    assert found("令和5年5月26日") == found("2023-05-26")
    assert {kind for kind, _pk in found("2023-05-26")} == {"meeting", "edition_note"}


@pytest.mark.parametrize("seed", range(3))
def test_search_finds_in_any_records_what_a_plain_scan_finds(seed: int) -> None:
    any_records(random.Random(seed))  # noqa: S311  (not for secrets)
    assert {words: found(words) for words in WORDS} == {words: scanned(words) for words in WORDS}
    assert sum(len(found(words)) for words in WORDS) > 100


def any_records(chance: random.Random) -> None:
    """Records of every kind in every state, of texts that are easily taken for one another."""

    def text() -> str:
        return "".join(chance.choices(PIECES, k=chance.randint(1, 12))) or "文"

    def day() -> date:
        return date(2023, 5, 25) + timedelta(days=chance.randint(0, 2))

    for _ in range(4):
        body = BodyFactory(name=text()[:200], member_level=text()[:200])
        BodyNoteFactory(body=body, text=text(), text_en=text())
        for number in (2, 12, 22):
            meeting = MeetingFactory(body=body, number=number, date=day(), title=text(), place=text())
            AgendaItemFactory(meeting=meeting, title=text(), outcome=text())
            MaterialFactory(meeting=meeting, title=text(), text=text())
            MinutesFactory(meeting=meeting, text=text())
            meeting.status = chance.choice(list(MeetingStatus))
            meeting.save()
        theme = IssueFactory(title=text(), status=chance.choice(IssueStatus.values))
        for status in IssueStatus.values:
            QuestionFactory(parent=theme, title=text(), title_en=text(), status=status)
        summary = SummaryFactory(title=text(), body=body)
        for status in chance.sample(EditionStatus.values, k=3):
            edition = EditionFactory(summary=summary, status=status, published_on=day())
            EditionNoteFactory(edition=edition, text=text())
            section = SectionFactory(edition=edition, heading=text())
            StatementFactory.create_batch(2, section=section, text=text())
        document = PolicyDocumentFactory(
            title=text(), short_title=text(), published_on=day(), status=chance.choice(PolicyStatus.values)
        )
        SentenceFactory.create_batch(2, passage=PassageFactory(document=document, heading=text()), text=text())


def test_every_hit_leads_to_a_page_that_holds_it(client: Client, register: None) -> None:
    MaterialFactory(meeting=Meeting.objects.earliest("date"), title="生成AIの資料", file="")
    MinutesFactory(meeting__body=Body.objects.get(slug="ai-strategy-team"), meeting__number=8, text="生成AIの議事録。")
    rows = [*searched("AI"), *searched("第8回"), *searched("留意"), *searched("2023"), *searched("生成")]
    assert {row.kind for row in rows} == {kind for group in GROUPS.values() for kind in group.kinds}
    found_by_kind = {kind: group.found for group in GROUPS.values() for kind in group.kinds}
    for path in {found_by_kind[row.kind](row).path for row in rows}:
        address, _hash, anchor = path.partition("#")
        response = client.get(address)
        assert response.status_code == 200, path
        assert not anchor or f'id="{anchor}"' in response.content.decode(), path


def test_the_address_of_a_hit_is_the_record_s_own(register: None) -> None:
    found_by_kind = {kind: group.found for group in GROUPS.values() for kind in group.kinds}
    own = {
        (kind, record.pk): record.get_absolute_url()
        for kind, record in readable()
        if hasattr(record, "get_absolute_url")
    }
    shown = {(row.kind, row.pk): found_by_kind[row.kind](row).path for row in [*searched("AI"), *searched("2023")]}
    assert {key: path for key, path in shown.items() if key in own} == {key: own[key] for key in shown if key in own}


# Nothing hidden


def hide_everywhere(word: str) -> None:
    """The word in every place that the public may not read."""
    IssueFactory(title=word, status=IssueStatus.DRAFT)
    IssueFactory(title=word, status=IssueStatus.WITHDRAWN)
    QuestionFactory(title=word, parent__status=IssueStatus.DRAFT)
    for meeting_status in (MeetingStatus.HELD, MeetingStatus.MINUTES_DRAFT):
        MinutesFactory(meeting__status=meeting_status, text=word)
    for edition_status in (EditionStatus.DRAFT, EditionStatus.SUBMITTED, EditionStatus.RETURNED):
        edition = EditionFactory(status=edition_status, summary__title=f"{word}の整理")
        EditionNoteFactory(edition=edition, text=word)
        StatementFactory(section__edition=edition, section__heading=word, text=word)
    for policy_status in (PolicyStatus.DRAFT, PolicyStatus.WITHDRAWN):
        document = PolicyDocumentFactory(title=word, short_title="", status=policy_status)
        SentenceFactory(passage__document=document, passage__heading=word, text=word)


@pytest.mark.parametrize("visitor", [None, participant, superuser])
def test_nothing_hidden_is_found_or_counted(client: Client, visitor: Any) -> None:
    hide_everywhere("極秘事項")
    if visitor:
        client.force_login(visitor())
    for query in ({}, *({"kind": name} for name in GROUPS)):
        hidden = client.get("/search/", {"q": "極秘事項", **query}).content.decode()
        absent = client.get("/search/", {"q": "無関係語", **query}).content.decode()
        assert hidden.replace("極秘事項", "無関係語").replace(quote("極秘事項"), quote("無関係語")) == absent


def test_readers_of_drafts_find_what_is_hidden_from_others(client: Client) -> None:
    hide_everywhere("極秘事項")
    kinds = {kind for kind, _pk in found("極秘事項", editor())}
    # Of editions only those in force are searched, whoever asks.
    assert kinds == {"issue", "minutes", "summary", "policy", "passage", "sentence"}


def test_a_text_that_stands_in_several_editions_is_found_once(client: Client) -> None:
    old = EditionFactory(status=EditionStatus.SUPERSEDED)
    for edition in (old, EditionFactory(summary=old.summary)):
        StatementFactory(section__edition=edition, text="ガードレールの設置が必要。")
    assert [row.number for row in searched("ガードレール")] == [2]


# The page


def test_hits_stand_in_groups_with_their_number_and_their_words_marked(client: Client, register: None) -> None:
    shown = page(client, q="著作権")
    assert headings(shown) == ["政府方針の文 1件", "議事 1件"]
    assert [mark.text for mark in shown.cssselect("mark")] == ["著作権", "著作権"]
    agenda = shown.xpath("//section[h2[@id='agenda']]//li")[0]
    assert " ".join(agenda.text_content().split()) == (
        "AI戦略チーム 第3回 令和5年5月15日（2023-05-15） AIと著作権の関係について"
    )
    assert agenda.xpath(".//a/@href") == ["/meetings/ai-strategy-team/3/#agenda-3"]


def test_a_date_is_marked_in_whatever_form_it_stands(client: Client, register: None) -> None:
    shown = page(client, q="R5.5.26")
    assert headings(shown) == ["論点整理 1件", "会議 1件"]
    assert "令和5年5月26日" in {mark.text for mark in shown.cssselect("mark")}
    assert "2023年5月26日" in {mark.text for mark in shown.cssselect("mark")}


def test_the_newest_come_first_and_of_one_day_the_first_written(client: Client) -> None:
    meetings = [MeetingFactory(date=date(2023, 5, day)) for day in (1, 3, 2)]
    items = [AgendaItemFactory(meeting=meetings[at], title="著作権") for at in (0, 1, 2, 1, 0, 2, 1)]
    expected = [items[at].get_absolute_url() for at in (1, 3, 6, 2, 5, 0, 4)]
    assert page(client, q="著作権").xpath("//p[@class='hits__link']/a/@href") == expected[:5]
    assert page(client, q="著作権", kind="agenda").xpath("//p[@class='hits__link']/a/@href") == expected


def test_kinds_of_one_group_are_sorted_together(client: Client) -> None:
    body = BodyFactory(name="著作権部会")
    BodyNoteFactory.create_batch(5, body=body, text="著作権を論じる。")
    for query in ({}, {"kind": "body"}):
        shown = page(client, q="著作権", **query)
        assert headings(shown) == ["会議体 6件"]
        assert shown.xpath("//p[@class='hits__link']/a/mark/text()")[0] == "著作権"
        assert shown.xpath("//p[@class='hits__link']/a")[0].text_content() == "著作権部会"


def test_the_link_to_all_of_a_group_stands_only_where_there_are_more(client: Client) -> None:
    AgendaItemFactory.create_batch(5, title="著作権")
    assert page(client, q="著作権").xpath("//a[contains(@href, 'kind=agenda')]") == []
    AgendaItemFactory(title="著作権")
    (link,) = page(client, q="著作権").xpath("//a[contains(@href, 'kind=agenda')]")
    shown = html.fromstring(client.get(f"/search/{link.get('href')}").content.decode())
    assert len(shown.cssselect(".hits__link")) == 6


def test_a_group_is_paged_and_never_counted_beyond_a_thousand(client: Client) -> None:
    meeting = MeetingFactory()
    AgendaItem.objects.bulk_create(AgendaItemFactory.build_batch(1_000, meeting=meeting, title="著作権について"))
    assert headings(page(client, q="著作権")) == ["議事 1,000件"]
    AgendaItemFactory(meeting=meeting, title="著作権について")
    assert headings(page(client, q="著作権")) == ["議事 1,000件以上"]
    first = page(client, q="著作権", kind="agenda")
    last = page(client, q="著作権", kind="agenda", page="50")
    assert (len(first.cssselect(".hits__link")), len(last.cssselect(".hits__link"))) == (20, 20)
    assert first.xpath("//a[@rel='next']/@href") == ["?q=%E8%91%97%E4%BD%9C%E6%A8%A9&kind=agenda&page=2"]
    assert last.xpath("//a[@rel='next']") == []
    assert "絞り込めます" in last.text_content()
    page(client, 400, q="著作権", kind="agenda", page="51")


def test_an_english_reader_is_shown_the_language_in_which_the_words_stand(client: Client) -> None:
    StatementFactory(text="著作権に留意すべき。", text_en="Mind the copyright.")
    for words, shown in (("著作権", "著作権に留意すべき。"), ("copyright", "Mind the copyright.")):
        for prefix in ("", "/en"):
            root = html.fromstring(client.get(f"{prefix}/search/", {"q": words}).content.decode())
            (link,) = root.xpath("//p[@class='hits__link']/a")
            assert link.text_content() == shown
            spoken = "ja" if words == "著作権" else "en"
            assert link.xpath("span/@lang") == ([] if spoken == (prefix[1:] or "ja") else [spoken])


def test_a_long_text_is_quoted_around_the_hit(client: Client) -> None:
    MinutesFactory(text=f"{'あ' * 50_000}。ＡＩと著作権を論じた。{'い' * 50_000}")
    quote = page(client, q="著作権").xpath("//p[@class='hits__link']/a")[0]
    assert "ＡＩと著作権を論じた。" in quote.text_content()
    assert quote.text_content()[0] == quote.text_content()[-1] == "…"
    assert len(quote.text_content()) < 200


def test_a_material_without_a_file_leads_to_its_meeting(client: Client) -> None:
    material = MaterialFactory(title="著作権", file="")
    assert page(client, q="著作権").xpath("//p[@class='hits__link']/a/@href") == [material.meeting.get_absolute_url()]


def test_texts_from_outside_stay_text(client: Client) -> None:
    AgendaItemFactory(title="<script>alert(1)</script>著作権 <b>太字</b>")
    content = client.get("/search/", {"q": "<script>"}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;<mark>" not in content
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;著作権 &lt;b&gt;太字&lt;/b&gt;" in content


def test_without_words_the_page_says_what_can_be_searched(client: Client, register: None) -> None:
    for query in ({}, {"q": ""}, {"q": " 　"}):
        shown = page(client, **query)
        examples = shown.xpath("//ul[@class='hit-kinds']//a/@href")
        assert len(examples) == 5
    for example in examples:
        assert "件" in html.fromstring(client.get(example).content.decode()).cssselect(".hits__count")[0].text_content()


def test_where_nothing_is_found_the_page_says_what_to_do(client: Client) -> None:
    for query in ({}, {"kind": "agenda"}):
        assert "「図書館」に合う記録は見つかりませんでした。" in page(client, q="図書館", **query).text_content()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"q": "あ" * 201}, "200文字まで"),
        ({"q": "あ\0い"}, "保存できない文字"),
        ({"q": "、。！"}, "文字か数字"),
        ({"q": "一 二 三 四 五 六 七 八 九 十 百"}, "10語まで"),
        ({"q": "AI", "kind": "comment"}, "comment"),
        ({"q": "AI", "kind": "agenda", "page": "0"}, "page"),
        ({"q": "AI", "kind": "agenda", "page": "x"}, "page"),
        ({"q": "AI", "page": "2"}, "page"),
        ({"q": "AI", "order": "title"}, "order"),
    ],
)
def test_a_search_that_cannot_be_made_is_refused_with_the_reason(
    client: Client, query: dict[str, str], reason: str
) -> None:
    response = client.get("/search/", query)
    assert response.status_code == 400
    content = response.content.decode()
    assert reason in content
    assert "\0" not in content


def test_what_was_typed_stays_in_the_field(client: Client) -> None:
    for words, status in (("著作権 AI", 200), ("、", 400)):
        assert page(client, status, q=words).xpath("//main//input[@name='q']/@value") == [words]


def test_no_search_engine_keeps_a_page_of_hits(client: Client) -> None:
    assert page(client, q="AI").xpath("//meta[@name='robots']/@content") == ["noindex"]


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_any_page_of_hits_is_two_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    meeting = MeetingFactory()
    section = SectionFactory()
    AgendaItem.objects.bulk_create(AgendaItemFactory.build_batch(number, meeting=meeting, title="著作権"))
    Statement.objects.bulk_create(
        StatementFactory.build_batch(number, section=section, edition=section.edition, text="著作権")
    )
    theme = IssueFactory(title="著作権")
    Issue.objects.bulk_create(QuestionFactory.build_batch(number, parent=theme, title="著作権"))
    for query in ({}, {"kind": "agenda"}, {"kind": "statement"}, {"kind": "issue"}):
        with django_assert_num_queries(2):
            assert client.get("/search/", {"q": "著作権", **query}).status_code == 200
