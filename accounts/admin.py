"""Users and their roles, ministries, organisations."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import (
    BASICS,
    ENGLISH,
    AsksPredicates,
    RecordAdmin,
    RecordStackedInline,
    Tool,
)
from accounts.forms import NewUserForm, RoleGrantForm, RoleGrantFormSet, UserForm
from accounts.models import Division, Ministry, Organisation, RoleGrant, User
from accounts.permissions import Visitor, can_enter_admin, can_manage_accounts

# Groups of Django's permissions open nothing here; roles do.
admin.site.unregister(Group)


class ForAdministrators(AsksPredicates):
    """What administrators alone see and change."""

    def may_view(self, user: Visitor) -> bool:
        return can_manage_accounts(user)

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        return can_manage_accounts(user)


class RoleGrantInline(ForAdministrators, RecordStackedInline):
    """The roles of a person."""

    model = RoleGrant
    form = RoleGrantForm
    formset = RoleGrantFormSet
    fields = ("role", "ministry", "division", "organisation")
    autocomplete_fields = ("ministry", "division", "organisation")


@admin.register(User)
class UserAdmin(ForAdministrators, RecordAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # none at run time
    """People who sign in. Nobody is deleted: who leaves is made inactive, so that the records keep their names."""

    form = UserForm
    add_form = NewUserForm
    fieldsets = (
        (BASICS, {"fields": ("name", "email", "is_active")}),
        (_("記録"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((BASICS, {"fields": ("name", "email", "usable_password", "password1", "password2")}),)
    readonly_fields = ("date_joined", "last_login")
    filter_horizontal = ()
    inlines = (RoleGrantInline,)
    list_display = ("name", "email", "role_names", "is_active")
    list_filter = ("is_active", "role_grants__role")
    search_fields = ("name", "email")
    search_help_text = _("氏名かメールアドレスの一部で探します。")
    ordering = ("email",)

    def may_delete(self, user: Visitor, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("role_grants__ministry", "role_grants__organisation")

    def tools(self, request: HttpRequest, record: User) -> list[Tool]:
        password = reverse("admin:auth_user_password_change", args=[record.pk])
        return [Tool(_("パスワードを決め直す"), password), *super().tools(request, record)]

    @admin.display(description=_("役割"))
    def role_names(self, user: User) -> str:
        """「編集者（事務局）、府省庁の担当者（文部科学省）」."""
        names = []
        for grant in user.role_grants.all():
            place = grant.ministry or grant.organisation
            names.append(f"{grant.get_role_display()}（{place}）" if place else str(grant.get_role_display()))
        return "、".join(names)


class DivisionInline(ForAdministrators, RecordStackedInline):
    """The divisions of a ministry."""

    model = Division

    def may_view(self, user: Visitor) -> bool:
        return can_enter_admin(user)


@admin.register(Ministry)
class MinistryAdmin(ForAdministrators, RecordAdmin):
    """Whoever works in the admin chooses among the ministries; administrators change them."""

    fieldsets = (
        (BASICS, {"fields": ("name", "short_name", "slug", "order")}),
        (ENGLISH, {"fields": ("name_en",)}),
    )
    inlines = (DivisionInline,)
    list_display = ("name", "short_name", "order")
    search_fields = ("name", "short_name", "name_en", "slug")
    search_help_text = _("名称か略称の一部で探します。")

    def may_view(self, user: Visitor) -> bool:
        return can_enter_admin(user)


@admin.register(Division)
class DivisionAdmin(ForAdministrators, RecordAdmin):
    """For the choice of a division beside a role; divisions are edited in the form of their ministry."""

    in_index = False
    joins = ("ministry",)
    fields = ("ministry", "name", "name_en")
    autocomplete_fields = ("ministry",)
    search_fields = ("name", "ministry__name")


@admin.register(Organisation)
class OrganisationAdmin(ForAdministrators, RecordAdmin):
    """Businesses and associations."""

    fieldsets = (
        (BASICS, {"fields": ("name", "corporate_number", "verified_at")}),
        (ENGLISH, {"fields": ("name_en",)}),
    )
    list_display = ("name", "corporate_number", "verified_at")
    search_fields = ("name", "name_en", "corporate_number")
    search_help_text = _("名称か法人番号の一部で探します。")
