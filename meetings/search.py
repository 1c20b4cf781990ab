"""What search finds among bodies and meetings, and the frame in which every app says what it finds.

Each app's search.py has `matching(query, user)`, one queryset a kind, all with the columns of Row, so that
portal/search.py asks them in one statement; and `found(row)`, which says what a row shows and where it leads.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Lower, NullIf, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import Visitor
from japanese.search import Query
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes

#: How many characters of a long text are fetched, and how many of them stand before its first hit.
WINDOW = 2_000
BEFORE_HIT = 200

#: A text of a record and its English; either may be empty.
Words = tuple[str, str]


class Row(NamedTuple):
    """One thing that was found, as the database gives it. A column that a kind has no use for is empty, 0 or None.

    Rows stand by day, then by `rank` (0 for a thing itself, more for its parts), then by number. `slug`, `number` and
    `anchor` make the address; `name` is the thing's own, `text` what it says, `within` what it belongs to.
    """

    kind: str
    pk: int
    day: date | None
    rank: int
    slug: str
    number: int
    anchor: str
    name: str
    name_en: str
    text: str
    text_en: str
    within: str
    within_en: str


class Found(NamedTuple):
    """A row in words: the path of its page, what the link says, what is quoted below it, and what it belongs to."""

    path: str
    link: Words
    quote: Words = ("", "")
    within: tuple[Words, ...] = ()


_EMPTY: Mapping[str, Any] = {
    "day": Cast(Value(None), DateField()),
    "rank": Value(0),
    "number": Value(0),
} | dict.fromkeys(("slug", "anchor", "name", "name_en", "text", "text_en", "within", "within_en"), Value(""))


def rows(queryset: QuerySet[Any], kind: str, **columns: str | Combinable) -> QuerySet[Any, Any]:
    """`queryset` with the columns of Row, in any order of its rows."""
    given = {name: F(value) if isinstance(value, str) else value for name, value in columns.items()}
    values = {**_EMPTY, **given, "kind": Value(kind), "pk": F("pk")}
    # Many models have a field of the same name, so the columns go by another.
    named = {f"row_{name}": values[name] for name in Row._fields}
    return queryset.order_by().annotate(**named).values_list(*named)


def matching(query: Query, user: Visitor) -> dict[str, QuerySet[Any, Any]]:
    """The rows of each kind that match and that the user may see."""
    of_meeting: dict[str, str] = {
        "day": "meeting__date",
        "slug": "meeting__body__slug",
        "number": "meeting__number",
        "within": "meeting__body__name",
        "within_en": "meeting__body__name_en",
    }
    title = Concat("label", Value(" "), "title", output_field=TextField())
    return {
        "body": rows(
            Body.objects.visible_to(user).matching(query),
            "body",
            slug="slug",
            name="name",
            name_en="name_en",
            text="member_level",
        ),
        "body_note": rows(
            BodyNote.objects.visible_to(user).matching(query),
            "body_note",
            rank=Value(1),
            slug="body__slug",
            text="text",
            text_en="text_en",
            within="body__name",
            within_en="body__name_en",
        ),
        "meeting": rows(
            Meeting.objects.visible_to(user).matching(query),
            "meeting",
            day="date",
            slug="body__slug",
            number="number",
            text=Concat("title", Value(" "), "place", output_field=TextField()),
            text_en="title_en",
            within="body__name",
            within_en="body__name_en",
        ),
        "agenda": rows(
            AgendaItem.objects.visible_to(user).matching(query),
            "agenda",
            anchor=Cast("order", TextField()),
            name="title",
            name_en="title_en",
            text="outcome",
            text_en="outcome_en",
            **of_meeting,
        ),
        "material": rows(
            Material.objects.visible_to(user).matching(query),
            "material",
            anchor="file",
            name=title,
            name_en="title_en",
            text=_around_hit("text", query),
            **of_meeting,
        ),
        "minutes": rows(
            Minutes.objects.visible_to(user).matching(query), "minutes", text=_around_hit("text", query), **of_meeting
        ),
    }


def found(row: Row) -> Found:
    """What a row of matching() shows."""
    body = (row.within, row.within_en)
    name, text = (row.name, row.name_en), (row.text, row.text_en)
    path = f"{reverse('meetings:index')}{row.slug}/"
    if row.kind == "body":
        return Found(path, name, text)
    if row.kind == "body_note":
        return Found(path, text, within=(body,))
    path += f"{row.number}/"
    label = _("第%(number)s回") % {"number": row.number}
    meeting = (f"{row.within} 第{row.number}回", row.within_en and f"{row.within_en} {label}")
    if row.kind == "meeting":
        return Found(path, meeting, text)
    if row.kind == "agenda":
        return Found(f"{path}#agenda-{row.anchor}", name, text, (meeting,))
    if row.kind == "material":
        return Found(f"{path}materials/{row.pk}/" if row.anchor else path, name, text, (meeting,))
    return Found(f"{path}#minutes", text, within=(meeting,))


def _around_hit(field: str, query: Query) -> Combinable:
    """The part of a long text around its first hit; from its beginning where only a date in another form is the hit.

    The text is folded here nearly as japanese.folding does: the hit may lie a little beside, not far.
    """
    folded = Lower(Func(field, template="normalize(%(expressions)s, NFKC)", output_field=TextField()))
    places = [
        NullIf(Func(folded, Value(pattern), function="regexp_instr", output_field=IntegerField()), Value(0))
        for pattern in query.patterns
    ]
    return Substr(field, Greatest(Coalesce(*places, Value(1)) - BEFORE_HIT, Value(1)), WINDOW)
