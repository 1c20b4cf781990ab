"""Summaries, policy documents and the links between them in record files."""

from collections.abc import Sequence
from typing import Any

from accounts.records import Plan, Record
from summaries.records.policies import PolicyRecord, plan_policies, read_policies
from summaries.records.summaries import SummaryRecord, plan_summaries, read_summaries
from summaries.records.trace_links import TraceLinkRecord, plan_trace_links, read_trace_links

__all__ = ["PolicyRecord", "SummaryRecord", "SummaryRecords", "plan_summary_records", "read_summary_records"]


class SummaryRecords(Record):
    """The sections of a file that this app keeps."""

    summary_documents: list[SummaryRecord] = []
    policy_documents: list[PolicyRecord] = []
    trace_links: list[TraceLinkRecord] = []


def plan_summary_records(files: Sequence[SummaryRecords], plan: Plan) -> None:
    """Plan summaries, policy documents and trace links. Meetings and issues are planned already."""
    links = [link for file in files for link in file.trace_links]
    summaries = [summary for file in files for summary in file.summary_documents]
    policies = [policy for file in files for policy in file.policy_documents]
    plan_summaries(summaries, {link.summary for link in links}, plan)
    plan_policies(policies, {link.sentence for link in links}, plan)
    plan_trace_links(links, plan)


def read_summary_records() -> dict[str, Any]:
    """All summaries, policy documents and trace links as sections of a file."""
    return {
        "summary_documents": read_summaries(),
        "policy_documents": read_policies(),
        "trace_links": read_trace_links(),
    }
