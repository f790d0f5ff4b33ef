"""Times of day: सुबह 10 बजे, 2.30 बजे, साढ़े पांच बजे, 10:30 PM. Values are ISO 8601 hh:mm."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from claimx.facts.bounds import bound_after, bound_before, strictest
from claimx.facts.candidate import Candidate
from claimx.facts.frame import Frame, listed, phrases
from claimx.facts.lexicon import Phrases, data
from claimx.facts.numbers import parse_number


@cache
def _parts() -> Phrases[str]:
    parts = data("dates")["clock"]["parts"].items()
    return Phrases((form, part) for part, forms in parts for form in forms)


@cache
def _meridiem() -> Phrases[str]:
    halves = data("dates")["clock"]["meridiem"].items()
    return Phrases((form, half) for half, forms in halves for form in forms)


def is_clock_word(key: str) -> bool:
    """Can a time of day start with this folded word (सुबह)?"""
    return _parts().starts(key)


def parse_clock(frame: Frame, at: int) -> Candidate | None:
    """A time of day, or a stretch of one (सुबह 10 से शाम 5 बजे तक)."""
    tokens = frame.tokens
    about, here = bound_before(tokens, at)
    part, here = _part_of_day(frame, here)
    first = _time(frame, here)
    if first is None:
        return None
    if tokens.key(here - 1) in listed("clock", "about"):
        about = "about"
    minutes, said, end = first
    end = _closed(frame, end)
    half = _half(frame, first[2])
    if said and part is None and half is None:
        part, end = _part_after(frame, end)
    start = _in_day(minutes, part or half)
    joint = phrases("list", "day_ranges").longest(tokens, end)
    if joint:
        later, here = _part_of_day(frame, joint[1])
        second = _time(frame, here)
        if second and (second[1] or _half(frame, second[2])):
            stop = _in_day(second[0], later or _half(frame, second[2]) or part)
            stretch = f"{_iso(start)}/{_iso(stop)}"
            end = _until(frame, _closed(frame, second[2]))
            return Candidate("date", stretch, None, at, end, "range")
    if not said and end == first[2] and not (part and _written(frame, here)):
        return None
    after, end = bound_after(tokens, end)
    return Candidate("date", _iso(start), None, at, end, strictest(about, after))


def _part_of_day(frame: Frame, at: int) -> tuple[str | None, int]:
    """सुबह, शाम करीब, रात को; and the token after it."""
    found = _parts().longest(frame.tokens, at)
    if found is None:
        return None, at
    part, here = found
    for _ in range(2):
        if frame.tokens.key(here) in listed("clock", "fillers"):
            here += 1
    return part, here


def _part_after(frame: Frame, at: int) -> tuple[str | None, int]:
    """7 बजे शाम, and the token after it."""
    found = _parts().longest(frame.tokens, at)
    return found or (None, at)


def _time(frame: Frame, at: int) -> tuple[int, bool, int] | None:
    """Minutes since midnight as written, whether बजे follows, and the token after it."""
    tokens = frame.tokens
    hour = tokens.number(at)
    end = at + 1
    minute = Fraction(0)
    if hour is not None and tokens.key(end) == ":" and tokens.glued(end):
        colon = tokens.number(end + 1)
        if colon is None or len(tokens.key(end + 1)) != 2 or not tokens.glued(end + 1):
            return None
        minute, end = colon, end + 2
        if tokens.key(end) == ":" and tokens.number(end + 1) is not None:
            end += 2  # seconds
    elif hour is not None and "." in tokens.key(at):
        whole, _, digits = tokens.key(at).partition(".")
        if not whole.isdigit() or len(digits) != 2:
            return None
        hour, minute = Fraction(whole), Fraction(digits)
    else:
        number = parse_number(tokens, at)
        if number is None or number.scale != 1 or number.bare:
            return None
        minute, hour, end = number.value % 1 * 60, number.value // 1 * Fraction(1), number.end
    said = tokens.key(end) in listed("clock", "words")
    if tokens.key(end) in listed("clock", "past"):
        past = parse_number(tokens, end + 1)
        if past and tokens.key(past.end) in listed("clock", "minutes"):
            minute, end, said = past.value, past.end, True
    if not 0 <= hour <= 24 or not 0 <= minute < 60 or minute.denominator != 1:
        return None
    return int(hour * 60 + minute), said, end + said


def _half(frame: Frame, at: int) -> str | None:
    """am or pm after a time."""
    found = _meridiem().longest(frame.tokens, at)
    return found[0] if found else None


def _closed(frame: Frame, at: int) -> int:
    """The token after am, बजे or a time zone."""
    found = _meridiem().longest(frame.tokens, at)
    at = found[1] if found else at
    at += frame.tokens.key(at) in listed("clock", "words")
    return at + (frame.tokens.key(at) in listed("clock", "zones"))


def _until(frame: Frame, at: int) -> int:
    close = phrases("list", "close").longest(frame.tokens, at)
    return close[1] if close else at


def _written(frame: Frame, at: int) -> bool:
    """Is the time written with a colon, so that सुबह before it is enough?"""
    return frame.tokens.key(at + 1) == ":"


def _in_day(minutes: int, part: str | None) -> int:
    """The minute of the day, by what part of it was named."""
    hour = minutes // 60
    if hour > 12 or part is None:
        return minutes % 1440
    if part in ("am", "morning"):
        return minutes - 720 if hour == 12 else minutes
    if part in ("pm", "evening"):
        return minutes if hour == 12 else minutes + 720
    if part == "afternoon":
        return minutes if hour >= 10 else minutes + 720
    # Night: from seven it is evening's, midnight to five the next morning's.
    if hour == 12:
        return minutes - 720
    return minutes + 720 if hour >= 7 else minutes


def _iso(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
