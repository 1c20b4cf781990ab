"""One way for every record to keep its history: database triggers, so that bulk updates and raw SQL are caught too."""

from typing import TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=type[Model])
R = TypeVar("R", bound=Model)


def recorded(model: M) -> M:
    """Class decorator: keep each insert, update and delete of `model` in an append-only table `<Model>History`.

    Neither table can be truncated, which row triggers would not see. The history's rows carry the database's time (UTC)
    and, by the middleware or `pghistory.context`, who did it and where. Left out are columns that are computed from
    others (search), passwords, and the time of each sign-in.
    """
    never = {"search_text", "search_terms", "password", "last_login"}
    left_out = [field.name for field in model._meta.local_fields if field.name in never]
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=left_out,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
        model_name=f"{model.__name__}History",
        append_only=True,
        meta={"triggers": [no_truncate()], "default_permissions": ()},
    )(model)
    pgtrigger.register(no_truncate())(model)
    return model


def no_truncate() -> pgtrigger.Trigger:
    """A trigger that refuses TRUNCATE."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
    )


def formerly(model: type[R], **fields: object) -> QuerySet[R]:
    """Records of `model` that had these values once, so that an old address finds the thing under its new name."""
    history = apps.get_model(model._meta.app_label, f"{model.__name__}History")
    past = history._default_manager.filter(**fields).values("pgh_obj_id")
    return model._default_manager.filter(pk__in=past)
