"""Rows for tests, one factory for each model.

A factory makes what every reader may see: held meetings, open issues, editions in force, confirmed links. Pass `status`
for anything else. Names and numbers count from 1 in each test (tests/conftest.py), so that a test can name them.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import factory as factory_boy
from factory.django import DjangoModelFactory

from accounts.actions import create_account
from accounts.models import Division, Ministry, Organisation, RoleGrant, User
from accounts.roles import Role
from issues.models import Discussion, Issue, IssueEvent, Ownership
from issues.statuses import IssueStatus
from meetings.models import AgendaItem, Body, BodyNote, Material, Meeting, Minutes, Source
from meetings.statuses import MeetingStatus
from summaries.models import (
    Edition,
    EditionNote,
    Passage,
    PolicyDocument,
    Section,
    Sentence,
    Statement,
    StatementIssue,
    Summary,
    TraceLink,
)
from summaries.statuses import EditionStatus, PolicyStatus, TraceKind, TraceStatus

# The library's types say that calling a factory gives a factory; it gives a row of the model.
factory: Any = factory_boy
Rows: Any = DjangoModelFactory

FIRST_DAY = date(2023, 4, 24)
PASSWORD = "Kasumigaseki-3-1-1"


class UserFactory(Rows):
    """A person; `roles=[Role.EDITOR]` gives roles. Everybody signs in with PASSWORD."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"霞が関{n}郎")
    email = factory.Sequence(lambda n: f"kasumi{n}@example.go.jp")
    password = PASSWORD
    roles: Sequence[Role] = ()

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        made = {name: fields.pop(name) for name in ("email", "name", "roles", "password")}
        user = create_account(**made)
        for name, value in fields.items():
            setattr(user, name, value)
        if fields:
            user.save(update_fields=list(fields))
        return user


def participant(**fields: Any) -> User:
    """Somebody with an account and without a role of the office."""
    return UserFactory(roles=[Role.PARTICIPANT], **fields)


def editor(**fields: Any) -> User:
    """編集者（事務局）."""
    return UserFactory(roles=[Role.EDITOR], **fields)


def publisher(**fields: Any) -> User:
    """公開責任者."""
    return UserFactory(roles=[Role.PUBLISHER], **fields)


def auditor(**fields: Any) -> User:
    """監査担当者."""
    return UserFactory(roles=[Role.AUDITOR], **fields)


def administrator(**fields: Any) -> User:
    """システム管理者."""
    return UserFactory(roles=[Role.ADMINISTRATOR], **fields)


def superuser(**fields: Any) -> User:
    """Somebody with the flag and no role, to whom nothing opens."""
    return UserFactory(is_superuser=True, **fields)


class MinistryFactory(Rows):
    class Meta:
        model = Ministry

    slug = factory.Sequence(lambda n: f"ministry-{n}")
    name = factory.Sequence(lambda n: f"第{n}省")
    order = factory.Sequence(lambda n: n)


class DivisionFactory(Rows):
    class Meta:
        model = Division

    ministry = factory.SubFactory(MinistryFactory)
    name = factory.Sequence(lambda n: f"政策第{n}課")


class OrganisationFactory(Rows):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"日本生成ＡＩ協会第{n}支部")
    corporate_number = factory.Sequence(lambda n: f"{1_000_000_000_000 + n}")


class RoleGrantFactory(Rows):
    """An officer of a ministry."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.OFFICER
    ministry = factory.SubFactory(MinistryFactory)


class SourceFactory(Rows):
    """A paper of one page and forty lines."""

    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    file = factory.Sequence(lambda n: f"source-{n}.txt")
    title = factory.Sequence(lambda n: f"配布資料第{n}号")
    pages = factory.LazyFunction(lambda: [{"page": 1, "title": "AI戦略会議", "lines": [1, 40]}])
    text = "\n".join(f"{line}行目の文字" for line in range(1, 41))


class BodyFactory(Rows):
    class Meta:
        model = Body

    slug = factory.Sequence(lambda n: f"council-{n}")
    name = factory.Sequence(lambda n: f"AI戦略会議第{n}部会")
    order = factory.Sequence(lambda n: n)


class BodyNoteFactory(Rows):
    class Meta:
        model = BodyNote

    key = factory.Sequence(lambda n: f"note-{n}")
    body = factory.SubFactory(BodyFactory)
    order = factory.Sequence(lambda n: n)
    marker = "⚫"
    text = "AIに係る最近の技術の急激な変化等を踏まえ、議論を行う。"


class MeetingFactory(Rows):
    """A meeting that was held, one a week."""

    class Meta:
        model = Meeting

    key = factory.Sequence(lambda n: f"meeting-{n}")
    body = factory.SubFactory(BodyFactory)
    number = factory.Sequence(lambda n: n)
    date = factory.Sequence(lambda n: FIRST_DAY + timedelta(weeks=n - 1))
    status = MeetingStatus.HELD


class MinutesFactory(Rows):
    """Minutes that everybody may read: those of a meeting whose minutes are published."""

    class Meta:
        model = Minutes

    meeting = factory.SubFactory(MeetingFactory, status=MeetingStatus.MINUTES_PUBLISHED)
    text = "座長から開会の挨拶があった。\n\n事務局から資料1の説明があった。"


class AgendaItemFactory(Rows):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: n)
    number = factory.LazyAttribute(lambda item: str(item.order))
    title = factory.Sequence(lambda n: f"生成ＡＩを巡る論点について（その{n}）")


class MaterialFactory(Rows):
    """A record of a PDF; no file lies behind it. Tests that need one go through meetings.uploads."""

    class Meta:
        model = Material

    key = factory.Sequence(lambda n: f"material-{n}")
    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: n)
    label = factory.Sequence(lambda n: f"資料{n}")
    title = "生成ＡＩに関する主な論点（案）"
    filename = factory.Sequence(lambda n: f"shiryo{n}.pdf")
    content_type = "application/pdf"
    size = 12_345
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    file = factory.LazyAttribute(lambda material: f"materials/{material.sha256[:2]}/{material.sha256}.pdf")
    text = "知的財産権と著作権の保護について"


class IssueFactory(Rows):
    """A theme that was raised. `QuestionFactory` makes what stands below one."""

    class Meta:
        model = Issue

    key = factory.Sequence(lambda n: f"issue-{n}")
    number = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"AIの利用（その{n}）")
    status = IssueStatus.OPEN


class QuestionFactory(IssueFactory):
    """A question below a theme."""

    key = factory.Sequence(lambda n: f"question-{n}")
    parent = factory.SubFactory(IssueFactory)
    title = factory.Sequence(lambda n: f"日本のAI利用は遅れていないか？（その{n}）")


class OwnershipFactory(Rows):
    class Meta:
        model = Ownership

    issue = factory.SubFactory(IssueFactory)
    ministry = factory.SubFactory(MinistryFactory)


class DiscussionFactory(Rows):
    class Meta:
        model = Discussion

    issue = factory.SubFactory(IssueFactory)
    agenda_item = factory.SubFactory(AgendaItemFactory)


class IssueEventFactory(Rows):
    """The move by which an issue was raised, decided under an agenda item."""

    class Meta:
        model = IssueEvent

    issue = factory.SubFactory(IssueFactory)
    old = IssueStatus.DRAFT
    new = IssueStatus.OPEN
    agenda_item = factory.SubFactory(AgendaItemFactory)
    by = factory.SubFactory(UserFactory)


class SummaryFactory(Rows):
    """A summary without an edition, which therefore only readers of drafts see."""

    class Meta:
        model = Summary

    slug = factory.Sequence(lambda n: f"summary-{n}")
    title = factory.Sequence(lambda n: f"AIに関する暫定的な論点整理（その{n}）")
    body = factory.SubFactory(BodyFactory)


class EditionFactory(Rows):
    """The edition in force of a summary of its own. A summary has only one: pass `status` for others of the same."""

    class Meta:
        model = Edition

    summary = factory.SubFactory(SummaryFactory)
    number = factory.LazyAttribute(lambda edition: edition.summary.editions.count() + 1)
    status = EditionStatus.PUBLISHED
    published_on = date(2023, 5, 26)
    withdrawal_explanation = factory.LazyAttribute(
        lambda edition: "誤りがあったため。" if edition.status == EditionStatus.WITHDRAWN else ""
    )


class EditionNoteFactory(Rows):
    class Meta:
        model = EditionNote

    key = factory.Sequence(lambda n: f"note-{n}")
    edition = factory.SubFactory(EditionFactory)
    order = factory.Sequence(lambda n: n)
    marker = "※"
    text = "この整理は暫定的なものである。"


class SectionFactory(Rows):
    class Meta:
        model = Section

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda n: f"s{n}")
    order = factory.Sequence(lambda n: n)
    heading = factory.Sequence(lambda n: f"基本的な考え方（その{n}）")


class StatementFactory(Rows):
    class Meta:
        model = Statement

    section = factory.SubFactory(SectionFactory)
    edition = factory.SelfAttribute("section.edition")
    key = factory.Sequence(lambda n: f"s1-{n}")
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"生成ＡＩの開発者と利用者は、リスクに適切に対応すべきである（その{n}）。")


class StatementIssueFactory(Rows):
    class Meta:
        model = StatementIssue

    statement = factory.SubFactory(StatementFactory)
    issue = factory.SubFactory(IssueFactory)


class PolicyDocumentFactory(Rows):
    class Meta:
        model = PolicyDocument

    slug = factory.Sequence(lambda n: f"policy-{n}")
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"経済財政運営と改革の基本方針{2022 + n}")
    short_title = factory.Sequence(lambda n: f"骨太の方針{2022 + n}")
    published_on = date(2023, 6, 16)
    status = PolicyStatus.PUBLISHED


class PassageFactory(Rows):
    class Meta:
        model = Passage

    key = factory.Sequence(lambda n: f"passage-{n}")
    document = factory.SubFactory(PolicyDocumentFactory)
    order = factory.Sequence(lambda n: n)
    heading = factory.Sequence(lambda n: f"AIへの対応（その{n}）")


class SentenceFactory(Rows):
    class Meta:
        model = Sentence

    key = factory.Sequence(lambda n: f"sentence-{n}")
    passage = factory.SubFactory(PassageFactory)
    order = factory.Sequence(lambda n: n)
    text = factory.Sequence(lambda n: f"政府は、ガードレールの在り方を検討する（その{n}）。")


class TraceLinkFactory(Rows):
    class Meta:
        model = TraceLink

    statement = factory.SubFactory(StatementFactory)
    sentence = factory.SubFactory(SentenceFactory)
    kind = TraceKind.PARAPHRASE
    status = TraceStatus.CONFIRMED


#: What tests/conftest.py sets back to 1 before each test.
FACTORIES: tuple[Any, ...] = tuple(
    value for name, value in globals().items() if name.endswith("Factory") and value is not DjangoModelFactory
)
