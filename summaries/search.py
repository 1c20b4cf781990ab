"""What search finds among summaries and policy documents."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from accounts.permissions import Visitor
from japanese.search import Query
from meetings.search import Found, Row, rows
from summaries.models import Edition, EditionNote, Passage, PolicyDocument, Section, Sentence, Statement, Summary
from summaries.statuses import PUBLIC_EDITIONS


def matching(query: Query, user: Visitor) -> dict[str, QuerySet[Any, Any]]:
    """The rows of each kind that match and that the user may see; of a summary's editions the one in force."""
    last_published = (
        Edition.objects.filter(summary=OuterRef("pk"), status__in=PUBLIC_EDITIONS)
        .order_by("-published_on")
        .values("published_on")[:1]
    )
    of_edition = {
        "day": "edition__published_on",
        "slug": "edition__summary__slug",
        "number": "edition__number",
        "within": "edition__summary__title",
        "within_en": "edition__summary__title_en",
    }
    of_passage = {
        "day": "passage__document__published_on",
        "slug": "passage__document__slug",
        "within": "passage__document__title",
        "within_en": "passage__document__title_en",
    }
    return {
        "summary": rows(
            Summary.objects.visible_to(user).matching(query),
            "summary",
            day=Subquery(last_published),
            slug="slug",
            name="title",
            name_en="title_en",
            within="body__name",
            within_en="body__name_en",
        ),
        "edition_note": rows(
            EditionNote.objects.visible_to(user).current().matching(query),
            "edition_note",
            rank=Value(2),
            text="text",
            text_en="text_en",
            **of_edition,
        ),
        "section": rows(
            Section.objects.visible_to(user).current().matching(query),
            "section",
            rank=Value(1),
            anchor="key",
            name="heading",
            name_en="heading_en",
            **of_edition,
        ),
        "statement": rows(
            Statement.objects.visible_to(user).current().matching(query),
            "statement",
            anchor="key",
            text="text",
            text_en="text_en",
            name="section__heading",
            name_en="section__heading_en",
            **of_edition,
        ),
        "policy": rows(
            PolicyDocument.objects.visible_to(user).matching(query),
            "policy",
            day="published_on",
            slug="slug",
            name="title",
            name_en="title_en",
            text="short_title",
            text_en="short_title_en",
        ),
        "passage": rows(
            Passage.objects.visible_to(user).matching(query),
            "passage",
            rank=Value(1),
            day="document__published_on",
            slug="document__slug",
            anchor="key",
            name="heading",
            name_en="heading_en",
            within="document__title",
            within_en="document__title_en",
        ),
        "sentence": rows(
            Sentence.objects.visible_to(user).matching(query),
            "sentence",
            anchor="key",
            text="text",
            text_en="text_en",
            name="passage__heading",
            name_en="passage__heading_en",
            **of_passage,
        ),
    }


def found(row: Row) -> Found:
    """What a row of matching() shows. Statements lead to the permanent address of their edition."""
    whole = (row.within, row.within_en)
    name, text = (row.name, row.name_en), (row.text, row.text_en)
    if row.kind in ("policy", "passage", "sentence"):
        path = f"{reverse('summaries:policies')}{row.slug}/"
        if row.kind == "policy":
            return Found(path, name, text)
        path += f"#{row.anchor}"
        return Found(path, name, within=(whole,)) if row.kind == "passage" else Found(path, text, within=(whole, name))
    path = f"{reverse('summaries:index')}{row.slug}/"
    if row.kind == "summary":
        return Found(path, name, within=(whole,))
    path += f"editions/{row.number}/"
    if row.kind == "edition_note":
        return Found(path, text, within=(whole,))
    path += f"#{row.anchor}"
    return Found(path, name, within=(whole,)) if row.kind == "section" else Found(path, text, within=(whole, name))
