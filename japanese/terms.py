"""The index of search: terms that a text has and a query asks for, as PostgreSQL's tsvector and tsquery.

A token is a run of Latin letters and digits, or any other letter; tokens that touch are indexed in pairs. By the rule
(japanese.matching) a word covers whole tokens only, so each pair of tokens in a word is a pair in every text that
matches: the index never misses one. It may find too much, because it keeps no positions: a tsvector's end at 16,383.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

# A lexeme has at most 2,046 bytes, a tsvector 1 MB. The first limit cuts long tokens, in texts and queries alike; a
# text that exceeds the second gets one lexeme that every query accepts: the regular expression decides alone.
MAX_TOKEN_LENGTH = 64
MAX_VECTOR_BYTES = 1_000_000
ANY_QUERY = "'*'"

_RUN = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[0-9a-z]+|.")


def index_terms(folded: str) -> set[str]:
    """Return the terms of a folded text: pairs of tokens that touch, Latin words, numbers, each run's last token."""
    terms: set[str] = set()
    for tokens in _runs(folded):
        terms.update(first + second for first, second in pairwise(tokens))
        terms.update(filter(str.isascii, tokens))
        terms.add(tokens[-1])
    return terms


def tsvector_literal(folded: str) -> str:
    """Return the terms of a folded text as a literal of the type tsvector, without positions.

    Terms hold letters and digits only, so that quoting them needs no escapes.
    """
    terms = sorted(index_terms(folded))
    if sum(len(term.encode()) for term in terms) > MAX_VECTOR_BYTES:
        return ANY_QUERY
    return " ".join(f"'{term}'" for term in terms)


def tsquery_literal(words: Iterable[str]) -> str:
    """Return a literal of the type tsquery that each text with these folded words fulfils, "" for no letter at all."""
    operands = dict.fromkeys(operand for word in words for operand in _operands(word))
    return f"({' & '.join(operands)}) | {ANY_QUERY}" if operands else ""


def _operands(word: str) -> Iterator[str]:
    """Yield the pairs of each run, or its only token.

    A Latin word or a number is indexed whole. Another letter alone is the first of a pair in the text, or the last
    token of its run: so it is looked for as the beginning of a term.
    """
    for tokens in _runs(word):
        if len(tokens) > 1:
            yield from (f"'{first}{second}'" for first, second in pairwise(tokens))
        else:
            yield f"'{tokens[0]}'" if tokens[0].isascii() else f"'{tokens[0]}':*"


def _runs(folded: str) -> Iterator[list[str]]:
    for run in _RUN.findall(folded):
        yield [token[:MAX_TOKEN_LENGTH] for token in _TOKEN.findall(run)]
