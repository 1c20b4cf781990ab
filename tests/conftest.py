"""For all tests: numbers from 1, Japanese, uploads that go nowhere, and a clean-up that histories let pass."""

from pathlib import Path

import pgtrigger
import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from pytest_django import Settings

from tests.factories import FACTORIES

# A test that commits (transactional_db, live_server) is cleaned up by TRUNCATE, which records and histories refuse.
flush = pgtrigger.ignore()(DatabaseOperations.execute_sql_flush)
DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]  # there is no setting for it


@pytest.fixture(autouse=True)
def _numbers_from_one() -> None:
    """The first meeting of each test is 第1回, whatever ran before."""
    for factory in FACTORIES:
        factory.reset_sequence(1, force=True)


@pytest.fixture(autouse=True)
def _in_japanese() -> None:
    """A request for an English page leaves its language behind in the thread."""
    translation.activate("ja")


@pytest.fixture(autouse=True)
def _uploads_in_a_folder_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
