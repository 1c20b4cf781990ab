"""Who may see and do what with issues; a predicate and its queryset say the same."""

from collections.abc import Callable
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.permissions import Visitor
from issues.models import Discussion, Issue
from issues.permissions import can_change_status, can_delete_issue, can_edit_issue, can_see_issue
from issues.statuses import IssueStatus
from tests.factories import (
    DiscussionFactory,
    IssueFactory,
    QuestionFactory,
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


def test_editors_edit_and_editors_and_publishers_move() -> None:
    assert allowed(can_edit_issue) == [editor]
    assert allowed(can_change_status) == [editor, publisher]


@pytest.mark.parametrize("status", IssueStatus)
def test_editors_delete_drafts_only(status: IssueStatus) -> None:
    issue = IssueFactory(status=status)
    assert allowed(lambda user: can_delete_issue(user, issue)) == ([editor] if status == "draft" else [])


@pytest.mark.parametrize(("theme", "question"), [*product(IssueStatus, IssueStatus)])
def test_a_question_is_public_if_it_and_its_theme_are(theme: IssueStatus, question: IssueStatus) -> None:
    issue = QuestionFactory(parent__status=theme, status=question)
    DiscussionFactory(issue=issue)
    expected = EVERYBODY if theme.is_public and question.is_public else READERS_OF_DRAFTS
    assert allowed(lambda user: can_see_issue(user, issue)) == expected
    assert allowed(lambda user: Issue.objects.visible_to(user).filter(pk=issue.pk).exists()) == expected
    assert allowed(lambda user: Discussion.objects.visible_to(user).exists()) == expected
