"""PostgreSQL decides like japanese.search.contains: each half of the search by itself, and both together on a table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from hypothesis import HealthCheck, given, settings

from japanese.models import SEARCH_COLUMNS, Searchable, SearchableQuerySet
from japanese.search import Query, contains, search_text
from japanese.terms import MAX_VECTOR_BYTES, tsvector_literal
from tests.japanese.pairs import FOUND, NOT_FOUND, texts_and_queries

pytestmark = pytest.mark.django_db

# One transaction for all examples: they read nothing that another has written.
in_one_transaction = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def ask_postgresql(text: str, query: Query) -> tuple[bool, bool]:
    """Whether the index proposes the text, and whether the patterns accept it."""
    stored = search_text(text)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery, %s ~ ALL (%s)",
            [tsvector_literal(stored), query.tsquery, stored, query.patterns],
        )
        return cursor.fetchone()


@pytest.mark.parametrize(("text", "words"), FOUND)
def test_postgresql_finds(text: str, words: str) -> None:
    assert ask_postgresql(text, Query.parse(words)) == (True, True)


@pytest.mark.parametrize(("text", "words"), NOT_FOUND)
def test_postgresql_does_not_find(text: str, words: str) -> None:
    assert ask_postgresql(text, Query.parse(words))[1] is False


@in_one_transaction
@given(texts_and_queries())
def test_postgresql_agrees_with_the_rule(pair: tuple[str, Query]) -> None:
    proposed, accepted = ask_postgresql(*pair)
    assert accepted is contains(*pair)
    assert proposed or not accepted


@pytest.fixture
def note_model() -> Any:
    """A model with a table that lives as long as the test."""
    with isolate_apps("japanese"):

        class Note(Searchable):
            title = models.CharField(max_length=200)
            day = models.DateField(null=True)
            secret = models.TextField(default="秘密")

            objects = SearchableQuerySet.as_manager()

            class Meta(Searchable.Meta):
                app_label = "japanese"
                ordering = ["pk"]

            def searchable(self) -> Sequence[str | date | None]:
                return [self.title, self.day]

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    return Note


def titles(note_model: Any, words: str) -> list[str]:
    return [note.title for note in note_model.objects.matching(Query.parse(words))]


def test_search_returns_what_a_plain_scan_returns(note_model: Any) -> None:
    texts = list(dict.fromkeys(text for text, _ in FOUND + NOT_FOUND))
    note_model.objects.bulk_create(note_model(title=text) for text in texts)
    for words in {words for _, words in FOUND + NOT_FOUND}:
        assert titles(note_model, words) == [text for text in texts if contains(text, Query.parse(words))]


def test_what_is_not_searchable_is_not_found(note_model: Any) -> None:
    note_model.objects.create(title="公開")
    assert titles(note_model, "秘密") == []


def test_no_word_is_found_across_two_parts(note_model: Any) -> None:
    note_model.objects.create(title="第2", day=date(2023, 5, 26))
    assert titles(note_model, "第2") == ["第2"]
    assert titles(note_model, "第22023") == []


def test_empty_query_returns_no_row(note_model: Any) -> None:
    note_model.objects.create(title="論点")
    assert titles(note_model, " ") == []


def test_row_is_found_by_its_date(note_model: Any) -> None:
    note_model.objects.create(title="会議", day=date(2023, 5, 26))
    assert titles(note_model, "令和５年５月２６日") == titles(note_model, "R5.5.26") == ["会議"]


def test_change_of_some_fields_renews_the_search(note_model: Any) -> None:
    note = note_model.objects.create(title="論点整理")
    note.title = "政府方針"
    note.save(update_fields=["title"])
    assert titles(note_model, "論点") == []
    assert titles(note_model, "方針") == ["政府方針"]


def test_change_of_a_row_with_deferred_columns_renews_the_search(note_model: Any) -> None:
    note_model.objects.create(title="論点整理")
    note = note_model.objects.defer(*SEARCH_COLUMNS).get()
    note.title = "政府方針"
    note.save()
    assert titles(note_model, "方針") == ["政府方針"]


def test_save_of_no_field_writes_nothing(note_model: Any, django_assert_num_queries: Any) -> None:
    note = note_model.objects.create(title="論点")
    with django_assert_num_queries(0):
        note.save(update_fields=[])


def test_saved_row_holds_the_columns_that_were_written(note_model: Any) -> None:
    note = note_model.objects.create(title="ＡＩの利用")
    assert (note.search_text, note.search_terms) == ("aiの利用", "'ai' 'aiの' 'の利' '利用' '用'")
    note.refresh_from_db()
    assert (note.search_text, note.search_terms) == ("aiの利用", "'ai' 'aiの' 'の利' '利用' '用'")


def test_search_uses_the_index(note_model: Any) -> None:
    note_model.objects.bulk_create(
        note_model(title=f"論点{number} 著作{chr(0x4E00 + number)}") for number in range(500)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "note_terms" in note_model.objects.matching(Query.parse("著作権 論")).order_by().explain()


@pytest.mark.parametrize("numbers", [range(100_000, 160_000), range(100_000, 300_000)])
def test_very_long_text_is_found_exactly(numbers: range) -> None:
    text = " ".join(map(str, numbers))
    stored = search_text(text)
    assert (tsvector_literal(stored) == "'*'") == (6 * len(numbers) > MAX_VECTOR_BYTES)
    assert ask_postgresql(text, Query.parse("123456")) == (True, True)
    assert ask_postgresql(text, Query.parse("12345"))[1] is False


def test_columns_can_be_written_into_a_migration(note_model: Any) -> None:
    for name, source in zip(SEARCH_COLUMNS, ("searchable", "search_text"), strict=True):
        field = note_model._meta.get_field(name)
        _, path, args, kwargs = field.deconstruct()
        assert path == f"japanese.fields.{type(field).__name__}"
        assert (list(args), kwargs) == ([], {"default": "", "blank": True, "editable": False, "source": source})
        assert MigrationWriter.serialize(field)[0].startswith(path)
