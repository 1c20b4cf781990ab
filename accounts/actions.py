"""The only writers of accounts."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import RoleGrant, User
from accounts.roles import Role


@transaction.atomic
def create_account(*, email: str, name: str, roles: Sequence[Role], password: str | None = None) -> User:
    """Make a user with roles that need no ministry or organisation. Without a password nobody can sign in yet.

    Raises IntegrityError if the address (whatever its case) is taken.
    """
    user = User.objects.create_user(email, password, name=name)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
    return user
