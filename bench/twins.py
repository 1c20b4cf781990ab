"""The rows that bench/pages.py measures with, and the twins of the pages: the values that each shows, in order."""

from collections.abc import Callable, Iterator
from itertools import count, groupby
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import Ministry
from issues.filters import bodies_to_choose, ministries_to_choose
from issues.models import Discussion, Issue, Ownership
from issues.progress import bar
from issues.rows import COLUMNS
from issues.statuses import PUBLIC_STATUSES, IssueStatus
from issues.timeline import discussions_of, events_of
from japanese.templatetags.japanese import both_calendars
from summaries.models import Statement, StatementIssue, TraceLink
from summaries.templatetags.summaries import conclusions, policy_sentences
from tests import factories

Page = tuple[str, Callable[[], str], Callable[[], list[str]]]
LABELS = {status.value: str(status.label) for status in IssueStatus}
USER = AnonymousUser()


def pages() -> Iterator[Page]:
    """Name, view and twin of each page to compare, with more and more rows."""
    for factory in factories.FACTORIES:
        factory.reset_sequence(1, force=True)
    theme = make_issues(themes=3, questions=10)
    yield "list, 13 issues", view("/issues/"), list_twin
    yield "list as a table, 13 issues", view("/issues/?view=table"), table_twin
    question = theme.questions.get(number=1)
    yield "issue, nothing linked", view("/issues/1-1/"), issue_twin(question)
    link(question, 3)
    yield "issue, 3 of everything", view("/issues/1-1/"), issue_twin(question)
    link(question, 100)
    yield "issue, 103 of everything", view("/issues/1-1/"), issue_twin(question)
    make_issues(themes=7, questions=987)
    yield "list, 1,007 issues", view("/issues/"), list_twin
    yield "list as a table, 100 of 1,007", view("/issues/?view=table"), table_twin


def view(address: str) -> Callable[[], str]:
    """The page at an address as an anonymous reader gets it, without middleware."""

    def call() -> str:
        made = request(address)
        match: Any = made.resolver_match
        return str(match.func(made, *match.args, **match.kwargs).content.decode())

    return call


def request(address: str) -> HttpRequest:
    """A request of an anonymous reader."""
    made = RequestFactory().get(address)
    made.user = USER
    made.resolver_match = resolve(made.path)
    return made


def list_twin() -> list[str]:
    """The tree: filters, then theme after theme with its bar and its questions."""
    themes: list[Any] = list(Issue.objects.visible_to(USER).themes().with_question_statuses(USER).order_by("number"))
    values = filter_values(themes)
    rows = Issue.objects.visible_to(USER).for_list().values_list(*COLUMNS)
    for theme, (_number, of_theme) in zip(themes, groupby(rows, key=lambda row: row[0] or row[1]), strict=True):
        label = f"論点{theme.number}"
        values += [f"/issues/{theme.number}/", label, theme.title]
        parts = bar(theme.question_statuses)
        for part in parts:
            values += [part.value, part.x, part.width]
        for part in parts:
            values += [part.value, part.label, part.amount]
        for parent, number, title, _en, status, _placement, lead, _lead_en in of_theme:
            if parent:
                values += [f"/issues/{parent}-{number}/", f"論点{parent}-{number}", title, status, LABELS[status], lead]
    return values


def table_twin() -> list[str]:
    """The table: filters, the number of rows, then row after row."""
    themes: list[Any] = list(Issue.objects.visible_to(USER).themes().with_question_statuses(USER).order_by("number"))
    values = filter_values(themes)
    issues = Issue.objects.visible_to(USER).for_list()
    total = issues.count()
    values.append(str(total))
    for parent, number, title, _en, status, _placement, lead, _lead_en in issues.values_list(*COLUMNS)[
        : min(total, 100)
    ]:
        address = f"{parent}-{number}" if parent else str(number)
        values += [f"論点{address}", f"/issues/{address}/", title, status, LABELS[status], lead or "—"]
    return values


def filter_values(themes: list[Any]) -> list[str]:
    """Values and labels of the filters."""
    present = {status for theme in themes for status in (theme.status, *theme.question_statuses)}
    choices = [(str(status), LABELS[status]) for status in PUBLIC_STATUSES if status in present]
    choices += [(str(theme.number), f"論点{theme.number} {theme.title}") for theme in themes]
    choices += [(slug, name) for slug, name, _en, owns in ministries_to_choose(USER) if owns]
    list(bodies_to_choose(USER))
    return [value for choice in choices for value in choice]


def issue_twin(question: Issue) -> Callable[[], list[str]]:
    """The page of a question: where it stands, what was concluded, what it became, how it got here."""
    theme = question.address.partition("-")[0]
    place = Q(parent__number=theme, number=question.number)
    context: Any = {"request": request(f"/issues/{question.address}/")}

    def values() -> list[str]:
        visible = Issue.objects.visible_to(USER)
        siblings = visible.filter(parent__number=theme)
        issue: Any = (
            visible.filter(place).with_neighbours(siblings).with_source().select_related("parent", "body").first()
        )
        made = [issue.label, issue.title, issue.status, LABELS[issue.status]]
        events = [(LABELS[new], placed(place)) for new, _at, _reason, *place in events_of(issue)]
        if events:
            made += events[-1][1]
        for owner in issue.ownerships.select_related("ministry"):
            made += [owner.ministry.name, owner.get_kind_display()]
        made += [f"/issues/{theme}/", issue.parent.label, issue.parent.title]
        for statement in conclusions(context, issue)["statements"]:
            made += [statement[name] for name in ("marker", "text", "url", "edition", "section")]
        for sentence in policy_sentences(context, issue)["sentences"]:
            made += [sentence[name] for name in ("text", "url", "document")]
        moments = [placed(place) for _issue, _placement, _note, *place in discussions_of(issue, USER)]
        moments += [[day, iso, status, *rest] for status, (day, iso, *rest) in events]
        return made + [value for moment in sorted(moments, key=lambda moment: moment[0]) for value in moment]

    return values


def placed(row: list[Any]) -> list[str]:
    """The day, the meeting and the agenda item of a row of issues.timeline."""
    title, _title_en, order, number, day, slug, body, _body_en = row
    address = f"/meetings/{slug}/{number}/#agenda-{order}"
    return [day.isoformat(), both_calendars(day), address, f"{body} 第{number}回", title]


_number = count(1)


def make_issues(*, themes: int, questions: int) -> Issue:
    """Themes with questions dealt out among them, in every public state, each with a lead ministry; the first theme."""
    ministries = list(Ministry.objects.all()) or factories.MinistryFactory.create_batch(3)
    made = factories.IssueFactory.create_batch(themes)
    below = [
        factories.QuestionFactory.build(
            parent=made[n % themes],
            number=1 + n // themes,
            title=f"AIの利用に当たっての責任をどのように考えるか？（その{next(_number)}）",
            status=PUBLIC_STATUSES[n % len(PUBLIC_STATUSES)],
        )
        for n in range(questions)
    ]
    Issue.objects.bulk_create(below)
    Ownership.objects.bulk_create(
        Ownership(issue=issue, ministry=ministries[n % 3], kind=Ownership.Kind.LEAD) for n, issue in enumerate(below)
    )
    return made[0]


def link(question: Issue, times: int) -> None:
    """So many meetings, moves, statements and policy sentences for one question."""
    items = factories.AgendaItemFactory.create_batch(times, meeting=factories.MeetingFactory())
    Discussion.objects.bulk_create(Discussion(issue=question, agenda_item=item) for item in items)
    for item in items:
        factories.IssueEventFactory(issue=question, agenda_item=item, by=None)
    section, passage = factories.SectionFactory(), factories.PassageFactory()
    statements: list[Statement] = factories.StatementFactory.create_batch(times, section=section)
    StatementIssue.objects.bulk_create(StatementIssue(statement=s, issue=question) for s in statements)
    TraceLink.objects.bulk_create(
        factories.TraceLinkFactory.build(statement=s, sentence=factories.SentenceFactory(passage=passage))
        for s in statements
    )
