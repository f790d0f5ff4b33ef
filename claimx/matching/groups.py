"""Claims into groups that state the same thing.

Star clusters (Aslam, Pelekhov & Rus, "The Star Clustering Algorithm", JGAA 2004): the
claim with the most support among its neighbours becomes a centre and takes all of them
that are still free, the nearest first, as long as they also match half of those taken
before them. Unlike claims are so never chained together by a claim between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from claimx.matching.blocks import candidate_pairs
from claimx.matching.origins import count_origins, credits_by_article
from claimx.matching.reading import Reading, read_claims
from claimx.matching.similarity import RIVAL, THRESHOLD, judge, relation
from claimx.records import Claim, Relation, content_id

LINKED: Final = 0.5
"""Share of a group's members that a new one must match, its centre among them."""


def group_claims(claims: Sequence[Claim]) -> list[Claim]:
    """Fill ``group``, ``group_sources`` and ``relation``; the order given is kept.

    A claim that nothing else matches has None in all three. The first claim of a group,
    by date of publication, article and place in it, is what the others relate to.

    Args:
        claims: all claims to compare, speakers canonical; ids tell them apart.
    """
    ordered = sorted(claims, key=reading_order)
    readings = read_claims(ordered)
    credited = credits_by_article(ordered)
    filled: dict[str, Claim] = {}
    for members in clusters(readings):
        found = [readings[index] for index in members]
        group = content_id(min(reading.claim.id for reading in found))
        origins = count_origins([reading.claim for reading in found], credited)
        for reading, related in zip(found, relations(found), strict=True):
            filled[reading.claim.id] = replace(
                reading.claim, group=group, group_sources=origins, relation=related
            )
    single = {"group": None, "group_sources": None, "relation": None}
    return [filled.get(claim.id) or replace(claim, **single) for claim in claims]  # type: ignore[arg-type]


def reading_order(claim: Claim) -> tuple[str, str, int, int, str]:
    """Oldest first; undated claims last."""
    return (claim.published or "9999", claim.article, claim.start, claim.end, claim.id)


def relations(members: Sequence[Reading]) -> list[Relation]:
    """What each claim of a group is to the first.

    A claim is ``same`` only where it conflicts with no earlier ``same`` claim either: two
    that fill in different figures where the first gives none are not called one.
    """
    found: list[Relation] = []
    agreed: list[Reading] = []
    for reading in members:
        against = [relation(earlier, reading) for earlier in agreed]
        conflict = next((each for each in against if each != "same"), None)
        if conflict is None:
            agreed.append(reading)
        found.append(conflict or "same")
    return found


def clusters(readings: Sequence[Reading]) -> list[list[int]]:
    """Star clusters of two and more, each in the order of the readings."""
    judged = ((i, j, judge(readings[i], readings[j])) for i, j in candidate_pairs(readings))
    return stars(
        len(readings), _firm([(i, j, found.score) for i, j, found in judged if found.relation])
    )


def _firm(edges: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """Edges above the threshold, and weaker ones that nothing rivals at either end."""
    near: dict[int, list[float]] = defaultdict(list)
    for i, j, score in edges:
        near[i].append(score)
        near[j].append(score)
    return [
        (i, j, score)
        for i, j, score in edges
        if score >= THRESHOLD
        or not any(
            sum(other > score - RIVAL for other in near[end]) > 1  # itself among them
            for end in (i, j)
        )
    ]


def stars(size: int, edges: Iterable[tuple[int, int, float]]) -> list[list[int]]:
    """Cover a graph with stars, the heaviest centre first.

    Args:
        size: number of nodes.
        edges: pairs of nodes with their weight.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for i, j, weight in edges:
        near[i][j] = near[j][i] = weight
    by_support = sorted(near, key=lambda i: (-sum(near[i].values()), i))
    taken = [False] * size
    found = []
    for centre in by_support:
        if taken[centre]:
            continue
        members = [centre]
        for index in sorted(near[centre], key=lambda i: (-near[centre][i], i)):
            linked = sum(member in near[index] for member in members)
            if not taken[index] and linked >= LINKED * len(members):
                members.append(index)
        if len(members) > 1:
            for index in members:
                taken[index] = True
            found.append(sorted(members))
    return sorted(found)
