"""A person who signs in."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.history import recorded
from accounts.querysets import UserManager
from accounts.roles import Role


@recorded
class User(AbstractBaseUser, PermissionsMixin):
    """Signs in with an e-mail address. What a user may do comes from role grants alone (accounts.permissions)."""

    email = models.EmailField(
        _("メールアドレス"),
        unique=True,
        error_messages={"unique": _("このメールアドレスはすでに登録されています。別のアドレスを入れてください。")},
    )
    name = models.CharField(_("氏名"), max_length=100)
    is_active = models.BooleanField(
        _("有効"), default=True, help_text=_("職を離れた人は、削除せずにここを外してください。記録は残ります。")
    )
    date_joined = models.DateTimeField(_("登録日時"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("利用者")
        verbose_name_plural = _("利用者")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_whatever_case",
                violation_error_message=_("このメールアドレスはすでに登録されています。別のアドレスを入れてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        """How the admin greets."""
        return str(self)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles granted to this user, asked once for each instance."""
        return frozenset(Role(role) for role in self.role_grants.values_list("role", flat=True))
