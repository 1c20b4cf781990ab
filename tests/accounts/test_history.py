"""Histories are written by the database, whoever writes to it and how, and nobody changes them."""

from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from accounts.admin_history import history_of
from accounts.history import formerly
from accounts.models import Ministry, User
from issues.models import IssueEvent
from tests import factories

pytestmark = pytest.mark.django_db

#: For each kind of record: how one is made, and a change to it.
RECORDED: dict[Callable[..., Any], dict[str, Any]] = {
    factories.MinistryFactory: {"name": "新しい名称"},
    factories.DivisionFactory: {"name": "新しい名称"},
    factories.OrganisationFactory: {"name": "新しい名称"},
    factories.RoleGrantFactory: {"role": "lead"},
    factories.SourceFactory: {"title": "新しい資料名"},
    factories.BodyFactory: {"name": "新しい名称"},
    factories.BodyNoteFactory: {"text": "新しい本文"},
    factories.MeetingFactory: {"place": "中央合同庁舎第8号館"},
    factories.MinutesFactory: {"text": "新しい本文"},
    factories.AgendaItemFactory: {"title": "新しい議題"},
    factories.MaterialFactory: {"title": "新しい資料名"},
    factories.IssueFactory: {"title": "新しい論点"},
    factories.OwnershipFactory: {"kind": "lead"},
    factories.DiscussionFactory: {"placement_note": "配置から推定"},
    factories.SummaryFactory: {"title": "新しい題名"},
    factories.EditionFactory: {"change_note": "誤字を直した"},
    factories.EditionNoteFactory: {"text": "新しい本文"},
    factories.SectionFactory: {"heading": "新しい見出し"},
    factories.StatementFactory: {"text": "新しい本文"},
    factories.StatementIssueFactory: {"issue_id": None},
    factories.PolicyDocumentFactory: {"title": "新しい題名"},
    factories.PassageFactory: {"heading": "新しい見出し"},
    factories.SentenceFactory: {"text": "新しい本文"},
    factories.TraceLinkFactory: {"kind": "verbatim"},
}
EACH = pytest.mark.parametrize(("make", "change"), RECORDED.items(), ids=lambda value: getattr(value, "__name__", ""))


def change_of(change: dict[str, Any]) -> dict[str, Any]:
    return {"issue_id": factories.IssueFactory().pk} if "issue_id" in change else change


def events(record_pk: int, model: type[Model]) -> list[Any]:
    history = history_of(model)
    assert history is not None
    return list(history._default_manager.filter(pgh_obj_id=record_pk).order_by("pgh_id"))


def refused(sql: str, *params: Any) -> bool:
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except DatabaseError:
        return True
    return False


def test_every_record_of_the_register_is_recorded_but_users_and_events() -> None:
    models = {
        model
        for app in ("accounts", "meetings", "issues", "summaries")
        for model in apps.get_app_config(app).get_models()
        if not model.__name__.endswith("History")
    }
    recorded = {make._meta.model for make in RECORDED}  # type: ignore[attr-defined]  # every key is a factory
    assert models - recorded == {User, IssueEvent}
    assert [model for model in recorded if history_of(model) is None] == []


@EACH
def test_making_changing_and_deleting_leave_one_row_each(make: Callable[..., Any], change: dict[str, Any]) -> None:
    record = make()
    model, pk = type(record), record.pk
    (name, value), *_ = change_of(change).items()
    before = getattr(record, name)
    setattr(record, name, value)
    record.save()
    record.delete()
    rows = events(pk, model)
    assert [(row.pgh_label, getattr(row, name)) for row in rows] == [
        ("insert", before),
        ("update", value),
        ("delete", value),
    ]


@EACH
def test_bulk_changes_are_recorded(make: Callable[..., Any], change: dict[str, Any]) -> None:
    record = make()
    model, pk = type(record), record.pk
    model._default_manager.filter(pk=pk).update(**change_of(change))
    model._default_manager.filter(pk=pk).delete()
    assert [row.pgh_label for row in events(pk, model)] == ["insert", "update", "delete"]


@EACH
def test_a_save_without_a_change_leaves_no_row(make: Callable[..., Any], change: dict[str, Any]) -> None:
    record = make()
    record.save()
    assert [row.pgh_label for row in events(record.pk, type(record))] == ["insert"]


@EACH
def test_neither_the_records_nor_their_history_can_be_emptied(make: Callable[..., Any], change: dict[str, Any]) -> None:
    record = make()
    history = history_of(type(record))
    assert history is not None
    for table in (record._meta.db_table, history._meta.db_table):
        assert refused(f"TRUNCATE {table} CASCADE")
    assert events(record.pk, type(record)) != []


@EACH
def test_a_history_can_be_neither_changed_nor_deleted(make: Callable[..., Any], change: dict[str, Any]) -> None:
    record = make()
    history = history_of(type(record))
    assert history is not None
    for change_it in (lambda rows: rows.update(pgh_label="delete"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change_it(history._default_manager.all())
    assert [row.pgh_label for row in events(record.pk, type(record))] == ["insert"]


def test_raw_sql_is_recorded() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO accounts_ministry (slug, name, name_en, short_name, "order")'
            " VALUES ('mext', '文科省', '', '', 1) RETURNING id"
        )
        (pk,) = cursor.fetchone()
        cursor.execute("UPDATE accounts_ministry SET name = '文部科学省' WHERE id = %s", [pk])
        cursor.execute("DELETE FROM accounts_ministry WHERE id = %s", [pk])
    assert [(row.pgh_label, row.name) for row in events(pk, Ministry)] == [
        ("insert", "文科省"),
        ("update", "文部科学省"),
        ("delete", "文部科学省"),
    ]


def test_bulk_create_is_recorded() -> None:
    made = Ministry.objects.bulk_create([Ministry(slug="a", name="甲省"), Ministry(slug="b", name="乙省")])
    assert [[row.pgh_label for row in events(one.pk, Ministry)] for one in made] == [["insert"], ["insert"]]


def test_computed_columns_are_left_out() -> None:
    history = history_of(type(factories.MeetingFactory()))
    assert history is not None
    names = {field.name for field in history._meta.get_fields()}
    assert {"date", "status"} <= names
    assert names.isdisjoint({"search_text", "search_terms"})


def test_a_row_says_who_did_it_and_why() -> None:
    user = factories.editor()
    with pghistory.context(user=user.pk, reason="名称変更"):
        ministry = factories.MinistryFactory()
    (row,) = events(ministry.pk, Ministry)
    assert row.pgh_context.metadata == {"user": user.pk, "reason": "名称変更"}


def test_a_record_is_found_by_what_it_was_once() -> None:
    ministry = factories.MinistryFactory(slug="monbusho")
    ministry.slug = "mext"
    ministry.save()
    factories.MinistryFactory()
    assert list(formerly(Ministry, slug="monbusho")) == [ministry]
    assert list(formerly(Ministry, slug="mext")) == [ministry]
    assert not formerly(Ministry, slug="never").exists()


class TestIssueEvents:
    def test_an_event_can_be_neither_changed_deleted_nor_emptied(self) -> None:
        event = factories.IssueEventFactory()
        assert refused("UPDATE issues_issueevent SET reason = '書き換え'")
        assert refused("DELETE FROM issues_issueevent")
        assert refused("TRUNCATE issues_issueevent")
        assert list(IssueEvent.objects.all()) == [event]
