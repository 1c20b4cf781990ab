"""The format of record files: the sections of all apps, and how many records of each kind a file says it has."""

from collections import Counter
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from accounts.records import AccountRecords, Plan, Record
from issues.records import IssueRecords
from meetings.records import MeetingRecords
from summaries.records import SummaryRecords

Number = Annotated[int, Field(ge=0)] | None


class Counts(Record):
    """How many records of each kind the file has; a number that is wrong is a fault."""

    bodies: Number = None
    meetings: Number = None
    meetings_council: Number = None
    """Meetings of bodies of the file that have no parent."""
    meetings_team: Number = None
    """Meetings of bodies of the file that have one."""
    agenda_items: Number = None
    agenda_items_council: Number = None
    agenda_items_team: Number = None
    issue_points: Number = None
    """Themes."""
    issue_questions: Number = None
    summary_documents: Number = None
    sections: Number = None
    """Those on top, in all editions."""
    subsections: Number = None
    statements: Number = None
    statements_circle: Number = None
    """Statements with the marker ○."""
    statements_arrow: Number = None
    """Statements with the marker ➢."""
    policy_documents: Number = None
    passages: Number = None
    sentences: Number = None
    explanatory_notes: Number = None
    """Notes on bodies and on editions."""


class Records(SummaryRecords, IssueRecords, MeetingRecords, AccountRecords):
    """A record file of Ronten. All sections are optional."""

    counts: Counts | None = None


def count(records: Records) -> dict[str, int]:
    """How many records of each kind there are."""
    council = {body.id for body in records.bodies if body.parent is None}
    team = {body.id for body in records.bodies} - council
    editions = [edition for summary in records.summary_documents for edition in summary.all_editions]
    sections = [section for edition in editions for section in edition.sections]
    subsections = [subsection for section in sections for subsection in section.subsections]
    statements = [statement for section in (*sections, *subsections) for statement in section.statements]
    markers = Counter(statement.marker for statement in statements)
    passages = [passage for policy in records.policy_documents for passage in policy.passages]

    def of_meetings(bodies: set[str]) -> tuple[int, int]:
        meetings = [meeting for meeting in records.meetings if meeting.body in bodies]
        return len(meetings), sum(len(meeting.agenda_items) for meeting in meetings)

    meetings_council, agenda_items_council = of_meetings(council)
    meetings_team, agenda_items_team = of_meetings(team)
    return {
        "bodies": len(records.bodies),
        "meetings": len(records.meetings),
        "meetings_council": meetings_council,
        "meetings_team": meetings_team,
        "agenda_items": sum(len(meeting.agenda_items) for meeting in records.meetings),
        "agenda_items_council": agenda_items_council,
        "agenda_items_team": agenda_items_team,
        "issue_points": len(records.issue_points),
        "issue_questions": sum(len(theme.questions) for theme in records.issue_points),
        "summary_documents": len(records.summary_documents),
        "sections": len(sections),
        "subsections": len(subsections),
        "statements": len(statements),
        "statements_circle": markers["○"],
        "statements_arrow": markers["➢"],
        "policy_documents": len(records.policy_documents),
        "passages": len(passages),
        "sentences": sum(len(passage.sentences) for passage in passages),
        "explanatory_notes": len(records.body_notes) + sum(len(edition.overview_notes) for edition in editions),
    }


def check_counts(records: Records, plan: Plan) -> None:
    """Note a fault for each number that the file says and does not hold."""
    if records.counts is None:
        return
    for name, number in count(records).items():
        said = getattr(records.counts, name)
        if said is not None and said != number:
            message = _("%(said)d 件とありますが、ファイルには %(number)d 件あります。漏れや重なりを確かめてください。")
            plan.fault(records.counts.where.of(name), message, said=said, number=number)


class _Schema(GenerateJsonSchema):
    """Without titles that only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def json_schema() -> dict[str, Any]:
    """The format as a JSON Schema, draft 2020-12."""
    return {"$schema": GenerateJsonSchema.schema_dialect, **Records.model_json_schema(schema_generator=_Schema)}
