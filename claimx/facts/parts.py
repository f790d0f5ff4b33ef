"""Intervals of dates, and the parts of a period: की शुरुआत, के अंत, की पहली तिमाही."""

from __future__ import annotations

from claimx.facts.candidate import Candidate
from claimx.facts.frame import Frame, dated, listed, phrases
from claimx.facts.periods import Period, part_of, quarter_of, week_in_month


def dated_range(frame: Frame, period: Period | None, start: int, end: int) -> Candidate:
    """An interval between two dates; a closing तक or के बीच belongs to it."""
    close = phrases("list", "close").longest(frame.tokens, end)
    value = str(period) if period is not None and period.valid() else None
    return Candidate("date", value, None, start, close[1] if close else end, "range")


def with_part(
    frame: Frame, period: Period | None, at: int, end: int, *, fiscal: bool = False
) -> Candidate:
    """A period, narrowed by की शुरुआत, के अंत, के पहले हफ्ते, की दूसरी तिमाही."""
    tokens = frame.tokens
    here = end + (tokens.key(end) in listed("parts", "joints"))
    ordinal = phrases("parts", "ordinals").longest(tokens, here)
    if ordinal:
        for name in ("week", "fortnight", "quarter", "half"):
            unit = phrases("parts", name).longest(tokens, ordinal[1])
            if unit:
                narrowed = _numbered_part(period, name, int(ordinal[0]), fiscal)
                return dated(frame, narrowed, at, unit[1])
    for part in ("start", "middle", "end"):
        found = phrases("parts", part).longest(tokens, here)
        if found and (here > end or part == "start"):
            narrowed = part_of(period, part) if period and period.valid() else None
            fact = dated(frame, narrowed, at, found[1])
            bound = fact.bound if fact.bound != "exact" else "about"
            return Candidate("date", fact.value, None, at, fact.end, bound)
    return dated(frame, period, at, end)


def _numbered_part(
    period: Period | None, name: str, number: int, fiscal: bool
) -> Period | None:
    if period is None or not period.valid():
        return None
    year, month = period.first.year, period.first.month
    if name in ("week", "fortnight"):
        if period.first != period.last or not month:
            return None
        return week_in_month(year, month, number, 7 if name == "week" else 15)
    if name == "half":
        first = quarter_of(year, 3 if number in (2, -1) else 1, fiscal=fiscal)
        last = quarter_of(year, 4 if number in (2, -1) else 2, fiscal=fiscal)
        return Period(first.first, last.last)
    return quarter_of(year, 4 if number < 0 else number, fiscal=fiscal)
