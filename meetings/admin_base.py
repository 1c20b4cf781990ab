"""What the admins of transcribed records, and of records with a status, share."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin_base import RecordAdmin, Tool, person
from accounts.permissions import Visitor
from meetings.actions import confirm_placement
from meetings.forms import StatusForm
from meetings.permissions import can_confirm_placement
from meetings.statuses import IllegalTransition

SOURCE: Any = (
    _("出典"),
    {"classes": ("collapse",), "fields": ("source", ("first_line", "last_line"), "placement", "placement_note")},
)


class SourcedAdmin(RecordAdmin):
    """Records that may have been transcribed, and whose place may be inferred until an editor confirms it."""

    autocomplete_fields: ClassVar[tuple[str, ...]] = ("source",)
    actions: Any = ("confirm_placements",)

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        """Asked by Django for the action below."""
        return can_confirm_placement(request.user)

    @admin.action(description=_("位置づけを「編集者が確認」にする"), permissions=["confirm"])
    def confirm_placements(self, request: HttpRequest, records: QuerySet[Any]) -> None:
        """Confirm each inferred record of those that were chosen."""
        confirmed = sum(confirm_placement(record, by=person(request)) for record in records)
        if confirmed:
            text = gettext("%(count)d件の位置づけを確認しました。") % {"count": confirmed}
            self.message_user(request, text, messages.SUCCESS)
        else:
            self.message_user(request, gettext("推定の記録は選ばれていません。"), messages.WARNING)

    def more_urls(self) -> list[URLPattern]:
        return [*super().more_urls(), self.page("<path:object_id>/confirm/", self.confirm_view, "confirm")]

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        tools = super().tools(request, record)
        if record.is_inferred and can_confirm_placement(request.user):
            tools.append(Tool(_("位置づけを確認した"), self.url("confirm", record.pk), posts=True))
        return tools

    def confirm_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Confirm one record, by the button above its form."""
        record = self.get_object_or_404(request, object_id)
        if request.method == "POST" and confirm_placement(record, by=person(request)):
            self.message_user(request, gettext("位置づけを確認しました。"), messages.SUCCESS)
        return HttpResponseRedirect(self.url("change", record.pk))


class StatusAdmin(RecordAdmin):
    """Records whose status is moved by an action that asks for the reason, never as a plain field."""

    statuses: type[Any]
    #: States that follow from another record's move and are never chosen.
    consequences: tuple[Any, ...] = ()
    status_form: type[StatusForm] = StatusForm
    reason_help: Any = _("履歴に残ります。")
    readonly_fields: ClassVar[tuple[str, ...]] = ("status",)
    actions: Any = ("move_chosen",)

    def may_move(self, user: Visitor, record: Any, new: Any) -> bool:
        """Whether `user` may move `record` to `new`, the table aside."""
        raise NotImplementedError

    def move(self, record: Any, new: Any, *, by: Any, **answers: Any) -> None:
        """Call the action that moves `record`."""
        raise NotImplementedError

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not self.may_move_any(request.user):
            actions.pop("move_chosen", None)
        return actions

    def may_move_any(self, user: Visitor) -> bool:
        """Whether `user` moves records of this kind at all."""
        return any(self.may_move(user, self.model(), new) for new in self.statuses)

    @admin.action(description=_("状態を移す…"))
    def move_chosen(self, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse:
        """Ask for the state and the reason, once for all that were chosen."""
        pks = ",".join(str(pk) for pk in records.values_list("pk", flat=True))
        return HttpResponseRedirect(self.url("status", pks))

    def more_urls(self) -> list[URLPattern]:
        return [*super().more_urls(), self.page("<path:object_ids>/status/", self.status_view, "status")]

    def tools(self, request: HttpRequest, record: Any) -> list[Tool]:
        tools = super().tools(request, record)
        if self.may_move_any(request.user):
            tools.insert(0, Tool(_("状態を移す"), self.url("status", record.pk)))
        return tools

    def status_view(self, request: HttpRequest, object_ids: str) -> HttpResponse:
        """Move one record, or several together (their numbers parted by commas): all of them or none."""
        records = self._records(request, object_ids)
        if not self.may_move_any(request.user):
            raise PermissionDenied
        form = self.status_form(request.POST or None, statuses=self.statuses)
        form.fields["reason"].help_text = self.reason_help
        status = 200
        if request.method == "POST" and form.is_valid():
            status = self._try_to_move(request, records, form)
            if form.is_valid():
                return self._after_the_move(request, records)
            records = self._records(request, object_ids)
        moves, of_others = self._moves(request.user, records)
        form.offer(moves)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("状態を移す"),
            "opts": self.opts,
            "records": records,
            "form": form,
            "moves": moves,
            "moves_of_others": of_others,
            "media": self.media + form.media,
            "back": self.url("change", records[0].pk) if len(records) == 1 else self.url("changelist"),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/status.html", context, status=status)

    def _records(self, request: HttpRequest, object_ids: str) -> list[Any]:
        records = [self.get_object_or_404(request, pk) for pk in unquote(object_ids).split(",")]
        if len({record.pk for record in records}) != len(records):
            raise Http404
        return records

    def _moves(self, user: Visitor, records: Iterable[Any]) -> tuple[list[Any], list[Any]]:
        """The moves of the table that all `records` can make: those that `user` may make, and those of others."""
        choosable = [new for new in self.statuses if new not in self.consequences]
        legal = [new for new in choosable if all(new in self.statuses(record.status).next for record in records)]
        own = [new for new in legal if all(self.may_move(user, record, new) for record in records)]
        return own, [new for new in legal if new not in own]

    def _try_to_move(self, request: HttpRequest, records: Iterable[Any], form: StatusForm) -> int:
        """The status of the answer. What was refused, and why, is then in the form beside what was written."""
        try:
            with transaction.atomic():
                for record in records:
                    self.move(record, by=person(request), **form.cleaned_data)
        except IllegalTransition as error:
            form.add_error("new", str(error))
            return 409
        except PermissionDenied as error:
            form.add_error("new", str(error))
            return 403
        except ValidationError as error:
            form.add_error(None, error)
        return 200

    def _after_the_move(self, request: HttpRequest, records: Sequence[Any]) -> HttpResponse:
        moved = {"record": records[0], "count": len(records), "status": records[0].get_status_display()}
        if len(records) == 1:
            self.message_user(
                request, gettext("「%(record)s」の状態を「%(status)s」に移しました。") % moved, messages.SUCCESS
            )
            return HttpResponseRedirect(self.url("change", records[0].pk))
        self.message_user(request, gettext("%(count)d件の状態を「%(status)s」に移しました。") % moved, messages.SUCCESS)
        return HttpResponseRedirect(self.url("changelist"))
