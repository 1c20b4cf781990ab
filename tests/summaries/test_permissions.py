"""Who may see and do what with summaries and policy documents; a predicate and its queryset say the same."""

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.permissions import Visitor
from accounts.roles import Role
from issues.statuses import IssueStatus
from summaries.models import (
    Edition,
    EditionNote,
    Passage,
    PolicyDocument,
    Section,
    Sentence,
    Statement,
    StatementIssue,
    Summary,
    TraceLink,
)
from summaries.permissions import (
    can_confirm_trace,
    can_delete_edition,
    can_delete_policy,
    can_edit_edition,
    can_edit_policy,
    can_edit_trace,
    can_move_edition,
    can_move_policy,
    can_see_edition,
    can_see_policy,
)
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus
from tests.factories import (
    EditionFactory,
    EditionNoteFactory,
    PolicyDocumentFactory,
    SentenceFactory,
    StatementFactory,
    StatementIssueFactory,
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

EVERYBODY: list[Callable[[], Visitor]] = [
    AnonymousUser,
    participant,
    editor,
    publisher,
    auditor,
    administrator,
    superuser,
]
READERS_OF_DRAFTS = [editor, publisher, auditor]


def allowed(may: Callable[[Visitor], bool]) -> list[Callable[[], Visitor]]:
    return [make for make in EVERYBODY if may(make())]


def sees_any(model: Any, user: Visitor) -> bool:
    return bool(model.objects.visible_to(user).exists())


def edition_in(status: EditionStatus) -> Edition:
    return EditionFactory(status=status, published_on=date(2023, 5, 26) if status.is_public else None)


@pytest.mark.parametrize("status", EditionStatus)
def test_an_edition_and_all_that_is_in_it_is_read_once_it_was_public(status: EditionStatus) -> None:
    edition = edition_in(status)
    StatementFactory(section__edition=edition)
    EditionNoteFactory(edition=edition)
    expected = EVERYBODY if status.is_public else READERS_OF_DRAFTS
    assert allowed(lambda user: can_see_edition(user, edition)) == expected
    for model in (Summary, Edition, EditionNote, Section, Statement):
        assert allowed(partial(sees_any, model)) == expected, model


@pytest.mark.parametrize("status", EditionStatus)
def test_editors_write_in_what_is_not_submitted_and_delete_drafts(status: EditionStatus) -> None:
    edition = edition_in(status)
    assert allowed(lambda user: can_edit_edition(user, edition)) == ([editor] if status.is_editable else [])
    assert allowed(lambda user: can_delete_edition(user, edition)) == ([editor] if status == "draft" else [])


@pytest.mark.parametrize("new", EditionStatus)
def test_editors_submit_and_publishers_do_the_rest(new: EditionStatus) -> None:
    edition = edition_in(EditionStatus.SUBMITTED)
    who = editor if new == EditionStatus.SUBMITTED else publisher
    assert allowed(lambda user: can_move_edition(user, edition, new)) == [who]


def test_whoever_submitted_never_approves() -> None:
    both = UserFactory(roles=[Role.EDITOR, Role.PUBLISHER])
    edition = EditionFactory(status=EditionStatus.SUBMITTED, published_on=None, submitted_by=both)
    assert not can_move_edition(both, edition, EditionStatus.PUBLISHED)
    assert can_move_edition(both, edition, EditionStatus.RETURNED)


@pytest.mark.parametrize("status", PolicyStatus)
def test_a_policy_document_and_all_that_is_in_it_is_read_while_it_is_published(status: PolicyStatus) -> None:
    document = SentenceFactory(passage__document__status=status).passage.document
    expected = EVERYBODY if status == PolicyStatus.PUBLISHED else READERS_OF_DRAFTS
    assert allowed(lambda user: can_see_policy(user, document)) == expected
    for model in (PolicyDocument, Passage, Sentence):
        assert allowed(partial(sees_any, model)) == expected, model


@pytest.mark.parametrize("status", PolicyStatus)
def test_editors_write_in_what_is_not_published_and_publishers_move(status: PolicyStatus) -> None:
    document = PolicyDocumentFactory(status=status)
    assert allowed(lambda user: can_edit_policy(user, document)) == ([] if status == "published" else [editor])
    assert allowed(lambda user: can_delete_policy(user, document)) == ([editor] if status == "draft" else [])
    assert allowed(lambda user: can_move_policy(user, document, status)) == [publisher]


@pytest.mark.parametrize("status", TraceStatus)
def test_editors_judge_links_and_change_what_is_not_confirmed(status: TraceStatus) -> None:
    link = TraceLinkFactory(status=status)
    assert allowed(can_confirm_trace) == [editor]
    assert allowed(lambda user: can_edit_trace(user, link)) == ([] if status == "confirmed" else [editor])


@pytest.mark.parametrize(("status", "edition", "policy"), [*product(TraceStatus, [*EditionStatus], [*PolicyStatus])])
def test_a_link_is_read_if_it_is_confirmed_and_both_ends_are_public(
    status: TraceStatus, edition: EditionStatus, policy: PolicyStatus
) -> None:
    statement = StatementFactory(section__edition=edition_in(edition))
    TraceLinkFactory(status=status, statement=statement, sentence__passage__document__status=policy)
    public = edition.is_public and policy == PolicyStatus.PUBLISHED
    expected = (EVERYBODY if public else READERS_OF_DRAFTS) if status == TraceStatus.CONFIRMED else []
    assert allowed(lambda user: TraceLink.objects.visible_to(user).exists()) == expected


@pytest.mark.parametrize(("issue", "edition"), [*product(IssueStatus, EditionStatus)])
def test_the_answer_to_an_issue_is_read_if_both_ends_are_public(issue: IssueStatus, edition: EditionStatus) -> None:
    StatementIssueFactory(issue__status=issue, statement__section__edition=edition_in(edition))
    expected = EVERYBODY if issue.is_public and edition.is_public else READERS_OF_DRAFTS
    assert allowed(lambda user: StatementIssue.objects.visible_to(user).exists()) == expected
