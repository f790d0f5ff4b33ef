"""Dates with days and months: 30 अगस्त, 18-19 जून, 13/09/2023, सितंबर 2022, अप्रैल-जून."""

from __future__ import annotations

from itertools import pairwise

from claimx.facts.candidate import Candidate
from claimx.facts.frame import (
    Frame,
    blocked,
    dated,
    day_number,
    listed,
    month_at,
    phrases,
)
from claimx.facts.parts import dated_range, with_part
from claimx.facts.periods import Period, Point, Tense, at_point, year_for
from claimx.facts.years import year_at

# Days in one list of days before a month (5, 6 और 7 सितंबर), at most.
_MOST_DAYS = 5


def parse_numeric(frame: Frame, at: int) -> Candidate | None:
    """12/09/2023, 12-09-23, 12.09.2023 (day first, as in India) and 2023-09-13."""
    tokens = frame.tokens
    key = tokens.key(at)
    if tokens.kind(at) != "number" or (tokens.glued(at) and tokens.kind(at - 1) != "mark"):
        return None
    if key.count(".") == 2 and "," not in key:
        parts, end = key.split("."), at + 1
    else:
        separator = tokens.key(at + 1)
        same = separator in ("/", "-") and tokens.key(at + 3) == separator
        if not same or not all(tokens.glued(at + step) for step in (1, 2, 3, 4)):
            return None
        parts, end = [tokens.key(at + step) for step in (0, 2, 4)], at + 5
    if not all(part.isdigit() and len(part) in (1, 2, 4) for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
    else:
        day, month, year = numbers
        if len(parts[2]) == 2:
            year += 2000 if year < 70 else 1900
        if month > 12:
            day, month = month, day
    point = Point(year, month, day)
    return dated(frame, Period(point, point), at, end) if day and point.valid() else None


def parse_days(frame: Frame, at: int, tense: Tense | None = None) -> Candidate | None:
    """30 अगस्त, 13 सितंबर 2023, 18-19 जून, 9 और 10 सितंबर, 30 अगस्त से 5 सितंबर तक.

    Args:
        tense: where a word before shows it (बीते 30 अगस्त).
    """
    found = _day_list(frame, at)
    if found is None:
        return _month_day(frame, at)
    days, joints, here = found
    month, here = month_at(frame, here) or (0, here)
    if not month:
        return None
    year = year_at(frame, here, comma=True)
    end = year[1] if year else here
    tense = tense or (frame.tense_at(end) if not year else None)
    last_year = year[0] if year else year_for(frame.published, month, days[-1], tense)
    if len(days) == 1:
        other = _until(frame, days[0], month, year[0] if year else None, end, tense)
        if other is not None:
            return dated_range(frame, other[0], at, other[1])
        end = _swallow_weekday(frame, end)
    elif not _one_stretch(days, joints):
        first = at_point(last_year, month, days[0]) if last_year else None
        return dated(frame, first, at, at + 1)
    if last_year is None:
        return dated(frame, None, at, end)
    period = Period(Point(last_year, month, days[0]), Point(last_year, month, days[-1]))
    return (dated if len(days) == 1 else dated_range)(frame, period, at, end)


def _day_list(frame: Frame, at: int) -> tuple[list[int], list[str], int] | None:
    """The days before a month with what joins them, and the month's token."""
    tokens = frame.tokens
    days: list[int] = []
    joints: list[str] = []
    here = at
    while len(days) < _MOST_DAYS:
        day = day_number(tokens, here)
        if day is None or (tokens.kind(here) == "number" and _named(frame, here, bool(days))):
            return None
        days.append(day)
        here += 1
        if tokens.glued(here) and tokens.key(here) in listed("list", "day_marks"):
            here += 1  # 9th May
        if month_at(frame, here):
            return days, joints, here
        joint = phrases("list", "day_ranges").longest(tokens, here)
        if joint:
            joints.append("range")
            here = joint[1]
        elif tokens.key(here) == "," or tokens.key(here) in listed("list", "joints"):
            joints.append("and" if tokens.key(here) != "या" else "or")
            here += 1
        else:
            return None
    return None


def _named(frame: Frame, at: int, later: bool) -> bool:
    """Is the day glued to a word before it? (A month may be glued after it.)"""
    tokens = frame.tokens
    return not later and tokens.glued(at) and tokens.kind(at - 1) == "word"


def _one_stretch(days: list[int], joints: list[str]) -> bool:
    """Are the days one interval: a range, or days in a row?"""
    if len(days) == 2 and joints == ["range"]:
        return days[0] < days[1]
    in_a_row = all(later == earlier + 1 for earlier, later in pairwise(days))
    return in_a_row and set(joints) == {"and"}


def _until(
    frame: Frame, day: int, month: int, year: int | None, at: int, tense: Tense | None
) -> tuple[Period | None, int] | None:
    """The interval up to a second day and month (से 5 सितंबर)."""
    joint = phrases("list", "day_ranges").longest(frame.tokens, at)
    if joint is None:
        return None
    last_day = day_number(frame.tokens, joint[1])
    last = month_at(frame, joint[1] + 1) if last_day else None
    if last is None or last_day is None:
        return None
    last_month, end = last
    found = year_at(frame, end, comma=True)
    end = found[1] if found else end
    wraps = (month, day) > (last_month, last_day)
    if found:
        last_year: int | None = found[0]
    elif year:
        last_year = year + wraps
    else:
        last_year = year_for(frame.published, last_month, last_day, tense)
    if last_year is None:
        return None, end
    first_year = year or last_year - wraps
    return Period(Point(first_year, month, day), Point(last_year, last_month, last_day)), end


def _swallow_weekday(frame: Frame, end: int) -> int:
    """13 सितंबर (बुधवार), 13 सितंबर, बुधवार."""
    opened = frame.tokens.key(end) in ("(", ",")
    weekday = phrases("weekdays").longest(frame.tokens, end + opened)
    if weekday is None:
        return end
    return weekday[1] + (frame.tokens.key(weekday[1]) == ")")


def _month_day(frame: Frame, at: int) -> Candidate | None:
    """September 13, 2023: month first, only with the year."""
    month = month_at(frame, at)
    if month is None:
        return None
    day = day_number(frame.tokens, month[1])
    if day is None or frame.tokens.kind(month[1]) != "number":
        return None
    if frame.tokens.key(month[1] + 1) != ",":
        return None
    year = year_at(frame, month[1] + 2)
    if year is None:
        return None
    return dated(frame, at_point(year[0], month[0], day), at, year[1])


def parse_month(frame: Frame, at: int, tense: Tense | None = None) -> Candidate | None:
    """सितंबर 2022, सितंबर, अप्रैल-जून, सितंबर के अंत, सितंबर के पहले हफ्ते."""
    found = month_at(frame, at)
    if found is None:
        return None
    month, end = found
    year = year_at(frame, end, comma=True)
    if year is None:
        year = _year_after_genitive(frame, end)
    if year is None and blocked(frame, "months_not_before", at, end):
        return None
    end = year[1] if year else end
    tense = tense or (frame.tense_at(end) if not year else None)
    joint = phrases("list", "day_ranges").longest(frame.tokens, end)
    if joint:
        other = month_at(frame, joint[1])
        if other is not None:
            return _months(frame, at, month, year[0] if year else None, other, tense)
    value = year[0] if year else year_for(frame.published, month, 0, tense)
    period = at_point(value, month) if value else None
    return with_part(frame, period, at, end)


def _year_after_genitive(frame: Frame, at: int) -> tuple[int, int] | None:
    """Only "सितंबर, 2022" and "सितंबर '22" stand without one; other forms are two dates."""
    tokens = frame.tokens
    short = tokens.key(at + 1)
    if tokens.key(at) in ("'", "’", "‘") and short.isdigit() and len(short) == 2:
        return 2000 + int(short), at + 2
    return None


def _months(
    frame: Frame,
    at: int,
    month: int,
    year: int | None,
    other: tuple[int, int],
    tense: Tense | None,
) -> Candidate:
    """अप्रैल-जून 2023, दिसंबर 2022 से मार्च 2023."""
    last_month, end = other
    found = year_at(frame, end, comma=True)
    end = found[1] if found else end
    wraps = month > last_month
    if found:
        last_year: int | None = found[0]
    else:
        last_year = year + wraps if year else year_for(frame.published, last_month, 0, tense)
    if last_year is None:
        return dated_range(frame, None, at, end)
    first = Point(year or last_year - wraps, month)
    quarter = phrases("parts", "quarter").longest(frame.tokens, end)
    end = quarter[1] if quarter else end
    return dated_range(frame, Period(first, Point(last_year, last_month)), at, end)
