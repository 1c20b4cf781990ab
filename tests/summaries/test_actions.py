"""Editions, policy documents and trace links change their state through one door each."""

from datetime import date
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from accounts.roles import Role
from meetings.statuses import IllegalTransition
from summaries.actions import change_edition_status, change_policy_status, judge_trace, start_edition
from summaries.models import Edition, PolicyDocument, Statement, TraceLink
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus
from tests.factories import (
    EditionFactory,
    EditionNoteFactory,
    PolicyDocumentFactory,
    SectionFactory,
    StatementFactory,
    StatementIssueFactory,
    SummaryFactory,
    TraceLinkFactory,
    UserFactory,
    administrator,
    auditor,
    editor,
    participant,
    publisher,
    superuser,
)

pytestmark = pytest.mark.django_db


def edition_in(status: EditionStatus, **fields: Any) -> Edition:
    """An edition with one statement."""
    dated = {"published_on": date(2023, 5, 26) if status.is_public else None}
    edition = EditionFactory(status=status, **{**dated, **fields})
    StatementFactory(section__edition=edition)
    return edition


def may(new: EditionStatus) -> User:
    return editor() if new == EditionStatus.SUBMITTED else publisher()


class TestEditionStatus:
    @pytest.mark.parametrize(("old", "new"), [*product(EditionStatus, EditionStatus)])
    def test_the_moves_of_the_table_succeed_and_all_others_are_illegal(
        self, old: EditionStatus, new: EditionStatus
    ) -> None:
        edition = edition_in(old)
        if new in old.next and new != EditionStatus.SUPERSEDED:
            change_edition_status(edition, new, by=may(new), reason="理由")
            assert edition.status == Edition.objects.get().status == new
        else:
            with pytest.raises(IllegalTransition):
                change_edition_status(edition, new, by=may(new), reason="理由")
            assert edition.status == Edition.objects.get().status == old

    @time_machine.travel("2026-11-23 00:30+09:00")
    def test_publishing_dates_the_edition_in_japan_and_names_both_people(self) -> None:
        edition, writer, approver = edition_in(EditionStatus.DRAFT), editor(), publisher()
        change_edition_status(edition, EditionStatus.SUBMITTED, by=writer)
        assert (edition.submitted_by, edition.approved_by, edition.published_on) == (writer, None, None)
        change_edition_status(edition, EditionStatus.PUBLISHED, by=approver)
        assert (edition.submitted_by, edition.approved_by, edition.published_on) == (
            writer,
            approver,
            date(2026, 11, 23),
        )

    def test_a_date_that_is_known_already_is_kept(self) -> None:
        edition = edition_in(EditionStatus.SUBMITTED, published_on=date(2023, 5, 26))
        change_edition_status(edition, EditionStatus.PUBLISHED, by=publisher())
        assert edition.published_on == date(2023, 5, 26)

    def test_whoever_submitted_never_approves(self) -> None:
        both = UserFactory(roles=[Role.EDITOR, Role.PUBLISHER])
        edition = edition_in(EditionStatus.DRAFT)
        change_edition_status(edition, EditionStatus.SUBMITTED, by=both)
        with pytest.raises(PermissionDenied):
            change_edition_status(edition, EditionStatus.PUBLISHED, by=both)
        change_edition_status(edition, EditionStatus.RETURNED, by=both, reason="自分で直す")
        change_edition_status(edition, EditionStatus.SUBMITTED, by=editor())
        change_edition_status(edition, EditionStatus.PUBLISHED, by=both)

    def test_a_new_edition_in_force_supersedes_the_former(self) -> None:
        former = edition_in(EditionStatus.PUBLISHED)
        other = edition_in(EditionStatus.PUBLISHED)
        new = edition_in(EditionStatus.SUBMITTED, summary=former.summary)
        approver = publisher()
        change_edition_status(new, EditionStatus.PUBLISHED, by=approver, reason="改訂")
        assert dict(Edition.objects.values_list("pk", "status")) == {
            former.pk: "superseded",
            other.pk: "published",
            new.pk: "published",
        }
        row = former.history.latest("pgh_id")  # type: ignore[attr-defined]  # made by accounts.history.recorded
        assert (row.status, row.pgh_context.metadata) == ("superseded", {"user": approver.pk, "reason": "改訂"})

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (EditionStatus.SUBMITTED, EditionStatus.RETURNED),
            (EditionStatus.PUBLISHED, EditionStatus.WITHDRAWN),
        ],
    )
    def test_returning_and_withdrawing_need_a_reason(self, old: EditionStatus, new: EditionStatus) -> None:
        edition = edition_in(old)
        with pytest.raises(ValidationError) as refused:
            change_edition_status(edition, new, by=publisher(), reason=" ")
        assert refused.value.message_dict == {"reason": ["理由を書いてください。"]}

    def test_a_withdrawn_edition_keeps_its_text_with_the_explanation(self) -> None:
        edition = edition_in(EditionStatus.PUBLISHED)
        change_edition_status(edition, EditionStatus.WITHDRAWN, by=publisher(), reason=" 数字に誤り ")
        assert edition.withdrawal_explanation == "数字に誤り"
        assert edition.statements.count() == 1

    def test_an_empty_edition_is_not_submitted(self) -> None:
        edition = EditionFactory(status=EditionStatus.DRAFT, published_on=None)
        with pytest.raises(ValidationError, match="まだ文がありません"):
            change_edition_status(edition, EditionStatus.SUBMITTED, by=editor())

    @pytest.mark.parametrize("make_user", [participant, auditor, administrator, superuser])
    @pytest.mark.parametrize("new", EditionStatus)
    def test_nobody_else_moves_an_edition(self, make_user: Any, new: EditionStatus) -> None:
        edition = edition_in(EditionStatus.SUBMITTED)
        with pytest.raises(PermissionDenied):
            change_edition_status(edition, new, by=make_user(), reason="理由")


class TestStartEdition:
    def test_a_summary_without_editions_gets_an_empty_first_one(self) -> None:
        edition = start_edition(SummaryFactory(), by=editor())
        assert (edition.number, edition.status, edition.published_on, edition.sections.count()) == (1, "draft", None, 0)

    def test_the_next_edition_is_a_copy_with_the_same_keys_and_links(self) -> None:
        former = EditionFactory()
        EditionNoteFactory(edition=former, key="note-3")
        top = SectionFactory(edition=former, key="s5", order=5, group="主な論点")
        below = SectionFactory(edition=former, key="s5-2", order=1, parent=top)
        above = StatementFactory(section=below, key="s5-2-1", order=1)
        StatementFactory(section=below, key="s5-2-2", order=2, parent=above, marker="➢")
        link = StatementIssueFactory(statement=above)
        edition = start_edition(former.summary, by=editor())
        assert (edition.number, edition.status) == (2, "draft")
        assert list(edition.notes.values_list("key", flat=True)) == ["note-3"]
        assert list(edition.sections.order_by("key").values_list("key", "order", "group", "parent__key")) == [
            ("s5", 5, "主な論点", None),
            ("s5-2", 1, "", "s5"),
        ]
        assert list(
            edition.statements.order_by("key").values_list("key", "section__key", "marker", "text", "parent__key")
        ) == [
            (one.key, "s5-2", one.marker, one.text, one.parent and one.parent.key)
            for one in former.statements.order_by("key")
        ]
        assert list(edition.statements.get(key="s5-2-1").issues.all()) == [link.issue]
        assert former.statements.count() == 2

    def test_trace_links_belong_to_one_edition_and_are_not_copied(self) -> None:
        link = TraceLinkFactory()
        start_edition(link.statement.edition.summary, by=editor())
        assert list(TraceLink.objects.all()) == [link]

    @pytest.mark.parametrize("status", [EditionStatus.DRAFT, EditionStatus.SUBMITTED, EditionStatus.RETURNED])
    def test_there_is_one_edition_in_the_making(self, status: EditionStatus) -> None:
        edition = edition_in(status)
        with pytest.raises(ValidationError, match="作成中の版があります"):
            start_edition(edition.summary, by=editor())

    @pytest.mark.parametrize("make_user", [participant, publisher, auditor, administrator, superuser])
    def test_nobody_but_editors_begins_one(self, make_user: Any) -> None:
        with pytest.raises(PermissionDenied):
            start_edition(SummaryFactory(), by=make_user())
        assert not Edition.objects.exists()


class TestPolicyStatus:
    @pytest.mark.parametrize(("old", "new"), [*product(PolicyStatus, PolicyStatus)])
    def test_the_moves_of_the_table_succeed_and_all_others_are_illegal(
        self, old: PolicyStatus, new: PolicyStatus
    ) -> None:
        document = PolicyDocumentFactory(status=old)
        if new in old.next:
            change_policy_status(document, new, by=publisher(), reason="理由")
            assert document.status == PolicyDocument.objects.get().status == new
        else:
            with pytest.raises(IllegalTransition):
                change_policy_status(document, new, by=publisher(), reason="理由")
            assert document.status == PolicyDocument.objects.get().status == old

    def test_taking_it_out_of_view_needs_a_reason_which_the_history_keeps(self) -> None:
        document, user = PolicyDocumentFactory(), publisher()
        with pytest.raises(ValidationError):
            change_policy_status(document, PolicyStatus.WITHDRAWN, by=user)
        change_policy_status(document, PolicyStatus.WITHDRAWN, by=user, reason="誤り")
        assert document.history.latest("pgh_id").pgh_context.metadata == {"user": user.pk, "reason": "誤り"}

    @pytest.mark.parametrize("make_user", [participant, editor, auditor, administrator, superuser])
    def test_nobody_but_publishers_moves_one(self, make_user: Any) -> None:
        document = PolicyDocumentFactory(status=PolicyStatus.DRAFT)
        with pytest.raises(PermissionDenied):
            change_policy_status(document, PolicyStatus.PUBLISHED, by=make_user())


class TestTraceLinks:
    @pytest.mark.parametrize("verdict", [TraceStatus.CONFIRMED, TraceStatus.REJECTED])
    def test_an_editor_judges_a_link(self, verdict: TraceStatus) -> None:
        link, user = TraceLinkFactory(status=TraceStatus.PROPOSED), editor()
        judge_trace(link, verdict, by=user)
        stored = TraceLink.objects.get()
        assert (stored.status, stored.confirmed_by) == (verdict, user)
        assert link.history.latest("pgh_id").pgh_context.metadata == {"user": user.pk}

    @pytest.mark.parametrize("make_user", [participant, publisher, auditor, administrator, superuser])
    def test_nobody_else_judges(self, make_user: Any) -> None:
        link = TraceLinkFactory(status=TraceStatus.PROPOSED)
        with pytest.raises(PermissionDenied):
            judge_trace(link, TraceStatus.CONFIRMED, by=make_user())
        assert TraceLink.objects.get().status == TraceStatus.PROPOSED


def test_a_statement_gets_the_edition_of_its_section_from_the_database() -> None:
    statement, elsewhere = StatementFactory(), SectionFactory()
    Statement.objects.filter(pk=statement.pk).update(section=elsewhere)
    statement.refresh_from_db()
    assert statement.edition == elsewhere.edition
