"""Which users and ministries."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the name to sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Sign-in finds the address whatever its case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user; without a password nobody can sign in as them. Addresses are kept in lower case."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """What `manage.py createsuperuser` calls. The flag opens nothing by itself: give a role as well."""
        return self.create_user(email, password, is_superuser=True, **fields)


class MinistryQuerySet(models.QuerySet[Any]):
    """Ministries are public."""

    def for_list(self) -> "MinistryQuerySet":
        """In the order that the government lists them."""
        return self.order_by("order", "name")
