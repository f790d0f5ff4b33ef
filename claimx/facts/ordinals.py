"""Ordinals (तीसरी लहर, 15वें, पहले दिन) and numbers that name (अनुच्छेद 370)."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from claimx.facts.amounts import parse_amount
from claimx.facts.candidate import Candidate, Value, plain
from claimx.facts.lexicon import Phrases, data, singulars, words
from claimx.facts.names import names_something
from claimx.facts.numbers import cardinal, idiom, parse_number
from claimx.facts.tokens import Tokens, fold
from claimx.facts.units import counted_after, measure_after


@cache
def _ordinals() -> dict[str, int]:
    return {fold(w): int(n) for n, forms in data("numbers")["ordinals"].items() for w in forms}


@cache
def _marks() -> dict[str, frozenset[str]]:
    raw = data("numbers")["ordinal_marks"]
    lists = ("word", "digits", "loose", "after_doubtful", "not_after", "superlatives")
    return {key: words(raw[key]) for key in lists}


@cache
def _doubtful() -> dict[str, int]:
    return {fold(w): n for w, n in data("numbers")["ordinal_marks"]["doubtful"].items()}


@cache
def _labels() -> Phrases[str]:
    labels = data("context")["labels"].items()
    return Phrases(((form, name) for name, forms in labels for form in forms), inflect=True)


def is_ordinal_word(key: str) -> bool:
    """Can an ordinal or a labelled number start with this folded word?"""
    return (
        key in _ordinals()
        or key in _doubtful()
        or _suffixed(key) is not None
        or _labels().starts(key)
    )


def ordinal_at(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """The value of the ordinal at a token and the token after it, or None."""
    if idiom(tokens, at):
        return None
    key, marks = tokens.key(at), _marks()
    if key in _ordinals():
        return _ordinals()[key], at + 1
    if tokens.kind(at) == "number":
        return _digits(tokens, at)
    if key in _doubtful():
        following, before = tokens.key(at + 1), tokens.key(at - 1)
        known = following in marks["superlatives"] or any(
            singular in marks["after_doubtful"] for singular in singulars(following)
        )
        plural = following.endswith("ों")
        if known and not plural and before not in marks["not_after"]:
            return _doubtful()[key], at + 1
        return None
    last = _suffixed(key)
    if last is not None:
        return last, at + 1
    number = parse_number(tokens, at)
    if number and number.scale >= 100 and number.value.denominator == 1:
        last = _suffixed(tokens.key(number.end))
        if last is not None and last < number.scale:
            return int(number.value) + last, number.end + 1
    return None


def _digits(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """20वीं, 20 वीं, 15-वें, 1st."""
    value, marks, after = tokens.number(at), _marks(), at + 1
    if value is None or value.denominator != 1:
        return None
    if tokens.key(after) == "-" and tokens.key(after + 1) in marks["loose"]:
        return int(value), after + 2
    allowed = marks["digits"] if tokens.glued(after) else marks["loose"]
    return (int(value), after + 1) if tokens.key(after) in allowed else None


def _suffixed(key: str) -> int | None:
    """सातवें, पच्चीसवीं, सौवां."""
    for mark in _marks()["word"]:
        if key.endswith(mark):
            value = cardinal(key[: -len(mark)])
            if value is not None:
                return value
    return None


def parse_ordinal(tokens: Tokens, at: int) -> Candidate | None:
    """An ordinal with what it numbers, a range of them, or a labelled number."""
    label = _label(tokens, at)
    if label is not None:
        return label
    found = ordinal_at(tokens, at)
    if found is None:
        return None
    value, end = found
    if tokens.key(end) in ("-", "से"):
        second = ordinal_at(tokens, end + 1)
        if second and second[0] > value:
            unit, stop = _numbered(tokens, second[1])
            return Candidate("ordinal", [value, second[0]], unit, at, stop, "range")
    unit, end = _numbered(tokens, end)
    return Candidate("ordinal", value, unit, at, end)


def _numbered(tokens: Tokens, at: int) -> tuple[str | None, int]:
    """What an ordinal numbers, and the token after it."""
    measure = measure_after(tokens, at)
    if measure is not None and measure.type == "duration":
        return measure.name, measure.end
    noun = counted_after(tokens, at, adjacent=True)
    if noun is not None and noun.end == at + 1:
        return noun.name, noun.end
    for singular in singulars(tokens.key(at)):
        if singular in _marks()["after_doubtful"]:
            return singular, at + 1
    return None, at


def _label(tokens: Tokens, at: int) -> Candidate | None:
    """अनुच्छेद 370, धारा-144, कक्षा 9 से 12."""
    found = _labels().longest(tokens, at)
    if found is None:
        return None
    name, here = found
    if tokens.key(here) in ("-", ":"):
        here += 1
    if tokens.kind(here) == "number":
        suffix = here + 1
        if tokens.kind(suffix) == "word" and tokens.glued(suffix):
            value = f"{tokens.items[here].key}{tokens.key(suffix)}"  # अनुच्छेद 35ए
            return Candidate("ordinal", value, name, at, suffix + 1)
        if tokens.key(here).isdigit() and len(tokens.key(here)) > 5:
            return None  # phone numbers
        chain = tokens.key(suffix) == "-" and names_something(tokens, here, after_joint=True)
        if tokens.number(here) is None or chain:
            return None
    elif names_something(tokens, here):
        return None
    amount = parse_amount(tokens, here)
    if amount is None or amount.low.vague or amount.low.scale != 1 or amount.low.bare:
        return None
    if measure_after(tokens, amount.end) is not None:
        return None
    low: Fraction = amount.low.value
    if amount.high is None:
        return Candidate("ordinal", plain(low), name, at, amount.end)
    span: Value = [plain(low), plain(amount.high)]
    return Candidate("ordinal", span, name, at, amount.end, "range")
