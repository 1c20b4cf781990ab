"""Columns for search that fill themselves whenever their row is saved, by save() and bulk_create() alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from japanese.matching import search_text
from japanese.terms import tsvector_literal


class ComputedField(models.TextField):  # type: ignore[type-arg]  # only the stubs know of arguments
    """A column that Python computes from `source`, an attribute or a method of the model, before each write.

    QuerySet.update() and bulk_update() do not ask it; whoever changes a source in that way saves the rows again.
    """

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"default": "", "blank": True, "editable": False, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        source = getattr(model_instance, self.source)
        value = self.compute(source() if callable(source) else source)
        setattr(model_instance, self.attname, value)
        return value

    def compute(self, source: Any) -> str:
        raise NotImplementedError


class FoldedTextField(ComputedField):
    """The text to be searched in, from the parts that `source` gives."""

    def compute(self, source: Sequence[str | date | None]) -> str:
        return search_text(*source)


class TermsField(ComputedField):
    """The index terms, a tsvector, of the folded text that `source` names. That column must be declared first."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "tsvector"

    def compute(self, source: str) -> str:
        return tsvector_literal(source)


@TermsField.register_lookup
class Fulfils(models.Lookup):
    """`terms__fulfils=tsquery literal`. A cast, because to_tsquery() would cut the terms into words of its own."""

    lookup_name = "fulfils"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}::tsquery", (*left_params, *right_params)
