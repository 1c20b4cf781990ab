"""From record files into the database: all of them, or nothing and every reason why."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import pghistory
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.records import Fault, Plan, Tally, UnreadableFile, plan_accounts
from issues.records import plan_issue_records
from meetings.records import plan_meeting_records
from portal.records.format import Records, check_counts
from portal.records.loading import load
from portal.records.shape import shaped
from summaries.records import plan_summary_records

#: Shows how far the writing of rows has come, by passing them on.
Progress: TypeAlias = Callable[[Sequence[Model]], Iterable[Model]]


class ImportRefused(Exception):
    """Nothing was written, because of these faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def import_files(names: Sequence[str], progress: Progress = iter) -> Tally:
    """Bring the database up to date with these record files, in one transaction. Raises ImportRefused.

    The history says which files it was. What a file does not mention stays as it is.
    """
    files, faults, left_out = _read(names)
    with pghistory.context(command="import_records", file=", ".join(names)), transaction.atomic():
        plan = Plan(left_out)
        plan_accounts(files, plan)
        plan_meeting_records(files, plan)
        plan_issue_records(files, plan)
        plan_summary_records(files, plan)
        plan.check()
        for file in files:
            if not left_out:
                check_counts(file, plan)
        if faults or plan.faults:
            raise ImportRefused([*faults, *plan.faults])
        try:
            plan.save(progress)
        except (IntegrityError, DataError) as error:
            raise ImportRefused([plan.saving.fault(_refused(error))]) from error
    return plan.tally


def _read(names: Sequence[str]) -> tuple[list[Records], list[Fault], set[str]]:
    files: list[Records] = []
    faults: list[Fault] = []
    left_out: set[str] = set()
    unreadable = False
    for name in names:
        try:
            data, top, found = load(name)
        except UnreadableFile as error:
            faults.append(Fault(name, error.line, "", str(error)))
            unreadable = True
            continue
        records, wrong, missing = shaped(data, top)
        faults += [*found, *wrong]
        left_out |= missing
        if records is None:
            unreadable = True
        else:
            files.append(records)
    if unreadable:
        # What the other files refer to may be in that one.
        raise ImportRefused(faults)
    return files, faults, left_out


def _refused(error: Exception) -> str:
    reason = str(error.__cause__ or error).splitlines()[0]
    return _("データベースが受け付けませんでした（%(reason)s）。この記録の値を確かめてください。") % {"reason": reason}
