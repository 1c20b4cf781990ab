"""What the database refuses, whoever writes to it."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction


def is_refused_by(constraint: str, violate: Callable[[], Any]) -> bool:
    """Whether the database refuses what `violate` does, naming this constraint or trigger."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            violate()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        return constraint in str(error)
    return False


def names_of_constraints(app: str) -> set[str]:
    """The constraints that the models of an app declare."""
    return {
        constraint.name for model in apps.get_app_config(app).get_models() for constraint in model._meta.constraints
    }
