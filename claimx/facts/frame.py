"""What the readers of dates share: tokens, the day of publication, and look-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from claimx.facts.bounds import bound_after
from claimx.facts.candidate import Candidate
from claimx.facts.lexicon import Phrases, data, words
from claimx.facts.numbers import cardinal
from claimx.facts.periods import Period, Tense
from claimx.facts.tense import tense_after
from claimx.facts.tokens import Tokens, fold
from claimx.records import Bound


@dataclass(frozen=True, slots=True)
class Frame:
    """A text and when it was published.

    Attributes:
        tense: where the caller knows it (what was said is past); else read from the verb.
    """

    tokens: Tokens
    published: date | None
    tense: Tense | None = None

    def tense_at(self, at: int) -> Tense | None:
        return self.tense or tense_after(self.tokens, at)


def dated(frame: Frame, period: Period | None, start: int, end: int) -> Candidate:
    """A date fact, with तक (by then) and के आसपास (about then) as its bound."""
    bound: Bound = "exact"
    found, after = bound_after(frame.tokens, end)
    if found == "about" or (found == "at_most" and after == end + 1):
        bound, end = found, after
    elif period is not None and period.first != period.last:
        bound = "exact"
    value = str(period) if period is not None and period.valid() else None
    return Candidate("date", value, None, start, end, bound)


@cache
def phrases(section: str, key: str = "") -> Phrases[Any]:
    """A list, or a table of lists, of the calendar data as a trie.

    The value is the key of the list in its table (an int where it is one), or what
    the table says of the phrase.
    """
    return Phrases(_entries(section, key))


def _entries(section: str, key: str) -> Iterator[tuple[str, Any]]:
    raw = data("dates")[section]
    if key:
        raw = raw[key]
    if isinstance(raw, list):
        yield from ((form, True) for form in raw)
        return
    for name, forms in raw.items():
        if isinstance(forms, list):
            value = int(name) if name.isdigit() else name
            yield from ((form, value) for form in forms)
        else:
            yield name, forms


@cache
def listed(section: str, key: str) -> frozenset[str]:
    """A list of single words of the calendar data, folded."""
    return words(data("dates")[section][key])


@cache
def _not_before(section: str) -> dict[str, Phrases[bool]]:
    return {
        fold(word): Phrases((phrase, True) for phrase in after)
        for word, after in data("dates")[section].items()
    }


def blocked(frame: Frame, section: str, at: int, end: int) -> bool:
    """Does a phrase after the token show that it is no date (मार्च निकाला)?"""
    after = _not_before(section).get(frame.tokens.key(at))
    return after is not None and after.longest(frame.tokens, end) is not None


def day_number(tokens: Tokens, at: int) -> int | None:
    """A day of the month in digits or one word, else None."""
    value = tokens.number(at)
    if value is not None:
        short = len(tokens.key(at)) <= 2
        return int(value) if short and 1 <= value <= 31 else None
    if tokens.key(at) in listed("list", "first_day"):
        return 1
    number = cardinal(tokens.key(at))
    return number if number is not None and 1 <= number <= 31 else None


def month_at(frame: Frame, at: int) -> tuple[int, int] | None:
    """A month's number and the token after it."""
    found = phrases("months").longest(frame.tokens, at)
    return found if found is None else (int(found[0]), found[1])
