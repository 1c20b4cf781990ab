"""A record as a file gives it: what it may hold, where in the file it stands, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any, Self, TypeAlias

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from japanese.dates import parse_date

#: The way to a value from the top of its file: keys, and places in lists counted from 0.
Steps: TypeAlias = tuple[str | int, ...]
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, order=True)
class Fault:
    """Why a file cannot be imported: one place in it, and a sentence that says what to do."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        """On one line, and without control characters for the terminal."""
        text = ": ".join(filter(None, (f"{self.file}:{self.line}", self.path, self.message)))
        return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


@dataclass(frozen=True)
class Place:
    """Where a value stands: `path` leads to it from the top of the file, `lines` knows the line of every path."""

    file: str
    lines: Mapping[Steps, int]
    path: Steps = ()

    def of(self, *steps: str | int) -> "Place":
        """The place of what stands below this one."""
        return replace(self, path=(*self.path, *steps))

    @property
    def line(self) -> int:
        """The line of the value or, where the file does not have it, of what it is missing from."""
        known = (self.path[:length] for length in range(len(self.path), 0, -1))
        return next((self.lines[path] for path in known if path in self.lines), self.lines.get((), 1))

    def fault(self, message: str, line: int | None = None) -> Fault:
        """A fault at this place, or at another line that gives the same key once more."""
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return Fault(self.file, line or self.line, path.removeprefix("."), message)


class Node(dict[str, Any]):
    """A mapping of a file, with its place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        super().__init__()


class Record(BaseModel):
    """What all kinds of records share: no key that is not in the format, and no value of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    _place: Place = PrivateAttr(default=Place("", {}))

    @model_validator(mode="wrap")
    @classmethod
    def _from_node(cls, data: object, validate: ModelWrapValidatorHandler[Self]) -> Self:
        record = validate(data)
        if isinstance(data, Node):
            record._place = data.place
        return record

    @property
    def where(self) -> Place:
        """Its place in the file."""
        return self._place

    def walk(self) -> Iterator["Record"]:
        """The record and all records in it."""
        yield self
        for name in self.model_fields_set:
            value = getattr(self, name)
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, Record):
                    yield from part.walk()

    def has(self, name: str) -> bool:
        """Whether the file has this key; a key that it does not have leaves the database as it is."""
        return name in self.model_fields_set

    def given(self, *names: str, **renamed: str) -> dict[str, Any]:
        """The values of those keys that the file has, by the names of their columns (`title="text"` renames)."""
        columns = {name: name for name in names} | renamed
        return {column: getattr(self, name) for column, name in columns.items() if self.has(name)}


def _empty_for_null(value: object) -> object:
    return "" if value is None else value


def _day(value: object) -> object:
    return parse_date(value) if isinstance(value, str) else value


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(_("日時として読めません。「2023-05-26T10:00:00+09:00」のように、時差まで書いてください。"))
    return moment


def _each_once(ids: list[str]) -> list[str]:
    if len(set(ids)) < len(ids):
        raise ValueError(_("同じ id が二度あります。一つにしてください。"))
    return ids


#: A permanent id that is part of an address.
Slug = Annotated[str, Field(pattern=r"^[-a-zA-Z0-9_]+$")]
#: Any other permanent id.
Key = Annotated[str, Field(pattern=r"^\S+$")]
#: The bare name of a file.
FileName = Annotated[str, Field(pattern=r"^[^/\\]*[^/\\.][^/\\]*$")]
#: Ids of which each comes once.
Slugs = Annotated[list[Slug], AfterValidator(_each_once)]
Keys = Annotated[list[Key], AfterValidator(_each_once)]
#: A text that may not be empty.
Text = Annotated[str, Field(min_length=1)]
#: A text that may be empty; null is an empty text.
OptionalText = Annotated[str, BeforeValidator(_empty_for_null), WithJsonSchema({"type": ["string", "null"]})]
#: A number counted from 1.
Ordinal = Annotated[int, Field(ge=1)]
#: A number for sorting.
Order = Annotated[int, Field(ge=0)]
#: A day in either calendar, as parse_date() reads it.
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "description": "A day: 2023-05-26 or 令和5年5月26日."}),
]
#: An instant in ISO 8601 with its offset.
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
