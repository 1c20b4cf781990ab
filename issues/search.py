"""What search finds among issues."""

from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from issues.models import Issue
from japanese.search import Query
from meetings.search import Found, Row, rows


def matching(query: Query, user: Visitor) -> dict[str, QuerySet[Any, Any]]:
    """The issues that match and that the user may see."""
    # 「2-4」, or for a theme, which has no parent, 「2」: concat_ws leaves out NULL and its dash.
    address = Func(Value("-"), "parent__number", "number", function="concat_ws", output_field=TextField())
    return {
        "issue": rows(
            Issue.objects.visible_to(user).matching(query),
            "issue",
            anchor=address,
            name="title",
            name_en="title_en",
        )
    }


def found(row: Row) -> Found:
    """What a row of matching() shows."""
    label = _("論点%(address)s") % {"address": row.anchor}
    path = f"{reverse('issues:index')}{row.anchor}/"
    return Found(path, (row.name, row.name_en), within=((f"論点{row.anchor}", label),))
