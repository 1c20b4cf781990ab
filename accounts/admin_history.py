"""What the triggers have kept of a record and of the rows below it, in words for the admin's history pages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Events

from accounts.models import User
from japanese.templatetags.japanese import both_calendars

#: Columns that name a record which is no longer there, the most telling first.
_NAMES = ("title", "name", "heading", "text", "label")


@dataclass(frozen=True)
class FieldChange:
    """One field of one change. `old` is empty where a record was made, `new` where it was deleted."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One change of one record: `verb` is insert, update or delete."""

    at: datetime
    verb: str
    who: str
    reason: str
    kind: str
    name: str
    pk: str | None
    fields: list[FieldChange]


def history_of(model: type[Model]) -> type[Model] | None:
    """The table that accounts.history.recorded made for `model`, or None."""
    try:
        return apps.get_model(model._meta.app_label, f"{model.__name__}History")
    except LookupError:
        return None


def changes(record: Model, below: Iterable[type[Model]]) -> QuerySet[Events]:
    """All changes of `record` and of the rows of `below` that belong to it, newest first. It may be deleted itself."""
    kept = [history for model in (type(record), *below) if (history := history_of(model))]
    return Events.objects.references(record).across(*dict.fromkeys(kept)).order_by("-pgh_created_at", "-pgh_id")


def deletions(model: type[Model]) -> QuerySet[Events]:
    """The changes by which records of `model` were deleted, newest first."""
    return Events.objects.across(history_of(model)).filter(pgh_label="delete").order_by("-pgh_created_at", "-pgh_id")


def in_words(events: Sequence[Events], request: HttpRequest, site: AdminSite) -> list[Change]:
    """The changes as a reader of the admin understands them, with the names of the records that they speak of."""
    names = _names(events, request, site)
    users = User.objects.in_bulk({user for event in events if (user := _context(event).get("user"))})
    return [_in_words(event, names, users) for event in events]


def _in_words(event: Events, names: dict[tuple[type[Model], Any], str], users: dict[int, User]) -> Change:
    model = apps.get_model(event.pgh_obj_model)
    fields = []
    for field, old, new in _values(event):
        shown_old, shown_new = _shown(field, old, names), _shown(field, new, names)
        if shown_old != shown_new:
            fields.append(FieldChange(str(field.verbose_name), shown_old, shown_new))
    return Change(
        at=timezone.localtime(event.pgh_created_at),
        verb=event.pgh_label,
        who=str(users.get(_context(event).get("user", 0), "")),
        reason=_context(event).get("reason", ""),
        kind=str(model._meta.verbose_name),
        name=names.get((model, event.pgh_obj_id)) or _name_then(event),
        pk=event.pgh_obj_id,
        fields=fields,
    )


def _name_then(event: Events) -> str:
    return next((str(event.pgh_data[name]) for name in _NAMES if event.pgh_data.get(name)), "")[:80]


def _values(event: Events) -> Iterator[tuple[Any, Any, Any]]:
    """Each field that the change touched, with its old and new value as they stand in JSON."""
    fields = {field.column: field for field in apps.get_model(event.pgh_obj_model)._meta.concrete_fields}
    for column, field in fields.items():
        if field.primary_key:
            continue
        if event.pgh_label == "update":
            if column in (event.pgh_diff or {}):
                yield field, *event.pgh_diff[column]
        elif column in event.pgh_data:
            value = event.pgh_data[column]
            yield (field, value, None) if event.pgh_label == "delete" else (field, None, value)


def _names(events: Iterable[Events], request: HttpRequest, site: AdminSite) -> dict[tuple[type[Model], Any], str]:
    """What the records are called that changed, and those that foreign keys point at, asked once for each model."""
    wanted: dict[type[Model], set[Any]] = defaultdict(set)
    for event in events:
        model = apps.get_model(event.pgh_obj_model)
        if site.is_registered(model):
            wanted[model].add(event.pgh_obj_id)
        for field, *values in _values(event):
            if isinstance(field, ForeignKey):
                wanted[field.related_model].update(str(value) for value in values if value is not None)
    return {
        (model, str(pk)): str(record)
        for model, pks in wanted.items()
        for pk, record in _visible(model, request, site).in_bulk(pks).items()
    }


def _visible(model: type[Model], request: HttpRequest, site: AdminSite) -> QuerySet[Any]:
    # A registered admin begins from what this reader may see, and joins what its names are made of.
    if site.is_registered(model):
        return site.get_model_admin(model).get_queryset(request)
    return model._default_manager.all()


def _shown(field: Any, value: Any, names: dict[tuple[type[Model], Any], str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, str(value))) or _("（削除された記録 %(pk)s）") % {"pk": value}
    if isinstance(value, bool):
        return _("はい") if value else _("いいえ")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    python = field.to_python(value)
    if isinstance(python, datetime):
        local = timezone.localtime(python)
        return f"{both_calendars(local)} {local:%H:%M}"
    return both_calendars(python) if isinstance(python, date) else str(value)


def _context(event: Events) -> dict[str, Any]:
    return event.pgh_context or {}
