"""Bodies, meetings with their agenda, materials and minutes, and the papers that records were transcribed from."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import BASICS, ENGLISH, AsksPredicates, RecordAdmin, RecordStackedInline
from accounts.models import User
from accounts.permissions import Visitor
from japanese.templatetags.japanese import both_calendars
from meetings.actions import change_status
from meetings.admin_base import SOURCE, SourcedAdmin, StatusAdmin
from meetings.forms import MaterialForm, MaterialFormSet, OrderedFormSet
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes, Source
from meetings.permissions import can_delete_meeting, can_edit_meeting, can_move_meeting
from meetings.statuses import MeetingStatus


class OfMeetings(AsksPredicates):
    """Bodies, meetings and what hangs on them: editors change them, readers of drafts look at them."""

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        return can_edit_meeting(user)


class FromItsParent(AsksPredicates):
    """Made in the form of what it belongs to; here it is only looked at and changed."""

    def may_add(self, user: Visitor) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(OfMeetings, RecordAdmin):
    """The text stays as it is once it is here: records point at its lines."""

    fieldsets = (
        (BASICS, {"fields": ("title", "file", "slug")}),
        (_("本文"), {"classes": ("collapse",), "fields": ("page_list", "text")}),
    )
    list_display = ("file", "title")
    search_fields = ("file", "title", "slug")
    search_help_text = _("ファイル名か資料名の一部で探します。")

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        return ("page_list", "file", "slug", "text") if obj else ("page_list",)

    @admin.display(description=_("頁"))
    def page_list(self, source: Source) -> SafeString | str:
        """「1頁 AI戦略会議（1～92行）」 for each page; written by imports."""
        text = gettext("%(page)s頁　%(title)s（%(first)s～%(last)s行）")
        pages = (
            text
            % {
                "page": page["page"],
                "title": page.get("title", ""),
                "first": page["lines"][0],
                "last": page["lines"][1],
            }
            for page in source.pages
        )
        return format_html_join("", "<p>{}</p>", ((page,) for page in pages)) or "-"


class BodyNoteInline(OfMeetings, RecordStackedInline):
    """What is printed beside a body in its source."""

    model = BodyNote
    formset = OrderedFormSet
    fields = (("order", "marker"), "text", "text_en", "placement")
    show_change_link = True


@admin.register(Body)
class BodyAdmin(OfMeetings, SourcedAdmin):
    """Councils and teams."""

    joins = ("parent",)
    fieldsets = (
        (BASICS, {"fields": ("name", "slug", "parent", "member_level", "order")}),
        (ENGLISH, {"fields": ("name_en",)}),
        SOURCE,
    )
    autocomplete_fields = ("parent", "source")
    inlines = (BodyNoteInline,)
    list_display = ("name", "parent", "meeting_count", "order", "placement")
    ordering = ("order", "name")  # said again, because counting the meetings drops the model's own
    list_filter = ("placement",)
    search_fields = ("search_text",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Body]:
        return super().get_queryset(request).annotate(meeting_count=Count("meetings"))

    def save_model(self, request: HttpRequest, obj: Body, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            # A meeting is found by the name of its body too.
            for meeting in obj.meetings.select_related("body"):
                meeting.save(update_fields=["number"])

    @admin.display(description=_("会議の数"))
    def meeting_count(self, body: Any) -> str:
        """「7回」."""
        return gettext("%(count)d回") % {"count": body.meeting_count}


@admin.register(BodyNote)
class BodyNoteAdmin(OfMeetings, FromItsParent, SourcedAdmin):
    """Where the source of a note is edited and its place confirmed."""

    joins = ("body",)
    fieldsets = (
        (BASICS, {"fields": ("body", "order", "marker", "text")}),
        (ENGLISH, {"fields": ("text_en",)}),
        SOURCE,
    )
    readonly_fields = ("body",)
    list_display = ("__str__", "body", "placement")
    list_filter = ("placement", "body")
    search_fields = ("search_text",)


class AgendaItemInline(OfMeetings, RecordStackedInline):
    """The agenda of a meeting."""

    model = AgendaItem
    formset = OrderedFormSet
    fields = (("order", "number"), "title", "outcome")
    show_change_link = True


class MaterialInline(OfMeetings, RecordStackedInline):
    """The files of a meeting."""

    model = Material
    form = MaterialForm
    formset = MaterialFormSet
    fields = (("order", "label"), "title", "title_en", "agenda_item", "stored_file", "file")
    readonly_fields = ("stored_file",)
    show_change_link = True

    @admin.display(description=_("登録済みのファイル"))
    def stored_file(self, material: Material) -> SafeString | str:
        """The file that is kept, to be opened."""
        return file_link(material)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Material]:
        return super().get_queryset(request).defer("text").select_related("meeting__body")


class MinutesInline(OfMeetings, RecordStackedInline):
    """The minutes of a meeting, hidden until its status says that they are published."""

    model = Minutes


@admin.register(Meeting)
class MeetingAdmin(OfMeetings, StatusAdmin, SourcedAdmin):
    """Meetings, each with its agenda, materials and minutes."""

    statuses = MeetingStatus
    joins = ("body",)
    fieldsets = (
        (BASICS, {"fields": ("body", "number", "date", "title", "place", "status")}),
        (ENGLISH, {"fields": ("title_en",)}),
        SOURCE,
    )
    autocomplete_fields = ("body", "source")
    inlines = (AgendaItemInline, MaterialInline, MinutesInline)
    actions = ("move_chosen", "confirm_placements")
    list_display = ("__str__", "day", "status", "placement")
    list_filter = ("body", "status", "placement")
    date_hierarchy = "date"
    search_fields = ("search_text",)

    def may_delete(self, user: Visitor, obj: Meeting | None = None) -> bool:
        return can_edit_meeting(user) if obj is None else can_delete_meeting(user, obj)

    def may_move(self, user: Visitor, record: Meeting, new: MeetingStatus) -> bool:
        return can_move_meeting(user, new)

    def move(self, record: Meeting, new: MeetingStatus, *, by: User, reason: str = "", **answers: Any) -> None:
        change_status(record, new, by=by, reason=reason)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            say_what_could_not_be_read(request, row)

    @admin.display(description=_("開催日"), ordering="date")
    def day(self, meeting: Meeting) -> str:
        """The day in both calendars."""
        return both_calendars(meeting.date)


@admin.register(AgendaItem)
class AgendaItemAdmin(OfMeetings, FromItsParent, SourcedAdmin):
    """Where the source of an agenda item is edited, and from where other records choose one."""

    joins = ("meeting__body",)
    fieldsets = (
        (BASICS, {"fields": ("meeting", "order", "number", "title", "outcome")}),
        (ENGLISH, {"fields": ("title_en", "outcome_en")}),
        SOURCE,
    )
    readonly_fields = ("meeting",)
    list_display = ("title", "meeting", "number", "placement")
    list_filter = ("placement", "meeting__body")
    search_fields = ("search_text",)
    ordering = ("-meeting__date", "-meeting__number", "order")


@admin.register(Material)
class MaterialAdmin(OfMeetings, FromItsParent, RecordAdmin):
    """A file: what was read from it, and its replacement."""

    joins = ("meeting__body",)
    form = MaterialForm
    fieldsets = (
        (BASICS, {"fields": ("meeting", "order", "label", "title", "agenda_item", "stored_file", "file")}),
        (ENGLISH, {"fields": ("title_en",)}),
        (_("ファイルから読み取ったもの"), {"classes": ("collapse",), "fields": ("content_type", "sha256", "text")}),
    )
    readonly_fields = ("meeting", "stored_file", "content_type", "sha256", "text")
    list_display = ("__str__", "meeting", "filename", "file_size")
    list_filter = ("meeting__body", "content_type")
    search_fields = ("search_text",)
    ordering = ("-meeting__date", "-meeting__number", "order")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Material]:
        return super().get_queryset(request).defer("text")

    def save_model(self, request: HttpRequest, obj: Material, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        say_what_could_not_be_read(request, form)

    @admin.display(description=_("登録済みのファイル"))
    def stored_file(self, material: Material) -> SafeString | str:
        """The file that is kept, to be opened."""
        return file_link(material)

    @admin.display(description=_("大きさ"), ordering="size")
    def file_size(self, material: Material) -> str:
        """「1.2 MB」."""
        return filesizeformat(material.size)


def file_link(material: Material) -> SafeString | str:
    """The name and size of the file, with its public address. Nothing for a material not saved yet."""
    if not material.pk:
        return "-"
    address, size = material.get_absolute_url(), filesizeformat(material.size)
    return format_html('<a href="{}">{}</a>（{}）', address, material.filename, size)


def say_what_could_not_be_read(request: HttpRequest, form: Any) -> None:
    """Tell the editor of a stored file whose text search will not find."""
    checked = getattr(form, "checked", None)
    if checked and checked.note:
        messages.warning(request, f"{checked.filename}: {checked.note}")
