"""How well groups of claims agree with the gold groups.

Pairwise precision and recall count pairs of claims in one group. B-cubed averages, over
claims, how much of a claim's group is right and how much of its right group is there
(Bagga & Baldwin, "Entity-Based Cross-Document Coreferencing Using the Vector Space
Model", ACL 1998); unlike pairs it counts claims that are rightly alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count
from pathlib import Path
from typing import Any

from claimx.errors import InputError
from claimx.measures import FOUND, f_measure, intersection_over_union
from claimx.records import Claim, Relation, Span

Place = tuple[str, int, int]
"""A gold claim: file below the article folder, start and end in code points."""


@dataclass(frozen=True, slots=True)
class GoldGroups:
    """The gold groups of a folder.

    Attributes:
        claims: every grouped claim, and the other core claims, which are alone.
        group: number of the gold group; absent for claims that are alone.
        relation: what a grouped claim is to the others.
        apart: pairs that look alike and must not share a group.
    """

    claims: tuple[Place, ...]
    group: Mapping[Place, int]
    relation: Mapping[Place, Relation]
    apart: frozenset[frozenset[Place]]

    def conflict(self, one: Place, other: Place) -> bool:
        """Do the figures or the polarity of two claims of one group conflict?"""
        mine, yours = self.relation.get(one), self.relation.get(other)
        return (
            self.group.get(one, -1) == self.group.get(other, -2)
            and mine != yours
            and "same" in (mine, yours)
        )


@dataclass(frozen=True, slots=True)
class Agreement:
    """Measures of a grouping against gold groups.

    Attributes:
        false_merges: pairs called ``same`` whose figures or polarity conflict.
        apart_merged: pairs in one group that the gold lists as apart.
        wrong, lost: pairs of claims in one group of only one side.
    """

    precision: float
    recall: float
    bcubed_precision: float
    bcubed_recall: float
    false_merges: int
    apart_merged: int
    wrong: tuple[tuple[Place, Place], ...] = field(default=(), repr=False)
    lost: tuple[tuple[Place, Place], ...] = field(default=(), repr=False)

    @property
    def f1(self) -> float:
        return f_measure(self.precision, self.recall)

    @property
    def bcubed_f1(self) -> float:
        return f_measure(self.bcubed_precision, self.bcubed_recall)


def grouping_row(
    gold_folder: Path, article_folder: Path, claims: Sequence[Claim]
) -> dict[str, Any] | None:
    """The measures of grouped claims as one row, or None where there are no gold groups.

    Only gold claims that were extracted are measured: what is missed is attribution's.

    Args:
        claims: extracted claims with ``group`` and ``relation`` filled.
    """
    gold = read_gold_groups(gold_folder)
    if not gold.group:
        return None
    measured = agreement(_found(gold, article_folder, claims), gold)
    return {
        "group_precision": round(measured.precision, 3),
        "group_recall": round(measured.recall, 3),
        "group_f1": round(measured.f1, 3),
        "bcubed_f1": round(measured.bcubed_f1, 3),
        "false_merges": measured.false_merges,
    }


def read_gold_groups(folder: Path) -> GoldGroups:
    """Read ``groups-*.json`` and the claims of the other gold files in a folder.

    Raises:
        InputError: if a file of groups is broken.
    """
    claims: set[Place] = set()
    group: dict[Place, int] = {}
    relation: dict[Place, Relation] = {}
    apart: set[frozenset[Place]] = set()
    numbers = count()
    for path in sorted(folder.glob("*.json")):
        try:
            raw = json.loads(path.read_text("utf-8"))
            if "groups" not in raw:
                claims.update(
                    _place({"file": raw["file"]} | claim)
                    for claim in raw["claims"]
                    if claim["core"]
                )
                continue
            for found in raw["groups"]:
                number = next(numbers)
                for claim in found["claims"]:
                    group[_place(claim)] = number
                    relation[_place(claim)] = claim["relation"]
            apart.update(
                frozenset(_place(claim) for claim in pair) for pair in raw.get("apart", ())
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            if path.name.startswith("groups-"):
                reason = f"is not readable as gold groups: {error!r}; see corpus/README.md"
                raise InputError(str(path), reason) from error
    return GoldGroups(tuple(sorted(claims | set(group))), group, relation, frozenset(apart))


def agreement(
    groups: Mapping[Place, tuple[str | None, Relation | None]], gold: GoldGroups
) -> Agreement:
    """Compare a grouping with the gold, over the claims that it covers.

    Args:
        groups: group (None: alone) and relation by gold claim.
    """
    places = sorted(groups)
    mine = {place: groups[place][0] or f"alone {number}" for number, place in enumerate(places)}
    yours = {place: str(gold.group.get(place, place)) for place in places}
    pairs = _pairs(mine)
    right = _pairs(yours)
    both = pairs & right
    merged = [pair for pair in pairs if all(groups[place][1] == "same" for place in pair)]
    return Agreement(
        precision=len(both) / max(1, len(pairs)),
        recall=len(both) / max(1, len(right)),
        bcubed_precision=_bcubed(mine, yours),
        bcubed_recall=_bcubed(yours, mine),
        false_merges=sum(gold.conflict(*pair) for pair in merged),
        apart_merged=sum(frozenset(pair) in gold.apart for pair in pairs),
        wrong=tuple(sorted(pairs - right)),
        lost=tuple(sorted(right - pairs)),
    )


def _place(claim: Mapping[str, Any]) -> Place:
    return claim["file"], claim["start"], claim["end"]


def _pairs(groups: Mapping[Place, str]) -> set[tuple[Place, Place]]:
    members: dict[str, list[Place]] = {}
    for place in sorted(groups):
        members.setdefault(groups[place], []).append(place)
    return {pair for listed in members.values() for pair in combinations(listed, 2)}


def _bcubed(mine: Mapping[Place, str], yours: Mapping[Place, str]) -> float:
    """B-cubed precision of the first grouping; recall is the second's."""
    sizes = Counter(mine.values())
    common = Counter((mine[place], yours[place]) for place in mine)
    shares = (common[mine[place], yours[place]] / sizes[mine[place]] for place in mine)
    return sum(shares) / max(1, len(mine))


def _found(
    gold: GoldGroups, article_folder: Path, claims: Iterable[Claim]
) -> dict[Place, tuple[str | None, Relation | None]]:
    """The gold claims that were extracted, best overlap first, with their groups."""
    by_article: dict[str, list[Claim]] = {}
    for claim in claims:
        by_article.setdefault(claim.article, []).append(claim)
    overlaps = sorted(
        (-shared, place, claim.id)
        for place in gold.claims
        for claim in by_article.get(str(article_folder / place[0]), ())
        if (shared := _shared(place, claim)) >= FOUND
    )
    known = {claim.id: claim for listed in by_article.values() for claim in listed}
    found: dict[Place, tuple[str | None, Relation | None]] = {}
    taken: set[str] = set()
    for _, place, identity in overlaps:
        if place not in found and identity not in taken:
            taken.add(identity)
            found[place] = known[identity].group, known[identity].relation
    return found


def _shared(place: Place, claim: Claim) -> float:
    return intersection_over_union(Span(*place[1:]), Span(claim.start, claim.end))
