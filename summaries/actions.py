"""The only writers of the states of editions, policy documents and trace links."""

from typing import TypeVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from meetings.statuses import IllegalTransition
from summaries.models import Edition, PolicyDocument, Section, Statement, StatementIssue, Summary, TraceLink
from summaries.permissions import can_confirm_trace, can_edit_edition, can_move_edition, can_move_policy
from summaries.statuses import EditionStatus, PolicyStatus, TraceStatus

M = TypeVar("M", bound=Model)


@transaction.atomic
def change_edition_status(edition: Edition, new: EditionStatus, *, by: User, reason: str = "") -> None:
    """Move `edition` to `new`. Publishing one supersedes the one in force; the reason goes into the history.

    Raises PermissionDenied (also where the submitter would approve), IllegalTransition, or ValidationError where an
    edition is returned or withdrawn without a reason, or submitted empty. A withdrawal's reason is public.
    `edition` itself is brought up to date.
    """
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    require(can_move_edition(by, locked, new))
    old = EditionStatus(locked.status)
    # An edition is superseded by publishing a newer one, never by hand.
    if new not in old.next or new == EditionStatus.SUPERSEDED:
        raise IllegalTransition(old, new)
    reason = reason.strip()
    if new in (EditionStatus.RETURNED, EditionStatus.WITHDRAWN) and not reason:
        raise ValidationError({"reason": _("理由を書いてください。")})
    if new == EditionStatus.SUBMITTED and not locked.statements.exists():
        raise ValidationError(_("この版にはまだ文がありません。文を書いてから提出してください。"))
    with pghistory.context(user=by.pk, reason=reason):
        if new == EditionStatus.SUBMITTED:
            locked.submitted_by, locked.approved_by = by, None
        elif new == EditionStatus.PUBLISHED:
            locked.approved_by = by
            locked.published_on = locked.published_on or timezone.localdate()
            for former in Edition.objects.current().filter(summary=locked.summary_id).select_for_update():
                former.status = EditionStatus.SUPERSEDED
                former.save(update_fields=["status"])
        elif new == EditionStatus.WITHDRAWN:
            locked.withdrawal_explanation = reason
        locked.status = new
        locked.save()
    edition.refresh_from_db()


@transaction.atomic
def start_edition(summary: Summary, *, by: User) -> Edition:
    """A draft of the next edition of `summary`: a copy of its newest one with the same permanent keys, or an empty one.

    Raises PermissionDenied, or ValidationError while another edition is still in the making.
    """
    summary = Summary.objects.select_for_update(of=("self",)).get(pk=summary.pk)
    require(can_edit_edition(by))
    newest = summary.editions.order_by("-number").first()
    if newest and not EditionStatus(newest.status).is_public:
        raise ValidationError(_("作成中の版があります。先にその版を公開してください。"))
    edition = Edition.objects.create(summary=summary, number=newest.number + 1 if newest else 1)
    if newest is None:
        return edition
    for note in newest.notes.all():
        _copy(note, edition=edition)
    # Parents first, so that each copy finds the copy of its parent.
    sections: dict[int | None, Section | None] = {None: None}
    for section in newest.sections.order_by(F("parent").asc(nulls_first=True), "order"):
        sections[section.pk] = _copy(section, edition=edition, parent=sections[section.parent_id])
    statements: dict[int | None, Statement | None] = {None: None}
    for statement in newest.statements.order_by(F("parent").asc(nulls_first=True), "order"):
        statements[statement.pk] = _copy(
            statement,
            edition=edition,
            section=sections[statement.section_id],
            parent=statements[statement.parent_id],
        )
    for link in StatementIssue.objects.filter(statement__edition=newest):
        _copy(link, statement=statements[link.statement_id])
    return edition


def _copy(record: M, **changed: object) -> M:
    copy = type(record)(
        **{f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if not f.primary_key}
    )
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


@transaction.atomic
def change_policy_status(document: PolicyDocument, new: PolicyStatus, *, by: User, reason: str = "") -> None:
    """Move `document` to `new`; taking it out of view needs a reason, which goes into the history.

    Raises PermissionDenied, IllegalTransition or ValidationError. `document` itself is brought up to date.
    """
    locked = PolicyDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require(can_move_policy(by, locked, new))
    old = PolicyStatus(locked.status)
    if new not in old.next:
        raise IllegalTransition(old, new)
    if new == PolicyStatus.WITHDRAWN and not reason.strip():
        raise ValidationError({"reason": _("理由を書いてください。")})
    with pghistory.context(user=by.pk, reason=reason.strip()):
        locked.status = new
        locked.save(update_fields=["status"])
    document.status = new


@transaction.atomic
def judge_trace(link: TraceLink, verdict: TraceStatus, *, by: User) -> None:
    """Confirm or reject a trace link. `link` itself is brought up to date. Raises PermissionDenied."""
    require(can_confirm_trace(by))
    link.status, link.confirmed_by = verdict, by
    with pghistory.context(user=by.pk):
        link.save(update_fields=["status", "confirmed_by"])
