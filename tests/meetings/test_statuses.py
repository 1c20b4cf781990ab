"""The table of a meeting's states (domain.md)."""

import pytest
from django.utils import translation

from meetings.statuses import IllegalTransition, MeetingStatus

MOVES = {
    ("planned", "held"),
    ("planned", "postponed"),
    ("planned", "cancelled"),
    ("held", "minutes_draft"),
    ("minutes_draft", "minutes_published"),
    ("postponed", "planned"),
    ("postponed", "cancelled"),
}


def test_the_table_has_the_moves_of_the_rules_and_no_other() -> None:
    assert {(old.value, new.value) for old in MeetingStatus for new in old.next} == MOVES


@pytest.mark.parametrize("status", MeetingStatus)
def test_every_state_has_a_label_and_a_meaning(status: MeetingStatus) -> None:
    assert status.label
    assert str(status.meaning).endswith("。")


def test_an_illegal_move_is_a_sentence() -> None:
    with translation.override("ja"):
        assert (
            str(IllegalTransition(MeetingStatus.CANCELLED, MeetingStatus.HELD))
            == "「中止」から「開催済み」へは移せません。"
        )
