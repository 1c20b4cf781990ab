"""Accounts are made by one action, with their roles."""

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from accounts.actions import create_account
from accounts.models import User
from accounts.roles import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_account_has_its_roles_and_an_address_in_lower_case() -> None:
    user = create_account(email=" Hanako@Example.GO.JP ", name="霞が関花子", roles=[Role.EDITOR, Role.AUDITOR])
    assert (user.email, user.name) == ("hanako@example.go.jp", "霞が関花子")
    assert user.roles == {Role.EDITOR, Role.AUDITOR}


def test_without_a_password_nobody_signs_in() -> None:
    user = create_account(email="hanako@example.go.jp", name="霞が関花子", roles=[])
    assert not user.has_usable_password()


def test_one_signs_in_whatever_the_case_of_the_address() -> None:
    user = create_account(email="hanako@example.go.jp", name="霞が関花子", roles=[], password=PASSWORD)
    assert authenticate(username="HANAKO@example.go.jp", password=PASSWORD) == user
    assert authenticate(username="hanako@example.go.jp", password="another") is None


def test_an_address_stands_once_and_nothing_is_left_of_the_second() -> None:
    create_account(email="hanako@example.go.jp", name="霞が関花子", roles=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        create_account(email="HANAKO@example.go.jp", name="別人", roles=[Role.ADMINISTRATOR])
    assert list(User.objects.values_list("name", flat=True)) == ["霞が関花子"]


def test_a_role_that_needs_a_ministry_leaves_no_account_without_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        create_account(email="hanako@example.go.jp", name="霞が関花子", roles=[Role.OFFICER])
    assert not User.objects.exists()
