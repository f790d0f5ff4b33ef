"""The figures in a claim, and whether two claims give other ones for the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from claimx.facts import agree
from claimx.facts.units import dimensions
from claimx.records import Fact

# Two outlets round one figure alike: "about 45" allows 44.6, not 44. `claimx.facts.agree`
# asks whether both can be true, which lets far more pass than "the same figure" should.
ABOUT: Final = 0.012
# "more than 35" may be said of 36, hardly of 40.
BEYOND: Final = 0.05
_ROUNDING = 1e-9
# Counts from here on may be sums of money.
_MONEY = 1000.0
_NUMERIC = frozenset({"quantity", "percent", "money", "duration", "ordinal"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, in the base unit of its dimension.

    Attributes:
        measure: what can be compared: the dimension, the currency, or what is counted.
        low, high: in base units; equal unless a range or a bound.
        count: a number of people or things, not a measure or money.
    """

    fact: Fact
    measure: str
    low: float
    high: float
    count: bool = False


def figures_of(facts: Iterable[Fact]) -> tuple[Figure, ...]:
    """The numeric facts that have a value, dates left aside."""
    return tuple(
        figure for fact in facts if fact.type in _NUMERIC and (figure := _figure(fact))
    )


_dimensions = cache(dimensions)


def _figure(fact: Fact) -> Figure | None:
    value = fact.value
    if value is None:
        return None
    known = _dimensions().get(fact.unit or "")
    dimension, factor = known if known else (fact.unit or "", 1.0)
    measure = f"{'ordinal' if fact.type == 'ordinal' else 'figure'}:{dimension}"
    if isinstance(value, str):
        return None
    low, high = (value[0], value[1]) if isinstance(value, list) else (value, value)
    low, high = low * factor, high * factor
    if fact.bound == "at_least":
        high += abs(high) * BEYOND
    elif fact.bound == "at_most":
        low -= abs(low) * BEYOND
    slack = ABOUT if fact.bound == "about" else _ROUNDING
    return Figure(
        fact, measure, low - abs(low) * slack, high + abs(high) * slack,
        count=fact.type == "quantity" and known is None,
    )  # fmt: skip


def equal(one: Figure, other: Figure) -> bool:
    """The same figure, within rounding and stated bounds."""
    return one.low <= other.high and other.low <= one.high


def differing(one: Sequence[Figure], other: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures for the same thing that are not the same.

    Figures are compared within one measure (deaths with deaths, dollars with dollars).
    Two claims agree on a measure where each figure of either has an equal in the other.
    """
    if not one or not other:
        return []
    pairs: list[tuple[Figure, Figure]] = []
    measures = {figure.measure for figure in one} | {figure.measure for figure in other}
    for measure in sorted(measures):
        mine = [figure for figure in one if figure.measure == measure]
        yours = [figure for figure in other if figure.measure == measure]
        if not mine or not yours:
            continue
        lonely = [f for f in mine if not any(equal(f, g) for g in yours)]
        alone = [g for g in yours if not any(equal(f, g) for f in mine)]
        pairs += [(f, min(yours, key=lambda g: _order(f, g))) for f in lonely]
        if not lonely:
            pairs += [(min(mine, key=lambda f: _order(f, g)), g) for g in alone]
    if not pairs and not {f.measure for f in one} & {f.measure for f in other}:
        pairs = _unlike_counts(one, other)
    return pairs


def _order(one: Figure, other: Figure) -> tuple[float, int]:
    return abs(one.low - other.low), other.fact.start


def _unlike_counts(
    one: Sequence[Figure], other: Sequence[Figure]
) -> list[tuple[Figure, Figure]]:
    """Counts of things called otherwise (350 ई-बसें, 500 बसें): no two of them equal.

    A large count may be money without its unit (25 लाख तक का इलाज).
    """
    mine, yours = [f for f in one if f.count], [f for f in other if f.count]
    if not yours and mine:
        mine = [f for f in mine if f.low >= _MONEY]
        yours = [f for f in other if f.fact.type == "money"]
    elif not mine and yours:
        mine = [f for f in one if f.fact.type == "money"]
        yours = [f for f in yours if f.low >= _MONEY]
    if not mine or not yours or any(equal(f, g) for f in mine for g in yours):
        return []
    return [(mine[0], yours[0])]


def shared(one: Sequence[Figure], other: Sequence[Figure]) -> int:
    """How many figures of the first the second has too."""
    return sum(any(f.measure == g.measure and equal(f, g) for g in other) for f in one)


def dates_conflict(one: Iterable[Fact], other: Iterable[Fact]) -> bool:
    """Do both give dates, and not one of either agrees with one of the other?"""
    mine = [fact for fact in one if fact.type == "date" and fact.value is not None]
    yours = [fact for fact in other if fact.type == "date" and fact.value is not None]
    if not mine or not yours:
        return False
    return not any(agree(a, b) for a in mine for b in yours)
