"""Summaries and policy documents in the admin: keys, order, editions and their approval, links between the two."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from issues.models import Issue
from meetings.statuses import Placement
from summaries.models import Edition, Passage, PolicyDocument, Section, Sentence, Statement, Summary, TraceLink
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus
from tests.admin_pages import (
    admin_url,
    autocomplete_url,
    errors_of,
    fields_of,
    new_rows,
    save,
    signed_in,
    text_of,
)
from tests.factories import (
    BodyFactory,
    EditionFactory,
    IssueFactory,
    PassageFactory,
    PolicyDocumentFactory,
    QuestionFactory,
    SectionFactory,
    SentenceFactory,
    StatementFactory,
    StatementIssueFactory,
    SummaryFactory,
    TraceLinkFactory,
    UserFactory,
    auditor,
    editor,
    publisher,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return editor()


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


@pytest.fixture
def edition() -> Edition:
    return EditionFactory(status=EditionStatus.DRAFT, published_on=None)


def add_rows(client: Client, record: Any, prefix: str, *rows: dict[str, Any]) -> Any:
    url = admin_url(record, "change")
    return save(client, url, new_rows(fields_of(client.get(url)), prefix, list(rows)))


class TestEditions:
    def test_the_first_edition_is_begun_by_a_button(self, client: Client) -> None:
        answer = save(
            client, admin_url(Summary, "add"), {"title": "論点整理", "slug": "seiri", "body": BodyFactory().pk}
        )
        assert errors_of(answer) == []
        answer = client.post(admin_url(Summary.objects.get(), "next_edition"))
        edition = Edition.objects.get()
        assert (answer["Location"], edition.number, edition.status) == (admin_url(edition, "change"), 1, "draft")

    def test_the_next_edition_begins_as_a_copy(self, client: Client) -> None:
        statement = StatementFactory(key="s5-2-1", text="公開された文")
        client.post(admin_url(statement.edition.summary, "next_edition"))
        copy = Statement.objects.exclude(pk=statement.pk).get()
        assert (copy.edition.number, copy.key, copy.text) == (2, "s5-2-1", "公開された文")

    def test_there_is_one_edition_in_the_making(self, client: Client, edition: Edition) -> None:
        answer = client.post(admin_url(edition.summary, "next_edition"), follow=True)
        assert "作成中の版があります" in str(next(iter(answer.context["messages"])))
        assert Edition.objects.count() == 1

    @pytest.mark.parametrize("make_user", [publisher, auditor])
    def test_nobody_but_editors_begins_one(self, make_user: Any) -> None:
        summary = SummaryFactory()
        assert signed_in(make_user()).post(admin_url(summary, "next_edition")).status_code == 403
        assert not Edition.objects.exists()

    def test_looking_at_the_buttons_address_makes_none(self, client: Client) -> None:
        client.get(admin_url(SummaryFactory(), "next_edition"))
        assert not Edition.objects.exists()

    def test_a_published_text_cannot_be_changed(self, client: Client) -> None:
        statement = StatementFactory()
        for record in (statement, statement.section, statement.edition):
            assert client.get(admin_url(record, "change")).status_code == 200
            assert client.post(admin_url(record, "change"), {"text": "改ざん"}).status_code == 403
        statement.refresh_from_db()
        assert statement.text != "改ざん"

    def test_an_inferred_place_in_a_published_text_can_be_confirmed(self, client: Client) -> None:
        section = SectionFactory(placement=Placement.INFERRED)
        assert client.post(admin_url(section, "confirm")).status_code == 302
        section.refresh_from_db()
        assert section.placement == Placement.CONFIRMED

    def test_a_draft_is_deleted_with_its_text(self, client: Client, edition: Edition) -> None:
        StatementFactory(section__edition=edition)
        assert client.post(admin_url(edition, "delete"), {"post": "yes"}).status_code == 302
        assert not Statement.objects.exists()


class TestApproval:
    def submit(self, client: Client, edition: Edition) -> None:
        StatementFactory(section__edition=edition)
        assert client.post(admin_url(edition, "status"), {"new": "submitted"}).status_code == 302

    def test_an_editor_submits_and_a_publisher_publishes(self, client: Client, edition: Edition, user: User) -> None:
        self.submit(client, edition)
        approver = publisher()
        assert signed_in(approver).post(admin_url(edition, "status"), {"new": "published"}).status_code == 302
        edition.refresh_from_db()
        assert (edition.status, edition.submitted_by, edition.approved_by) == ("published", user, approver)

    def test_an_editor_is_told_who_publishes(self, client: Client, edition: Edition) -> None:
        self.submit(client, edition)
        page = client.get(admin_url(edition, "status"))
        assert (page.context["moves"], page.context["moves_of_others"]) == ([], ["returned", "published"])
        assert client.post(admin_url(edition, "status"), {"new": "published"}).status_code == 403

    def test_whoever_submitted_never_publishes(self, edition: Edition) -> None:
        both = signed_in(editor_and_publisher())
        self.submit(both, edition)
        page = both.get(admin_url(edition, "status"))
        assert (page.context["moves"], page.context["moves_of_others"]) == (["returned"], ["published"])
        assert both.post(admin_url(edition, "status"), {"new": "published"}).status_code == 403
        assert Edition.objects.get().status == EditionStatus.SUBMITTED

    def test_an_edition_is_returned_with_a_reason(self, client: Client, edition: Edition) -> None:
        self.submit(client, edition)
        second = signed_in(publisher())
        answer = second.post(admin_url(edition, "status"), {"new": "returned"})
        assert errors_of(answer) == ["理由を書いてください。"]
        assert second.post(admin_url(edition, "status"), {"new": "returned", "reason": "誤字"}).status_code == 302
        assert "理由: 誤字" in text_of(client.get(admin_url(edition, "history")))

    def test_an_edition_without_a_statement_is_not_submitted(self, client: Client, edition: Edition) -> None:
        answer = client.post(admin_url(edition, "status"), {"new": "submitted"})
        assert errors_of(answer) == ["この版にはまだ文がありません。文を書いてから提出してください。"]

    def test_an_edition_is_withdrawn_with_an_explanation(self) -> None:
        edition = EditionFactory()
        client = signed_in(publisher())
        client.post(admin_url(edition, "status"), {"new": "withdrawn", "reason": "数字に誤り"})
        edition.refresh_from_db()
        assert (edition.status, edition.withdrawal_explanation) == ("withdrawn", "数字に誤り")

    def test_no_edition_is_superseded_by_hand(self) -> None:
        edition = EditionFactory()
        client = signed_in(publisher())
        assert client.get(admin_url(edition, "status")).context["moves"] == [EditionStatus.WITHDRAWN]
        assert client.post(admin_url(edition, "status"), {"new": "superseded"}).status_code == 409


class TestKeys:
    def test_a_section_without_a_key_gets_the_next(self, client: Client, edition: Edition) -> None:
        top = SectionFactory(edition=edition, key="s5", order=5)
        SectionFactory(edition=edition, key="s5-1", order=1, parent=top)
        rows = [{"heading": "最後に"}, {"heading": "小見出し", "parent": top.pk}, {"heading": "付録"}]
        assert errors_of(add_rows(client, edition, "sections", *rows)) == []
        added = Section.objects.filter(heading__in=["最後に", "小見出し", "付録"]).order_by("heading")
        assert set(added.values_list("heading", "key", "order")) == {
            ("最後に", "s6", 6),
            ("小見出し", "s5-2", 2),
            ("付録", "s7", 7),
        }

    def test_a_statement_without_a_key_gets_the_next(self, client: Client, edition: Edition) -> None:
        section = SectionFactory(edition=edition, key="s5-2")
        StatementFactory(section=section, key="s5-2-3", order=3)
        assert errors_of(add_rows(client, section, "statements", {"text": "次"}, {"text": "その次"})) == []
        assert list(section.statements.values_list("key", "order", "text"))[1:] == [
            ("s5-2-4", 4, "次"),
            ("s5-2-5", 5, "その次"),
        ]

    def test_a_key_of_an_earlier_edition_is_not_given_to_another_statement(self, client: Client) -> None:
        former = StatementFactory(section__key="s1", key="s1-9")
        edition = EditionFactory(summary=former.edition.summary, status=EditionStatus.DRAFT, published_on=None)
        section = SectionFactory(edition=edition, key="s1")
        assert errors_of(add_rows(client, section, "statements", {"text": "新しい文"})) == []
        assert section.statements.get().key == "s1-10"

    def test_a_statement_never_gets_the_key_of_a_subsection(self, client: Client, edition: Edition) -> None:
        section = SectionFactory(edition=edition, key="s5")
        SectionFactory(edition=edition, parent=section, key="s5-4")
        assert errors_of(add_rows(client, section, "statements", {"text": "前文"})) == []
        assert section.statements.get().key == "s5-5"

    @pytest.mark.parametrize(
        ("taken", "message"),
        [
            ("s1-1", "この版には同じ記録番号の文があります。"),
            ("s2-7", "この版には同じ記録番号の文があります。"),
            ("s2", "この記録番号はもう使われています。空のままにすると次の番号が付きます。"),
        ],
    )
    def test_a_written_key_that_is_taken_is_refused_beside_its_field(
        self, client: Client, edition: Edition, taken: str, message: str
    ) -> None:
        section = SectionFactory(edition=edition, key="s1")
        StatementFactory(section=section, key="s1-1")
        StatementFactory(section=SectionFactory(edition=edition, key="s2"), key="s2-7")
        answer = add_rows(client, section, "statements", {"text": "文", "key": taken})
        assert answer.context["inline_admin_formsets"][0].formset.errors == [{}, {"key": [message]}]

    def test_one_key_for_two_new_statements_is_refused(self, client: Client, edition: Edition) -> None:
        section = SectionFactory(edition=edition)
        rows = [{"text": "一", "key": "s9-1"}, {"text": "二", "key": "s9-1"}]
        answer = add_rows(client, section, "statements", *rows)
        assert errors_of(answer) == ["この記録番号はもう使われています。空のままにすると次の番号が付きます。"]

    def test_a_key_stays_once_it_is_given(self, client: Client, edition: Edition) -> None:
        statement = StatementFactory(section__edition=edition, key="s1-1")
        save(
            client, admin_url(statement.section, "change"), {"statements-0-key": "s9-9", "statements-0-text": "直した"}
        )
        save(client, admin_url(statement, "change"), {"key": "s9-9"})
        statement.refresh_from_db()
        assert (statement.key, statement.text) == ("s1-1", "直した")

    def test_passages_and_sentences_get_keys_like_those_of_the_records(self, client: Client) -> None:
        document = PolicyDocumentFactory(slug="honebuto-2026", status=PolicyStatus.DRAFT)
        assert errors_of(add_rows(client, document, "passages", {"heading": "一"}, {"heading": "二"})) == []
        second = document.passages.get(order=2)
        assert second.key == "honebuto-2026-p2"
        assert errors_of(add_rows(client, second, "sentences", {"text": "一文"}, {"text": "二文"})) == []
        assert list(second.sentences.values_list("key", "order", "paragraph")) == [
            ("honebuto-2026-p2-s-1", 1, 1),
            ("honebuto-2026-p2-s-2", 2, 1),
        ]


class TestStatements:
    def test_a_statement_names_the_issues_it_answers(self, client: Client, edition: Edition) -> None:
        section, issues = SectionFactory(edition=edition), QuestionFactory.create_batch(2)
        pks = [issue.pk for issue in issues]
        assert errors_of(add_rows(client, section, "statements", {"text": "答え", "answers": pks})) == []
        assert set(section.statements.get().issues.all()) == set(issues)

    def test_the_issues_are_changed_on_its_own_page(self, client: Client, edition: Edition) -> None:
        link = StatementIssueFactory(statement__section__edition=edition)
        other = IssueFactory()
        save(client, admin_url(link.statement, "change"), {"answers": [other.pk]})
        assert list(link.statement.issues.all()) == [other]

    def test_saving_without_a_change_keeps_the_issues(self, client: Client, edition: Edition) -> None:
        link = StatementIssueFactory(statement__section__edition=edition)
        save(client, admin_url(link.statement, "change"), {})
        save(client, admin_url(link.statement.section, "change"), {})
        assert list(link.statement.issues.all()) == [link.issue]

    def test_the_issues_of_a_published_statement_are_shown(self, client: Client) -> None:
        link = StatementIssueFactory(issue=QuestionFactory(number=4, parent__number=2))
        assert "答える論点: 論点2-4" in text_of(client.get(admin_url(link.statement, "change")))
        assert "答える論点: 論点2-4" in text_of(client.get(admin_url(link.statement.section, "change")))

    def test_two_statements_change_places(self, client: Client, edition: Edition) -> None:
        section = SectionFactory(edition=edition)
        first, second = StatementFactory.create_batch(2, section=section)
        changes = {"statements-0-order": "2", "statements-1-order": "1"}
        assert errors_of(save(client, admin_url(section, "change"), changes)) == []
        assert list(section.statements.all()) == [second, first]

    def test_a_statement_stands_below_one_of_its_own_section(self, client: Client, edition: Edition) -> None:
        section, elsewhere = SectionFactory(edition=edition), StatementFactory(section__edition=edition)
        above = StatementFactory(section=section)
        assert errors_of(add_rows(client, section, "statements", {"text": "➢", "parent": above.pk})) == []
        assert len(errors_of(add_rows(client, section, "statements", {"text": "➢", "parent": elsewhere.pk}))) == 1
        assert list(above.children.values_list("text", flat=True)) == ["➢"]

    def test_a_statement_moves_to_another_section_of_its_edition(self, client: Client, edition: Edition) -> None:
        statement = StatementFactory(section__edition=edition)
        other, foreign = SectionFactory(edition=edition), SectionFactory()
        url = admin_url(statement, "change")
        assert len(errors_of(save(client, url, {"section": foreign.pk}))) == 1
        assert errors_of(save(client, url, {"section": other.pk})) == []
        statement.refresh_from_db()
        assert statement.section == other

    def test_a_statement_with_others_below_it_stays_in_its_section(self, client: Client, edition: Edition) -> None:
        above = StatementFactory(section__edition=edition)
        StatementFactory(section=above.section, parent=above)
        answer = save(client, admin_url(above, "change"), {"section": SectionFactory(edition=edition).pk})
        assert errors_of(answer) == ["下に文があるので、節を移せません。先にその「上の文」を空にしてください。"]


class TestPolicyDocuments:
    def test_a_publisher_shows_a_document_and_takes_it_out_of_view(self) -> None:
        document = PolicyDocumentFactory(status=PolicyStatus.DRAFT)
        client = signed_in(publisher())
        assert client.post(admin_url(document, "status"), {"new": "published"}).status_code == 302
        assert errors_of(client.post(admin_url(document, "status"), {"new": "withdrawn"})) == ["理由を書いてください。"]
        assert client.post(admin_url(document, "status"), {"new": "withdrawn", "reason": "誤り"}).status_code == 302
        assert PolicyDocument.objects.get().status == PolicyStatus.WITHDRAWN

    def test_a_published_document_cannot_be_changed(self, client: Client) -> None:
        sentence = SentenceFactory()
        for record in (sentence, sentence.passage, sentence.passage.document):
            assert client.get(admin_url(record, "change")).status_code == 200
            assert client.post(admin_url(record, "change"), {"text": "改ざん"}).status_code == 403

    def test_a_withdrawn_document_can_be_corrected(self, client: Client) -> None:
        sentence = SentenceFactory(passage__document__status=PolicyStatus.WITHDRAWN)
        assert errors_of(save(client, admin_url(sentence, "change"), {"text": "直した文"})) == []
        assert Sentence.objects.get().text == "直した文"

    def test_a_passage_of_a_draft_is_deleted_and_one_of_a_published_document_is_not(self, client: Client) -> None:
        draft = PassageFactory(document__status=PolicyStatus.DRAFT)
        assert client.post(admin_url(draft, "delete"), {"post": "yes"}).status_code == 302
        assert client.post(admin_url(PassageFactory(), "delete"), {"post": "yes"}).status_code == 403
        assert Passage.objects.count() == 1


class TestTraceLinks:
    def test_a_link_is_made_between_a_statement_and_a_sentence(self, client: Client) -> None:
        statement, sentence = StatementFactory(), SentenceFactory()
        values = {"statement": statement.pk, "sentence": sentence.pk, "kind": "partial"}
        assert errors_of(save(client, admin_url(TraceLink, "add"), values)) == []
        link = TraceLink.objects.get()
        assert (link.statement, link.sentence, link.kind, link.status) == (statement, sentence, "partial", "proposed")

    def test_statements_are_chosen_with_their_edition(self, client: Client) -> None:
        statement = StatementFactory(key="s5-2-1", text="ガードレールの在り方")
        choices = client.get(autocomplete_url(TraceLink, "statement", "ガードレール")).json()["results"]
        text = f"{statement.edition} s5-2-1 ○ ガードレールの在り方"
        assert choices == [{"id": str(statement.pk), "text": text}]
        link = TraceLinkFactory(statement=statement, status=TraceStatus.PROPOSED)
        assert text in client.get(admin_url(link, "change")).content.decode()

    def test_a_link_that_is_there_already_is_refused_in_plain_words(self, client: Client) -> None:
        link = TraceLinkFactory()
        values = {"statement": link.statement.pk, "sentence": link.sentence.pk, "kind": "partial"}
        answer = save(client, admin_url(TraceLink, "add"), values)
        assert errors_of(answer) == ["この二つの文は、すでに結び付いています。"]

    def test_the_list_shows_those_that_wait_too(self, client: Client) -> None:
        links = [TraceLinkFactory(status=status) for status in TraceStatus]
        assert set(client.get(admin_url(TraceLink, "list")).context["cl"].result_list) == set(links)

    def test_the_list_is_searched_by_either_end(self, client: Client) -> None:
        by_statement = TraceLinkFactory(statement__text="著作権の保護")
        by_sentence = TraceLinkFactory(sentence__text="著作権に留意する")
        TraceLinkFactory()
        page = client.get(admin_url(TraceLink, "list"), {"q": "著作権"})
        assert set(page.context["cl"].result_list) == {by_statement, by_sentence}

    @pytest.mark.parametrize(("action", "verdict"), [("confirm_links", "confirmed"), ("reject_links", "rejected")])
    def test_an_editor_judges_those_that_are_chosen(
        self, client: Client, user: User, action: str, verdict: str
    ) -> None:
        links = TraceLinkFactory.create_batch(2, status=TraceStatus.PROPOSED)
        left = TraceLinkFactory(status=TraceStatus.PROPOSED)
        chosen = {"action": action, "_selected_action": [link.pk for link in links]}
        client.post(admin_url(TraceLink, "list"), chosen)
        assert {(link.status, link.confirmed_by) for link in TraceLink.objects.exclude(pk=left.pk)} == {(verdict, user)}
        left.refresh_from_db()
        assert left.status == TraceStatus.PROPOSED

    @pytest.mark.parametrize("make_user", [publisher, auditor])
    def test_nobody_else_judges(self, make_user: Any) -> None:
        link = TraceLinkFactory(status=TraceStatus.PROPOSED)
        signed_in(make_user()).post(
            admin_url(TraceLink, "list"), {"action": "confirm_links", "_selected_action": [link.pk]}
        )
        link.refresh_from_db()
        assert link.status == TraceStatus.PROPOSED

    def test_a_confirmed_link_is_rejected_before_it_is_changed(self, client: Client) -> None:
        link = TraceLinkFactory()
        assert client.post(admin_url(link, "change"), {"kind": "verbatim"}).status_code == 403


def test_choices_of_issues_are_found_by_number_and_words(client: Client) -> None:
    question = QuestionFactory(parent__number=2, number=4, title="AIが知的財産権を脅かしていないか？")
    for words in ("論点2-4", "論点２－４", "知的財産"):
        choices = client.get(autocomplete_url(Statement, "issues", words)).json()["results"]
        assert choices == [{"id": str(question.pk), "text": str(Issue.objects.get(pk=question.pk))}]


def editor_and_publisher() -> User:
    """Somebody with both roles."""
    return UserFactory(roles=[Role.EDITOR, Role.PUBLISHER])
