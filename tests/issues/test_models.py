"""What the database holds for issues."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError

from issues.models import Issue
from tests.constraints import is_refused_by, names_of_constraints
from tests.factories import (
    DiscussionFactory,
    IssueEventFactory,
    IssueFactory,
    MinistryFactory,
    OwnershipFactory,
    QuestionFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    "issue_source_lines_in_order": [
        lambda: IssueFactory(first_line=1, last_line=1),
        lambda: IssueFactory(source=SourceFactory(), first_line=2, last_line=1),
    ],
    "discussion_source_lines_in_order": [
        lambda: DiscussionFactory(first_line=1, last_line=1),
        lambda: DiscussionFactory(source=SourceFactory(), first_line=2, last_line=1),
    ],
    "issue_number_unique_in_theme": [
        lambda: IssueFactory.create_batch(2, number=1),
        lambda: QuestionFactory.create_batch(2, parent=IssueFactory(), number=1),
    ],
    "issue_number_from_one": [lambda: IssueFactory(number=0)],
    "issue_status_known": [lambda: IssueFactory(status="unknown")],
    "discussion_once": [
        lambda: DiscussionFactory(issue=(first := DiscussionFactory()).issue, agenda_item=first.agenda_item),
    ],
    "issueevent_has_source_or_reason": [lambda: IssueEventFactory(agenda_item=None)],
    "issueevent_is_a_move": [lambda: IssueEventFactory(old="open", new="open")],
    "ownership_ministry_once": [
        lambda: OwnershipFactory(issue=(first := OwnershipFactory()).issue, ministry=first.ministry),
    ],
    "ownership_one_lead": [lambda: OwnershipFactory.create_batch(2, issue=IssueFactory(), kind="lead")],
}
CASES = [(name, violate) for name, violations in VIOLATIONS.items() for violate in violations]


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _violate in CASES])
def test_the_database_refuses_what_breaks_a_constraint(name: str, violate: Callable[[], Any]) -> None:
    assert is_refused_by(name, violate)


def test_every_constraint_is_tried() -> None:
    assert set(VIOLATIONS) == names_of_constraints("issues")


@pytest.mark.parametrize(
    "violate",
    [
        lambda: QuestionFactory(parent=QuestionFactory()),
        lambda: Issue.objects.filter(pk=QuestionFactory().parent.pk).update(parent=IssueFactory()),
        lambda: (
            Issue.objects.filter(pk=IssueFactory().pk).update(parent=F("pk"))
            and QuestionFactory(parent=Issue.objects.latest("pk"))
        ),
    ],
    ids=["a question below a question", "a theme with questions below a theme", "a theme below itself"],
)
def test_issues_stand_on_two_levels(violate: Callable[[], Any]) -> None:
    assert is_refused_by("an issue is a theme or a question below a theme", violate)


def test_the_form_says_so_in_plain_words() -> None:
    with pytest.raises(ValidationError, match="二段"):
        QuestionFactory.build(parent=QuestionFactory()).full_clean()


def test_one_ministry_leads_and_any_number_supports() -> None:
    issue = IssueFactory()
    supporting = OwnershipFactory.create_batch(2, issue=issue)
    lead = OwnershipFactory(issue=issue, kind="lead")
    assert list(issue.ownerships.all()) == [lead, *supporting]


def test_what_others_point_at_is_kept() -> None:
    event = IssueEventFactory()
    owner = OwnershipFactory()
    for record in (event.issue, event.agenda_item, event.by, owner.ministry, QuestionFactory().parent):
        with pytest.raises(ProtectedError):
            record.delete()


def test_each_theme_stands_before_its_questions() -> None:
    second, first = IssueFactory(number=2), IssueFactory(number=1)
    ten, nine = QuestionFactory(parent=first, number=10), QuestionFactory(parent=first, number=9)
    assert list(Issue.objects.in_order()) == [first, nine, ten, second]
    assert list(Issue.objects.themes().order_by("number")) == [first, second]
    assert set(Issue.objects.questions()) == {nine, ten}


def test_labels_and_addresses_are_those_of_the_interface() -> None:
    question = QuestionFactory(parent__number=2, number=4)
    assert (question.label, question.get_absolute_url()) == ("論点2-4", "/issues/2-4/")
    assert (question.parent.label, question.parent.get_absolute_url()) == ("論点2", "/issues/2/")
    assert MinistryFactory().pk
