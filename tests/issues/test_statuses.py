"""The table of an issue's states (domain.md)."""

import pytest

from issues.statuses import PUBLIC_STATUSES, IssueStatus

MOVES = {
    ("draft", "open"),
    ("open", "discussing"),
    ("discussing", "summarised"),
    ("summarised", "reflected"),
    ("reflected", "closed"),
    ("open", "carried_over"),
    ("discussing", "carried_over"),
    ("summarised", "carried_over"),
    ("carried_over", "discussing"),
    ("open", "withdrawn"),
    ("discussing", "withdrawn"),
    ("summarised", "withdrawn"),
    ("reflected", "withdrawn"),
    ("closed", "withdrawn"),
    ("carried_over", "withdrawn"),
    ("reflected", "open"),
    ("closed", "open"),
}


def test_the_table_has_the_moves_of_the_rules_and_no_other() -> None:
    assert {(old.value, new.value) for old in IssueStatus for new in old.next} == MOVES


def test_everything_but_drafts_and_what_was_withdrawn_is_public() -> None:
    assert set(PUBLIC_STATUSES) == {status for status in IssueStatus if status.is_public}
    assert set(IssueStatus) - set(PUBLIC_STATUSES) == {IssueStatus.DRAFT, IssueStatus.WITHDRAWN}


@pytest.mark.parametrize("status", IssueStatus)
def test_every_state_has_a_label_and_a_meaning(status: IssueStatus) -> None:
    assert status.label
    assert str(status.meaning).endswith("。")
