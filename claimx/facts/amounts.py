"""One number or a range of two: छह से 18, 10-15, दो तीन, डेढ़ से दो लाख."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from claimx.facts.lexicon import Phrases, data
from claimx.facts.names import names_something
from claimx.facts.numbers import Number, parse_number
from claimx.facts.tokens import Tokens
from claimx.facts.units import measure_after


@dataclass(frozen=True, slots=True)
class Amount:
    """One number or a range, before bounds.

    Attributes:
        low, high: ``high`` is None unless this is a range.
        end: the token after it.
    """

    low: Number
    high: Fraction | None
    end: int


@cache
def _changes() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in data("context")["ranges"]["change"])


@cache
def range_joints() -> Phrases[bool]:
    """से, से लेकर, या and the hyphen between the ends of a range."""
    return Phrases((joint, True) for joint in data("context")["ranges"]["joints"])


def parse_amount(tokens: Tokens, at: int) -> Amount | None:
    """A number, or a range of two (छह से 18, 10-15, दो तीन, डेढ़ से दो लाख)."""
    low = parse_number(tokens, at)
    if low is None:
        return None
    joint = range_joints().longest(tokens, low.end)
    if joint and not low.vague:
        high = upper_end(tokens, joint[1])
        if high is not None:
            same = low.value in (high.value, high.coefficient)
            if tokens.key(low.end) == "-" and same:  # दो-दो लाख: each
                return Amount(high, None, high.end)
            bottom = scaled(low, high)
            if bottom < high.value and not is_change(tokens, low.end, high.end):
                return Amount(replace(low, value=bottom), high.value, high.end)
    elif low.spelled and low.scale == 1 and low.end == at + 1 and not low.vague:
        high = parse_number(tokens, low.end)
        if high and high.spelled and not high.bare and not high.vague:
            if tokens.key(at) == tokens.key(low.end):  # चार चार लाख: each
                return Amount(high, None, high.end)
            bottom = scaled(low, high)
            if low.value < high.coefficient <= 3 * low.value + 10 and bottom < high.value:
                return Amount(replace(low, value=bottom), high.value, high.end)
    return Amount(low, None, low.end)


def is_change(tokens: Tokens, joint: int, end: int) -> bool:
    """Did a figure go from one to the other ("3 से 5 फीसदी हो गई")? Then it is no range."""
    if tokens.key(joint) != "से" or tokens.key(joint + 1) == "लेकर":
        return False
    unit = measure_after(tokens, end)
    return _changes().longest(tokens, unit.end if unit else end) is not None


def upper_end(tokens: Tokens, at: int) -> Number | None:
    """The upper end of a range; a number that opens its own expression is none."""
    if names_something(tokens, at, after_joint=True):
        return None
    high = parse_number(tokens, at)
    return None if high is None or high.vague else high


def scaled(low: Number, high: Number) -> Fraction:
    """The lower end under the power of the upper one: दो से तीन लाख is 200,000 to 300,000."""
    if low.scale == 1 and not low.bare and not high.bare and low.value < high.coefficient:
        return low.value * high.scale
    return low.value
