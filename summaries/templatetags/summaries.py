"""What the page of an issue shows of summaries and policy documents."""

from typing import Any

from django import template
from django.db.models import Q, QuerySet
from django.template import Context
from django.urls import reverse

from accounts.permissions import Visitor
from issues.models import Issue
from meetings.content import in_readers_language
from summaries.models import StatementIssue, TraceLink
from summaries.statuses import EditionStatus
from summaries.timeline import edition_name

register = template.Library()


@register.inclusion_tag("summaries/_conclusions.html", takes_context=True)
def conclusions(context: Context, issue: Issue) -> dict[str, Any]:
    """`{% conclusions issue %}`: the statements in force that answer an issue; for a theme, its questions too."""
    rows = (
        _links(issue, context["request"].user)
        .filter(statement__edition__status=EditionStatus.PUBLISHED)
        .order_by(
            "-statement__edition__published_on",
            "statement__edition",
            "statement__section__order",
            "statement__section",
            "statement__order",
        )
        .values_list(
            "statement",
            "statement__key",
            "statement__marker",
            "statement__text",
            "statement__text_en",
            "statement__section__heading",
            "statement__section__heading_en",
            "statement__edition__number",
            "statement__edition__summary__slug",
            "statement__edition__summary__title",
            "statement__edition__summary__title_en",
        )
    )
    root = reverse("summaries:index")
    statements = {
        statement: {
            "url": f"{root}{slug}/editions/{number}/#{key}",
            "marker": marker,
            "text": in_readers_language(text, text_en),
            "section": in_readers_language(heading, heading_en),
            "edition": edition_name(title, title_en, number),
        }
        for statement, key, marker, text, text_en, heading, heading_en, number, slug, title, title_en in rows
    }
    return {"statements": list(statements.values())}


@register.inclusion_tag("summaries/_policy_sentences.html", takes_context=True)
def policy_sentences(context: Context, issue: Issue) -> dict[str, Any]:
    """`{% policy_sentences issue %}`: the policy sentences that carry statements which answer an issue.

    Statements of superseded editions count too, because a policy document cites the text of its day.
    """
    user = context["request"].user
    document = "sentence__passage__document__"
    rows = (
        TraceLink.objects.visible_to(user)
        .filter(statement__statement_issues__in=_links(issue, user))
        .exclude(statement__edition__status=EditionStatus.WITHDRAWN)
        .order_by(f"{document}order", f"{document}pk", "sentence__passage__order", "sentence__order")
        .values_list(
            "sentence",
            "sentence__key",
            "sentence__text",
            "sentence__text_en",
            f"{document}slug",
            f"{document}title",
            f"{document}title_en",
            f"{document}short_title",
            f"{document}short_title_en",
        )
    )
    root = reverse("summaries:policies")
    sentences = {
        sentence: {
            "url": f"{root}{slug}/#{key}",
            "text": in_readers_language(text, text_en),
            "document": in_readers_language(short or title, short_en or title_en),
        }
        for sentence, key, text, text_en, slug, title, title_en, short, short_en in rows
    }
    return {"sentences": list(sentences.values())}


def _links(issue: Issue, user: Visitor) -> QuerySet[StatementIssue]:
    return StatementIssue.objects.visible_to(user).filter(Q(issue=issue) | Q(issue__parent=issue))
