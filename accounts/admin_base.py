"""What every record's admin shares. Permissions are our own predicates: a superuser flag opens nothing here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_history import changes, deletions, history_of, in_words
from accounts.forms import RecordForm, RecordFormSet, WarekiDateTimeField, WarekiDateTimeWidget
from accounts.models import User
from accounts.permissions import Visitor, can_read_drafts
from japanese.forms import WarekiDateField
from japanese.models import SEARCH_COLUMNS, Searchable, SearchableQuerySet
from japanese.search import Query, QueryError

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
    Options = BaseModelAdmin[Any]
else:  # they cannot be subscripted at run time
    ModelAdmin, TabularInline, StackedInline, Options = (
        admin.ModelAdmin,
        admin.TabularInline,
        admin.StackedInline,
        object,
    )

CHANGES_ON_A_PAGE = 100

ENGLISH = _("英語")
BASICS = _("基本")


@dataclass(frozen=True)
class Tool:
    """A button above a record: a link, or, if it changes something by itself, a form that posts."""

    label: str | Promise
    url: str
    posts: bool = False


class AsksPredicates(Options):
    """Who may see, make, change and delete: our predicates, for the form, its rows, choices and confirmations."""

    #: Relations that the name of a record is made of, so that a list does not ask for them row by row.
    joins: tuple[str, ...] = ()

    formfield_overrides = {
        # Without a widget here the form field's own would lose to the admin's.
        models.DateField: {"form_class": WarekiDateField, "widget": WarekiDateField.widget},
        models.DateTimeField: {"form_class": WarekiDateTimeField, "widget": WarekiDateTimeWidget},
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})},
    }

    class Media:
        js = ("js/admin-choices.js",)

    def may_view(self, user: Visitor) -> bool:
        """Whether `user` may see these records here; which of them, get_queryset says."""
        return can_read_drafts(user)

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        """Whether `user` may make a record, or change `obj`. `obj` of a row in another record's form is that record."""
        raise NotImplementedError

    def may_add(self, user: Visitor) -> bool:
        """Whether `user` may make a record here."""
        return self.may_edit(user)

    def may_delete(self, user: Visitor, obj: Any = None) -> bool:
        """Whether `user` may delete a record, as far as nothing depends on it."""
        return self.may_edit(user, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_view(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_edit(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete(request.user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = visible(super().get_queryset(request), request.user)
        if issubclass(self.model, Searchable):
            rows = rows.defer(*SEARCH_COLUMNS)
        return rows.select_related(*self.joins) if self.joins else rows

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        """Choices among what the user may see."""
        model = db_field.remote_field.model
        in_order = super().get_field_queryset(db, db_field, request)
        rows = visible(model._default_manager.all() if in_order is None else in_order, request.user)
        chooser = self.admin_site._registry.get(model)
        return rows.select_related(*chooser.joins) if isinstance(chooser, RecordAdmin) and chooser.joins else rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What is chosen is called as it was among the choices."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        chooser = self.admin_site._registry.get(db_field.remote_field.model)
        if field is not None and isinstance(chooser, RecordAdmin):
            field.label_from_instance = chooser.choice
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A choice among other records, without a button there that would change or delete them."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The record's own address, where Django would take a detour that does not ask who may see it."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None


def person(request: HttpRequest) -> User:
    """Who works here: the admin lets nobody in who has not signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def visible(rows: QuerySet[Any], user: Visitor) -> QuerySet[Any]:
    """`rows` as far as `user` may see them, where the model has a rule for it."""
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows


class RecordTabularInline(AsksPredicates, TabularInline):
    """Rows of a record in its form, in a table: for what is only looked at, because its fields have no labels."""

    extra = 0

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        return False


class RecordStackedInline(AsksPredicates, StackedInline):
    """Rows of a record in its form, one under the other, which fits a phone."""

    form = RecordForm
    formset = RecordFormSet
    extra = 0


class RecordAdmin(AsksPredicates, ModelAdmin):
    """The pages of one kind of record."""

    form = RecordForm
    object_history_template = "admin/object_history.html"
    show_full_result_count = False
    list_per_page = 50
    search_help_text = _("空白で区切ると、すべての語を含む記録を探します。全角と半角は区別しません。")
    #: Whether the kind stands in the list on the first page. What is reached from its parent need not.
    in_index = True
    #: Kinds whose changes the history of a record tells besides its rows'.
    history_below: tuple[type[models.Model], ...] = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_view(request.user)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return super().get_model_perms(request) if self.in_index else {}

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Records are deleted one by one, each after a look at what depends on it."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The site's own search where the records have it, in lists and in the choices of a field."""
        if not search_term.strip():
            return queryset, False
        try:
            query = Query.parse(search_term)
        except QueryError as error:
            if request.resolver_match and request.resolver_match.url_name != "autocomplete":
                self.message_user(request, str(error), messages.WARNING)
            return queryset.none(), False
        return self.matching(request, queryset, query, search_term)

    def matching(
        self, request: HttpRequest, rows: QuerySet[Any], query: Query, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows that fit, and whether some may stand there twice."""
        if isinstance(rows, SearchableQuerySet):
            return rows.matching(query), False
        return super().get_search_results(request, rows, search_term)

    def choice(self, record: Any) -> str:
        """What a record is called in a field that chooses one."""
        return str(record)

    def get_urls(self) -> list[URLPattern]:
        # Before Django's own, the last of which takes every address.
        return [*self.more_urls(), *super().get_urls()]

    def more_urls(self) -> list[URLPattern]:
        """Pages besides Django's."""
        return [self.page("deleted/", self.deleted_view, "deleted")]

    def page(self, route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        """A page below the list of this kind, for who may enter the admin; the view asks for the rest."""

        def wrapper(*args: Any, **kwargs: Any) -> HttpResponseBase:
            return self.admin_site.admin_view(view)(*args, **kwargs)

        return path(route, update_wrapper(wrapper, view), name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")

    def url(self, name: str, *args: Any) -> str:
        """The address of one of this kind's pages."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def get_object_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """The record that an address names; Http404 if the user may not see it or there is none."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """What is not there is 404, not a detour to the first page."""
        raise Http404

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        kind = {"kind": self.opts.verbose_name}
        record = self.get_object(request, unquote(object_id)) if object_id else None
        context = {
            "title": self.opts.verbose_name if object_id else gettext("%(kind)sを登録") % kind,
            "tools": [] if record is None else self.tools(request, record),
            **(extra_context or {}),
        }
        return self._or_conflict(request, super().changeform_view, request, object_id, form_url, context)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        deleted = self.url("deleted") if history_of(self.model) else None
        context = {"title": self.opts.verbose_name_plural, "deleted_url": deleted, **(extra_context or {})}
        return super().changelist_view(request, context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        return self._or_conflict(request, super().delete_view, request, object_id, extra_context)

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        """Buttons above the form, besides Django's."""
        return []

    def _or_conflict(self, request: HttpRequest, view: Callable[..., Any], *args: Any) -> Any:
        """The view's answer, or 409 where somebody else's change of the same moment makes it impossible.

        What a form can know beforehand it says beside the field; this is what only the database can see.
        """
        try:
            return view(*args)
        except IntegrityError:
            context = {
                "title": gettext("保存できませんでした"),
                "opts": self.opts,
                **self.admin_site.each_context(request),
            }
            return TemplateResponse(request, "admin/conflict.html", context, status=409)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What the triggers have kept of the record and its rows. A deleted record keeps its history."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.get_object(request, unquote(object_id))
        below = (*(inline.model for inline in self.get_inlines(request, record)), *self.history_below)
        return self._changes_page(
            request,
            "admin/object_history.html",
            changes(record or self._deleted(object_id), below),
            {"title": gettext("変更の履歴"), "object": record, **(extra_context or {})},
        )

    def _deleted(self, object_id: str) -> Any:
        history = history_of(self.model)
        try:
            pk = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError:
            raise Http404 from None
        if history is None or not history._default_manager.filter(pgh_obj_id=pk, pgh_label="delete").exists():
            raise Http404
        return self.model(pk=pk)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """The records of this kind that were deleted, each with its history."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if history_of(self.model) is None:
            raise Http404
        title = gettext("削除された記録")
        return self._changes_page(request, "admin/deleted.html", deletions(self.model), {"title": title})

    def _changes_page(
        self, request: HttpRequest, template: str, events: QuerySet[Any], context: dict[str, Any]
    ) -> HttpResponse:
        page = Paginator(events, CHANGES_ON_A_PAGE).get_page(request.GET.get("p"))
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "page": page,
                "changes": in_words(list(page), request, self.admin_site),
                "history_url": f"admin:{self.opts.app_label}_{self.opts.model_name}_history",
                **context,
            },
        )


class ChoicesView(AutocompleteJsonView):
    """The choices of a field among many records, called as their kind's admin calls them."""

    model_admin: RecordAdmin

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {**super().serialize_result(obj, to_field_name), "text": self.model_admin.choice(obj)}
