"""The public pages of summaries and policy documents, and what the page of an issue shows of them."""

import json
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from lxml import html
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from issues.models import Issue
from issues.statuses import IssueStatus
from meetings.statuses import Placement
from summaries.actions import change_edition_status, change_policy_status
from summaries.models import Edition, Sentence, Statement
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus
from summaries.timeline import public_events
from tests.factories import (
    EditionFactory,
    EditionNoteFactory,
    IssueFactory,
    PassageFactory,
    PolicyDocumentFactory,
    QuestionFactory,
    SectionFactory,
    SentenceFactory,
    SourceFactory,
    StatementFactory,
    StatementIssueFactory,
    SummaryFactory,
    TraceLinkFactory,
    administrator,
    auditor,
    editor,
    participant,
    publisher,
    superuser,
)
from tests.records.register import OURS

pytestmark = pytest.mark.django_db

SUMMARY = "/summaries/tentative-summary-2023-05-26/"


@pytest.fixture
def register() -> None:
    """The council's records of 2023."""
    call_command("import_records", OURS, verbosity=0)


def page(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return html.fromstring(response.content.decode())


def texts(root: html.HtmlElement, xpath: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in root.xpath(xpath)]


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


# An edition


def test_every_statement_stands_letter_for_letter_in_its_place_under_its_permanent_anchor(
    client: Client, register: None
) -> None:
    shown = page(client, SUMMARY)
    in_page = [
        (element.get("id"), element.find("span").text, element.find("p").text_content())
        for element in shown.xpath("//li[@class='statement']")
    ]
    order = ("s1", "s2", "s3", "s4", "s5-1", "s5-2", "s5-3", "s5-4", "s6")
    in_register = [
        (statement.key, statement.marker, statement.text)
        for section in order
        for statement in Statement.objects.filter(section__key=section).order_by("order")
    ]
    assert in_page == in_register
    assert len(in_page) == 30


def test_the_headings_are_those_of_the_paper_with_the_group_over_its_sections(client: Client, register: None) -> None:
    shown = page(client, SUMMARY)
    headings = [(element.tag, element.text_content()) for element in shown.cssselect(".paper h2, .paper h3, .paper h4")]
    assert headings == [
        ("h2", "はじめに"),
        ("h2", "基本的な考え方"),
        ("h2", "主な論点"),
        ("h3", "リスクへの対応"),
        ("h3", "AIの利用"),
        ("h3", "AI開発力"),
        ("h4", "開発力強化に向けた基本的考え方"),
        ("h4", "計算資源"),
        ("h4", "データ"),
        ("h4", "従来型ではない開発促進策"),
        ("h3", "その他"),
    ]
    assert texts(shown, "//nav[contains(@class, 'contents')]//a") == [heading for _tag, heading in headings]


def test_a_line_stands_under_the_line_that_it_belongs_to(client: Client, register: None) -> None:
    assert page(client, SUMMARY).xpath("//li[@id='s2-2a']/ancestor::li/@id") == ["s2-2"]


def test_each_inferred_place_is_marked_and_no_other(client: Client, register: None) -> None:
    marked = page(client, SUMMARY).xpath(
        "//li[@class='statement'][div[@class='statement__margin']/a[@class='inferred']]"
    )
    inferred = Statement.objects.filter(placement=Placement.INFERRED)
    assert sorted(element.get("id") for element in marked) == sorted(inferred.values_list("key", flat=True))
    assert len(marked) == 18


def test_a_statement_is_quoted_with_source_edition_both_dates_and_permanent_address(
    client: Client, register: None
) -> None:
    address = f"http://testserver{SUMMARY}editions/1/#s2-1"
    card = page(client, SUMMARY).xpath("//li[@id='s2-1']//div[@class='quote__card']")[0]
    assert texts(card, "p[@class='quote__text']") == [
        "国際的なルール構築に向けた主導的役割の発揮。"
        f"（AIに関する暫定的な論点整理 第1版、令和5年5月26日（2023-05-26）、{address}）"
    ]
    assert card.xpath("p/a[@data-quote]/@href") == [address]
    assert card.xpath("p[@class='source']/a/@href") == ["/sources/ai-strategy-2023/#L113"]


def test_notes_of_the_paper_and_of_the_editor_stand_before_the_text(client: Client, register: None) -> None:
    shown = page(client, SUMMARY)
    assert texts(shown, "//ul[@class='edition-notes']/li/span") == ["⚫", "⚫", "※"]
    assert "全文ではありません" in shown.cssselect(".notice")[0].text_content()


def test_edition_date_and_status_stand_in_the_bar_that_stays_in_sight(client: Client, register: None) -> None:
    assert texts(page(client, SUMMARY), "//p[@class='edition-bar']") == ["第1版 公開 令和5年5月26日（2023-05-26）"]


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_edition_in_force_is_canonical_at_the_address_of_its_summary(client: Client, language: str) -> None:
    edition = EditionFactory(summary__slug="s")
    for path in (f"{language}/summaries/s/", f"{language}/summaries/s/editions/{edition.number}/"):
        head = page(client, path)
        assert head.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{language}/summaries/s/"]
        alternates = head.xpath("//link[@rel='alternate']")
        assert {link.get("hreflang"): link.get("href") for link in alternates} == {
            "ja": "http://testserver/summaries/s/",
            "en": "http://testserver/en/summaries/s/",
        }


def test_a_superseded_edition_keeps_its_text_and_leads_to_the_one_in_force(client: Client) -> None:
    old = EditionFactory(summary__slug="s", status=EditionStatus.SUPERSEDED)
    StatementFactory(section__edition=old, key="s1-1", text="もとの文。")
    new = EditionFactory(summary=old.summary)
    StatementFactory(section__edition=new, key="s1-1", text="新しい文。")
    shown = page(client, "/summaries/s/editions/1/")
    assert texts(shown, "//p[@class='statement__text']") == ["もとの文。"]
    notice = shown.cssselect(".notice--caution")[0]
    assert "旧版" in notice.text_content()
    assert notice.xpath(".//a/@href") == ["/summaries/s/"]
    assert shown.xpath("//link[@rel='canonical']/@href") == ["http://testserver/summaries/s/editions/1/"]
    assert texts(page(client, "/summaries/s/"), "//p[@class='statement__text']") == ["新しい文。"]


def test_a_withdrawn_edition_keeps_its_text_and_explains_itself(client: Client) -> None:
    edition = EditionFactory(summary__slug="s")
    StatementFactory(section__edition=edition, text="残る文。")
    change_edition_status(edition, EditionStatus.WITHDRAWN, by=publisher(), reason="数字に誤りがあったため。")
    for path in ("/summaries/s/", "/summaries/s/editions/1/"):
        shown = page(client, path)
        assert texts(shown, "//p[@class='statement__text']") == ["残る文。"]
        notice = shown.cssselect(".notice--caution")[0].text_content()
        assert "取り下げられました" in notice
        assert "数字に誤りがあったため。" in notice
        assert "公開中の版はありません" in notice


DRAFTS = (EditionStatus.DRAFT, EditionStatus.SUBMITTED, EditionStatus.RETURNED)


@pytest.mark.parametrize("status", DRAFTS)
@pytest.mark.parametrize("visitor", [None, participant, administrator, superuser])
def test_a_draft_is_not_found_by_who_may_not_read_it(client: Client, visitor: Any, status: EditionStatus) -> None:
    edition = EditionFactory(summary__slug="secret", summary__title="極秘の整理", status=status)
    StatementFactory(section__edition=edition, text="極秘の文。")
    if visitor:
        client.force_login(visitor())
    absent = client.get("/summaries/nothing/")
    for path in ("/summaries/secret/", "/summaries/secret/editions/1/"):
        response = client.get(path)
        assert response.status_code == 404
        assert response.content.replace(path.encode(), b"") == absent.content.replace(b"/summaries/nothing/", b"")
    assert "極秘" not in client.get("/summaries/").content.decode()


@pytest.mark.parametrize("visitor", [editor, publisher, auditor])
def test_a_draft_is_shown_to_who_may_read_it_with_a_notice(client: Client, visitor: Any) -> None:
    EditionFactory(summary__slug="s", status=EditionStatus.DRAFT)
    client.force_login(visitor())
    assert "公開前" in page(client, "/summaries/s/").cssselect(".notice--caution")[0].text_content()


def test_a_draft_of_the_next_edition_leaves_no_trace_beside_the_one_in_force(client: Client) -> None:
    edition = EditionFactory(summary__slug="s")
    EditionFactory(summary=edition.summary, status=EditionStatus.DRAFT)
    assert page(client, "/summaries/s/").xpath("//dd/ul/li/a/@href") == ["/summaries/s/editions/1/"]
    assert client.get("/summaries/s/editions/2/").status_code == 404


def test_the_margin_names_public_issues_and_confirmed_policy_sentences_only(client: Client) -> None:
    statement = StatementFactory(section__edition__summary__slug="s", key="s1-1")
    theme = IssueFactory(number=2)
    StatementIssueFactory(statement=statement, issue=QuestionFactory(parent=theme, number=4))
    StatementIssueFactory(statement=statement, issue=QuestionFactory(parent=theme, number=5, status=IssueStatus.DRAFT))
    hidden_theme = IssueFactory(number=9, status=IssueStatus.DRAFT)
    StatementIssueFactory(statement=statement, issue=QuestionFactory(parent=hidden_theme, number=1))
    document = PolicyDocumentFactory(slug="p", short_title="骨太の方針2023")
    passage = PassageFactory(document=document)
    TraceLinkFactory(statement=statement, sentence=SentenceFactory(passage=passage, key="p-1"))
    for status in (TraceStatus.PROPOSED, TraceStatus.REJECTED):
        TraceLinkFactory(statement=statement, sentence=SentenceFactory(passage=passage), status=status)
    draft = SentenceFactory(passage__document=PolicyDocumentFactory(status=PolicyStatus.DRAFT))
    TraceLinkFactory(statement=statement, sentence=draft)
    margin = page(client, "/summaries/s/").xpath("//li[@id='s1-1']/div")[0]
    assert [(link.text, link.get("href")) for link in margin.xpath("a")] == [
        ("論点2-4", "/issues/2-4/"),
        ("→ 骨太の方針2023（言い換え）", "/policies/p/#p-1"),
    ]


def test_an_address_from_before_a_renaming_leads_to_the_one_of_now(client: Client) -> None:
    edition = EditionFactory(summary__slug="old-name")
    edition.summary.slug = "new-name"
    edition.summary.save()
    for path in ("/summaries/{}/", "/summaries/{}/editions/1/", "/en/summaries/{}/editions/1/"):
        response = client.get(path.format("old-name"))
        assert (response.status_code, response["Location"]) == (301, path.format("new-name"))


def test_a_renamed_draft_does_not_give_itself_away(client: Client) -> None:
    edition = EditionFactory(summary__slug="old-name", status=EditionStatus.DRAFT)
    edition.summary.slug = "new-name"
    edition.summary.save()
    assert client.get("/summaries/old-name/").status_code == 404
    assert client.get("/summaries/old-name/editions/1/").status_code == 404


def test_a_summary_without_an_edition_is_there_for_editors_only(client: Client) -> None:
    SummaryFactory(slug="s")
    assert client.get("/summaries/s/").status_code == 404
    assert "まだ版がありません" in page(signed_in(client, editor()), "/summaries/s/").text_content()


def test_only_editors_are_shown_the_way_to_the_admin(client: Client) -> None:
    edition = EditionFactory(summary__slug="s")
    document = PolicyDocumentFactory(slug="p")
    ways = {
        "/summaries/s/": f"/admin/summaries/edition/{edition.pk}/change/",
        "/policies/p/": f"/admin/summaries/policydocument/{document.pk}/change/",
    }
    for path, way in ways.items():
        assert way not in client.get(path).content.decode()
    client.force_login(editor())
    for path, way in ways.items():
        assert way in client.get(path).content.decode()


def test_english_shows_the_english_that_there_is_and_marks_the_rest_as_japanese(client: Client) -> None:
    edition = EditionFactory(summary__slug="s", summary__title="論点整理", summary__title_en="Summary of issues")
    section = SectionFactory(edition=edition, heading="はじめに", heading_en="Introduction")
    StatementFactory(section=section, text="訳のある文。", text_en="A translated statement.")
    StatementFactory(section=section, text="訳のない文。")
    shown = page(client, "/en/summaries/s/")
    assert texts(shown, "//h1") == ["Summary of issues"]
    assert texts(shown, "//section[@class='part']//h2") == ["Introduction"]
    assert texts(shown, "//p[@class='statement__text']") == ["A translated statement.", "訳のない文。"]
    assert texts(shown, "//p[@class='statement__text']/span[@lang='ja']") == ["訳のない文。"]


def test_an_edition_without_text_says_what_will_fill_it(client: Client) -> None:
    EditionFactory(summary__slug="s")
    assert "まだ本文がありません" in page(client, "/summaries/s/").cssselect(".empty")[0].text_content()


def test_the_page_tells_machines_what_it_is(client: Client, register: None) -> None:
    data = json.loads(page(client, SUMMARY).xpath("//script[@type='application/ld+json']")[0].text)
    breadcrumbs, report = data["@graph"]
    assert [step["name"] for step in breadcrumbs["itemListElement"]] == [
        "ホーム",
        "論点整理",
        "AIに関する暫定的な論点整理",
    ]
    assert (report["@type"], report["datePublished"], report["inLanguage"]) == ("Report", "2023-05-26", "ja")
    assert report["publisher"]["name"] == "AI戦略会議"


@pytest.mark.parametrize(
    "path", ["/summaries/", "/summaries/s/", "/summaries/s/editions/1/", "/policies/", "/policies/p/"]
)
def test_an_unknown_parameter_is_refused_by_name(client: Client, path: str) -> None:
    EditionFactory(summary__slug="s")
    PolicyDocumentFactory(slug="p")
    assert client.get(path).status_code == 200
    response = client.get(path, {"sort": "title"})
    assert response.status_code == 400
    assert "sort" in response.content.decode()


# Lists


def test_the_list_shows_of_each_summary_the_edition_in_force_the_last_published_first(client: Client) -> None:
    first = EditionFactory(summary__slug="a", published_on=date(2023, 5, 26), status=EditionStatus.SUPERSEDED)
    EditionFactory(summary=first.summary, published_on=date(2024, 3, 1))
    EditionFactory(summary__slug="b", published_on=date(2023, 6, 1))
    shown = page(client, "/summaries/")
    assert shown.xpath("//ul[@class='ledger']//a/@href") == ["/summaries/a/", "/summaries/b/"]
    assert texts(shown, "//p[@class='ledger__meta']") == [
        "令和6年3月1日（2024-03-01） 第2版 公開",
        "令和5年6月1日（2023-06-01） 第1版 公開",
    ]


@pytest.mark.parametrize(("path", "words"), [("/summaries/", "論点整理はまだ"), ("/policies/", "政府方針はまだ")])
def test_an_empty_list_says_what_will_fill_it(client: Client, path: str, words: str) -> None:
    assert words in page(client, path).cssselect(".empty")[0].text_content()


# A policy document


def test_the_sentences_stand_letter_for_letter_in_their_paragraphs(client: Client, register: None) -> None:
    paragraphs = page(client, "/policies/new-capitalism-2023/").cssselect(".paragraph")
    in_page = [[(s.get("id"), s.text_content()) for s in paragraph.cssselect(".sentence")] for paragraph in paragraphs]
    sentences = Sentence.objects.filter(passage__document__slug="new-capitalism-2023").order_by("order")
    in_register = [
        [(s.key, s.text) for s in sentences if s.paragraph == number]
        for number in sorted({s.paragraph for s in sentences})
    ]
    assert in_page == in_register
    # No white space comes between two sentences of a paragraph.
    assert "".join(paragraphs[0].text_content().split("\n")).strip() == "".join(text for _key, text in in_page[0])


def test_a_sentence_from_a_statement_opens_its_origin(client: Client) -> None:
    document = PolicyDocumentFactory(slug="p")
    traced = SentenceFactory(passage__document=document, key="p-1", text="反映された文。")
    SentenceFactory(passage=traced.passage, key="p-2", text="ほかの文。")
    statement = StatementFactory(
        section__edition__summary__slug="s", section__edition__summary__title="論点整理", key="s1-1", text="元の文。"
    )
    TraceLinkFactory(statement=statement, sentence=traced)
    proposed = StatementFactory(section=statement.section, text="候補の文。")
    TraceLinkFactory(statement=proposed, sentence=traced, status=TraceStatus.PROPOSED)
    hidden = StatementFactory(section__edition__status=EditionStatus.DRAFT, text="下書きの文。")
    TraceLinkFactory(statement=hidden, sentence=traced)
    shown = page(client, "/policies/p/")
    assert texts(shown, "//details[@id='p-1']/summary") == ["反映された文。"]
    assert texts(shown, "//details[@id='p-1']//blockquote/p") == ["元の文。"]
    assert shown.xpath("//details[@id='p-1']//blockquote//a/@href") == ["/summaries/s/editions/1/#s1-1"]
    assert texts(shown, "//details[@id='p-1']//blockquote/footer") == ["論点整理 第1版（言い換え）"]
    assert shown.xpath("//span[@id='p-2']") != []


def test_a_document_of_which_there_is_only_the_title_says_so(client: Client, register: None) -> None:
    shown = page(client, "/policies/innovation-2023/")
    assert "題名だけ" in shown.cssselect(".empty")[0].text_content()
    assert "題名だけ" in page(client, "/policies/").text_content()


def test_a_document_shows_its_short_title_its_source_and_what_is_inferred(client: Client, register: None) -> None:
    shown = page(client, "/policies/honebuto-2023/")
    assert texts(shown, "//p[@class='subtitle']") == ["略称: 骨太の方針2023"]
    assert "/sources/ai-strategy-2023/#L223" in shown.xpath("//span[@class='source']/a/@href")
    place = shown.xpath("//p[@class='passage__place']")[0]
    assert place.xpath(".//span[@class='source']/a/@href") == ["/sources/ai-strategy-2023/#L215"]
    assert place.xpath(".//a[@class='inferred']") != []


@pytest.mark.parametrize("visitor", [None, participant, administrator, superuser])
def test_a_policy_draft_is_not_found_by_who_may_not_read_it(client: Client, visitor: Any) -> None:
    PolicyDocumentFactory(slug="secret", title="極秘の方針", status=PolicyStatus.DRAFT)
    if visitor:
        client.force_login(visitor())
    assert client.get("/policies/secret/").status_code == 404
    assert "極秘" not in client.get("/policies/").content.decode()


def test_a_policy_draft_is_shown_to_editors_with_a_notice(client: Client) -> None:
    PolicyDocumentFactory(slug="p", status=PolicyStatus.DRAFT)
    client.force_login(editor())
    assert "公開前" in page(client, "/policies/p/").cssselect(".notice--caution")[0].text_content()


def test_a_withdrawn_policy_document_explains_itself(client: Client) -> None:
    document = PolicyDocumentFactory(slug="p", title="ある方針")
    change_policy_status(document, PolicyStatus.WITHDRAWN, by=publisher(), reason="別の文書と取り違えたため。")
    gone = page(client, "/policies/p/", status=410).text_content()
    assert "ある方針" in gone
    assert "別の文書と取り違えたため。" in gone
    assert "ある方針" not in page(client, "/policies/").text_content()


def test_an_old_address_of_a_policy_document_leads_to_the_one_of_now(client: Client) -> None:
    document = PolicyDocumentFactory(slug="old-name")
    document.slug = "new-name"
    document.save()
    response = client.get("/policies/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/policies/new-name/")


# Queries


def many_statements(edition: Edition, number: int) -> None:
    """As many statements, each with an issue and a policy sentence, in a tenth as many sections."""
    source = SourceFactory()
    theme = IssueFactory()
    passage = PassageFactory()
    links: list[Any] = []
    for start in range(0, number, 10):
        section = SectionFactory(edition=edition)
        for _ in range(min(10, number - start)):
            statement = StatementFactory.build(
                section=section, edition=edition, source=source, first_line=1, last_line=2
            )
            links.append((statement, QuestionFactory.build(parent=theme), SentenceFactory.build(passage=passage)))
    for model, column in ((Statement, 0), (Issue, 1), (Sentence, 2)):
        model._default_manager.bulk_create([link[column] for link in links])
    for factory, names in (
        (StatementIssueFactory, ("statement", "issue")),
        (TraceLinkFactory, ("statement", "sentence")),
    ):
        values = {"statement": 0, "issue": 1, "sentence": 2}
        rows = [factory.build(**{name: link[values[name]] for name in names}) for link in links]
        type(rows[0])._default_manager.bulk_create(rows)


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_an_edition_asks_the_database_five_times_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    edition = EditionFactory(summary__slug="s")
    EditionNoteFactory.create_batch(min(number, 3), edition=edition, source=SourceFactory())
    many_statements(edition, number)
    with django_assert_num_queries(5):
        response = client.get("/summaries/s/")
    assert response.content.decode().count('class="statement"') == number


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_a_policy_document_asks_the_database_three_times_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    many_statements(EditionFactory(), number)
    sentence = Sentence.objects.select_related("passage__document")[0]
    with django_assert_num_queries(3):
        response = client.get(sentence.passage.document.get_absolute_url())
    assert response.content.decode().count("sentence--traced") == number


@pytest.mark.parametrize("number", [1, 3, 1_000])
def test_each_list_asks_the_database_once_whatever_its_length(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    summaries = SummaryFactory.build_batch(number, body=EditionFactory().summary.body)
    type(summaries[0]).objects.bulk_create(summaries)
    Edition.objects.bulk_create(EditionFactory.build(summary=summary, number=1) for summary in summaries)
    documents = PolicyDocumentFactory.build_batch(number)
    type(documents[0]).objects.bulk_create(documents)
    with django_assert_num_queries(1):
        response = client.get("/summaries/")
    assert response.content.decode().count('class="ledger__title"') == number + 1
    with django_assert_num_queries(1):
        response = client.get("/policies/")
    assert response.content.decode().count('class="ledger__title"') == number


def test_an_editor_costs_three_queries_more(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    StatementFactory(section__edition__summary__slug="s")
    client.force_login(editor())
    with django_assert_num_queries(8):  # session, user and roles come first
        client.get("/summaries/s/")


# What the page of an issue shows


def tag(name: str, issue: Issue, user: Any = None) -> html.HtmlElement:
    request = RequestFactory().get("/")
    request.user = user or AnonymousUser()
    template = Template(f"{{% load summaries %}}<div>{{% {name} issue %}}</div>")
    return html.fromstring(template.render(Context({"issue": issue, "request": request})))


def test_the_conclusions_on_an_issue_are_the_statements_in_force_that_answer_it() -> None:
    issue = QuestionFactory()
    statement = StatementFactory(section__edition__summary__slug="s", key="s1-1", text="結論の文。")
    StatementIssueFactory(statement=statement, issue=issue)
    for status in (EditionStatus.DRAFT, EditionStatus.WITHDRAWN):
        other = StatementFactory(section__edition__status=status, text="ほかの文。")
        StatementIssueFactory(statement=other, issue=issue)
    StatementIssueFactory(statement=StatementFactory(section=statement.section, text="別の論点の文。"))
    shown = tag("conclusions", issue)
    assert texts(shown, ".//p[@class='statement__text']") == ["結論の文。"]
    assert shown.xpath(".//a/@href") == ["/summaries/s/editions/1/#s1-1"]


def test_a_theme_shows_once_each_conclusion_on_its_questions() -> None:
    theme = IssueFactory()
    statement = StatementFactory(text="結論の文。")
    for question in QuestionFactory.create_batch(2, parent=theme):
        StatementIssueFactory(statement=statement, issue=question)
    assert texts(tag("conclusions", theme), ".//p[@class='statement__text']") == ["結論の文。"]


@pytest.mark.parametrize("status", [IssueStatus.DRAFT, IssueStatus.WITHDRAWN])
def test_a_theme_shows_nothing_of_its_hidden_questions(status: IssueStatus) -> None:
    theme = IssueFactory()
    link = TraceLinkFactory(statement__text="隠れた結論。", sentence__text="隠れた反映。")
    StatementIssueFactory(statement=link.statement, issue=QuestionFactory(parent=theme, status=status))
    for name in ("conclusions", "policy_sentences"):
        assert "隠れた" not in tag(name, theme).text_content()
        assert "隠れた" in tag(name, theme, editor()).text_content()


def test_the_policy_sentences_of_an_issue_are_those_confirmed_for_its_statements() -> None:
    issue = QuestionFactory()
    document = PolicyDocumentFactory(slug="p", short_title="骨太の方針2023")
    sentence = SentenceFactory(passage__document=document, key="p-1", text="反映された文。")
    for status in (EditionStatus.PUBLISHED, EditionStatus.SUPERSEDED):
        statement = StatementFactory(section__edition__status=status)
        StatementIssueFactory(statement=statement, issue=issue)
        TraceLinkFactory(statement=statement, sentence=sentence)
    proposed = SentenceFactory(passage=sentence.passage, text="候補の文。")
    TraceLinkFactory(statement=statement, sentence=proposed, status=TraceStatus.PROPOSED)
    draft = SentenceFactory(passage__document__status=PolicyStatus.DRAFT, text="下書きの文。")
    TraceLinkFactory(statement=statement, sentence=draft)
    shown = tag("policy_sentences", issue)
    assert texts(shown, ".//li") == ["反映された文。 骨太の方針2023"]
    assert shown.xpath(".//a/@href") == ["/policies/p/#p-1"]


@pytest.mark.parametrize("name", ["conclusions", "policy_sentences"])
def test_an_issue_without_any_says_what_would_fill_the_place(name: str) -> None:
    assert "示します" in tag(name, IssueFactory()).cssselect(".empty")[0].text_content()


@pytest.mark.parametrize("number", [1, 3, 1_000])
@pytest.mark.parametrize("name", ["conclusions", "policy_sentences"])
def test_what_an_issue_shows_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries, name: str, number: int
) -> None:
    many_statements(EditionFactory(), number)
    theme = Issue.objects.themes().get()
    with django_assert_num_queries(1):
        shown = tag(name, theme)
    assert len(shown.xpath(".//li")) == number


# What happened


def test_the_publications_of_editions_are_public_events_the_last_one_first() -> None:
    first = EditionFactory(summary__slug="a", summary__title="最初の整理", published_on=date(2023, 5, 26))
    EditionFactory(summary__slug="b", summary__title="次の整理", published_on=date(2023, 6, 1))
    EditionFactory(summary=first.summary, status=EditionStatus.DRAFT, published_on=date(2024, 1, 1))
    assert [(e.day, e.what, e.title.plain, e.url) for e in public_events(AnonymousUser(), 5)] == [
        (date(2023, 6, 1), "論点整理を公表", "次の整理 第1版", "/summaries/b/editions/1/"),
        (date(2023, 5, 26), "論点整理を公表", "最初の整理 第1版", "/summaries/a/editions/1/"),
    ]
    assert len(public_events(AnonymousUser(), 1)) == 1


def test_an_event_is_worded_in_the_language_of_the_reader() -> None:
    EditionFactory(summary__title="整理", summary__title_en="Summary")
    with translation.override("en"):
        (event,) = public_events(AnonymousUser(), 1)
        assert (event.title.lang, event.url.startswith("/en/summaries/")) == ("en", True)
