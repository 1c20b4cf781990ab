"""Source papers in record files, and the part that every transcribed record has: where in its paper it stands."""

import os.path
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field, Strict

from accounts.records import FileName, OptionalText, Ordinal, Plan, Record, Slug, UnreadableFile, read_text
from japanese.models import SEARCH_COLUMNS, Searchable
from meetings.models import Source, Sourced
from meetings.statuses import Placement

S = TypeVar("S", bound=Sourced)
#: The first and the last line, counted from 1.
Lines = Annotated[list[Ordinal], Field(min_length=2, max_length=2)]


class PageRecord(Record):
    """One page of a paper."""

    page: Ordinal
    title: OptionalText = ""
    lines: Lines


class SourceRecord(Record):
    """A paper that records were transcribed from."""

    id: Slug | None = None
    """Its name in addresses; by default the name of its file without the ending."""
    file: FileName
    """A bare file name. If `text` is missing and the file lies beside the record file, the text is read from there."""
    title: OptionalText = ""
    pages: list[PageRecord] = []
    text: OptionalText = ""

    @property
    def slug(self) -> str:
        """`id`, or what stands for it."""
        return self.id or Path(self.file).stem


class SourcedRecord(Record):
    """A record with its place in a source."""

    source: Slug | None = None
    """Id of the source. If the file has a single one, that one need not be named."""
    line: Ordinal | None = None
    """The line, where it is one: `line: 42` says the same as `lines: [42, 42]`."""
    lines: Lines | None = None
    placement: Annotated[Placement, Strict(False)] = Placement.STATED
    """How it is known that the record belongs where it stands: the text shows it, the transcriber inferred it, or an
    editor has confirmed it."""
    placement_note: OptionalText = ""
    """What was inferred from what."""

    def sourced(self, plan: Plan, row: Sourced) -> dict[str, Any]:
        """What the record says of its place, by the names of the columns. Faults go into the plan."""
        values = self.given("placement", "placement_note")
        # An editor has looked since the file was written; a file cannot take that back.
        if row.placement == Placement.CONFIRMED and values.get("placement") == Placement.INFERRED:
            del values["placement"]
        keys = [key for key in ("line", "lines", "heading_line") if self.has(key)]
        if self.has("source"):
            values["source"] = plan.refer(self, "source", Source, self.source)
        elif keys or row._state.adding:
            values["source"] = plan.defaults.get((self.where.file, Source)) or row.source
        if keys or ("source" in values and values["source"] is None):
            values["first_line"], values["last_line"] = self._span(plan, keys)
        if values.get("first_line"):
            self._check_span(plan, keys[0], values)
        return values

    def _span(self, plan: Plan, keys: Sequence[str]) -> tuple[int | None, int | None]:
        if len(keys) > 1:
            plan.fault(
                self.where.of(keys[1]),
                _("%(first)s と %(second)s の両方があります。どちらか一つにしてください。"),
                first=keys[0],
                second=keys[1],
            )
        given = getattr(self, keys[0]) if keys else None
        first, last = given if isinstance(given, list) else (given, given)
        return first, last

    def _check_span(self, plan: Plan, key: str, values: dict[str, Any]) -> None:
        first, last, source = values["first_line"], values["last_line"], values["source"]
        place = self.where.of(key)
        if first > last:
            plan.fault(place, _("始めの行が終わりの行より後です。小さい順に書いてください。"))
        elif source is None:
            if not self.source:
                plan.fault(place, _("どの出典資料の行か分かりません。source に出典資料の id を書いてください。"))
        elif source.text and last > (count := len(source.lines)):
            plan.fault(
                place,
                _("出典資料「%(source)s」は %(count)d 行です。行の番号を確かめてください。"),
                source=source.slug,
                count=count,
            )


class HeadedRecord(SourcedRecord):
    """A record that in its source is a heading."""

    heading_line: Ordinal | None = None
    """The line of the heading; another way to write `line`."""


def plan_sources(files: Iterable[Sequence[SourceRecord]], used: set[str], plan: Plan) -> None:
    """Plan the sources of each file; a file's only one is its default. `used` are the ids that records name."""
    files = list(files)
    slugs = {record.slug for records in files for record in records} | used
    plan.load(Source.objects.filter(slug__in=slugs), lambda source: source.slug)
    for records in files:
        for record in records:
            if source := plan.claim(record, Source, record.slug, slug=record.slug):
                values = record.given("file", "title", "text")
                if record.has("pages"):
                    values["pages"] = [page.model_dump() for page in record.pages]
                if not record.text and (text := _text_beside(record, plan)):
                    values["text"] = text
                plan.put(record, source, values)
                if len(records) == 1:
                    plan.defaults[record.where.file, Source] = source


def _text_beside(record: SourceRecord, plan: Plan) -> str:
    file = Path(record.where.file).with_name(record.file)
    if not os.path.isfile(file):  # noqa: PTH113  (Path.is_file() raises where a name is too long for the disk)
        return ""
    try:
        return read_text(file)
    except UnreadableFile as error:
        plan.fault(record.where.of("file"), f"{file}:{error.line}: {error}")
        return ""


def read_sources() -> list[SourceRecord]:
    """All sources as records."""
    return [
        SourceRecord.model_construct(
            id=source.slug,
            file=source.file,
            title=source.title,
            pages=[PageRecord.model_construct(**page) for page in source.pages],
            text=source.text,
        )
        for source in sorted(Source.objects.all(), key=lambda source: source.slug)
    ]


def with_source(rows: QuerySet[S]) -> Any:
    """Rows for `place_of`: with the id of their source, without what only search needs."""
    computed = SEARCH_COLUMNS if issubclass(rows.model, Searchable) else ()
    return rows.defer(*computed).annotate(source_slug=F("source__slug"))


def place_of(row: Any) -> dict[str, Any]:
    """What a row says of its place, as keys of its record. `row` comes from `with_source`."""
    return {
        "source": row.source_slug,
        "lines": None if row.first_line is None else [row.first_line, row.last_line],
        "placement": row.placement,
        "placement_note": row.placement_note,
    }
