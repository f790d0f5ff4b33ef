"""How many independent origins a group has: reprints of one agency's copy are one.

Two claims have one origin where they come from one outlet, where both credit one agency
(in the source, the route or the dateline), or where their sentences are near-identical.
Near-identical passages are the news trade's own test of reuse: word trigrams shared, as
in the METER corpus (Clough, Gaizauskas, Piao & Wilks, ACL 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import combinations
from typing import Final

import regex

from claimx.matching.stems import MARKS, load, words
from claimx.records import Claim

REUSED: Final = 0.8
"""Share of the shorter passage's word trigrams that a reprint has."""

_LONGEST = 40  # characters of a credit
_SEPARATOR = regex.compile(r"[/|,+]")
_MOST = 200  # distinct passages of a group that are compared with each other
_SHORTEST = 8  # words below which even equal passages are no sign of copying


def credits_by_article(claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    """The agencies that each article credits anywhere in its claims."""
    found: dict[str, frozenset[str]] = {}
    for claim in claims:
        named = credits(claim)
        if named or claim.article not in found:
            found[claim.article] = found.get(claim.article, frozenset()) | named
    return found


def count_origins(claims: Sequence[Claim], credited: Mapping[str, frozenset[str]]) -> int:
    """The number of independent origins among the claims of one group.

    Args:
        credited: `credits_by_article` of all claims at hand.
    """
    origin = list(range(len(claims)))

    def find(index: int) -> int:
        while origin[index] != index:
            origin[index] = origin[origin[index]]
            index = origin[index]
        return index

    first: dict[str, int] = {}
    passages: dict[tuple[str, ...], int] = {}
    for index, claim in enumerate(claims):
        names = [f"source {claim.source}", f"article {claim.article}"]
        names += [f"agency {agency}" for agency in sorted(credited[claim.article])]
        for name in names:
            origin[find(index)] = find(first.setdefault(name, index))
    for index, claim in enumerate(claims):
        listed = _passage(claim)
        if len(listed) < _SHORTEST:
            continue
        passages.setdefault(listed, index)
        origin[find(index)] = find(passages[listed])
    different = (
        [(_trigrams(listed), index) for listed, index in [*passages.items()][:_MOST]]
        if len(passages) > 1
        else []
    )
    for (mine, index), (yours, second) in combinations(different, 2):
        if find(index) != find(second) and _reused(mine, yours):
            origin[find(second)] = find(index)
    return len({find(index) for index in range(len(claims))})


@cache
def _agencies() -> dict[str, str]:
    """Every spelling of an agency's credit line, with its name."""
    listed: dict[str, list[str]] = load("language")["agencies"]
    return {
        _plain(spelling): name for name, spellings in listed.items() for spelling in spellings
    }


@lru_cache(maxsize=8192)
def _agency(credit: str) -> str | None:
    return _agencies().get(_plain(credit))


def _plain(text: str) -> str:
    return " ".join(word for word in words(text) if word not in MARKS)


def credits(claim: Claim) -> frozenset[str]:
    """The agencies that a claim's source or route names, or that its sentence credits.

    A dateline has the agency in brackets or at the end (मॉस्को, 12 सितंबर (भाषा)): in the
    running text वार्ता and भाषा are words.
    """
    parts = [claim.source, claim.via or ""]
    parts += [piece.partition(")")[0] for piece in claim.evidence.split("(")[1:]]
    pieces = [piece for part in parts for piece in _SEPARATOR.split(part)]
    return frozenset(
        name for piece in pieces if len(piece) < _LONGEST and (name := _agency(piece))
    )


def _passage(claim: Claim) -> tuple[str, ...]:
    """The words of the claim's sentence, whose attribution tells a reprint from a quote."""
    return tuple(word for word in words(claim.evidence or claim.claim) if word not in MARKS)


def _reused(mine: Set[tuple[str, ...]], yours: Set[tuple[str, ...]]) -> bool:
    return len(mine & yours) >= REUSED * min(len(mine), len(yours))


def _trigrams(listed: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(listed[at : at + 3]) for at in range(len(listed) - 2)}
