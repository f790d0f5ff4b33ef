"""Whether two facts say the same: the gate between "same claim" and "another figure"."""

from __future__ import annotations

from dataclasses import dataclass

from claimx.facts.numbers import is_vague
from claimx.facts.periods import Point
from claimx.facts.tokens import Tokens, fold
from claimx.facts.units import dimensions
from claimx.records import Fact

# "about N" agrees with what is this near to it, relative to the larger of the two.
ABOUT = 0.10
# "more than N" is said of figures up to this many times N, "less than N" of as much less.
BEYOND = 1.5
# हजारों and कई लाख reach to the next power of ten.
VAGUE = 10.0
# Floats that went through different units are equal within this.
_ROUNDING = 1e-9
_NUMERIC = frozenset({"quantity", "percent", "money", "duration", "ordinal"})
_NAMES = frozenset({"place", "person", "organization"})


@dataclass(frozen=True, slots=True)
class _Extent:
    """The numbers a fact allows: its anchor(s) and how far from them it reaches."""

    low: float
    high: float
    about: bool = False


def agree(first: Fact, second: Fact) -> bool | None:
    """Do two facts give the same figure, date or name?

    Numbers are compared after conversion (2 घंटे and 120 मिनट). Exact ones must be equal.
    An approximate one agrees with any within ``ABOUT`` of it; "more than 100" with 100
    up to ``BEYOND`` times 100, "less than" downwards in the same way, and हजारों with
    anything of its order of magnitude; ranges with what they overlap. Dates agree where
    one lies in the other (सितंबर and 13 सितंबर) or they overlap as ranges. Ordinals must
    number the same thing.

    Returns:
        True or False; None where the two cannot be compared: other kinds or units,
        a value missing, or two different names.
    """
    if first.type in _NAMES or second.type in _NAMES:
        same = first.type in _NAMES and second.type in _NAMES and _same_name(first, second)
        return True if same else None
    if first.type == "date" or second.type == "date":
        return _dates(first, second) if first.type == second.type else None
    if first.type not in _NUMERIC or second.type not in _NUMERIC:
        return None
    if isinstance(first.value, str) or isinstance(second.value, str):  # scores, 35A
        same_kind = (first.type, first.unit) == (second.type, second.unit)
        return first.value == second.value if same_kind else None
    factors = _factors(first, second)
    if factors is None:
        return None
    one, other = _extent(first, factors[0]), _extent(second, factors[1])
    if one is None or other is None:
        return None
    meet = _meet(one, other)
    if not meet and _wildcard(first, second):
        return False if _counts(first) and _counts(second) else None
    return meet


def _same_name(first: Fact, second: Fact) -> bool:
    return _folded(first.value) == _folded(second.value)


def _folded(value: object) -> str:
    return " ".join(fold(word) for word in str(value).split())


def _wildcard(first: Fact, second: Fact) -> bool:
    """Is just one of them without a unit?"""
    return (first.unit is None) != (second.unit is None)


def _counts(fact: Fact) -> bool:
    """A bare number or a count of people or things, not a measure or money."""
    return fact.type == "quantity" and fact.unit not in dimensions()


def _factors(first: Fact, second: Fact) -> tuple[float, float] | None:
    """What brings both to one unit, or None where nothing does."""
    if (first.type == "ordinal") != (second.type == "ordinal"):
        return None
    if first.unit == second.unit:
        return (1.0, 1.0) if first.type == second.type else None
    if first.type == "ordinal":
        return None
    if first.unit is None or second.unit is None:
        return 1.0, 1.0
    known = dimensions()
    one, other = known.get(first.unit), known.get(second.unit)
    if one is None or other is None or one[0] != other[0]:
        return None
    return one[1], other[1]


def _extent(fact: Fact, factor: float) -> _Extent | None:
    value = fact.value
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, list):
        return _Extent(value[0] * factor, value[1] * factor)
    number = value * factor
    reach = BEYOND
    if fact.bound == "at_least" and any(is_vague(t.key) for t in Tokens(fact.text).items):
        reach = VAGUE
    if fact.bound == "at_least":
        return _Extent(number, number + abs(number) * (reach - 1))
    if fact.bound == "at_most":
        return _Extent(number - abs(number) * (1 - 1 / reach), number)
    return _Extent(number, number, about=fact.bound == "about")


def _meet(one: _Extent, other: _Extent) -> bool:
    if one.about or other.about:
        widest = max(abs(bound) for bound in (one.low, one.high, other.low, other.high))
        slack = ABOUT * widest
    else:
        slack = _ROUNDING * max(abs(one.high), abs(other.high), abs(one.low), abs(other.low))
    return one.low <= other.high + slack and other.low <= one.high + slack


def _dates(first: Fact, second: Fact) -> bool | None:
    if first.value is None or second.value is None:
        same = first.value is second.value and _folded(first.text) == _folded(second.text)
        return True if same else None
    one, other = str(first.value), str(second.value)
    if (":" in one) != (":" in other):
        return None
    if ":" in one:
        return one == other
    a, b = _days(one), _days(other)
    return a[0] <= b[1] and b[0] <= a[1]


def _days(value: str) -> tuple[float, float]:
    """The first and last day of an ISO 8601 date or interval, on one scale."""
    first, _, last = value.partition("/")
    return _edge(first, last=False), _edge(last or first, last=True)


def _edge(value: str, *, last: bool) -> float:
    sign = -1 if value.startswith("-") else 1
    parts = [int(part) for part in value.lstrip("-").split("-")]
    point = Point(sign * parts[0], *parts[1:])
    month = point.month or (12 if last else 1)
    day = point.day or (31 if last else 1)
    # Not a calendar, an order: months of 31 days.
    return (point.year * 12 + month - 1) * 31 + day
