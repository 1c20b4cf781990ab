"""What an import would do to the database, and all that stands against it. Nothing is written before `save`."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model, QuerySet, TextChoices
from django.utils.translation import gettext as _

from accounts.records.clashes import Clash, clashes, related
from accounts.records.record import Fault, Place, Record
from japanese.models import SEARCH_COLUMNS, Searchable

M = TypeVar("M", bound=Model)
Outcome: TypeAlias = Literal["created", "changed", "unchanged"]
#: How many rows of each kind were created, changed and left unchanged.
Tally: TypeAlias = dict[type[Model], Counter[Outcome]]

#: Columns whose key in a file has another name.
KEYS = {"slug": "id", "key": "id", "published_on": "published"}


class Plan:
    """The rows that records describe, found by their permanent ids or made, with the values that the records give them.

    Use it in this order: `load` and `claim` the rows of a kind, `put` values into them, then `check`, then `save`.
    """

    def __init__(self, excused: Iterable[str] = ()) -> None:
        """`excused` are ids of records left out for faults of their own; that they are missing is no further fault."""
        self.faults: list[Fault] = []
        #: By file and model: the row that records of the file mean where they name none.
        self.defaults: dict[tuple[str, type[Model]], Model] = {}
        self.tally: Tally = defaultdict(Counter)
        #: The record that is being written.
        self.saving = Place("", {})
        self._excused = set(excused)
        self._rows: dict[type[Model], dict[Hashable, Any]] = defaultdict(dict)
        self._claims: dict[tuple[type[Model], Hashable], Record] = {}
        self._planned: dict[int, tuple[Record, Model]] = {}
        self._unsaved: dict[int, tuple[Record, Model]] = {}
        self._before: list[Callable[[], object]] = []
        self._stale: list[QuerySet[Any]] = []

    def fault(self, place: Place, message: str, /, **words: object) -> None:
        """Note what is wrong at a place; `words` fill the placeholders of the message."""
        self.faults.append(place.fault(message % words if words else message))

    def load(self, rows: QuerySet[M], key: Callable[[M], Hashable]) -> None:
        """Know these rows of the database, and keep others from changing them until the import is done."""
        known = self._rows[rows.model]
        if issubclass(rows.model, Searchable):
            rows = rows.defer(*SEARCH_COLUMNS)
        for row in rows.select_for_update(of=("self",)):
            known.setdefault(key(row), row)

    def row(self, model: type[M], key: Hashable) -> M | None:
        """The row with this id, loaded or claimed, or None."""
        row: M | None = self._rows[model].get(key)
        return row

    def claim(self, record: Record, model: type[M], key: Hashable, /, **identity: object) -> M | None:
        """The row that a record describes: the one known by this id, or a new one made with `identity`.

        None, and a fault, if another record describes the same.
        """
        first = self._claims.setdefault((model, key), record)
        if first is not record:
            self._excused.update(ids_in(record.model_dump()))
            self.fault(
                record.where.of(*[name for name in ("id", "order") if record.has(name)][:1]),
                _("「%(id)s」は %(place)s にもあります。どちらか一つにするか、別の値にしてください。"),
                id=_name(key),
                place=_location(first),
            )
            return None
        row = self.row(model, key)
        if row is None:
            row = self._rows[model][key] = model(**identity)
        return row

    def refer(self, record: Record, name: str, model: type[M], key: Hashable | None) -> M | None:
        """The row that the key `name` of a record refers to. None for None, and None with a fault if there is none."""
        if key is None:
            return None
        row = self.row(model, key)
        if row is None and self._excused.isdisjoint(key if isinstance(key, tuple) else [key]):
            self.fault(
                record.where.of(name),
                _("%(kind)s「%(id)s」がありません。id を確かめるか、その記録をファイルに加えてください。"),
                kind=model._meta.verbose_name,
                id=_name(key),
            )
        return row

    def put(
        self, record: Record, row: Model, values: Mapping[str, object], new: Mapping[str, object] | None = None
    ) -> list[str]:
        """Give a row these values, and if it is new also those of `new` that `values` lacks.

        Returns the names of the columns in which it differs from the database.
        """
        if row._state.adding:
            values = {**(new or {}), **values}
        changed = [name for name, value in values.items() if _differs(row, name, value)]
        for name, value in values.items():
            setattr(row, name, value)
        outcome: Outcome = "created" if row._state.adding else "changed" if changed else "unchanged"
        self.tally[type(row)][outcome] += 1
        self._planned[id(row)] = (record, row)
        if outcome != "unchanged":
            self._unsaved[id(row)] = (record, row)
        return changed

    def status(self, record: Record, row: Model, given: TextChoices | None, default: TextChoices) -> dict[str, object]:
        """The status as a value for `put`. It is set when the row is made; from then on it moves by the one door."""
        if row._state.adding:
            return {"status": given or default}
        standing = row.serializable_value("status")
        if given is not None and given != standing:
            self.fault(
                record.where.of("status"),
                _(
                    "状態は取り込みでは変えられません（登録されている状態は %(standing)s です）。"
                    "status を消すか登録と同じにして、状態は管理画面で移してください。"
                ),
                standing=standing,
            )
        return {}

    def before_saving(self, action: Callable[[], object]) -> None:
        """Do this when everything has been checked, before the first row is saved."""
        self._before.append(action)

    def save_again(self, rows: QuerySet[Any]) -> None:
        """Bring up to date, after all, what these rows took from a changed one for search."""
        self._stale.append(rows)

    def check(self) -> None:
        """Note a fault for each value that a column refuses, and for each that two rows may not share."""
        for record, row in self._unsaved.values():
            self._check_columns(record, row)
        rows = defaultdict(list)
        for _record, row in self._planned.values():
            rows[type(row)].append(row)
        # What was left out for a fault makes those after it seem to take its place in the database.
        with_database = not self._excused
        for model, planned in rows.items():
            for clash in clashes(model, planned, with_database=with_database):
                self._blame(clash)

    def save(self, progress: Callable[[Sequence[Model]], Iterable[Model]]) -> None:
        """Write what is new or changed, each row after those it refers to.

        Raises IntegrityError or DataError; `saving` is then the place of the record that was being written.
        """
        for action in self._before:
            action()
        for row in progress([row for _record, row in self._unsaved.values()]):
            self._save(row)
        self.saving = Place("", {})
        for rows in self._stale:
            for row in rows:
                row.save()
        connection.check_constraints()

    def _save(self, row: Model) -> None:
        record, _row = self._unsaved.pop(id(row), (None, None))
        if record is None:
            return
        for field in row._meta.concrete_fields:
            if other := related(row, field):
                self._save(other)
        self.saving = record.where
        row.save()

    def _check_columns(self, record: Record, row: Model) -> None:
        try:
            row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.fault(_place_of(record, name), message)

    def _blame(self, clash: Clash) -> None:
        record, _row = self._planned[id(clash.row)]
        planned = self._planned.get(id(clash.other))
        other = _location(planned[0]) if planned else _("登録されている「%(row)s」") % {"row": clash.other}
        message = _("%(message)s（重なる相手: %(other)s）")
        self.fault(_place_of(record, clash.column), message, message=clash.message, other=other)


def ids_in(data: object) -> Iterator[str]:
    """Every permanent id in what a file holds."""
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from ids_in(item)


def loops(parents: Mapping[str, str | None]) -> set[str]:
    """The ids from which the way up, parent by parent, leads back to them."""
    found = set()
    for start in parents:
        above, seen = parents[start], set()
        while above is not None and above != start and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == start:
            found.add(start)
    return found


def _place_of(record: Record, column: str) -> Place:
    """The place of the key that fills a column; of the record where the file does not have it."""
    key = KEYS.get(column, column)
    return record.where.of(key) if record.has(key) else record.where


def _name(key: Hashable) -> str:
    return " ".join(map(str, key if isinstance(key, tuple) else [key]))


def _location(record: Record) -> str:
    return f"{record.where.file}:{record.where.line}"


def _differs(row: Model, name: str, value: object) -> bool:
    if isinstance(value, Model):
        value = value.pk
        if value is None:
            return True
    return bool(row.serializable_value(name) != value)
