"""Two claims about one thing of which one denies the other."""

from __future__ import annotations

from typing import Final

from claimx.matching.lexicon import lexicon
from claimx.matching.reading import Reading

_CLAUSE: Final = 0.5  # share of a clause's content that its opposite must have


def opposed(one: Reading, other: Reading) -> bool:
    """Are the two clauses that share most of opposite sign?"""
    mine_negative, yours_negative = _negative(one, other), _negative(other, one)
    signs, others = one.content.signs, other.content.signs
    lacking = one.content.without | other.content.without
    if one.content.without and other.content.without:
        lacking = frozenset()  # which word of "ठोस सबूत के बिना" is meant is not sure
    if len(mine_negative) == len(yours_negative) == 1 and not ((signs and others) or lacking):
        return mine_negative != yours_negative
    contrary = {key for key in signs.keys() & others.keys() if signs[key] != others[key]}
    contrary |= lacking
    # For each clause of either the clause of the other that shares most with it.
    met: dict[tuple[str, int], tuple[float, bool]] = {}
    for i, ours in enumerate(one.clauses):
        for j, theirs in enumerate(other.clauses):
            if one.content.until[i] != other.content.until[j]:
                continue  # until when, beside what
            keys = ours.keys() & theirs.keys()
            common = sum(ours[key] for key in keys)
            least = min(sum(ours.values()), sum(theirs.values()))
            if not common or common < _CLAUSE * least:
                continue
            opposite = (mine_negative[i] != yours_negative[j]) != bool(keys & contrary)
            for place in (("one", i), ("other", j)):
                if common > met.get(place, (0.0, False))[0]:
                    met[place] = (common, opposite)
    if met:
        return any(opposite for _, opposite in met.values())
    return any(mine_negative) != any(yours_negative)


def _negative(reading: Reading, other: Reading) -> list[bool]:
    """For each clause whether it denies what it says.

    It may do so by the predicate that it adds to what the other claim says (फिल्म की रिलीज
    टली, फिल्म रिलीज होगी).
    """
    negative = list(reading.content.negative)
    signs = reading.content.signs
    added = lexicon().absences & signs.keys() - other.weights.keys()
    if added and _last(other) in reading.weights:
        last = _last(reading)
        if last in added and signs[last] < 0:
            negative[-1] = not negative[-1]
    return negative


def _last(reading: Reading) -> str:
    return next((t.key for t in reversed(reading.content.terms) if not t.soft), "")
