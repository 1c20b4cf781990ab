"""What the database holds for users, roles, ministries and organisations."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError

from accounts.models import Division, Ministry, Organisation, RoleGrant, User
from accounts.roles import Role
from tests.constraints import is_refused_by, names_of_constraints
from tests.factories import (
    DivisionFactory,
    MinistryFactory,
    OrganisationFactory,
    RoleGrantFactory,
    UserFactory,
    editor,
)

pytestmark = pytest.mark.django_db


def grant(**fields: Any) -> RoleGrant:
    return RoleGrant.objects.create(user=UserFactory(), **fields)


VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    "division_name_unique_in_ministry": [
        lambda: Division.objects.create(ministry=(first := DivisionFactory()).ministry, name=first.name),
    ],
    "organisation_corporate_number_unique": [
        lambda: Organisation.objects.create(name="別の協会", corporate_number=OrganisationFactory().corporate_number),
    ],
    "role_grant_once": [
        lambda: (
            RoleGrant.objects.create(user=editor(), role=Role.EDITOR)
            and RoleGrant.objects.create(user=User.objects.latest("pk"), role=Role.EDITOR)
        ),
        lambda: RoleGrant.objects.create(
            user=(first := RoleGrantFactory()).user, role=first.role, ministry=first.ministry
        ),
    ],
    "role_grant_ministry_with_ministry_role": [
        lambda: grant(role=Role.OFFICER),
        lambda: grant(role=Role.LEAD),
        lambda: grant(role=Role.EDITOR, ministry=MinistryFactory()),
        lambda: grant(role=Role.EDITOR, division=DivisionFactory()),
    ],
    "role_grant_organisation_with_its_role": [
        lambda: grant(role=Role.ORGANISATION),
        lambda: grant(role=Role.EDITOR, organisation=OrganisationFactory()),
    ],
    "user_email_unique_whatever_case": [
        lambda: User.objects.bulk_create(User(email=email, name="") for email in ("a@example.jp", "A@example.jp")),
    ],
}
CASES = [(name, violate) for name, violations in VIOLATIONS.items() for violate in violations]


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _violate in CASES])
def test_the_database_refuses_what_breaks_a_constraint(name: str, violate: Callable[[], Any]) -> None:
    assert is_refused_by(name, violate)


def test_every_constraint_is_tried() -> None:
    assert set(VIOLATIONS) == names_of_constraints("accounts")


def test_organisations_without_a_number_stand_beside_each_other() -> None:
    OrganisationFactory.create_batch(2, corporate_number="")
    assert Organisation.objects.count() == 2


def test_a_ministry_with_divisions_or_people_is_kept() -> None:
    for ministry in (DivisionFactory().ministry, RoleGrantFactory().ministry):
        with pytest.raises(ProtectedError):
            ministry.delete()


def test_ministries_come_in_the_governments_order() -> None:
    second, first = MinistryFactory(order=2), MinistryFactory(order=1)
    assert list(Ministry.objects.for_list()) == [first, second]


def test_the_roles_of_a_user_are_asked_once() -> None:
    user = User.objects.get(pk=editor().pk)
    with connection.execute_wrapper(_count := Count()):
        assert user.roles == user.roles == {Role.EDITOR}
    assert _count.queries == 1


class Count:
    """Counts what is asked of the database."""

    queries = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries += 1
        return execute(*args)
