"""Content words of a text in their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from claimx.matching.lexicon import Atom

_PREDICATE: Final = 3  # content words that a predicate has at most


class Term(NamedTuple):
    """A content word in its place.

    Attributes:
        occurrences: background sentences with it.
        role: the part that the case marker behind it gives it (``agent``, ``goal`` ...).
        soft: counts where the other claim has it, and is not missed where not.
        clause: number of its clause.
        form: its word or words as they stand, without inflection.
        sign: which side of a contrary pair it is on, 1 or -1; else 0.
        parts: of a phrase what its words stand for by themselves, each with its side.
        adjective: it describes what follows, and is no participant.
    """

    key: str
    occurrences: float
    name: bool
    role: str
    soft: bool
    clause: int
    form: str
    sign: int
    parts: tuple[Atom, ...]
    adjective: bool


def closing(terms: Sequence[Term]) -> set[int]:
    """The places of the last content words of each clause, where its predicate stands."""
    found = set[int]()
    behind, clause = 0, -1
    for at in range(len(terms) - 1, -1, -1):
        term = terms[at]
        if term.clause != clause:
            behind, clause = 0, term.clause
        if behind < _PREDICATE:
            found.add(at)
        behind += not term.soft
    return found
