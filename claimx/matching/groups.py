"""Claims into groups that state the same thing.

Average-link clustering (Sokal & Michener 1958; Manning, Raghavan & Schütze, "Introduction
to Information Retrieval", ch. 17): the two clusters that match best on average are merged
first. As claims that do not match count as 0, a claim between two unlike ones never chains
them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from claimx.matching.blocks import BLOCK, COMMON, COMMON_IN_MEANING, candidate_pairs
from claimx.matching.comparison import THRESHOLD
from claimx.matching.garbage import uncollected
from claimx.matching.meaning import nearness
from claimx.matching.origins import count_origins, credits_by_article
from claimx.matching.reading import Reading, read_claims
from claimx.matching.similarity import RIVAL, judge, relation
from claimx.records import Claim, Relation, content_id

LINKED: Final = 0.42
"""Mean score between two clusters, pairs that do not match counted as 0, to merge them."""

ENCODED: Final = 400
"""Claims up to which pairs are told by what they mean, and not by their words alone.

That takes some 15 ms a claim and 30 ms a pair, which is little beside the extraction of a few
articles; among many it would be most of the time, and there other sources tell.
"""

_UNGROUPED: Final = {"group": None, "group_sources": None, "relation": None}


@uncollected()
def group_claims(claims: Sequence[Claim], *, encoded: int = ENCODED) -> list[Claim]:
    """Fill ``group``, ``group_sources`` and ``relation``; the order given is kept.

    A claim that nothing else matches has None in all three. The first claim of a group,
    by date of publication, article and place in it, is what the others relate to.

    Args:
        claims: all claims to compare, speakers canonical. Those of a text that two
            places have share their ids.
        encoded: how many claims are told by what they mean; more go by their words.
    """
    order = sorted(range(len(claims)), key=lambda place: reading_order(claims[place]))
    ordered = [claims[place] for place in order]
    readings = read_claims(ordered)
    credited = credits_by_article(ordered)
    filled = [
        claim if claim.group is None else claim.with_fields(**_UNGROUPED) for claim in claims
    ]
    linked, known = _linked(readings, encoded)
    for members in linked:
        found = [readings[index].claim for index in members]
        group = content_id(min(claim.id for claim in found))
        origins = count_origins(found, credited)
        for index, related in zip(members, _relations(members, readings, known), strict=True):
            place = order[index]
            filled[place] = claims[place].with_fields(
                group=group, group_sources=origins, relation=related
            )
    return filled


def reading_order(claim: Claim) -> tuple[str, str, int, int, str]:
    """Oldest first; undated claims last."""
    return (claim.published or "9999", claim.article, claim.start, claim.end, claim.id)


def clusters(readings: Sequence[Reading]) -> list[list[int]]:
    """Clusters of two and more, each in the order of the readings."""
    return _linked(readings)[0]


_Known = dict[tuple[int, int], Relation]


@uncollected()
def _linked(
    readings: Sequence[Reading], encoded: int = ENCODED
) -> tuple[list[list[int]], _Known]:
    """The clusters, and what their claims are to each other as far as they were compared.

    Of more copies of one claim than a block holds only the first is compared.
    """
    copies: dict[Hashable, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        copies[_as_said(reading)].append(index)
    alike: list[list[int]] = []
    for same in copies.values():
        alike += [same] if len(same) > BLOCK else [[index] for index in same]
    alike.sort()
    firsts = [readings[members[0]] for members in alike]
    edges: list[Edge] = []
    known: _Known = {}
    meaning = nearness if len(firsts) <= encoded else None
    for i, j in candidate_pairs(firsts, COMMON_IN_MEANING if meaning else COMMON):
        judged = judge(firsts[i], firsts[j], meaning)
        if judged.relation is not None:
            edges.append(Edge(i, j, judged.score, judged.sure))
            known[alike[i][0], alike[j][0]] = judged.relation
    linked = average_link(firm(edges))
    alone = set(range(len(alike))).difference(*linked)
    groups = [*linked, *([number] for number in alone)]
    members = (sorted(index for number in group for index in alike[number]) for group in groups)
    return sorted(group for group in members if len(group) > 1), known


def _relations(
    members: Sequence[int],
    readings: Sequence[Reading],
    known: Mapping[tuple[int, int], Relation],
) -> list[Relation]:
    """What each claim of a group is to the first.

    A claim is ``same`` only where it conflicts with no earlier ``same`` claim either: two
    that fill in different figures where the first gives none are not called one.
    """
    found: list[Relation] = []
    agreed: list[int] = []
    for index in members:
        against = (
            known.get((earlier, index)) or relation(readings[earlier], readings[index])
            for earlier in agreed
        )
        conflict = next((each for each in against if each != "same"), None)
        if conflict is None:
            agreed.append(index)
        found.append(conflict or "same")
    return found


def _as_said(reading: Reading) -> Hashable:
    """What copies of a claim have in common: words, sign, and facts as they were resolved."""
    facts = tuple((fact.type, str(fact.value), fact.unit) for fact in reading.facts)
    return reading.content.listed, reading.claim.polarity, facts


class Edge(NamedTuple):
    """Two claims that may state the same, by their positions.

    Attributes:
        sure: see `Judgement`.
    """

    one: int
    other: int
    score: float
    sure: bool = True


def firm(edges: Sequence[Edge]) -> list[tuple[int, int, float]]:
    """Edges above the threshold, and weaker ones that nothing rivals at either end.

    The weakest must be the only one at both ends; two claims with nothing else near make a
    cluster. One that is not sure needs a third claim that stands with both, surely with one.
    """
    edges = _supported(edges)
    near: dict[int, list[float]] = defaultdict(list)
    for i, j, score, _ in edges:
        near[i].append(score)
        near[j].append(score)
    return [
        (i, j, max(score, LINKED))
        for i, j, score, _ in edges
        if score >= THRESHOLD
        or not any(
            sum(other > score - RIVAL or score < LINKED for other in near[end])
            > 1  # itself too
            for end in (i, j)
        )
    ]


def _supported(edges: Sequence[Edge]) -> Sequence[Edge]:
    if all(edge.sure for edge in edges):
        return edges
    known: dict[int, set[int]] = defaultdict(set)
    sure: dict[int, set[int]] = defaultdict(set)
    for edge in edges:
        for end, far in ((edge.one, edge.other), (edge.other, edge.one)):
            known[end].add(far)
            if edge.sure:
                sure[end].add(far)
    return [
        edge
        for edge in edges
        if edge.sure or sure[edge.one] & known[edge.other] or known[edge.one] & sure[edge.other]
    ]


def average_link(edges: Iterable[tuple[int, int, float]]) -> list[list[int]]:
    """Merge the two clusters with the highest mean score, until it falls below `LINKED`.

    Pairs without an edge count as 0 in the mean.

    Args:
        edges: pairs of nodes with their score.

    Returns:
        clusters of two and more, ascending.
    """
    total: dict[int, dict[int, float]] = defaultdict(dict)
    for i, j, score in edges:
        total[i][j] = total[j][i] = score
    members = {node: [node] for node in total}
    heap = [(-score, i, j) for i, near in total.items() for j, score in near.items() if i < j]
    heapify(heap)
    while heap:
        mean, i, j = heappop(heap)
        if i not in members or j not in members or -mean != _mean(total, members, i, j):
            continue  # one of them has been merged since
        if -mean < LINKED:
            break
        for other, score in total.pop(j).items():
            del total[other][j]
            if other != i:
                total[i][other] = total[other][i] = total[i].get(other, 0.0) + score
        members[i] += members.pop(j)
        for other in total[i]:
            a, b = min(i, other), max(i, other)
            heappush(heap, (-_mean(total, members, a, b), a, b))
    return sorted(sorted(nodes) for nodes in members.values() if len(nodes) > 1)


def _mean(
    total: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], i: int, j: int
) -> float:
    return total[i].get(j, 0.0) / (len(members[i]) * len(members[j]))
