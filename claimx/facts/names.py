"""Digits that are part of a name or a code, not a quantity: कोविड-19, 5जी, phone numbers."""

from __future__ import annotations

from functools import cache

from claimx.facts.lexicon import data, words
from claimx.facts.numbers import cardinal
from claimx.facts.tokens import Tokens
from claimx.facts.units import measure_after

# Ungrouped digits from this length on are phone or account numbers.
_CODE = 10
_JOINERS = frozenset("-/:+")
# Minutes and seconds of arc.
_ARC = frozenset("′″")
_LIST_MARKS = frozenset(".)-")


@cache
def _names() -> dict[str, frozenset[str]]:
    raw = data("context")["names"]
    months = {form for forms in data("dates")["months"].values() for form in forms}
    return {**{key: words(raw[key]) for key in raw}, "months": words(months)}


def names_something(tokens: Tokens, at: int, *, after_joint: bool = False) -> bool:
    """Do the digits at a token name something rather than count it?

    Args:
        after_joint: a number and a hyphen stand before (the second part of 10-15).
    """
    if tokens.kind(at) != "number":
        return False
    digits = tokens.key(at)
    if tokens.number(at) is None or (len(digits) >= _CODE and digits.isdigit()):
        return True
    return (
        (not after_joint and _joined_before(tokens, at))
        or _joined_after(tokens, at)
        or _after_name(tokens, at)
        or _is_list_mark(tokens, at)
    )


def _joined_before(tokens: Tokens, at: int) -> bool:
    """Glued to a word (जी20, कोविड-19) or to a number by a slash, colon or second hyphen."""
    if not tokens.glued(at):
        return False
    lists, before = _names(), at - 1
    if tokens.kind(before) == "word":
        return tokens.key(before) not in lists["dash"]
    if tokens.key(before) not in _JOINERS or not tokens.glued(before):
        # "कोविड -19"
        return tokens.key(before) == "-" and tokens.key(before - 1) in lists["before"]
    word = tokens.key(before - 1)
    if tokens.kind(before - 1) == "number":
        return True
    if tokens.kind(before - 1) != "word":
        return False
    return not (word in lists["dash"] or word in lists["months"] or cardinal(word) is not None)


def _joined_after(tokens: Tokens, at: int) -> bool:
    """Before glued letters that are no unit (5जी), or a slash, colon or chain of hyphens."""
    after = at + 1
    key = tokens.key(after)
    if key in _names()["after_apart"]:
        return True
    if not tokens.glued(after):
        return False
    if key in _ARC or _is_bearing(tokens, after):
        return True
    if key in "/:+" and tokens.kind(after + 1) == "number" and tokens.glued(after + 1):
        return True
    if key == "-" and tokens.key(after + 1) in _names()["after"] and tokens.glued(after + 1):
        return True  # 56-जे
    if key == "-" and tokens.kind(after + 1) == "number" and tokens.glued(after + 1):
        third = tokens.key(after + 2) == "-" and tokens.glued(after + 2)
        return third and tokens.kind(after + 3) == "number" and tokens.glued(after + 3)
    if tokens.kind(after) != "word" or measure_after(tokens, after):
        return False
    return key in _names()["after"] or (key.isascii() and cardinal(key) is None)


def _is_bearing(tokens: Tokens, at: int) -> bool:
    """Is the degree sign that of a latitude (22°38′, 13.5°N)?"""
    if tokens.key(at) != "°" or not tokens.glued(at + 1):
        return False
    unit = measure_after(tokens, at)
    return tokens.kind(at + 1) != "mark" and (unit is None or unit.end == at + 1)


def _is_list_mark(tokens: Tokens, at: int) -> bool:
    """Is this "3.", "3)" or "3- " before the words of a list's item?"""
    first = at == 0 or tokens.kind(at - 1) == "break"
    marked = tokens.key(at + 1) in _LIST_MARKS and tokens.glued(at + 1)
    apart = tokens.key(at + 1) != "-" or not tokens.glued(at + 2)
    return first and marked and apart and tokens.kind(at + 2) == "word"


def _after_name(tokens: Tokens, at: int) -> bool:
    """जी 20, कोविड 19, हेल्पलाइन 112: unless a power, a measure or a price follows."""
    if tokens.key(at - 1) not in _names()["before"]:
        return False
    return cardinal(tokens.key(at + 1)) is None and measure_after(tokens, at + 1) is None
