"""Quantities, money, percentages and durations with their bounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

from claimx.facts.amounts import (
    Amount,
    is_change,
    parse_amount,
    range_joints,
    scaled,
    upper_end,
)
from claimx.facts.bounds import bound_after, bound_before, starts_bound, strictest
from claimx.facts.candidate import Candidate, Value, plain
from claimx.facts.lexicon import Phrases, data, words
from claimx.facts.names import names_something
from claimx.facts.numbers import is_number_word, is_vague, parse_number, starts_number
from claimx.facts.special import (
    below_zero,
    may_be_negative,
    parse_score,
    sign_at,
    signed_units,
    starts_sign,
)
from claimx.facts.tokens import Tokens, fold
from claimx.facts.units import (
    Unit,
    counted_after,
    counted_before,
    currency_before,
    dimensions,
    implied_rupees,
    is_attribute,
    measure_after,
    starts_currency,
)
from claimx.records import Bound

# A number from here on, in digits without grouping, may be a year.
YEARS = range(1800, 2101)
# Lakhs without a currency are rupees where a scheme or fraud follows; less is a count.
_LEAST_IMPLIED_MONEY = 100_000


@cache
def _context() -> dict[str, frozenset[str]]:
    raw = data("context")
    one = raw["one"]
    return {
        "rates": words(raw["rates"]["words"]),
        "pairs": words(raw["ranges"]["pairs"]),
        "one_before": words(raw["one"]["before"]),
        "one_loose": words(one["loose"]),
        "one_joints": words(one["joints"]),
        "one_links": words(one["links"]),
        "one_units": frozenset(data("counted")["one"]["units"]),
        "one_states": frozenset(data("counted")["one"]["states"]),
    }


@cache
def _between() -> Phrases[bool]:
    return Phrases((phrase, True) for phrase in data("context")["ranges"]["between"])


@cache
def _fixed() -> Phrases[tuple[int, str]]:
    fixed = data("numbers")["fixed"].items()
    return Phrases(((w, (v["value"], v["unit"])) for w, v in fixed), inflect=True)


def is_quantity_word(key: str) -> bool:
    """Can a quantity start with this folded word or mark?"""
    return (
        is_number_word(key)
        or starts_bound(key)
        or _fixed().starts(key)
        or starts_currency(key)
        or starts_sign(key)
    )


def parse_quantity(tokens: Tokens, at: int, counted: bool = False) -> Candidate | None:
    """The quantity, sum, percentage or duration that starts at a token, or None.

    Args:
        counted: a count stands just before, so that एक is one too ("दो पुरुष और एक महिला").
    """
    bound, here = bound_before(tokens, at)
    fixed = _fixed().longest(tokens, here)
    if fixed:
        (value, unit), end = fixed
        after, end = bound_after(tokens, end)
        type_ = "percent" if unit == "percent" else "quantity"
        return Candidate(type_, value, unit, at, end, strictest(bound, after))
    below = below_zero(tokens, here)
    if below is not None:
        return replace(below, start=at, bound=strictest(bound, below.bound))
    currency = currency_before(tokens, here)
    if currency:
        more, number_at = bound_before(tokens, currency.end)
        bound = strictest(bound, more)
        if tokens.kind(number_at) != "number":
            currency = None
        else:
            here = number_at
    sign, number_at = (1, here) if currency else sign_at(tokens, here)
    if currency is None and names_something(tokens, number_at):
        return None
    amount = parse_amount(tokens, number_at)
    if amount is None:
        return None
    score = parse_score(tokens, number_at, amount)
    if score is not None:
        return score
    return _finish(tokens, at, here, amount, bound, currency, sign, counted)


def _finish(
    tokens: Tokens,
    at: int,
    number_at: int,
    amount: Amount,
    bound: Bound,
    currency: Unit | None,
    sign: int,
    counted: bool,
) -> Candidate | None:
    """Attach the unit and the bounds after the number."""
    low, high = amount.low.value * sign, amount.high
    between, end = bound_after(tokens, amount.end)
    if amount.high is None:
        pair = _paired(tokens, amount, currency)
        if pair is not None:
            return replace(pair, start=at)
    unit = _unit(tokens, amount.end, amount)
    if unit is None and end > amount.end:
        unit = _unit(tokens, end, amount)
        bound = strictest(bound, between)
    elif unit is not None:
        end = unit.end
    if currency is not None and (unit is None or unit.counted):
        unit = currency.until(end)
    end = max(end, unit.end) if unit is not None else end
    if unit is not None and not unit.counted and high is None:
        low, unit, end = _compound(tokens, low, unit, end)
        other = _range_with_units(tokens, low, unit, end)
        if other is not None:
            return replace(other, start=at)
    if unit is not None:
        end = _past_rate(tokens, end)
        after, end = bound_after(tokens, end, duration=unit.type == "duration")
        bound = strictest(bound, after)
        factor = unit.factor
        low = low * factor
        high = high * factor if high is not None else None
    elif implied_rupees(tokens, end) and low >= _LEAST_IMPLIED_MONEY:
        unit = Unit("money", "INR", end)
    signless = unit is None or unit.name not in signed_units()
    dash = sign < 0 and tokens.key(number_at) == "-"
    if dash and signless and not may_be_negative(tokens, number_at):
        return None
    listed = unit is not None and unit.listed
    if amount.low.bare and amount.low.value > 1000 and bound == "exact" and not listed:
        return None  # "लाख कोशिशें" counts nothing
    if not _counts_one(tokens, number_at, amount, unit, end, counted):
        return None
    if unit is None:
        unit = counted_before(tokens, at)
    if amount.low.vague:
        bound = "at_least"
    if high is not None:
        bound = "range"
    value: Value = plain(low) if high is None else [plain(low), plain(high)]
    type_, name = (unit.type, unit.name) if unit else ("quantity", None)
    return Candidate(type_, value, name, at, end, bound)


def _unit(tokens: Tokens, at: int, amount: Amount) -> Unit | None:
    measure = measure_after(tokens, at)
    if measure is not None:
        return measure
    low = amount.low
    fraction = low.value < 1 and low.value > 0 and low.spelled
    if fraction or tokens.kind(at) == "break":
        return None
    year = not low.spelled and not low.grouped and low.value in YEARS and low.scale == 1
    if tokens.key(at) == "-" and tokens.glued(at):
        at += 1
    if not year or amount.high is not None:
        return counted_after(tokens, at)
    unit = counted_after(tokens, at, adjacent=True)
    return None if unit and unit.end == at + 1 and is_attribute(tokens, at) else unit


def _compound(
    tokens: Tokens, value: Fraction, unit: Unit, end: int
) -> tuple[Fraction, Unit, int]:
    """तीन घंटे 20 मिनट, 5 फीट 10 इंच, 90 रुपये 50 पैसे: one value in the smaller unit."""
    known = dimensions()
    value = value * unit.factor if unit.type == "money" else value
    unit = replace(unit, factor=Fraction(1)) if unit.type == "money" else unit
    for _ in range(2):
        here = end
        if unit.type == "duration" and tokens.key(here) in _context()["pairs"]:
            here += 1
        if not starts_number(tokens, here) or names_something(tokens, here):
            break
        number = parse_number(tokens, here)
        if number is None:
            break
        smaller = measure_after(tokens, number.end)
        if smaller is None or smaller.type != unit.type:
            break
        if unit.type == "money":
            if smaller.name != unit.name or smaller.factor == 1:
                break
            return value + number.value * smaller.factor, unit.until(smaller.end), smaller.end
        first, second = known.get(unit.name), known.get(smaller.name)
        if first is None or second is None or first[0] != second[0] or second[1] >= first[1]:
            break
        ratio = Fraction(round(first[1] / second[1]))
        if number.value >= ratio:
            break
        value, unit, end = value * ratio + number.value, smaller, smaller.end
    return value, unit, end


def _range_with_units(tokens: Tokens, low: Fraction, unit: Unit, end: int) -> Candidate | None:
    """10 फीसदी से 15 फीसदी; 50 रुपये और 60 रुपये के बीच; ₹50 से ₹60."""
    joint = range_joints().longest(tokens, end)
    here = joint[1] if joint else end + 1
    if not joint and tokens.key(end) not in _context()["pairs"]:
        return None
    currency = currency_before(tokens, here)
    number = upper_end(tokens, currency.end if currency else here)
    if number is None:
        return None
    other = currency.until(number.end) if currency else measure_after(tokens, number.end)
    if other is None or other.name != unit.name or number.value * other.factor <= low:
        return None
    between = _between().longest(tokens, other.end)
    if not joint and between is None:
        return None
    if joint and is_change(tokens, end, other.end):
        return None
    value: list[float | int] = [plain(low), plain(number.value * other.factor)]
    stop = between[1] if between else other.end
    return Candidate(unit.type, value, unit.name, end, stop, "range")


def _past_rate(tokens: Tokens, at: int) -> int:
    """The token after प्रति बैरल, प्रति व्यक्ति; the unit stays that of the amount."""
    rate = tokens.key(at) in _context()["rates"] and tokens.kind(at + 1) == "word"
    return at + 2 if rate else at


def _paired(tokens: Tokens, amount: Amount, currency: Unit | None) -> Candidate | None:
    """50 और 60 [किमी] के बीच."""
    if tokens.key(amount.end) not in _context()["pairs"]:
        return None
    number = upper_end(tokens, amount.end + 1)
    if number is None:
        return None
    unit = _unit(tokens, number.end, Amount(number, None, number.end)) or currency
    end = unit.end if unit and unit is not currency else number.end
    between = _between().longest(tokens, end)
    low = scaled(amount.low, number)
    if between is None or low >= number.value:
        return None
    factor = unit.factor if unit else Fraction(1)
    value: list[float | int] = [plain(low * factor), plain(number.value * factor)]
    type_, name = (unit.type, unit.name) if unit else ("quantity", None)
    return Candidate(type_, value, name, amount.end, between[1], "range")


def _counts_one(
    tokens: Tokens, at: int, amount: Amount, unit: Unit | None, end: int, counted: bool
) -> bool:
    """Is this a number, and not the article एक ("एक अधिकारी")?"""
    if amount.high is not None or amount.end != at + 1 or tokens.key(at) != fold("एक"):
        return True
    lists = _context()
    if tokens.key(at - 1) in lists["one_before"]:
        return True
    if unit is None:
        return len(tokens) == 1
    if unit.counted:
        if unit.name in lists["one_units"] or unit.name in lists["one_states"]:
            return True
        following = tokens.key(end + 1)
        linked = tokens.key(end) in lists["one_links"] and starts_number(tokens, end + 1)
        beside = counted and (tokens.key(at - 1) in lists["one_links"])
        return beside or (linked and following != fold("एक") and not is_vague(following))
    if tokens.key(amount.end) in lists["one_loose"]:
        return tokens.key(end) in lists["one_joints"]
    return True
