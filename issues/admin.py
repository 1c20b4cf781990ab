"""Themes and questions, who answers for them, and where they were discussed."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import BASICS, ENGLISH, AsksPredicates, RecordStackedInline, RecordTabularInline
from accounts.models import User
from accounts.permissions import Visitor
from issues.actions import change_status
from issues.forms import IssueStatusForm, OwnershipFormSet
from issues.models import Discussion, Issue, IssueEvent, Ownership
from issues.permissions import can_change_status, can_delete_issue, can_edit_issue
from issues.statuses import IssueStatus
from japanese.templatetags.japanese import both_calendars
from meetings.admin import FromItsParent
from meetings.admin_base import SOURCE, SourcedAdmin, StatusAdmin
from meetings.models import AgendaItem


class OfIssues(AsksPredicates):
    """Issues and what hangs on them: editors change them, readers of drafts look at them."""

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        return can_edit_issue(user)


class OwnershipInline(OfIssues, RecordStackedInline):
    """The ministries that answer for an issue."""

    model = Ownership
    formset = OwnershipFormSet
    joins = ("ministry",)
    fields = (("ministry", "kind"),)
    autocomplete_fields = ("ministry",)


class DiscussionInline(OfIssues, RecordStackedInline):
    """The agenda items under which an issue was discussed."""

    model = Discussion
    joins = ("agenda_item__meeting__body",)
    fields = ("agenda_item", "placement")
    autocomplete_fields = ("agenda_item",)
    show_change_link = True


class IssueEventInline(RecordTabularInline):
    """How the issue came to its state, newest first. Moves are made by the button above, and never unmade."""

    model = IssueEvent
    joins = ("agenda_item__meeting__body", "by")
    fields = readonly_fields = ("day", "old", "new", "agenda_item", "reason", "by")

    @admin.display(description=_("日"))
    def day(self, event: IssueEvent) -> str:
        """The day in both calendars."""
        return both_calendars(event.at)


@admin.register(Issue)
class IssueAdmin(OfIssues, StatusAdmin, SourcedAdmin):
    """Issues, each theme before its questions."""

    statuses = IssueStatus
    status_form = IssueStatusForm
    reason_help = _("だれでも読めます。議事を選んだときは、補うことがあれば書いてください。")
    joins = ("parent", "body")
    fieldsets = (
        (BASICS, {"fields": ("parent", "number", "title", "body", "status")}),
        (ENGLISH, {"fields": ("title_en",)}),
        SOURCE,
    )
    readonly_fields = ("status", "question_list")
    autocomplete_fields = ("body", "source")
    inlines = (OwnershipInline, DiscussionInline, IssueEventInline)
    actions = ("move_chosen", "confirm_placements")
    list_display = ("label", "title", "status", "placement")
    list_display_links = ("label", "title")
    list_filter = (
        "status",
        ("parent", admin.RelatedOnlyFieldListFilter),
        ("ownerships__ministry", admin.RelatedOnlyFieldListFilter),
        ("body", admin.RelatedOnlyFieldListFilter),
        "placement",
    )
    search_fields = ("search_text",)
    ordering = (Coalesce("parent__number", "number"), F("parent__number").asc(nulls_first=True), "number")

    def get_fieldsets(self, request: HttpRequest, obj: Issue | None = None) -> Any:
        basics, *others = super().get_fieldsets(request, obj)
        if obj and not obj.parent_id:
            basics = (BASICS, {"fields": (*basics[1]["fields"], "question_list")})
        return [basics, *others]

    def may_delete(self, user: Visitor, obj: Issue | None = None) -> bool:
        return can_edit_issue(user) if obj is None else can_delete_issue(user, obj)

    def may_move(self, user: Visitor, record: Issue, new: IssueStatus) -> bool:
        return can_change_status(user, record)

    def move(
        self,
        record: Issue,
        new: IssueStatus,
        *,
        by: User,
        source: AgendaItem | None = None,
        reason: str = "",
        **answers: Any,
    ) -> None:
        change_status(record, new, by=by, source=source, reason=reason)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "parent":
            field.queryset = Issue.objects.visible_to(request.user).themes().order_by("number")
        return field

    def save_model(self, request: HttpRequest, obj: Issue, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "number" in form.changed_data:
            # A question is found by the number of its theme too.
            for question in obj.questions.select_related("parent"):
                question.save(update_fields=["number"])

    @admin.display(description=_("番号"), ordering=Coalesce("parent__number", "number"))
    def label(self, issue: Issue) -> str:
        """「論点2-4」."""
        return issue.label

    @admin.display(description=_("このテーマの問い"))
    def question_list(self, issue: Issue) -> SafeString | str:
        """The questions of a theme, each with its page here."""
        questions = issue.questions.select_related("parent").order_by("number") if issue.pk else ()
        links = ((reverse("admin:issues_issue_change", args=[question.pk]), question) for question in questions)
        return format_html_join("", '<p><a href="{}">{}</a></p>', links) or "-"


@admin.register(Discussion)
class DiscussionAdmin(OfIssues, FromItsParent, SourcedAdmin):
    """Where the source of a link is edited and an inferred one confirmed."""

    joins = ("issue__parent", "agenda_item__meeting__body")
    fieldsets = ((BASICS, {"fields": ("issue", "agenda_item")}), SOURCE)
    readonly_fields = ("issue", "agenda_item")
    list_display = ("issue", "agenda_item", "placement")
    list_filter = ("placement", ("issue__parent", admin.RelatedOnlyFieldListFilter))
    search_fields = ("issue__search_text", "agenda_item__search_text")
    search_help_text = _("論点か議事の一部で探します。")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Discussion]:
        return super().get_queryset(request).order_by("issue__parent__number", "issue__number", "pk")
