import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from japanese.folding import MAX_MARKS, end_of_character, fold, fold_with_offsets
from tests.japanese.texts import hard_texts

EVERY_CHARACTER = [
    char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) not in {"Cn", "Co", "Cs"}
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＩ", "ai"),
        ("第２回", "第2回"),
        ("ｶﾞｰﾄﾞﾚｰﾙ", "ガードレール"),
        ("か\u3099", "が"),
        ("か゛は゜", "がぱ"),
        ("㈱論点", "(株)論点"),
        ("８㌔", "8キロ"),
        ("ﬁle Straße", "file strasse"),
        ("葛\U000e0100城", "葛城"),
        ("生成\u200bAI\u00ad", "生成ai"),
        ("5‐6–7—8―9−0－1", "5-6-7-8-9-0-1"),
        ("4月〜5月～6月", "4月~5月~6月"),
        ("データ", "データ"),
        ("  a \n\u3000 b\t", "a b"),
        ("取りまとめ", "取りまとめ"),
        ("", ""),
    ],
)
def test_folding_makes_one_form_of_what_looks_alike(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded", "offsets"),
    [
        ("㈱A", "(株)a", [0, 0, 0, 1]),
        ("か\u3099き", "がき", [0, 2]),
        ("ｶﾞき", "ガき", [0, 2]),
        ("８㌔", "8キロ", [0, 1, 1]),
        ("ﬁx", "fix", [0, 0, 1]),
        ("x\u0301y", "x\u0301y", [0, 0, 2]),
        (" a\u3000 b ", "a b", [1, 2, 4]),
        ("a\u200bb", "ab", [0, 2]),
        ("", "", []),
    ],
)
def test_offsets_point_at_the_original_characters(text: str, folded: str, offsets: list[int]) -> None:
    assert fold_with_offsets(text) == (folded, offsets)


def test_every_character_folds_to_what_stays_when_folded_again() -> None:
    assert [char for char in EVERY_CHARACTER if fold(fold(char)) != fold(char)] == []


def test_a_text_can_be_cut_before_every_character_that_does_not_compose_with_the_one_before() -> None:
    composing = {
        chr(int(parts[1], 16))
        for char in EVERY_CHARACTER
        if len(parts := unicodedata.decomposition(char).split()) == 2 and not parts[0].startswith("<")
    }
    assert [char for char in sorted(composing) if end_of_character("か" + char, 0) != 2] == []
    apart = [char for char in EVERY_CHARACTER if end_of_character("か" + char, 0) == 1]
    assert [char for char in apart if end_of_character(fold("a" + char), 0) != 1] == []


@given(hard_texts | st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(hard_texts | st.text())
def test_both_ways_to_fold_agree(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded)
    assert offsets == sorted(offsets)
    assert all(0 <= offset < end_of_character(text, offset) <= len(text) for offset in offsets)


@given(hard_texts, hard_texts)
def test_parts_fold_alone_as_they_do_in_a_whole(first: str, second: str) -> None:
    assert fold(f"{first}\n|{second}") == f"{fold(first)} {fold('|' + second)}".strip()


@pytest.mark.parametrize("marks", ["\u0301", "\u0301\u0323", "\uff9e\u0344", "\u200d\u0301\u0323", "\u3164"])
def test_a_million_marks_do_not_hang(marks: str) -> None:
    text = "a" + marks * (1_000_000 // len(marks))
    started = time.process_time()
    folded = fold(text)
    assert fold_with_offsets(text)[0] == folded
    assert time.process_time() - started < 20
    assert len(folded) <= 1 + MAX_MARKS
