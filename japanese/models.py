"""What a model inherits to be found by search."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from japanese.fields import FoldedTextField, TermsField
from japanese.matching import Query

SEARCH_COLUMNS = ("search_text", "search_terms")


class SearchableQuerySet(models.QuerySet[Any]):
    """Rows of a Searchable model."""

    def matching(self, query: Query) -> Self:
        """Rows that match: the index proposes, the regular expressions decide. No row for an empty query."""
        if query.is_empty:
            return self.none()
        decided = [models.Q(search_text__regex=pattern) for pattern in query.patterns]
        return self.filter(*decided, search_terms__fulfils=query.tsquery)


class Searchable(models.Model):
    """A model whose rows are found by what searchable() returns.

    What searchable() takes from other rows goes stale when those change, until this row is saved again. Lists may
    defer SEARCH_COLUMNS: they are of use to the database only. A Meta inherits Searchable.Meta, for the index.
    """

    search_text = FoldedTextField(source="searchable")
    search_terms = TermsField(source="search_text")

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["search_terms"], name="%(class)s_terms")]

    def searchable(self) -> Sequence[str | date | None]:
        """Return the texts and dates by which the row is found. No word matches across two of them."""
        raise NotImplementedError

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Write the search columns too when, by save(update_fields=…) or deferred fields, only some are written."""
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *SEARCH_COLUMNS}
        super().save_base(*args, **kwargs)
