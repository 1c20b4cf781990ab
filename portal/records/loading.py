"""Reading a record file: YAML, of which JSON is a part, into plain values of which each knows its line.

Only what the format needs: no aliases (a few lines of them can stand for gigabytes), no tags, and the scalars of YAML's
core schema (YAML 1.2.2, 10.3), so that `no` is a text and 2023-05-26 is one too.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from accounts.records import Fault, Node, Place, UnreadableFile, read_text

MAX_DEPTH = 40

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS = {
    name: value
    for names, value in (
        (("", "~", "null", "Null", "NULL"), None),
        (("true", "True", "TRUE"), True),
        (("false", "False", "FALSE"), False),
    )
    for name in names
}
# What YAML does not allow in a file, and what it takes for the end of a line. In quotes all of them can be escaped.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# An escaped backslash, or two escapes of JSON that are one character.
_ESCAPED_PAIR = re.compile(r"\\\\|\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def load(name: str) -> tuple[Any, Place, list[Fault]]:
    """What the file holds, the place of its top, and its faults. Raises UnreadableFile where it cannot be read on."""
    file = Path(name)
    text = read_text(file)
    if found := _CONTROL.search(text):
        message = _("制御文字 U+%(code)s があります。消すか、引用符の中で \\u%(code)s と書いてください。")
        raise UnreadableFile(message, text.count("\n", 0, found.start()) + 1, code=f"{ord(found[0]):04X}")
    if file.suffix.lower() == ".json":
        _check_json(text)
        text = _ESCAPED_PAIR.sub(_join_pair, text)
    return _Builder(name, text).build()


def _check_json(text: str) -> None:
    """Refuse what is YAML and not JSON."""
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        message = _("JSON として読めません（%(problem)s）。この行かその前の行の、かっことコンマを確かめてください。")
        raise UnreadableFile(message, error.lineno, problem=error.msg) from error
    except RecursionError as error:
        raise UnreadableFile(_too_deep()) from error


def _join_pair(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return chr(0x10000 + ((int(found[1], 16) - 0xD800) << 10) + int(found[2], 16) - 0xDC00)


def _too_deep() -> str:
    return _("入れ子が深すぎます（%(limit)d 段まで）。書式を確かめてください。") % {"limit": MAX_DEPTH}


class _Builder:
    """Makes values from the events of the parser."""

    def __init__(self, file: str, text: str) -> None:
        self.lines: dict[tuple[str | int, ...], int] = {}
        self.top = Place(file, self.lines)
        self.faults: list[Fault] = []
        self.text = text
        self.events = self._parsed()

    def build(self) -> tuple[Any, Place, list[Fault]]:
        """The only document of the file."""
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None, self.top, self.faults
        data = self._value(self._next(), self.top)
        self._next()
        following = self._next()
        if not isinstance(following, yaml.StreamEndEvent):
            message = _("「---」で二つに分かれています。一つのファイルには一つだけ書いてください。")
            raise UnreadableFile(message, _line(following))
        return data, self.top, self.faults

    def _parsed(self) -> Iterator[Any]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(self.text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            if any(re.match(r" *\t", text) for text in self.text.splitlines()[line : line + 1]):
                raise UnreadableFile(_("字下げにタブは使えません。空白に直してください。"), line + 1) from error
            message = _(
                "YAML として読めません（%(problem)s）。この行かその前の行の、字下げと引用符を確かめてください。"
            )
            raise UnreadableFile(message, line + 1, problem=error.problem) from error

    def _next(self) -> Any:
        event = next(self.events)
        return self._next() if isinstance(event, yaml.StreamStartEvent) else event

    def _value(self, event: Any, place: Place) -> Any:
        self.lines.setdefault(place.path, _line(event))
        if getattr(event, "anchor", None):
            raise UnreadableFile(_("別名（& と *）は使えません。同じ内容をそのまま書いてください。"), _line(event))
        if getattr(event, "tag", None):
            raise UnreadableFile(_("型の指定（!）は使えません。消してください。"), _line(event))
        if len(place.path) > MAX_DEPTH:
            raise UnreadableFile(_too_deep(), _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return self._scalar(event, place)

    def _mapping(self, place: Place) -> Node:
        node = Node(place)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag or event.anchor:
                raise UnreadableFile(_("キーは文字列だけです。書き直してください。"), _line(event))
            key, where = event.value, place.of(event.value)
            if key in node:
                message = _("同じキーが %(line)d 行目にもあります。どちらか一つにしてください。")
                self.faults.append(where.fault(message % {"line": where.line}, _line(event)))
            else:
                self.lines[where.path] = _line(event)
            node[key] = self._value(self._next(), where)
        return node

    def _sequence(self, place: Place) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._value(event, place.of(len(items))))
        return items

    def _scalar(self, event: Any, place: Place) -> Any:
        text: str = event.value
        if event.style:  # quoted, or a block
            if "\0" in text:
                self.faults.append(place.fault(_("NUL 文字（U+0000）は保存できません。消してください。")))
            return text.replace("\0", "")
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
