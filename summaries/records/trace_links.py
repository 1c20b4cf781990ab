"""Trace links in record files."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Strict

from accounts.records import Key, Ordinal, Plan, Record, Slug
from summaries.models import Sentence, Statement, TraceLink
from summaries.statuses import TraceKind, TraceStatus


class TraceLinkRecord(Record):
    """A statement of an edition became (part of) a sentence (反映)."""

    summary: Slug
    edition: Ordinal
    statement: Key
    sentence: Key
    kind: Annotated[TraceKind, Strict(False)]
    status: Annotated[TraceStatus, Strict(False)] | None = None
    """If the link is new: proposed, so that an editor confirms it."""


def plan_trace_links(records: Sequence[TraceLinkRecord], plan: Plan) -> None:
    """Plan trace links. Statements and sentences are known already."""
    rows = TraceLink.objects.filter(sentence__key__in=[record.sentence for record in records])
    plan.load(
        rows.select_related("statement__edition__summary", "sentence"),
        lambda row: (
            row.statement.edition.summary.slug,
            row.statement.edition.number,
            row.statement.key,
            row.sentence.key,
        ),
    )
    for record in records:
        key = (record.summary, record.edition, record.statement)
        statement = plan.refer(record, "statement", Statement, key)
        sentence = plan.refer(record, "sentence", Sentence, record.sentence)
        if statement and sentence:
            identity = {"statement": statement, "sentence": sentence}
            if link := plan.claim(record, TraceLink, (*key, record.sentence), **identity):
                status = plan.status(record, link, record.status, TraceStatus.PROPOSED)
                plan.put(record, link, {"kind": record.kind} | status)


def read_trace_links() -> list[TraceLinkRecord]:
    """All trace links as records."""
    links = TraceLink.objects.values_list(
        "statement__edition__summary__slug",
        "statement__edition__number",
        "statement__key",
        "sentence__key",
        "kind",
        "status",
    )
    return [
        TraceLinkRecord.model_construct(
            summary=summary, edition=edition, statement=statement, sentence=sentence, kind=kind, status=status
        )
        for summary, edition, statement, sentence, kind, status in sorted(links)
    ]
