"""From the database into one record file."""

import json
import re
from typing import Any

from django.db import connection, transaction

from accounts.records import read_ministries
from issues.records import read_issue_records
from meetings.records import read_meeting_records
from portal.records.format import Counts, Records, count
from summaries.records import read_summary_records

_PLACE = ("source", "lines", "placement", "placement_note")
# What JSON may hold as it is, and YAML, as which it is read again, may not.
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def export_text() -> str:
    """The whole register, drafts included, as JSON; the same register always gives the same text."""
    with transaction.atomic():
        _see_one_moment()
        sections = read_meeting_records() | read_issue_records() | read_summary_records()
        records = Records.model_construct(ministries=read_ministries(), **sections)
    records.counts = Counts.model_validate(count(records))
    # No warnings: statuses come from the database as plain texts.
    data = _readable(records.model_dump(mode="json", exclude_unset=True, warnings=False))
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _TO_ESCAPE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _see_one_moment() -> None:
    """Let all queries of this transaction see the database as it was at the first, whatever others write meanwhile."""
    if len(connection.savepoint_ids) == 0:  # the transaction is ours and begins here
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _readable(data: Any) -> Any:
    """The same with each record's own words first, then its place in the source, then the records in it."""
    if isinstance(data, list):
        return [_readable(item) for item in data]
    if not isinstance(data, dict):
        return data
    keys = sorted(data, key=lambda key: (isinstance(data[key], list) and key not in _PLACE, key in _PLACE))
    return {key: _readable(data[key]) for key in keys}
