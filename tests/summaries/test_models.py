"""What the database holds for summaries and policy documents."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, ProtectedError
from factory import SubFactory

from summaries.models import Edition
from summaries.statuses import EditionStatus
from tests.constraints import is_refused_by, names_of_constraints
from tests.factories import (
    EditionFactory,
    EditionNoteFactory,
    PassageFactory,
    PolicyDocumentFactory,
    SectionFactory,
    SentenceFactory,
    SourceFactory,
    StatementFactory,
    StatementIssueFactory,
    SummaryFactory,
    TraceLinkFactory,
    editor,
)

pytestmark = pytest.mark.django_db

SOURCED = (
    SummaryFactory,
    EditionNoteFactory,
    SectionFactory,
    StatementFactory,
    PolicyDocumentFactory,
    PassageFactory,
    SentenceFactory,
)


def draft(**fields: Any) -> Edition:
    return EditionFactory(**{"status": EditionStatus.DRAFT, "published_on": None, **fields})


VIOLATIONS: dict[str, list[Callable[[], Any]]] = {
    **{
        f"{make._meta.model.__name__.lower()}_source_lines_in_order": [
            partial(make, first_line=1, last_line=1),
            partial(make, source=SubFactory(SourceFactory), first_line=2, last_line=1),
        ]
        for make in SOURCED
    },
    "edition_number_unique_in_summary": [
        lambda: [draft(summary=summary, number=1) for summary in [SummaryFactory()] * 2],
    ],
    "edition_one_in_force": [lambda: EditionFactory.create_batch(2, summary=SummaryFactory())],
    "edition_number_from_one": [lambda: draft(number=0)],
    "edition_status_known": [lambda: draft(status="unknown")],
    "edition_public_has_date": [
        lambda: EditionFactory(published_on=None),
        lambda: EditionFactory(status=EditionStatus.SUPERSEDED, published_on=None),
        lambda: EditionFactory(status=EditionStatus.WITHDRAWN, published_on=None),
    ],
    "edition_withdrawn_is_explained": [
        lambda: EditionFactory(status=EditionStatus.WITHDRAWN, withdrawal_explanation=""),
    ],
    "edition_approver_is_second_person": [
        lambda: EditionFactory(submitted_by=(user := editor()), approved_by=user),
        lambda: draft(submitted_by=editor()) and Edition.objects.update(approved_by=F("submitted_by")),
    ],
    "editionnote_key_unique_in_edition": [lambda: EditionNoteFactory.create_batch(2, edition=draft(), key="note-1")],
    "editionnote_order_unique": [lambda: EditionNoteFactory.create_batch(2, edition=draft(), order=1)],
    "section_key_unique_in_edition": [lambda: SectionFactory.create_batch(2, edition=draft(), key="s1")],
    "section_order_unique_in_place": [
        lambda: SectionFactory.create_batch(2, edition=draft(), order=1),
        lambda: SectionFactory.create_batch(2, edition=(e := draft()), parent=SectionFactory(edition=e), order=1),
    ],
    "statement_key_unique_in_edition": [
        lambda: [StatementFactory(section__edition=edition, key="s1-1") for edition in [draft()] * 2],
    ],
    "statement_order_unique_in_section": [
        lambda: StatementFactory.create_batch(2, section=SectionFactory(), order=1),
    ],
    "statementissue_once": [
        lambda: StatementIssueFactory(statement=(link := StatementIssueFactory()).statement, issue=link.issue),
    ],
    "policy_status_known": [lambda: PolicyDocumentFactory(status="unknown")],
    "passage_order_unique_in_document": [
        lambda: PassageFactory.create_batch(2, document=PolicyDocumentFactory(), order=1),
    ],
    "sentence_order_unique_in_passage": [lambda: SentenceFactory.create_batch(2, passage=PassageFactory(), order=1)],
    "tracelink_once": [
        lambda: TraceLinkFactory(statement=(link := TraceLinkFactory()).statement, sentence=link.sentence),
    ],
    "tracelink_kind_known": [lambda: TraceLinkFactory(kind="unknown")],
}


CASES = [(name, violate) for name, violations in VIOLATIONS.items() for violate in violations]


@pytest.mark.parametrize(("name", "violate"), CASES, ids=[name for name, _violate in CASES])
def test_the_database_refuses_what_breaks_a_constraint(name: str, violate: Callable[[], Any]) -> None:
    assert is_refused_by(name, violate)


def test_every_constraint_is_tried() -> None:
    assert set(VIOLATIONS) == names_of_constraints("summaries")


def test_sections_of_different_places_count_apart() -> None:
    edition = draft()
    top = SectionFactory(edition=edition, order=1)
    SectionFactory(edition=edition, order=2)
    below = SectionFactory(edition=edition, parent=top, order=1)
    assert below.pk


def test_the_same_key_stands_in_each_edition() -> None:
    first = StatementFactory(key="s1-1")
    second = StatementFactory(
        section__edition__summary=first.edition.summary, section__edition__status="draft", key="s1-1"
    )
    assert first.edition != second.edition


@pytest.mark.parametrize("key", ["S1", "1-1", "s1_1", "s1-", "節1", "s1 1"])
def test_a_key_is_a_readable_anchor(key: str) -> None:
    with pytest.raises(ValidationError, match="半角の英小文字"):
        SectionFactory.build(edition=draft(), key=key).full_clean()


def test_a_section_stands_below_a_top_one_of_its_edition() -> None:
    below = SectionFactory(parent=SectionFactory(), edition=draft())
    for parent in (below, SectionFactory()):
        with pytest.raises(ValidationError, match="いちばん上の節"):
            SectionFactory.build(edition=below.edition, parent=parent).full_clean()


def test_what_others_point_at_is_kept() -> None:
    trace, answer = TraceLinkFactory(), StatementIssueFactory()
    for record in (
        trace.statement,
        trace.sentence,
        trace.statement.edition,
        trace.sentence.passage.document,
        answer.issue,
        answer.statement.edition.summary,
        answer.statement.edition.summary.body,
    ):
        with pytest.raises(ProtectedError):
            record.delete()


def test_addresses_are_those_of_the_interface() -> None:
    statement = StatementFactory(key="s5-4-2", section__edition__summary__slug="tentative-summary-2023-05-26")
    sentence = SentenceFactory(key="honebuto-2023-p1-s-1", passage__document__slug="honebuto-2023")
    assert statement.get_absolute_url() == "/summaries/tentative-summary-2023-05-26/editions/1/#s5-4-2"
    assert statement.edition.summary.get_absolute_url() == "/summaries/tentative-summary-2023-05-26/"
    assert sentence.get_absolute_url() == "/policies/honebuto-2023/#honebuto-2023-p1-s-1"
