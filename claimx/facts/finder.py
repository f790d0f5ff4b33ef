"""All facts of a claim, and the day a statement was made."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from claimx.facts.candidate import Candidate
from claimx.facts.clock import is_clock_word, parse_clock
from claimx.facts.dates import parse_days, parse_month, parse_numeric
from claimx.facts.frame import Frame, listed, phrases
from claimx.facts.numbers import idiom
from claimx.facts.ordinals import is_ordinal_word, parse_ordinal
from claimx.facts.periods import iso_date
from claimx.facts.quantities import is_quantity_word, parse_quantity
from claimx.facts.relative import (
    parse_ago,
    parse_bare_period,
    parse_day_of_month,
    parse_day_word,
    parse_shifted,
    parse_weekday,
)
from claimx.facts.tokens import Tokens
from claimx.facts.years import parse_era, parse_year
from claimx.records import Entity, Fact

_DATES = (
    parse_numeric,
    parse_days,
    parse_month,
    parse_year,
    parse_era,
    parse_weekday,
    parse_shifted,
    parse_day_word,
    parse_day_of_month,
    parse_bare_period,
    parse_ago,
    parse_clock,
)
# The lists of the calendar data a date may start with.
_STARTS = (
    ("months",),
    ("weekdays",),
    ("days",),
    ("shifts",),
    ("periods",),
    ("years", "before"),
)
# Tokens in which a participle's noun shows its postposition (हुई अहम बैठक में).
_REACH = 4
_ENTITIES = {"PER": "person", "ORG": "organization", "LOC": "place"}
_INVISIBLE = regex.compile(r"\p{Cf}")


def find_facts(
    text: str,
    *,
    start: int = 0,
    end: int | None = None,
    published: str | None = None,
    entities: Sequence[Entity] = (),
) -> tuple[Fact, ...]:
    """The quantities, dates and names in ``text[start:end]``, in text order, disjoint.

    Where two overlap the longer is kept. Time is linear in the length of the stretch.

    Args:
        text: the article; offsets of the facts are code points into it.
        start, end: the claim, in code points.
        published: ISO 8601 date (or date and time) of publication; relative dates and
            those without a year are resolved against it, and have no value without it.
        entities: the article's named entities; those outside the stretch are ignored.
    """
    end = len(text) if end is None else end
    frame = Frame(Tokens(text, start, end), iso_date(published))
    items = frame.tokens.items
    facts = [
        Fact(
            found.type,
            text[items[found.start].start : items[found.end - 1].end],
            found.value,
            found.unit,
            items[found.start].start,
            items[found.end - 1].end,
            found.bound,
        )
        for found in _candidates(frame)
    ]
    facts += (_name(text, entity) for entity in entities if _inside(entity, start, end))
    return _disjoint(facts)


def find_said_on(text: str, start: int, end: int, published: str | None) -> str | None:
    """The day a statement was made, from the clause of its cue; None where it is no one day.

    The last date that says when (शुक्रवार को, आज) counts; dates in the genitive
    (30 अगस्त के हमले पर) and with से or तक say something else.

    Args:
        start, end: the clause in ``text``, in code points.
        published: ISO 8601 date of publication, which relative days need.
    """
    frame = Frame(Tokens(text, start, end), iso_date(published), tense="past")
    day: str | None = None
    for found in _candidates(frame):
        clock = isinstance(found.value, str) and ":" in found.value
        if found.type != "date" or clock or found.bound != "exact":
            continue
        if not _says_when(frame.tokens, found.end):
            continue
        value = found.value
        day = value if isinstance(value, str) and len(value) == 10 else None
    return day


def _says_when(tokens: Tokens, at: int) -> bool:
    """Is a date that ends before a token the day of the verb, and not of a noun?"""
    if tokens.key(at) in listed("said", "not_before"):
        return False
    if tokens.key(at) in listed("said", "case"):
        at += 1
    if tokens.key(at) in listed("said", "coming"):
        return False
    if tokens.key(at) not in listed("said", "happened"):
        return True
    for here in range(at + 1, at + 1 + _REACH):
        if tokens.key(here) in listed("said", "within"):
            return True
        if tokens.key(here) in listed("said", "about"):
            following = tokens.key(here + 1)
            return following in listed("said", "within")
    return True


def _candidates(frame: Frame) -> Iterator[Candidate]:
    """The longest fact at each position, from left to right."""
    tokens = frame.tokens
    at, counted_until = 0, -10
    while at < len(tokens):
        past = idiom(tokens, at)
        if past:
            at = past
            continue
        beside = at - counted_until <= 1
        best = _longest(frame, at, beside)
        if best is None:
            at += 1
            continue
        yield best
        if best.type == "quantity" and best.unit is not None:
            counted_until = best.end
        at = best.end


@lru_cache(maxsize=16384)
def _may_start(key: str) -> bool:
    """Can any fact start with this folded word? Most words are dismissed here."""
    return (
        is_quantity_word(key)
        or is_ordinal_word(key)
        or is_clock_word(key)
        or any(phrases(*section).starts(key) for section in _STARTS)
    )


def _longest(frame: Frame, at: int, beside: bool) -> Candidate | None:
    if frame.tokens.kind(at) != "number" and not _may_start(frame.tokens.key(at)):
        return None
    found = [parse(frame, at) for parse in _DATES]
    found.append(parse_ordinal(frame.tokens, at))
    found.append(parse_quantity(frame.tokens, at, beside))
    best: Candidate | None = None
    for candidate in found:
        if candidate is not None and (best is None or candidate.end > best.end):
            best = candidate
    return best


def _inside(entity: Entity, start: int, end: int) -> bool:
    return start <= entity.start < entity.end <= end and entity.label in _ENTITIES


def _name(text: str, entity: Entity) -> Fact:
    words = text[entity.start : entity.end]
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", words))
    value = " ".join(visible.split())
    return Fact(_ENTITIES[entity.label], words, value, None, entity.start, entity.end)


def _disjoint(facts: list[Fact]) -> tuple[Fact, ...]:
    """Of overlapping facts the longest; in text order."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda fact: (fact.start, -fact.end)):
        beaten = False
        while kept and kept[-1].end > fact.start:
            if kept[-1].end - kept[-1].start >= fact.end - fact.start:
                beaten = True
                break
            kept.pop()
        if not beaten:
            kept.append(fact)
    return tuple(kept)
