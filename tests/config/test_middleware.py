"""Pages of whoever is signed in stay out of shared caches."""

import pytest
from django.test import Client

from tests.factories import editor

pytestmark = pytest.mark.django_db


def test_a_page_for_an_editor_is_private() -> None:
    client = Client()
    client.force_login(editor())
    assert "private" in client.get("/issues/").headers["Cache-Control"]


def test_a_page_for_everybody_may_be_kept_by_shared_caches() -> None:
    assert "private" not in Client().get("/issues/").headers.get("Cache-Control", "")
