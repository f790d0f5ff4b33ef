"""Which pairs of claims are worth comparing: blocks of claims that share rare content.

Prefix filtering (Chaudhuri, Ganti & Kaushik, ICDE 2006): two claims above the threshold
share at least one of their rarest words. A claim is filed under pairs of its rarest
content words, so that blocks stay small; a block that grows too large all the same is
cut into windows of neighbours (Hernández & Stolfo, "The Merge/Purge Problem", SIGMOD
1995), ordered by content. Candidates per claim are bounded, so cost grows linearly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from claimx.matching.reading import Reading

KEYS: Final = 6
"""Rarest content words of a claim that its block keys are made of."""

BLOCK: Final = 24
"""Claims in a block, or a window of one, that are compared with each other."""

_ALONE = 8  # a word that no more claims have is a key by itself
_SPEAKERS_OWN = 3  # rarest words that make a key with the speaker

COMMON: Final = 0.33
"""Share of the shorter claim's weight that two claims must have in common, word by word: below
what nearly all pairs have that are told the same by their words. Two in other words throughout
may have less, and are not found among more claims than a block holds."""

COMMON_IN_MEANING: Final = 0.2
"""And below what most pairs have that are told the same by what they mean."""


def candidate_pairs(
    readings: Sequence[Reading], common: float = COMMON
) -> Iterator[tuple[int, int]]:
    """Pairs of positions worth comparing, each once, the smaller first, in order.

    Args:
        common: the share of their words that they must have in common.
    """
    if len(readings) <= BLOCK:
        yield from combinations(range(len(readings)), 2)
        return
    blocks = _blocks(readings)
    after: list[set[int]] = [set() for _ in readings]
    for block in blocks:
        for place, index in enumerate(block):
            after[index].update(block[place + 1 :])
    blocks.clear()
    for index, near in enumerate(after):
        reading = readings[index]
        after[index] = set()
        for other in sorted(near):
            if _alike(reading, readings[other], common):
                yield index, other


def _alike(one: Reading, other: Reading, common: float) -> bool:
    lacking = common * min(one.total, other.total)
    yours = other.weights
    for key, weight in one.weights.items():
        if key in yours:
            lacking -= weight
            if lacking <= 0:
                return True
    return lacking <= 0


def _blocks(readings: Sequence[Reading]) -> list[list[int]]:
    """Groups of positions, ascending, each to be compared within."""
    spread = Counter(key for reading in readings for key in reading.weights)
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        weights = reading.weights
        ranked = sorted([(spread[key] / (1.0 + weights[key]), key) for key in weights])
        rarest = [key for _, key in ranked[:KEYS]]
        keys = list(combinations(sorted(rarest), 2))
        keys += [("", key) for key in rarest if spread[key] <= _ALONE]
        if reading.claim.speaker:
            keys += [(f"@{reading.claim.speaker}", key) for key in rarest[:_SPEAKERS_OWN]]
        for key in keys:
            blocks[key].append(index)
    return [
        window
        for members in blocks.values()
        if len(members) > 1
        for window in _windows(members, readings)
    ]


def _windows(members: list[int], readings: Sequence[Reading]) -> Iterator[list[int]]:
    if len(members) <= BLOCK:
        yield members
        return
    ordered = sorted(members, key=lambda i: (sorted(readings[i].weights), i))
    for start in range(0, len(ordered), BLOCK // 2):
        yield sorted(ordered[start : start + BLOCK])
