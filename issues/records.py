"""Issues, their ministries and moves, and the agenda items that discussed them, in record files."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import Prefetch
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from pydantic import Strict

from accounts.models import Ministry
from accounts.records import (
    Key,
    Moment,
    OptionalText,
    Ordinal,
    Plan,
    Record,
    Slug,
    Slugs,
    Text,
    load_ministries,
)
from issues.models import Discussion, Issue, IssueEvent, Ownership
from issues.statuses import IssueStatus
from japanese.folding import fold
from meetings.models import AgendaItem, Body
from meetings.records import SourcedRecord, load_bodies, load_meetings, place_of, with_source

Status = Annotated[IssueStatus, Strict(False)]


class EventRecord(Record):
    """One move of an issue's status. Moves come with an issue that is new to the database, never later."""

    old: Status
    new: Status
    meeting: Key | None = None
    """Id of the meeting and, in `agenda_item`, the order of the agenda item that decided it; without them `reason`."""
    agenda_item: Ordinal | None = None
    reason: OptionalText = ""
    at: Moment


class IssueRecord(SourcedRecord):
    """What themes and questions share."""

    id: Key
    status: Status | None = None
    """If the issue is new: that after the last of `events`, or else open."""
    body: Slug | None = None
    """Id of the body that raised it."""
    lead_ministry: Slug | None = None
    supporting_ministries: Slugs = []
    events: list[EventRecord] = []
    """From the first to the last."""


class QuestionRecord(IssueRecord):
    """An issue below a theme."""

    order: Ordinal | None = None
    """Its number in the theme: 4 for 論点2-4."""
    text: Text
    text_en: OptionalText = ""


class ThemeRecord(IssueRecord):
    """An issue that stands on top, with its questions."""

    number: Ordinal | None = None
    number_label: str | None = None
    """論点N; one of `number` and this must be there."""
    title: Text
    title_en: OptionalText = ""
    questions: list[QuestionRecord] = []


class DiscussionRecord(SourcedRecord):
    """An issue was discussed under an agenda item, which `meeting` and its order name."""

    issue: Key
    meeting: Key
    agenda_item: Ordinal


class IssueRecords(Record):
    """The sections of a file that this app keeps."""

    issue_points: list[ThemeRecord] = []
    discussions: list[DiscussionRecord] = []


def load_issues(plan: Plan, keys: set[str]) -> None:
    """Know the issues that records of a file are, or refer to."""
    plan.load(Issue.objects.filter(key__in=keys), lambda issue: issue.key)


def plan_issue_records(files: Sequence[IssueRecords], plan: Plan) -> None:
    """Plan the issues and discussions of these files. Ministries, bodies and meetings are planned already."""
    themes = [theme for file in files for theme in file.issue_points]
    discussions = [discussion for file in files for discussion in file.discussions]
    issues: list[IssueRecord] = [issue for theme in themes for issue in (theme, *theme.questions)]
    keys = {issue.id for issue in issues}
    load_issues(plan, keys | {discussion.issue for discussion in discussions})
    load_bodies(plan, {issue.body for issue in issues if issue.body})
    ministries = {slug for issue in issues for slug in (issue.lead_ministry, *issue.supporting_ministries) if slug}
    load_ministries(plan, ministries)
    cited = {event.meeting for issue in issues for event in issue.events if event.meeting}
    load_meetings(plan, cited | {discussion.meeting for discussion in discussions})
    ownerships = Ownership.objects.filter(issue__key__in=keys).select_related("issue", "ministry")
    plan.load(ownerships, lambda ownership: (ownership.issue.key, ownership.ministry.slug))
    events = IssueEvent.objects.filter(issue__key__in=keys).select_related("issue")
    plan.load(events, lambda event: (event.issue.key, event.at, event.new))
    for theme in themes:
        _plan_theme(theme, plan)
    _plan_discussions(discussions, plan)


def _plan_theme(record: ThemeRecord, plan: Plan) -> None:
    theme = plan.claim(record, Issue, record.id, key=record.id)
    if theme is None:
        return
    values = record.given("title", "title_en") | {"number": _theme_number(record, plan), "parent": None}
    if "number" in _plan_issue(record, theme, values, plan) and theme.pk:
        plan.save_again(Issue.objects.filter(parent=theme.pk))
    for position, item in enumerate(record.questions, 1):
        if question := plan.claim(item, Issue, item.id, key=item.id):
            values = item.given(title="text", title_en="text_en") | {"number": item.order or position, "parent": theme}
            _plan_issue(item, question, values, plan)


def _theme_number(record: ThemeRecord, plan: Plan) -> int:
    label = re.fullmatch(r"論点([1-9][0-9]{0,4})", fold(record.number_label or ""))
    number = int(label[1]) if label else 0
    if record.number_label and (not label or record.number not in (None, number)):
        plan.fault(
            record.where.of("number_label"),
            _("「論点1」の形で、number と同じ番号を書いてください（ここには「%(label)s」とあります）。"),
            label=record.number_label,
        )
    elif not record.number and not number:
        plan.fault(record.where.of("number"), _("番号がありません。number に論点の番号を書いてください。"))
    return record.number or number


def _plan_issue(record: IssueRecord, issue: Issue, values: dict[str, Any], plan: Plan) -> list[str]:
    """Plan one issue with what belongs to it. Returns the names of the columns that change."""
    is_new = issue._state.adding
    values |= record.sourced(plan, issue)
    values |= plan.status(record, issue, record.status, record.events[-1].new if record.events else IssueStatus.OPEN)
    if record.has("body"):
        values["body"] = plan.refer(record, "body", Body, record.body)
    changed = plan.put(record, issue, values)
    _plan_ownerships(record, issue, plan)
    if is_new:
        _check_moves(record, IssueStatus(issue.status), plan)
    for event in record.events:
        _plan_event(record, event, issue, is_new, plan)
    return changed


def _plan_ownerships(record: IssueRecord, issue: Issue, plan: Plan) -> None:
    # Those that support come first, so that one that led makes way before another leads.
    kinds = dict.fromkeys(record.supporting_ministries, Ownership.Kind.SUPPORTING)
    if record.lead_ministry in kinds:
        plan.fault(
            record.where.of("lead_ministry"),
            _("同じ府省庁が supporting_ministries にもあります。どちらか一つにしてください。"),
        )
    elif record.lead_ministry:
        kinds[record.lead_ministry] = Ownership.Kind.LEAD
    for slug, kind in kinds.items():
        name = "lead_ministry" if kind == Ownership.Kind.LEAD else "supporting_ministries"
        if ministry := plan.refer(record, name, Ministry, slug):
            ownership = plan.claim(record, Ownership, (record.id, slug), issue=issue, ministry=ministry)
            if ownership:
                plan.put(record, ownership, {"kind": kind})


def _check_moves(record: IssueRecord, status: IssueStatus, plan: Plan) -> None:
    """The moves of a new issue lead, one after the other and each of them legal, to its status."""
    following = [event.old for event in record.events[1:]] + [status]
    for event, then in zip(record.events, following, strict=False):
        if event.new not in event.old.next:
            message = _("%(old)s から %(new)s へは移せません。資料を確かめてください。")
            plan.fault(event.where, message, old=event.old, new=event.new)
        if event.new != then:
            message = _("この後の状態が %(then)s になっています。動きを順に並べ、最後を今の状態に合わせてください。")
            plan.fault(event.where.of("new"), message, then=then)


def _plan_event(record: IssueRecord, event: EventRecord, issue: Issue, is_new: bool, plan: Plan) -> None:
    identity = {"issue": issue, "at": event.at, "new": event.new}
    row = plan.claim(event, IssueEvent, (record.id, event.at, event.new), **identity)
    if row is None:
        return
    key = (event.meeting, event.agenda_item) if event.meeting else None
    item = plan.refer(event, "agenda_item" if event.has("agenda_item") else "meeting", AgendaItem, key)
    if key is None and not event.reason:
        plan.fault(event.where, _("根拠の議事（meeting と agenda_item）か、会議外の理由（reason）を書いてください。"))
    changed = plan.put(event, row, {"old": event.old, "agenda_item": item, "reason": event.reason})
    if changed and not is_new:
        plan.fault(event.where, _("登録されている論点に、動きは取り込めません。管理画面で状態を移してください。"))


def _plan_discussions(records: Sequence[DiscussionRecord], plan: Plan) -> None:
    keys = [record.issue for record in records]
    rows = Discussion.objects.filter(issue__key__in=keys).select_related("issue", "agenda_item__meeting")
    plan.load(rows, lambda row: (row.issue.key, row.agenda_item.meeting.key, row.agenda_item.order))
    for record in records:
        issue = plan.refer(record, "issue", Issue, record.issue)
        item = plan.refer(record, "agenda_item", AgendaItem, (record.meeting, record.agenda_item))
        if issue and item:
            key = (record.issue, record.meeting, record.agenda_item)
            if row := plan.claim(record, Discussion, key, issue=issue, agenda_item=item):
                plan.put(record, row, record.sourced(plan, row))


def read_issue_records() -> dict[str, Any]:
    """All issues and discussions as sections of a file."""
    events = IssueEvent.objects.order_by("at", "id").select_related("agenda_item__meeting")
    issues = with_source(Issue.objects.select_related("parent", "body").in_order())
    issues = issues.prefetch_related("ownerships__ministry", Prefetch("events", events))
    themes: dict[int | None, ThemeRecord] = {}
    for issue in issues:
        if issue.parent is None:
            themes[issue.pk] = _read_theme(issue)
        else:
            themes[issue.parent_id].questions.append(_read_question(issue))
    discussions = with_source(Discussion.objects.select_related("issue", "agenda_item__meeting"))
    records = [
        DiscussionRecord.model_construct(
            issue=row.issue.key,
            meeting=row.agenda_item.meeting.key,
            agenda_item=row.agenda_item.order,
            **place_of(row),
        )
        for row in discussions
    ]
    records.sort(key=lambda record: (record.issue, record.meeting, record.agenda_item))
    return {"issue_points": list(themes.values()), "discussions": records}


def _read_theme(issue: Issue) -> ThemeRecord:
    return ThemeRecord.model_construct(
        id=issue.key,
        number=issue.number,
        number_label=f"論点{issue.number}",
        title=issue.title,
        title_en=issue.title_en,
        **_read_issue(issue),
        questions=[],
    )


def _read_question(issue: Issue) -> QuestionRecord:
    return QuestionRecord.model_construct(
        id=issue.key, order=issue.number, text=issue.title, text_en=issue.title_en, **_read_issue(issue)
    )


def _read_issue(issue: Issue) -> dict[str, Any]:
    owners = [(ownership.kind, ownership.ministry.slug) for ownership in issue.ownerships.all()]
    return {
        "status": issue.status,
        "body": issue.body.slug if issue.body else None,
        "lead_ministry": next((slug for kind, slug in owners if kind == Ownership.Kind.LEAD), None),
        "supporting_ministries": sorted(slug for kind, slug in owners if kind == Ownership.Kind.SUPPORTING),
        **place_of(issue),
        "events": [
            EventRecord.model_construct(
                old=event.old,
                new=event.new,
                meeting=event.agenda_item.meeting.key if event.agenda_item else None,
                agenda_item=event.agenda_item.order if event.agenda_item else None,
                reason=event.reason,
                at=localtime(event.at),
            )
            for event in issue.events.all()
        ],
    }
