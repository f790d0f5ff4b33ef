"""Groups as rows: who carries a statement, where figures differ, who denies it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from claimx.matching.figures import Figure, differing, equal
from claimx.matching.groups import group_claims, reading_order
from claimx.matching.reading import Reading, read_claims
from claimx.records import Claim, Relation

_UNNAMED = "?"


@dataclass(frozen=True, slots=True)
class Version:
    """A figure as one of the sources gives it.

    Attributes:
        text: verbatim.
        sources: the outlets that give it.
    """

    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One statement that several claims make.

    Attributes:
        group: id of the group.
        statement: the first claim, verbatim.
        speakers: who makes it, first come first; None for the unnamed.
        sources: the outlets that carry it.
        origins: how many of them are independent.
        figures: figures that differ, each with its versions, the first claim's first.
        denied_by: who denies it.
        claims: its claims, oldest first.
    """

    group: str
    statement: str
    speakers: tuple[str | None, ...]
    sources: tuple[str, ...]
    origins: int
    figures: tuple[tuple[Version, ...], ...]
    denied_by: tuple[str | None, ...]
    claims: tuple[Claim, ...]

    @property
    def conflict(self) -> str:
        """``denies``, ``differs``, both, or ""."""
        relations: list[Relation] = ["denies", "differs"]
        found = {claim.relation for claim in self.claims}
        return ", ".join(relation for relation in relations if relation in found)

    def to_dict(self) -> dict[str, Any]:
        """The row for `claimx.lookups.COMPARED_COLUMNS`, lists joined for people to read."""
        return {
            "conflict": self.conflict,
            "independent_sources": self.origins,
            "claims": len(self.claims),
            "statement": self.statement,
            "speakers": _join(self.speakers),
            "sources": _join(self.sources),
            "figures": "; ".join(
                " ≠ ".join(f"{v.text} ({_join(v.sources)})" for v in versions)
                for versions in self.figures
            ),
            "denied_by": _join(self.denied_by),
            "group": self.group,
        }


def compare(claims: Iterable[Claim]) -> list[GroupRow]:
    """The groups that several sources carry, or whose claims conflict.

    Most independent sources first, then most claims, then by statement.

    Args:
        claims: claims with ``group`` filled by `group_claims`; where no claim has a
            group they are grouped first.
    """
    listed = list(claims)
    if listed and all(claim.group is None for claim in listed):
        listed = group_claims(listed)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(listed, key=reading_order):
        if claim.group is not None:
            groups[claim.group].append(claim)
    rows = [_row(group, members) for group, members in groups.items()]
    kept = [row for row in rows if len(row.sources) > 1 or row.conflict]
    return sorted(
        kept, key=lambda row: (-row.origins, -len(row.claims), row.statement, row.group)
    )


def compare_claims(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """`compare` as rows for `claimx.lookups.COMPARED_COLUMNS`."""
    return [row.to_dict() for row in compare(claims)]


def _row(group: str, members: Sequence[Claim]) -> GroupRow:
    affirming = [claim for claim in members if claim.relation != "denies"]
    denying = [claim for claim in members if claim.relation == "denies"]
    return GroupRow(
        group,
        members[0].claim,
        _distinct(claim.speaker for claim in affirming),
        tuple(str(source) for source in _distinct(claim.source for claim in members)),
        max(claim.group_sources or 1 for claim in members),
        _figures(read_claims(members)),
        _distinct(claim.speaker for claim in denying),
        tuple(members),
    )


def _figures(readings: Sequence[Reading]) -> tuple[tuple[Version, ...], ...]:
    """The figures that are given otherwise, by what they measure, the oldest first."""
    given = [(figure, r.claim.source) for r in readings for figure in r.figures + r.calendar]
    disputed = [
        figure
        for one, other in combinations(readings, 2)
        for pair in differing(one.figures, other.figures)
        + differing(one.calendar, other.calendar)
        for figure in pair
    ]
    found: dict[str, list[tuple[Figure, list[str]]]] = {}
    for figure, source in given:
        if not any(figure.measure == f.measure and equal(figure, f) for f in disputed):
            continue
        versions = found.setdefault(figure.measure if not figure.count else "", [])
        known = next((sources for f, sources in versions if equal(f, figure)), None)
        if known is None:
            versions.append((figure, [source]))
        else:
            known.append(source)
    return tuple(
        tuple(Version(f.fact.text, tuple(dict.fromkeys(sources))) for f, sources in versions)
        for versions in found.values()
    )


def _distinct(values: Iterable[str | None]) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(values))


def _join(values: Iterable[str | None]) -> str:
    return ", ".join(value or _UNNAMED for value in values)
