"""The editors' admin: Django's own site behind our own question of who may enter."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import ChoicesView
from accounts.permissions import can_enter_admin


class SignInForm(AdminAuthenticationForm):
    """E-mail address and password."""

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Refuse whoever may not enter in the same words as a wrong password, so that no account is given away."""
        if not can_enter_admin(user):
            raise ValidationError(
                self.error_messages["invalid_login"], code="invalid_login", params={"username": _("メールアドレス")}
            )


class RontenAdminSite(AdminSite):
    """Django's admin site; a role opens it, never a superuser flag."""

    site_title = _("論点 編集")
    site_header = _("論点 編集")
    index_title = _("記録の編集")
    login_form = SignInForm

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this user may enter at all; each record's admin asks again for itself."""
        return can_enter_admin(request.user)

    def get_urls(self) -> list[Any]:
        """Without the detour to a record's public page, which does not ask who may know its address."""
        return [page for page in super().get_urls() if getattr(page, "name", "") != "view_on_site"]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ChoicesView.as_view(admin_site=self)(request)
