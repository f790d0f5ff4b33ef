"""Claims nearly word for word, as reprints of one story have them.

The encoder does not know them: among the pairs that it has learned from, where nearly all
words are the same, the others tell two claims apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from typing import Final

from claimx.matching.comparison import Compared
from claimx.matching.likelihood import in_order
from claimx.matching.participants import other_doers
from claimx.matching.reading import Reading

REWORDED: Final = 0.35
"""Share said in other words from which nothing is repeated."""

SHARED: Final = 3
"""Words in common for each that either has besides, at least."""


def is_repeated(compared: Compared) -> bool:
    """Does one claim repeat the other, but for a few words that either has besides?

    Those must stand in different places, add no name, lack or refutation, and leave the
    predicate as it is; or be clauses of their own behind the others.
    """
    one, other, aligned = compared.one, compared.other, compared.aligned
    if compared.reworded >= REWORDED or other_doers(one, other, aligned.pairs):
        return False
    if not in_order(one, other, aligned.pairs):
        return False
    mine, added = _besides(one, aligned.pairs.keys())
    yours, others = _besides(other, aligned.matched)
    if _add_weight(one, added) or _add_weight(other, others):
        return False
    if not added and not others:
        return True
    if aligned.partial or not mine.isdisjoint(yours):
        return False
    if (len(added) + len(others)) * SHARED <= len(aligned.pairs):
        if one.predicate in aligned.pairs and other.predicate in aligned.matched:
            return True
    if added and others:
        return False
    return _goes_on(*((one, aligned.pairs.keys()) if added else (other, aligned.matched)))


def _besides(reading: Reading, matched: Set[str]) -> tuple[Set[int], Sequence[str]]:
    """The words that only this claim has.

    Returns:
        their places, as how many of the words in common are before them; and the words, soft
        ones among them.
    """
    passed: set[str] = set()
    places: set[int] = set()
    added: list[str] = []
    for key in reading.weights:
        if key in matched:
            passed.add(key)
        else:
            places.add(len(passed))
            added.append(key)
    return places, added


def _add_weight(reading: Reading, keys: Collection[str]) -> bool:
    """May words that a claim adds make another claim of it: a name, a lack, a refutation?"""
    return any(
        key in reading.soft or key in reading.names or key in reading.absences for key in keys
    )


def _goes_on(reading: Reading, matched: Set[str]) -> bool:
    """Does a claim say in clauses of their own, behind the others, all that it has besides?"""
    terms = (term for term in reading.content.terms if not term.soft)
    said = [(term.clause, term.key in matched) for term in terms]
    last = max((clause for clause, known in said if known), default=0)
    return all(known or clause > last for clause, known in said)
