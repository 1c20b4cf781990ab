"""tests.factories makes a row of every model, and rows that stand beside each other."""

from typing import Any

import pytest
from django.apps import apps

from tests.factories import FACTORIES, StatementFactory

MODELS = [
    model
    for app in ("accounts", "meetings", "issues", "summaries")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.endswith("History")
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory.__name__)
def test_three_rows_can_be_made(factory: Any) -> None:
    model = factory._meta.model
    rows = factory.create_batch(3)
    assert set(rows) <= set(model._default_manager.all())
    for row in rows:
        assert str(row)
        row.full_clean()


def test_every_model_has_a_factory() -> None:
    assert {factory._meta.model for factory in FACTORIES} == set(MODELS)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_is_cleaned_up_although_histories_refuse_truncate() -> None:
    StatementFactory()


@pytest.mark.django_db
def test_numbers_begin_at_one() -> None:
    assert StatementFactory().key == "s1-1"
