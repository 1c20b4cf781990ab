"""An issue's status moves through one door, which records the move with its source or reason."""

import threading
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from issues.actions import change_status
from issues.models import Issue, IssueEvent
from issues.statuses import IssueStatus
from meetings.statuses import IllegalTransition
from tests.factories import (
    AgendaItemFactory,
    IssueFactory,
    administrator,
    auditor,
    editor,
    participant,
    publisher,
    superuser,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("old", "new"), [*product(IssueStatus, IssueStatus)])
def test_the_moves_of_the_table_succeed_and_all_others_are_illegal(old: IssueStatus, new: IssueStatus) -> None:
    issue, item, user = IssueFactory(status=old), AgendaItemFactory(), editor()
    if new in old.next:
        event = change_status(issue, new, by=user, source=item)
        assert issue.status == Issue.objects.get().status == new
        assert (event.issue, event.old, event.new, event.agenda_item, event.reason, event.by) == (
            issue,
            old,
            new,
            item,
            "",
            user,
        )
    else:
        with pytest.raises(IllegalTransition):
            change_status(issue, new, by=user, source=item)
        assert issue.status == Issue.objects.get().status == old
        assert not IssueEvent.objects.exists()


@pytest.mark.parametrize("make_user", [editor, publisher])
def test_editors_and_publishers_move_issues(make_user: Any) -> None:
    change_status(IssueFactory(), IssueStatus.DISCUSSING, by=make_user(), source=None, reason="持ち回り")
    assert IssueEvent.objects.get().reason == "持ち回り"


@pytest.mark.parametrize("make_user", [participant, auditor, administrator, superuser])
def test_nobody_else_moves_them(make_user: Any) -> None:
    issue = IssueFactory()
    with pytest.raises(PermissionDenied):
        change_status(issue, IssueStatus.DISCUSSING, by=make_user(), source=None, reason="持ち回り")
    assert Issue.objects.get().status == IssueStatus.OPEN
    assert not IssueEvent.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "　\n"])
def test_a_move_outside_the_meetings_needs_a_reason(reason: str) -> None:
    issue = IssueFactory()
    with pytest.raises(ValidationError) as refused:
        change_status(issue, IssueStatus.DISCUSSING, by=editor(), source=None, reason=reason)
    assert refused.value.message_dict == {"reason": ["根拠の議事を選ぶか、会議外の理由を書いてください。"]}
    assert Issue.objects.get().status == IssueStatus.OPEN


def test_the_history_keeps_who_and_why() -> None:
    issue, user = IssueFactory(), editor()
    change_status(issue, IssueStatus.WITHDRAWN, by=user, source=None, reason="重複")
    assert issue.history.latest("pgh_id").pgh_context.metadata == {"user": user.pk, "reason": "重複"}


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_succeeds() -> None:
    issue, users = IssueFactory(), [editor(), editor()]
    moved: list[str] = []
    start = threading.Barrier(2)

    def move(user: Any, new: IssueStatus) -> None:
        mine = Issue.objects.get(pk=issue.pk)
        start.wait()
        try:
            change_status(mine, new, by=user, source=None, reason="持ち回り")
            moved.append("moved")
        except IllegalTransition:
            moved.append("illegal")
        finally:
            connection.close()

    threads = [threading.Thread(target=move, args=(user, IssueStatus.WITHDRAWN)) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == ["illegal", "moved"]
    assert IssueEvent.objects.count() == 1
