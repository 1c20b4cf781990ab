import pytest
from django.core.exceptions import ValidationError

from japanese.text import refuse_unstorable, show_bidi


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("論点\x00", "3文字目のU+0000は保存できない文字です。消してから、もう一度送ってください。"),
        ("\ud83d", "1文字目のU+D83Dは保存できない文字です。消してから、もう一度送ってください。"),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        refuse_unstorable(text)
    assert error.value.messages == [message]


@pytest.mark.parametrize("text", ["", "㈱", "葛\U000e0100城", "😀👩‍💻", "\u202e", "\x01"])
def test_everything_else_is_kept(text: str) -> None:
    refuse_unstorable(text)


def test_a_turn_of_direction_is_shown() -> None:
    assert show_bidi("請求\u202e書\u2066") == "請求[U+202E]書[U+2066]"
