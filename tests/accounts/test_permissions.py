"""What each role opens. A flag opens nothing, and who left has no role any more."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.permissions import (
    Visitor,
    can_edit_records,
    can_enter_admin,
    can_manage_accounts,
    can_publish,
    can_read_drafts,
    has_role,
    require,
)
from accounts.roles import Role
from tests.factories import OrganisationFactory, RoleGrantFactory, UserFactory, superuser

pytestmark = pytest.mark.django_db

OPENS: dict[Callable[[Visitor], bool], set[Role]] = {
    can_enter_admin: {Role.EDITOR, Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR},
    can_read_drafts: {Role.EDITOR, Role.PUBLISHER, Role.AUDITOR},
    can_edit_records: {Role.EDITOR},
    can_publish: {Role.PUBLISHER},
    can_manage_accounts: {Role.ADMINISTRATOR},
}


def with_role(role: Role) -> Visitor:
    if role in (Role.OFFICER, Role.LEAD):
        return RoleGrantFactory(role=role).user
    if role == Role.ORGANISATION:
        return RoleGrantFactory(role=role, ministry=None, organisation=OrganisationFactory()).user
    return UserFactory(roles=[role])


@pytest.mark.parametrize("may", OPENS, ids=lambda may: may.__name__)
def test_each_door_opens_to_its_roles_and_to_nobody_else(may: Callable[[Visitor], bool]) -> None:
    assert {role for role in Role if may(with_role(role))} == OPENS[may]
    assert not may(AnonymousUser())
    assert not may(UserFactory())
    assert not may(superuser())


@pytest.mark.parametrize("role", Role)
def test_who_left_has_no_role(role: Role) -> None:
    user = with_role(role)
    assert has_role(user, role)
    user.is_active = False
    assert not has_role(user, role)


def test_a_person_with_two_roles_has_the_doors_of_both() -> None:
    user = UserFactory(roles=[Role.EDITOR, Role.ADMINISTRATOR])
    assert {may for may in OPENS if may(user)} == {
        can_enter_admin,
        can_read_drafts,
        can_edit_records,
        can_manage_accounts,
    }


def test_what_is_not_allowed_raises_with_a_sentence_for_the_reader() -> None:
    require(True)
    with pytest.raises(PermissionDenied, match="この操作は、あなたの役割ではできません"):
        require(False)
