"""Policy documents with their passages and sentences in record files."""

from collections.abc import Sequence
from typing import Annotated

from django.db.models import Prefetch
from pydantic import Strict

from accounts.records import Day, Key, OptionalText, Order, Ordinal, Plan, Slug, Text
from meetings.records import HeadedRecord, SourcedRecord, place_of, with_source
from summaries.models import Passage, PolicyDocument, Sentence
from summaries.statuses import PolicyStatus


class SentenceRecord(SourcedRecord):
    """One sentence of a passage."""

    id: Key
    order: Ordinal | None = None
    paragraph: Ordinal = 1
    text: Text
    text_en: OptionalText = ""


class PassageRecord(SourcedRecord):
    """A run of sentences under one heading, or under none (抜粋)."""

    id: Key
    order: Ordinal | None = None
    heading: OptionalText = ""
    heading_en: OptionalText = ""
    sentences: list[SentenceRecord] = []


class PolicyRecord(HeadedRecord):
    """A policy document (政府方針), as far as it is quoted."""

    id: Slug
    order: Order = 0
    title: Text
    title_en: OptionalText = ""
    short_title: OptionalText = ""
    short_title_en: OptionalText = ""
    published: Day | None = None
    status: Annotated[PolicyStatus, Strict(False)] | None = None
    """If the document is new: published."""
    passages: list[PassageRecord] = []


def plan_policies(records: Sequence[PolicyRecord], named: set[str], plan: Plan) -> None:
    """Plan policy documents; the `named` sentences are known then, too."""
    plan.load(PolicyDocument.objects.filter(slug__in=[record.id for record in records]), lambda row: row.slug)
    passages = [passage for record in records for passage in record.passages]
    plan.load(Passage.objects.filter(key__in=[passage.id for passage in passages]), lambda row: row.key)
    sentences = {sentence.id for passage in passages for sentence in passage.sentences}
    plan.load(Sentence.objects.filter(key__in=sentences | named), lambda row: row.key)
    for position, record in enumerate(records, 1):
        if document := plan.claim(record, PolicyDocument, record.id, slug=record.id):
            values = record.given(
                "order", "title", "title_en", "short_title", "short_title_en", published_on="published"
            )
            values |= record.sourced(plan, document)
            values |= plan.status(record, document, record.status, PolicyStatus.PUBLISHED)
            plan.put(record, document, values, new={"order": position})
            _plan_passages(record, document, plan)


def _plan_passages(record: PolicyRecord, document: PolicyDocument, plan: Plan) -> None:
    for position, item in enumerate(record.passages, 1):
        if passage := plan.claim(item, Passage, item.id, key=item.id):
            values = item.given("heading", "heading_en") | item.sourced(plan, passage)
            plan.put(item, passage, values | {"document": document, "order": item.order or position})
            _plan_sentences(item, passage, plan)


def _plan_sentences(record: PassageRecord, passage: Passage, plan: Plan) -> None:
    for position, item in enumerate(record.sentences, 1):
        if sentence := plan.claim(item, Sentence, item.id, key=item.id):
            values = item.given("paragraph", "text", "text_en") | item.sourced(plan, sentence)
            plan.put(item, sentence, values | {"passage": passage, "order": item.order or position})


def read_policies() -> list[PolicyRecord]:
    """All policy documents as records, in their order."""
    sentences = with_source(Sentence.objects.order_by("order"))
    passages = with_source(Passage.objects.order_by("order")).prefetch_related(Prefetch("sentences", sentences))
    documents = with_source(PolicyDocument.objects.all()).prefetch_related(Prefetch("passages", passages))
    return [
        PolicyRecord.model_construct(
            id=document.slug,
            order=document.order,
            title=document.title,
            title_en=document.title_en,
            short_title=document.short_title,
            short_title_en=document.short_title_en,
            published=document.published_on,
            status=document.status,
            **place_of(document),
            passages=[_read_passage(passage) for passage in document.passages.all()],
        )
        for document in sorted(documents, key=lambda document: (document.order, document.slug))
    ]


def _read_passage(passage: Passage) -> PassageRecord:
    return PassageRecord.model_construct(
        id=passage.key,
        order=passage.order,
        heading=passage.heading,
        heading_en=passage.heading_en,
        **place_of(passage),
        sentences=[_read_sentence(sentence) for sentence in passage.sentences.all()],
    )


def _read_sentence(sentence: Sentence) -> SentenceRecord:
    return SentenceRecord.model_construct(
        id=sentence.key,
        order=sentence.order,
        paragraph=sentence.paragraph,
        text=sentence.text,
        text_en=sentence.text_en,
        **place_of(sentence),
    )
