"""Files that an import reads."""

from pathlib import Path

from django.utils.translation import gettext as _

MAX_BYTES = 20_000_000


class UnreadableFile(Exception):
    """A file that cannot be taken as text, the line where that shows, and a sentence that says what to do."""

    def __init__(self, message: str, line: int = 1, **words: object) -> None:
        self.line = line
        super().__init__(message % words if words else message)


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, letter for letter. Raises UnreadableFile."""
    try:
        size = file.stat().st_size
        with file.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1) if size <= MAX_BYTES else b""
    except OSError as error:
        message = _("開けません（%(cause)s）。ファイルの名前を確かめてください。")
        raise UnreadableFile(message, cause=error.strerror) from error
    if max(size, len(content)) > MAX_BYTES:
        message = _("大きすぎます（上限は %(limit)d MB）。いくつかのファイルに分けてください。")
        raise UnreadableFile(message, limit=MAX_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("UTF-8 として読めない文字があります。文字コードを UTF-8 にして保存し直してください。")
        raise UnreadableFile(message, content.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        message = _("NUL 文字（U+0000）があります。消してください。")
        raise UnreadableFile(message, text.count("\n", 0, text.index("\0")) + 1)
    return text
