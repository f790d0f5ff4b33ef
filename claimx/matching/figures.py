"""The figures in a claim, and whether two claims give other ones for the same thing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Final

import regex

from claimx.facts import agree, find_facts
from claimx.facts.tokens import fold
from claimx.facts.units import dimensions
from claimx.matching.stems import load
from claimx.months import month_names
from claimx.records import Fact

# Two outlets round one figure alike: "about 45" allows 44.6, not 44. `claimx.facts.agree`
# asks whether both can be true, which lets far more pass than "the same figure" should.
ABOUT: Final = 0.012
# "more than 35" may be said of 36, hardly of 40.
BEYOND: Final = 0.05
# "Four weeks" may be said of a month, "six weeks" of a month and a half.
OTHER_UNIT: Final = 0.09
_ROUNDING = 1e-9
# Counts from here on may be sums of money.
_MONEY = 1000.0
_SCORE = "score"
_CALENDAR = ("year", "month", "day")
_DAY_AND_MONTH = 2
_MOST_DAYS, _MONTHS = 31, 12
_ANY_YEAR = "2024-07-01"
_ISO_DATE = regex.compile(r"\d{4}(?:-\d\d){0,2}")
_YEAR = regex.compile(r"\d{4}")
_SPAN = regex.compile(r"\sसे\s|[-–]")  # both ends are given
_TIME_OF_DAY = regex.compile(r"\d\d:\d\d")
CLOCK: Final = "clock"
SINCE: Final = "since"
_MINUTES = 60
# What an ordinal counts where it says who stands how high (133वें पायदान, 142वें स्थान).
_RANKS = frozenset({"rank", "place"})
_CALENDAR_UNITS = frozenset({"day", "week", "month", "year"})
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


def calendar_figures(facts: Iterable[Fact]) -> tuple[Figure, ...]:
    """What the text gives as a day and month, a month and year, a year, or a time of day.

    Of a span both ends, which are compared with those of spans; and how long ago something
    was, where the text alone does not tell when.
    """
    return tuple(
        figure for fact in facts if fact.type == "date" for figure in _calendar_figures(fact)
    )


def shares(listed: Sequence[str]) -> tuple[Figure, ...]:
    """What a text gives as one of so many (हर तीसरी महिला).

    Args:
        listed: its words.
    """
    each, nth = _every()
    if each.isdisjoint(listed):
        return ()
    return tuple(
        Figure(
            Fact("quantity", f"{word} {after}", 1 / nth[after], None, 0, 0), "share", low, low
        )
        for word, after in pairwise(listed)
        if word in each and after in nth
        for low in (1 / nth[after],)
    )


@cache
def _every() -> tuple[frozenset[str], dict[str, int]]:
    every = load("language")["every"]
    nth = {fold(word): n for n, words in enumerate(every["nth"], 2) for word in words}
    return frozenset(map(fold, every["each"])), nth


def _calendar_figures(fact: Fact) -> Iterator[Figure]:
    if fact.value is None:
        yield from (replace(figure, fact=fact) for figure in _elapsed(fact.text))
    value = fact.value or _some_year(fact.text)
    if _is_clock(value):
        hours, minutes = map(int, str(value).split(":"))
        yield Figure(fact, CLOCK, hours * _MINUTES + minutes, hours * _MINUTES + minutes)
    elif isinstance(value, str):
        ends = value.split("/")
        if len(ends) > 1 and not _SPAN.search(fact.text):
            return  # फरवरी के पहले पखवाड़े
        for date, end in zip(ends, ("from ", "till ") if ends[1:] else ("",), strict=True):
            if _ISO_DATE.fullmatch(date):
                for part, number in _calendar_numbers(fact, date):
                    yield Figure(fact, end + part, number, number)


def _calendar_numbers(fact: Fact, date: str) -> Iterator[tuple[str, int]]:
    """What is compared of a date, and its number."""
    named = not _months().isdisjoint(fact.text.casefold().split())
    year, *rest = map(int, date.split("-"))
    spelt = _YEAR.search(fact.text) is not None
    if len(rest) == _DAY_AND_MONTH and named:
        yield "day", rest[0] * _MOST_DAYS + rest[1]  # whatever the year
        rest, named = [], not spelt
    if spelt and named == bool(rest):
        yield _CALENDAR[len(rest)], year * _MONTHS + sum(rest)


def _is_clock(value: Any) -> bool:
    return isinstance(value, str) and _TIME_OF_DAY.fullmatch(value) is not None


@cache
def _months() -> frozenset[str]:
    return frozenset(name for names in month_names().values() for name in names)


@lru_cache(maxsize=4096)
def _some_year(text: str) -> Any:
    """A date that lacks its year, as one of any year."""
    found = find_facts(text, published=_ANY_YEAR)
    return next((date.value for date in found if date.type == "date"), None)


@lru_cache(maxsize=4096)
def _elapsed(text: str) -> tuple[Figure, ...]:
    """How long before or after something (10 दिन पहले); the last word, which says which of the
    two, is part of the measure.
    """
    length, _, side = text.rpartition(" ")
    durations = (fact for fact in find_facts(length) if fact.type == "duration")
    return tuple(replace(figure, measure=f"{SINCE} {side}") for figure in figures_of(durations))


_dimensions = cache(dimensions)


def _figure(fact: Fact) -> Figure | None:
    value = fact.value
    if value is None:
        return None
    if isinstance(value, str):
        return _score(fact, value) if fact.unit == "score" else None
    known = _dimensions().get(fact.unit or "")
    dimension, factor = known if known else (fact.unit or "", 1.0)
    kind = "ordinal" if fact.type == "ordinal" else "measure" if known else "count"
    if kind == "ordinal" and dimension in _RANKS:
        dimension = "rank"
    measure = f"{kind}:{dimension}"
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


def _score(fact: Fact, value: str) -> Figure:
    """The score of a match (3-1) as one number; which side won is not in it."""
    first, _, second = value.partition("-")
    high, low = sorted((int(first), int(second)), reverse=True)
    number = high * _MONEY + low
    return Figure(fact, _SCORE, number, number)


def equal(one: Figure, other: Figure) -> bool:
    """The same figure, within rounding and stated bounds; one bound is another figure's."""
    bound, slack = one.fact.bound, _slack(one, other)
    if bound == other.fact.bound and bound in ("at_least", "at_most"):
        mine, yours = (one.low, other.low) if bound == "at_least" else (one.high, other.high)
        return math.isclose(mine, yours, rel_tol=slack)
    return one.low <= other.high * (1 + slack) and other.low <= one.high * (1 + slack)


def _slack(one: Figure, other: Figure) -> float:
    """How far apart two equal figures may be, as a share: more in different calendar units."""
    units = {one.fact.unit, other.fact.unit}
    return OTHER_UNIT if len(units) > 1 and units <= _CALENDAR_UNITS else _ROUNDING


def differing(one: Sequence[Figure], other: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Pairs of figures for the same thing that are not the same.

    Figures are compared within one measure (deaths with deaths, dollars with dollars).
    Two claims agree on a measure where each figure of either has an equal in the other.
    Figures left over on both sides are compared across measures that may be one: what is
    counted may be called otherwise, or not be named (7.8 की तीव्रता, तीव्रता 7.4).
    """
    if not one or not other:
        return []
    lonely = _without_equal(one, other)
    alone = _without_equal(other, one)
    pairs: list[tuple[Figure, Figure]] = []
    for figure in lonely:
        near = [g for g in other if g.measure == figure.measure]
        pairs += _nearest(figure, near)
    if not pairs:
        for figure in alone:
            near = [f for f in one if f.measure == figure.measure]
            pairs += [(f, g) for g, f in _nearest(figure, near)]
    if not pairs:
        for figure in lonely:
            near = [g for g in alone if _comparable(figure, g)]
            pairs += _nearest(figure, near)
    return pairs


def _without_equal(one: Iterable[Figure], other: Sequence[Figure]) -> list[Figure]:
    return [f for f in one if not any(_comparable(f, g) and _meets(f, g) for g in other)]


def _nearest(figure: Figure, near: Iterable[Figure]) -> list[tuple[Figure, Figure]]:
    """The figure with the one of these that comes nearest, if there is any."""
    found = min(near, key=lambda g: (abs(figure.low - g.low), g.fact.start), default=None)
    return [(figure, found)] if found else []


def _comparable(one: Figure, other: Figure) -> bool:
    """May both be of one thing?

    They may where they have one measure, where both are counts (350 ई-बसें, 500 बसें), or
    where one is a number whose unit the sentence leaves out; a large one may be money (25
    लाख तक का इलाज). A bare number is no length of time.
    """
    if one.measure == other.measure or (one.count and other.count):
        return True
    bare, named = (one, other) if one.count else (other, one)
    if named.measure == _SCORE:
        return False
    if named.fact.type == "ordinal" or bare.fact.type == "ordinal":
        return one.fact.type == other.fact.type and not (one.fact.unit and other.fact.unit)
    if named.fact.type == "money":
        return bare.count and bare.low >= _MONEY
    return bare.count and bare.fact.unit is None and named.fact.type != "duration"


def _meets(one: Figure, other: Figure) -> bool:
    """Equal, also as a fraction and a percentage (आधे, 50 प्रतिशत)."""
    if equal(one, other):
        return True
    bare, share = (one, other) if other.fact.type == "percent" else (other, one)
    if share.fact.type != "percent" or bare.fact.unit is not None or bare.high > 1:
        return False
    return bare.low * 100 <= share.high and share.low <= bare.high * 100


def shared(one: Sequence[Figure], other: Sequence[Figure]) -> int:
    """How many figures of the first the second has too."""
    return sum(any(f.measure == g.measure and equal(f, g) for g in other) for f in one)


def dates_conflict(one: Iterable[Fact], other: Iterable[Fact]) -> bool:
    """Do both give dates, and not one of either agrees with one of the other?

    What `calendar_figures` gives is a figure, and no reason to be apart.
    """
    mine, yours = _dates(one), _dates(other)
    if not mine or not yours:
        return False
    return not any(agree(a, b) for a in mine for b in yours)


def redated(text: str, own: Iterable[Fact], other: Iterable[Fact]) -> str:
    """A text with the words of another one for dates that agree (बुधवार, एक फरवरी)."""
    for fact in _dates(own):
        words = next((each.text for each in _dates(other) if agree(fact, each)), fact.text)
        text = text.replace(fact.text, words, 1)
    return text


def _dates(facts: Iterable[Fact]) -> list[Fact]:
    return [
        fact
        for fact in facts
        if fact.type == "date" and fact.value is not None and not _is_clock(fact.value)
    ]
