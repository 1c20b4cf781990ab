from summaries.models.edition import Edition, EditionNote
from summaries.models.policy import Passage, PolicyDocument, Sentence
from summaries.models.section import Section
from summaries.models.statement import Statement, StatementIssue
from summaries.models.summary import Summary
from summaries.models.trace_link import TraceLink

__all__ = [
    "Edition",
    "EditionNote",
    "Passage",
    "PolicyDocument",
    "Section",
    "Sentence",
    "Statement",
    "StatementIssue",
    "Summary",
    "TraceLink",
]
