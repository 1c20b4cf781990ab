"""Who may do what, for every app to build on. Deny first: a role opens a door, a superuser flag opens none."""

from typing import TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import DRAFT_READERS, Role

Visitor: TypeAlias = AbstractBaseUser | AnonymousUser


def has_role(user: Visitor, *roles: Role) -> bool:
    """Whether `user` is an active person with at least one of `roles`. Somebody not signed in has none."""
    return isinstance(user, User) and user.is_active and not user.roles.isdisjoint(roles)


def can_enter_admin(user: Visitor) -> bool:
    """The council's office, auditors and system administrators work in the admin."""
    return has_role(user, *DRAFT_READERS, Role.ADMINISTRATOR)


def can_read_drafts(user: Visitor) -> bool:
    """Drafts of the council's records; ministries' own drafts have rules of their own."""
    return has_role(user, *DRAFT_READERS)


def can_edit_records(user: Visitor) -> bool:
    """Meetings, issues, summaries and policy documents, while they are not published."""
    return has_role(user, Role.EDITOR)


def can_publish(user: Visitor) -> bool:
    """Publish and unpublish; that it is a second person is asked of the thing itself."""
    return has_role(user, Role.PUBLISHER)


def can_manage_accounts(user: Visitor) -> bool:
    """Users, roles, ministries and organisations."""
    return has_role(user, Role.ADMINISTRATOR)


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) with a sentence for the reader, unless `allowed`."""
    if not allowed:
        raise PermissionDenied(
            _("この操作は、あなたの役割ではできません。必要な場合はシステム管理者に相談してください。")
        )
