"""Rows that the unique constraints of a model do not allow beside each other, found before they are saved."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Model, Q, UniqueConstraint


class Clash(NamedTuple):
    """A planned row, the other row with the same values (planned before it, or of the database), and what to say."""

    row: Model
    other: Model
    column: str
    message: str


class NotYet(int):
    """Stands for the number of a row that is not saved."""


def clashes(model: type[Model], planned: Sequence[Model], *, with_database: bool) -> Iterator[Clash]:
    """Each clash among the planned rows and, if asked for, with those rows of the database that are not planned."""
    for columns, condition, message in _unique_rules(model):
        seen: dict[tuple[Hashable, ...], Model] = {}
        for row in planned:
            if _fulfils(row, condition):
                first = seen.setdefault(_values(row, columns), row)
                if first is not row:
                    yield Clash(row, first, columns[-1], message)
        if seen and with_database:
            others = model._default_manager.exclude(pk__in=[row.pk for row in planned if row.pk])
            for other in others.filter(condition or Q(), *_among(columns, seen)).only(*columns):
                if found := seen.get(_values(other, columns)):
                    yield Clash(found, other, columns[-1], message)


def related(row: Model, field: Any) -> Model | None:
    """The row that a foreign key was set to, without asking the database."""
    cached: Model | None = field.get_cached_value(row, default=None) if field.is_relation else None
    return cached


def _unique_rules(model: type[Model]) -> Iterator[tuple[Sequence[str], Q | None, str]]:
    """Columns that no two rows share (NULL being a value like others), for which rows, and what to say if they do."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield [field.name], None, model().unique_error_message(model, [field.name]).messages[0]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.fields, constraint.condition, str(constraint.get_violation_error_message())


def _fulfils(row: Model, condition: Q | None) -> bool:
    """Whether a row is one of those that a constraint is about. Ours compare columns with constants, no more."""
    equations: list[Any] = list(condition.children) if condition else []
    return all(row.serializable_value(name) == value for name, value in equations)


def _values(row: Model, columns: Sequence[str]) -> tuple[Hashable, ...]:
    """What a row has in these columns. A row that is not saved stands for the number that it will have."""
    others = [related(row, row._meta.get_field(name)) for name in columns]
    return tuple(
        NotYet(id(other)) if other and other.pk is None else row.serializable_value(name)
        for name, other in zip(columns, others, strict=True)
    )


def _among(columns: Sequence[str], wanted: Iterable[tuple[Hashable, ...]]) -> Iterator[Q]:
    """Conditions for the rows that may have one of the wanted combinations of values."""
    for name, values in zip(columns, zip(*wanted, strict=True), strict=True):
        given = {value for value in values if value is not None and not isinstance(value, NotYet)}
        yield Q(**{f"{name}__in": given}) | (Q(**{f"{name}__isnull": True}) if None in values else Q())
