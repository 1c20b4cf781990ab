from hypothesis import given

from japanese.breaks import break_phrases, phrases
from tests.japanese.texts import hard_texts


def test_a_japanese_text_breaks_between_phrases() -> None:
    assert phrases("責任をどのように考えるか？") == ["責任を", "どのように", "考えるか？"]


def test_a_text_in_another_script_is_one_phrase() -> None:
    assert phrases("How should responsibility be understood?") == ["How should responsibility be understood?"]
    assert phrases("") == []


@given(hard_texts)
def test_the_phrases_joined_are_the_text(text: str) -> None:
    assert "".join(phrases(text)) == text


def test_phrases_are_escaped() -> None:
    assert break_phrases("責任を<b>どのように") == "責任を<wbr>&lt;b&gt;<wbr>どのように"


def test_a_caller_may_change_its_list() -> None:
    phrases("責任をどのように").clear()
    assert phrases("責任をどのように") == ["責任を", "どのように"]
