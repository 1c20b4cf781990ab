"""Issues in the admin: themes and questions, ministries, discussions, and moves with a source or a reason."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from issues.models import Discussion, Issue, IssueEvent, Ownership
from issues.statuses import IssueStatus
from meetings.statuses import Placement
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
    AgendaItemFactory,
    BodyFactory,
    DiscussionFactory,
    IssueEventFactory,
    IssueFactory,
    MinistryFactory,
    OwnershipFactory,
    QuestionFactory,
    StatementIssueFactory,
    auditor,
    editor,
    publisher,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return editor(name="霞が関花子")


@pytest.fixture
def client(user: User) -> Client:
    return signed_in(user)


def test_a_question_is_made_below_its_theme(client: Client) -> None:
    theme = IssueFactory(number=2)
    answer = save(client, admin_url(Issue, "add"), {"parent": theme.pk, "number": "4", "title": "知的財産権は？"})
    assert errors_of(answer) == []
    question = Issue.objects.get(parent=theme)
    assert (question.address, question.status) == ("2-4", IssueStatus.DRAFT)


def test_a_theme_has_the_links_to_its_questions(client: Client) -> None:
    question = QuestionFactory()
    page = client.get(admin_url(question.parent, "change"))
    assert admin_url(question, "change") in page.content.decode()
    assert "このテーマの問い" not in text_of(client.get(admin_url(question, "change")))


def test_a_question_is_no_theme(client: Client) -> None:
    question = QuestionFactory()
    answer = save(client, admin_url(Issue, "add"), {"parent": question.pk, "number": "1", "title": "三段目"})
    assert len(errors_of(answer)) == 1
    theme = question.parent
    answer = save(client, admin_url(theme, "change"), {"parent": IssueFactory().pk})
    assert errors_of(answer) == ["論点はテーマとその下の問いの二段です。テーマを選び直してください。"]


def test_a_number_that_is_taken_is_refused_in_plain_words(client: Client) -> None:
    IssueFactory(number=1)
    answer = save(client, admin_url(Issue, "add"), {"number": "1", "title": "AIの利用"})
    assert errors_of(answer) == ["同じ番号の論点があります。番号を変えてください。"]


def test_the_list_has_each_theme_before_its_questions(client: Client) -> None:
    second, first = IssueFactory(number=2), IssueFactory(number=1)
    late, early = QuestionFactory(parent=first, number=10), QuestionFactory(parent=first, number=9)
    page = client.get(admin_url(Issue, "list"))
    assert list(page.context["cl"].result_list) == [first, early, late, second]


def test_the_list_is_filtered_by_status_theme_ministry_and_body(client: Client) -> None:
    wanted, other = (
        QuestionFactory(status=IssueStatus.DISCUSSING, body=BodyFactory()),
        QuestionFactory(body=BodyFactory()),
    )
    for issue in (wanted, other):
        OwnershipFactory(issue=issue)
    for query in (
        {"status__exact": "discussing"},
        {"parent__id__exact": wanted.parent.pk},
        {"ownerships__ministry__id__exact": wanted.ownerships.get().ministry.pk},
        {"body__id__exact": wanted.body.pk},
    ):
        page = client.get(admin_url(Issue, "list"), query)
        assert list(page.context["cl"].result_list) == [wanted], query


def test_a_theme_with_another_number_is_found_with_its_questions(client: Client) -> None:
    question = QuestionFactory(parent__number=2, number=4)
    assert errors_of(save(client, admin_url(question.parent, "change"), {"number": "7"})) == []
    page = client.get(admin_url(Issue, "list"), {"q": "論点7-4"})
    assert list(page.context["cl"].result_list) == [question]


class TestMinistries:
    def rows(self, client: Client, issue: Issue, *kinds: str) -> Any:
        url = admin_url(issue, "change")
        rows = [{"ministry": MinistryFactory().pk, "kind": kind} for kind in kinds]
        return save(client, url, new_rows(fields_of(client.get(url)), "ownerships", rows))

    def test_one_leads_and_any_number_supports(self, client: Client) -> None:
        issue = IssueFactory()
        assert errors_of(self.rows(client, issue, "supporting", "lead", "supporting")) == []
        assert [owner.kind for owner in issue.ownerships.all()] == ["lead", "supporting", "supporting"]

    def test_a_second_leader_is_refused_beside_its_field(self, client: Client) -> None:
        answer = self.rows(client, IssueFactory(), "lead", "lead")
        assert errors_of(answer) == ["主担当は一つの府省庁だけです。"]
        assert not Ownership.objects.exists()

    def test_two_ministries_change_places_in_one_save(self, client: Client) -> None:
        issue = IssueFactory()
        former = OwnershipFactory(issue=issue, kind="lead")
        coming = OwnershipFactory(issue=issue, kind="supporting")
        changes = {"ownerships-0-kind": "supporting", "ownerships-1-kind": "lead"}
        assert errors_of(save(client, admin_url(issue, "change"), changes)) == []
        former.refresh_from_db()
        coming.refresh_from_db()
        assert (former.kind, coming.kind) == ("supporting", "lead")

    def test_a_new_leader_takes_the_place_of_a_deleted_one(self, client: Client) -> None:
        issue = IssueFactory()
        OwnershipFactory(issue=issue, kind="lead")
        url = admin_url(issue, "change")
        fields = fields_of(client.get(url))
        changes = new_rows(fields, "ownerships", [{"ministry": MinistryFactory().pk, "kind": "lead"}])
        assert errors_of(save(client, url, {**changes, "ownerships-0-DELETE": "on"})) == []
        assert issue.ownerships.count() == 1

    def test_the_same_ministry_twice_is_refused_beside_its_field(self, client: Client) -> None:
        issue, ministry = IssueFactory(), MinistryFactory()
        url = admin_url(issue, "change")
        rows = [{"ministry": ministry.pk, "kind": "supporting"}] * 2
        answer = save(client, url, new_rows(fields_of(client.get(url)), "ownerships", rows))
        assert errors_of(answer) == ["この府省庁はすでに担当になっています。"]


class TestDiscussions:
    def test_an_issue_is_linked_to_the_agenda_item_that_discussed_it(self, client: Client) -> None:
        issue, item = IssueFactory(), AgendaItemFactory()
        url = admin_url(issue, "change")
        rows = [{"agenda_item": item.pk}]
        assert errors_of(save(client, url, new_rows(fields_of(client.get(url)), "discussions", rows))) == []
        assert Discussion.objects.get().agenda_item == item

    def test_agenda_items_are_chosen_by_meeting_and_words(self, client: Client) -> None:
        item = AgendaItemFactory(
            title="ＡＩと著作権の関係について", meeting__body__name="AI戦略チーム", meeting__number=3
        )
        AgendaItemFactory(title="Ｇ７に向けた準備状況")
        choices = client.get(autocomplete_url(IssueEvent, "agenda_item", "著作権")).json()["results"]
        assert choices == [{"id": str(item.pk), "text": "AI戦略チーム 第3回 ＡＩと著作権の関係について"}]

    def test_an_inferred_link_is_confirmed_in_the_list_of_links(self, client: Client) -> None:
        link = DiscussionFactory(placement=Placement.INFERRED)
        chosen = {"action": "confirm_placements", "_selected_action": [link.pk]}
        client.post(admin_url(Discussion, "list"), chosen)
        link.refresh_from_db()
        assert link.placement == Placement.CONFIRMED


class TestStatus:
    def test_the_page_offers_the_moves_with_what_they_mean(self, client: Client) -> None:
        page = client.get(admin_url(IssueFactory(), "status"))
        assert [value for value, _label in page.context["form"].fields["new"].widget.choices] == [
            "discussing",
            "carried_over",
            "withdrawn",
        ]
        assert "議論中：会議で議論しています。" in text_of(page)

    def test_a_move_cites_the_agenda_item_that_decided_it(self, client: Client, user: User) -> None:
        issue, item = IssueFactory(), AgendaItemFactory()
        answer = client.post(admin_url(issue, "status"), {"new": "discussing", "source": item.pk})
        assert (answer.status_code, answer["Location"]) == (302, admin_url(issue, "change"))
        event = IssueEvent.objects.get()
        assert (event.issue, event.old, event.new, event.agenda_item, event.reason, event.by) == (
            issue,
            "open",
            "discussing",
            item,
            "",
            user,
        )

    def test_a_move_outside_the_meetings_gives_a_reason(self, client: Client) -> None:
        issue = IssueFactory()
        client.post(admin_url(issue, "status"), {"new": "discussing", "source": "", "reason": "持ち回りで決定"})
        event = IssueEvent.objects.get()
        assert (event.agenda_item, event.reason) == (None, "持ち回りで決定")

    def test_a_move_with_neither_is_refused_and_keeps_the_choice(self, client: Client) -> None:
        issue = IssueFactory()
        answer = client.post(admin_url(issue, "status"), {"new": "discussing", "reason": " 　"})
        assert errors_of(answer) == ["根拠の議事を選ぶか、会議外の理由を書いてください。"]
        assert answer.context["form"]["new"].value() == "discussing"
        assert not IssueEvent.objects.exists()

    def test_a_stale_page_is_409_and_keeps_what_was_written(self, client: Client) -> None:
        issue, item = IssueFactory(status=IssueStatus.WITHDRAWN), AgendaItemFactory(title="論点の整理")
        sent = {"new": "discussing", "source": item.pk, "reason": "補足"}
        answer = client.post(admin_url(issue, "status"), sent)
        assert answer.status_code == 409
        assert answer.context["form"].errors["new"] == ["「取り下げ」から「議論中」へは移せません。"]
        assert "論点の整理" in text_of(answer)
        assert "補足" in text_of(answer)

    def test_a_publisher_moves_issues_too(self) -> None:
        issue = IssueFactory()
        client = signed_in(publisher())
        assert client.post(admin_url(issue, "status"), {"new": "withdrawn", "reason": "重複"}).status_code == 302

    def test_an_auditor_moves_none(self) -> None:
        issue = IssueFactory()
        client = signed_in(auditor())
        assert client.post(admin_url(issue, "status"), {"new": "withdrawn", "reason": "重複"}).status_code == 403
        assert admin_url(issue, "status") not in client.get(admin_url(issue, "change")).content.decode()
        assert "move_chosen" not in client.get(admin_url(Issue, "list")).content.decode()

    def test_the_moves_so_far_stand_below_the_form(self, client: Client) -> None:
        event = IssueEventFactory(by__name="霞が関太郎")
        shown = text_of(client.get(admin_url(event.issue, "change")))
        assert f"下書き 提起 {event.agenda_item}" in shown
        assert "霞が関太郎" in shown


class TestDeleting:
    def test_a_draft_can_be_deleted(self, client: Client) -> None:
        issue = IssueFactory(status=IssueStatus.DRAFT)
        assert client.post(admin_url(issue, "delete"), {"post": "yes"}).status_code == 302
        assert not Issue.objects.exists()

    def test_a_draft_that_something_depends_on_is_kept_and_the_page_says_what(self, client: Client) -> None:
        link = StatementIssueFactory(issue__status=IssueStatus.DRAFT)
        page = client.get(admin_url(link.issue, "delete"))
        assert f"{link.statement.key} → {link.issue.label}" in text_of(page)
        client.post(admin_url(link.issue, "delete"), {"post": "yes"})
        assert Issue.objects.exists()
