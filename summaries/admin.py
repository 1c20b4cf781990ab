"""Summaries with their editions, sections and statements; policy documents with theirs; and what links the two."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import (
    BASICS,
    ENGLISH,
    AsksPredicates,
    RecordAdmin,
    RecordStackedInline,
    RecordTabularInline,
    Tool,
    person,
)
from accounts.models import User
from accounts.permissions import Visitor, can_edit_records
from japanese.search import Query
from meetings.admin import FromItsParent
from meetings.admin_base import SOURCE, SourcedAdmin, StatusAdmin
from meetings.forms import OrderedFormSet
from summaries.actions import change_edition_status, change_policy_status, judge_trace, start_edition
from summaries.forms import (
    PassageFormSet,
    SectionForm,
    SectionFormSet,
    SentenceFormSet,
    StatementForm,
    StatementFormSet,
)
from summaries.models import (
    Edition,
    EditionNote,
    Passage,
    PolicyDocument,
    Section,
    Sentence,
    Statement,
    StatementIssue,
    Summary,
    TraceLink,
)
from summaries.permissions import (
    can_confirm_trace,
    can_delete_edition,
    can_delete_policy,
    can_edit_edition,
    can_edit_policy,
    can_edit_trace,
    can_move_edition,
    can_move_policy,
)
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus


class OfEditions(AsksPredicates):
    """What belongs to an edition, directly or by its section: editors change it as long as the edition is theirs."""

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        edition = obj if obj is None or isinstance(obj, Edition) else obj.edition
        return can_edit_edition(user, edition)


class OfPolicies(AsksPredicates):
    """What belongs to a policy document, directly or by its passage: editors change it as long as it is not public."""

    def may_edit(self, user: Visitor, obj: Any = None) -> bool:
        if isinstance(obj, Sentence):
            obj = obj.passage
        return can_edit_policy(user, obj.document if isinstance(obj, Passage) else obj)


class EditionInline(RecordTabularInline):
    """The editions of a summary, each with its own page. A new one is begun by the button above."""

    model = Edition
    fields = readonly_fields = ("number", "status", "published_on", "change_note")
    show_change_link = True
    ordering = ("-number",)


@admin.register(Summary)
class SummaryAdmin(SourcedAdmin):
    """What stays through all editions of a summary."""

    joins = ("body", "meeting__body")
    fieldsets = (
        (BASICS, {"fields": ("title", "slug", "body", "meeting", "note")}),
        (ENGLISH, {"fields": ("title_en", "note_en")}),
        SOURCE,
    )
    autocomplete_fields = ("body", "meeting", "source")
    inlines = (EditionInline,)
    list_display = ("title", "body", "meeting", "placement")
    list_filter = ("placement", ("body", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search_text",)

    def may_edit(self, user: Visitor, obj: Summary | None = None) -> bool:
        return can_edit_records(user)

    def more_urls(self) -> list[URLPattern]:
        return [
            *super().more_urls(),
            self.page("<path:object_id>/next-edition/", self.next_edition_view, "next_edition"),
        ]

    def tools(self, request: HttpRequest, record: Summary) -> list[Tool]:
        tools = super().tools(request, record)
        if can_edit_edition(request.user):
            tools.insert(0, Tool(_("次の版を作る"), self.url("next_edition", record.pk), posts=True))
        return tools

    def next_edition_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Begin the next edition and go on to its page; or come back and say why there is none."""
        summary = self.get_object_or_404(request, object_id)
        if request.method == "POST":
            try:
                edition = start_edition(summary, by=person(request))
            except ValidationError as error:
                self.message_user(request, error.messages[0], messages.ERROR)
            else:
                text = gettext("第%(number)s版の下書きを作りました。") % {"number": edition.number}
                self.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:summaries_edition_change", args=[edition.pk]))
        return HttpResponseRedirect(self.url("change", summary.pk))


class SectionInline(OfEditions, RecordStackedInline):
    """The headings of an edition; the statements of each are on its own page."""

    model = Section
    formset = SectionFormSet
    fields = (("order", "key"), "parent", "group", "heading", "heading_en")
    show_change_link = True


class EditionNoteInline(OfEditions, RecordStackedInline):
    """What is printed beside the text of an edition in its source."""

    model = EditionNote
    formset = OrderedFormSet
    fields = (("order", "marker"), "text", "text_en")
    show_change_link = True


@admin.register(Edition)
class EditionAdmin(OfEditions, FromItsParent, StatusAdmin):
    """The text of a summary on its way to the public."""

    statuses = EditionStatus
    consequences = (EditionStatus.SUPERSEDED,)
    reason_help = _("差し戻しと取り下げには必ず書いてください。取り下げの理由はだれでも読めます。")
    joins = ("summary", "submitted_by", "approved_by")
    fieldsets = (
        (BASICS, {"fields": ("summary", "number", "status", "published_on", "change_note")}),
        (ENGLISH, {"fields": ("change_note_en",)}),
        (_("承認と取り下げ"), {"fields": ("submitted_by", "approved_by", "withdrawal_explanation")}),
    )
    readonly_fields = ("summary", "number", "status", "submitted_by", "approved_by", "withdrawal_explanation")
    inlines = (SectionInline, EditionNoteInline)
    history_below = (Statement,)
    list_display = ("__str__", "status", "published_on", "submitted_by", "approved_by")
    list_filter = ("status", ("summary", admin.RelatedOnlyFieldListFilter))
    search_fields = ("summary__search_text",)

    def may_delete(self, user: Visitor, obj: Edition | None = None) -> bool:
        return can_edit_edition(user) if obj is None else can_delete_edition(user, obj)

    def may_move(self, user: Visitor, record: Edition, new: EditionStatus) -> bool:
        return can_move_edition(user, record, new)

    def move(self, record: Edition, new: EditionStatus, *, by: User, reason: str = "", **answers: Any) -> None:
        change_edition_status(record, new, by=by, reason=reason)

    def matching(
        self, request: HttpRequest, rows: QuerySet[Any], query: Query, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return rows.filter(summary__in=Summary.objects.matching(query)), False


@admin.register(EditionNote)
class EditionNoteAdmin(OfEditions, FromItsParent, SourcedAdmin):
    """Where the source of a note is edited and its place confirmed."""

    in_index = False
    joins = ("edition__summary",)
    fieldsets = (
        (BASICS, {"fields": ("edition", "order", "marker", "text")}),
        (ENGLISH, {"fields": ("text_en",)}),
        SOURCE,
    )
    readonly_fields = ("edition",)
    list_display = ("__str__", "edition", "placement")
    list_filter = ("placement",)
    search_fields = ("search_text",)


class StatementInline(OfEditions, RecordStackedInline):
    """The statements of a section."""

    model = Statement
    form = StatementForm
    formset = StatementFormSet
    fields = (("order", "marker", "key"), "parent", "text", "text_en", "answers")
    show_change_link = True
    joins = ("section",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        return super().get_queryset(request).prefetch_related("issues__parent")

    @admin.display(description=_("答える論点"))
    def answers(self, statement: Statement) -> str:
        """Shown where the edition can no longer be changed."""
        return answers_of(statement)


@admin.register(Section)
class SectionAdmin(OfEditions, FromItsParent, SourcedAdmin):
    """A heading and its statements."""

    joins = ("edition__summary", "parent")
    form = SectionForm
    fieldsets = (
        (BASICS, {"fields": ("edition", "key", "parent", "order", "group", "heading")}),
        (ENGLISH, {"fields": ("heading_en",)}),
        SOURCE,
    )
    readonly_fields = ("edition", "key")
    inlines = (StatementInline,)
    list_display = ("key", "heading", "edition", "placement")
    list_display_links = ("key", "heading")
    list_filter = ("placement", "edition__status", ("edition__summary", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search_text",)
    ordering = ("-edition", "key")


@admin.register(Statement)
class StatementAdmin(OfEditions, FromItsParent, SourcedAdmin):
    """One line of a summary."""

    joins = ("edition__summary", "section", "parent")
    form = StatementForm
    fieldsets = (
        (BASICS, {"fields": ("edition", "section", "key", "order", "marker", "parent", "text", "answers")}),
        (ENGLISH, {"fields": ("text_en",)}),
        SOURCE,
    )
    readonly_fields = ("edition", "key")
    history_below = (StatementIssue, TraceLink)
    list_display = ("key", "__str__", "edition", "placement")
    list_display_links = ("key", "__str__")
    list_filter = ("placement", "edition__status", ("edition__summary", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search_text",)
    ordering = ("-edition", "section__parent__order", "section__order", "order")

    def choice(self, record: Statement) -> str:
        """With its edition: a statement stands in many of them in the same words."""
        return f"{record.edition} {record.key} {record}"

    @admin.display(description=_("答える論点"))
    def answers(self, statement: Statement) -> str:
        """Shown where the edition can no longer be changed."""
        return answers_of(statement)


class PassageInline(OfPolicies, RecordStackedInline):
    """The passages of a policy document; the sentences of each are on its own page."""

    model = Passage
    formset = PassageFormSet
    fields = (("order", "key"), "heading", "heading_en")
    show_change_link = True


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(OfPolicies, StatusAdmin, SourcedAdmin):
    """What another office published, as far as it carries the council's conclusions."""

    statuses = PolicyStatus
    reason_help = _("取り下げには必ず書いてください。その理由はだれでも読めます。")
    fieldsets = (
        (BASICS, {"fields": ("title", "short_title", "slug", "published_on", "order", "status")}),
        (ENGLISH, {"fields": ("title_en", "short_title_en")}),
        SOURCE,
    )
    actions = ("move_chosen", "confirm_placements")
    inlines = (PassageInline,)
    list_display = ("__str__", "published_on", "status", "placement")
    list_filter = ("status", "placement")
    search_fields = ("search_text",)

    def may_delete(self, user: Visitor, obj: PolicyDocument | None = None) -> bool:
        return can_edit_policy(user) if obj is None else can_delete_policy(user, obj)

    def may_move(self, user: Visitor, record: PolicyDocument, new: PolicyStatus) -> bool:
        return can_move_policy(user, record, new)

    def move(self, record: PolicyDocument, new: PolicyStatus, *, by: User, reason: str = "", **answers: Any) -> None:
        change_policy_status(record, new, by=by, reason=reason)


class SentenceInline(OfPolicies, RecordStackedInline):
    """The sentences of a passage."""

    model = Sentence
    formset = SentenceFormSet
    fields = (("order", "paragraph", "key"), "text", "text_en")
    show_change_link = True


@admin.register(Passage)
class PassageAdmin(OfPolicies, FromItsParent, SourcedAdmin):
    """A run of sentences under one heading."""

    joins = ("document",)
    fieldsets = (
        (BASICS, {"fields": ("document", "key", "order", "heading")}),
        (ENGLISH, {"fields": ("heading_en",)}),
        SOURCE,
    )
    readonly_fields = ("document", "key")
    inlines = (SentenceInline,)
    list_display = ("__str__", "key", "placement")
    list_filter = ("placement", ("document", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search_text",)


@admin.register(Sentence)
class SentenceAdmin(OfPolicies, FromItsParent, SourcedAdmin):
    """One sentence of a policy document."""

    joins = ("passage__document",)
    fieldsets = (
        (BASICS, {"fields": ("passage", "key", "order", "paragraph", "text")}),
        (ENGLISH, {"fields": ("text_en",)}),
        SOURCE,
    )
    readonly_fields = ("passage", "key")
    history_below = (TraceLink,)
    list_display = ("__str__", "passage", "placement")
    list_filter = ("placement", ("passage__document", admin.RelatedOnlyFieldListFilter))
    search_fields = ("search_text",)

    def choice(self, record: Sentence) -> str:
        """With its document."""
        return f"{record.passage.document} {record}"


@admin.register(TraceLink)
class TraceLinkAdmin(RecordAdmin):
    """Which sentence carries which statement; readers see it once an editor has confirmed it."""

    joins = ("statement__edition__summary", "sentence__passage__document", "confirmed_by")
    fields = ("statement", "sentence", "kind", "status", "confirmed_by")
    readonly_fields = ("status", "confirmed_by")
    autocomplete_fields = ("statement", "sentence")
    actions = ("confirm_links", "reject_links")
    list_display = ("statement", "sentence", "kind", "status")
    list_filter = ("status", "kind", ("sentence__passage__document", admin.RelatedOnlyFieldListFilter))
    search_fields = ("statement__search_text", "sentence__search_text")
    ordering = ("-statement__edition", "statement__key", "pk")

    def may_edit(self, user: Visitor, obj: TraceLink | None = None) -> bool:
        return can_edit_trace(user, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TraceLink]:
        """Those that wait for a verdict and the rejected ones too, which visible_to() shows nobody."""
        return TraceLink.objects.select_related(*self.joins).order_by(*self.ordering)

    def matching(
        self, request: HttpRequest, rows: QuerySet[Any], query: Query, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        statements, sentences = Statement.objects.matching(query), Sentence.objects.matching(query)
        return rows.filter(statement__in=statements) | rows.filter(sentence__in=sentences), False

    def has_judge_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the actions below."""
        return can_confirm_trace(request.user)

    @admin.action(description=_("反映を確認する（公開されます）"), permissions=["judge"])
    def confirm_links(self, request: HttpRequest, links: QuerySet[TraceLink]) -> None:
        """Show the links that were chosen to readers."""
        self._judge(request, links, TraceStatus.CONFIRMED)

    @admin.action(description=_("反映を不採用にする"), permissions=["judge"])
    def reject_links(self, request: HttpRequest, links: QuerySet[TraceLink]) -> None:
        """Take the links that were chosen out of what readers see."""
        self._judge(request, links, TraceStatus.REJECTED)

    def _judge(self, request: HttpRequest, links: QuerySet[TraceLink], verdict: TraceStatus) -> None:
        for link in links:
            judge_trace(link, verdict, by=person(request))
        text = gettext("%(count)d件を「%(status)s」にしました。") % {"count": len(links), "status": verdict.label}
        self.message_user(request, text, messages.SUCCESS)


def answers_of(statement: Statement) -> str:
    """The issues that a statement answers, in words."""
    return "、".join(issue.label for issue in statement.issues.all()) or "-"
