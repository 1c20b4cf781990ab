"""The tables of the states of editions and policy documents (domain.md)."""

import pytest

from summaries.statuses import PUBLIC_EDITIONS, EditionStatus, PolicyStatus

EDITION_MOVES = {
    ("draft", "submitted"),
    ("submitted", "published"),
    ("submitted", "returned"),
    ("returned", "submitted"),
    ("published", "superseded"),
    ("published", "withdrawn"),
}
POLICY_MOVES = {("draft", "published"), ("published", "withdrawn"), ("withdrawn", "published")}


def test_the_tables_have_the_moves_of_the_rules_and_no_other() -> None:
    assert {(old.value, new.value) for old in EditionStatus for new in old.next} == EDITION_MOVES
    assert {(old.value, new.value) for old in PolicyStatus for new in old.next} == POLICY_MOVES


def test_an_edition_is_written_in_or_read_by_everybody_or_neither() -> None:
    assert {status for status in EditionStatus if status.is_editable} == {EditionStatus.DRAFT, EditionStatus.RETURNED}
    assert {status for status in EditionStatus if status.is_public} == set(PUBLIC_EDITIONS)
    assert not any(status.is_editable and status.is_public for status in EditionStatus)


@pytest.mark.parametrize("status", [*EditionStatus, *PolicyStatus])
def test_every_state_has_a_label_and_a_meaning(status: EditionStatus | PolicyStatus) -> None:
    assert status.label
    assert str(status.meaning).endswith("。")
