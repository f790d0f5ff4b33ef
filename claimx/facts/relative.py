"""Dates told from the day of publication: कल, बीते मंगलवार, पिछले हफ्ते, दो साल पहले."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from claimx.facts.amounts import Amount, parse_amount
from claimx.facts.bounds import bound_before, strictest
from claimx.facts.candidate import Candidate
from claimx.facts.dates import parse_days, parse_month
from claimx.facts.frame import Frame, blocked, dated, day_number, listed, month_at, phrases
from claimx.facts.parts import dated_range, with_part
from claimx.facts.periods import (
    Period,
    Point,
    Tense,
    at_point,
    fiscal_year,
    quarter_of,
    shift_days,
    shift_months,
    week_of,
    weekday_near,
)
from claimx.facts.units import measure_after

_STEPS = {"last": -1, "this": 0, "next": 1}
# Which way a date after पिछले or अगले lies.
_TENSES: dict[str, Tense | None] = {"last": "past", "this": None, "next": "future"}
# The longest time "ago" that is reckoned back to a date, in years.
_LONGEST_AGO = 10_000


def parse_day_word(frame: Frame, at: int) -> Candidate | None:
    """आज, कल, परसों, बीती रात; "आज से दो दिन पहले"."""
    found = phrases("days").longest(frame.tokens, at)
    if found is None or blocked(frame, "days_not_before", at, found[1]):
        return None
    rule, end = found
    if frame.tokens.key(at) in listed("ago", "now") and frame.tokens.key(end) == "से":
        ago = parse_ago(frame, end + 1, from_now=True)
        if ago is not None:
            return replace(ago, start=at)
    days = rule["days"]
    if rule.get("either") and frame.tense_at(end) != "future":
        days = -days
    return dated(frame, shift_days(frame.published, days), at, end)


def parse_weekday(frame: Frame, at: int) -> Candidate | None:
    """शुक्रवार; with a date beside it (शुक्रवार, 13 सितंबर) the date counts."""
    found = phrases("weekdays").longest(frame.tokens, at)
    if found is None:
        return None
    weekday, end = found
    here = end
    while here < end + 2 and frame.tokens.key(here) in (",", "(", "को"):
        here += 1
    full = parse_days(frame, here)
    if full is not None:
        closed = frame.tokens.key(full.end) == ")" and frame.tokens.key(here - 1) == "("
        return replace(full, start=at, end=full.end + closed)
    tense = frame.tense_at(end)
    joint = phrases("list", "day_ranges").longest(frame.tokens, end)
    other = phrases("weekdays").longest(frame.tokens, joint[1]) if joint else None
    if other:
        return _weekdays(frame, int(weekday), int(other[0]), at, other[1])
    period = weekday_near(frame.published, int(weekday), tense, 0)
    return dated(frame, period, at, end)


def _weekdays(frame: Frame, first: int, last: int, at: int, end: int) -> Candidate:
    """सोमवार से शुक्रवार तक, गुरुवार-शुक्रवार."""
    until = weekday_near(frame.published, last, frame.tense_at(end), 0)
    begin = shift_days(until.first.date(), -((last - first) % 7)) if until else None
    if until is None or begin is None:
        return dated_range(frame, None, at, end)
    return dated_range(frame, Period(begin.first, until.last), at, end)


def parse_shifted(frame: Frame, at: int) -> Candidate | None:
    """पिछले हफ्ते, बीते मंगलवार, अगले साल मार्च, इस साल की शुरुआत, गत 25 मई."""
    found = phrases("shifts").longest(frame.tokens, at)
    if found is None:
        return None
    name, here = found
    if frame.tokens.key(here) == "ही":
        here += 1
    weekday = phrases("weekdays").longest(frame.tokens, here)
    if weekday:
        tense = frame.tense_at(weekday[1])
        period = weekday_near(frame.published, int(weekday[0]), tense, _STEPS[name])
        return dated(frame, period, at, weekday[1])
    period_name = phrases("periods").longest(frame.tokens, here)
    if period_name:
        return _shifted_period(frame, at, name, period_name[0], period_name[1])
    if day_number(frame.tokens, here) is not None:
        days = parse_days(frame, here, _TENSES[name])
        return replace(days, start=at) if days else None
    month = month_at(frame, here)
    if month is None:
        return None
    period = _near_month(frame, month[0], _STEPS[name])
    return with_part(frame, period, at, month[1])


def _near_month(frame: Frame, month: int, step: int) -> Period | None:
    """The last or next month of a name, not the current one; this year's for इस."""
    if frame.published is None:
        return None
    year, current = frame.published.year, frame.published.month
    if step < 0:
        year -= month >= current
    elif step > 0:
        year += month <= current
    return at_point(year, month)


def _shifted_period(frame: Frame, at: int, name: str, unit: str, end: int) -> Candidate | None:
    published, step = frame.published, _STEPS[name]
    if unit == "day":
        # Of the story, not of publication: known to be a day, not which.
        return dated(frame, None, at, end) if name != "this" else None
    if unit == "year":
        return _in_year(frame, at, end, published.year + step if published else None, name)
    if unit == "month":
        return _in_month(frame, at, end, shift_months(published, step))
    if unit == "week":
        return dated(frame, week_of(published, step), at, end)
    if published is None:
        return dated(frame, None, at, end)
    if unit == "weekend":
        week = week_of(published, step)
        if week is None:
            return dated(frame, None, at, end)
        saturday = shift_days(week.last.date(), -1)
        return dated(frame, Period(saturday.first, week.last) if saturday else None, at, end)
    if unit == "quarter":
        index = published.year * 4 + (published.month - 1) // 3 + step
        return dated(frame, quarter_of(index // 4, index % 4 + 1), at, end)
    if unit == "fiscal_year":
        year = published.year - (published.month < 4) + step
        return with_part(frame, fiscal_year(year), at, end, fiscal=True)
    size = 10 if unit == "decade" else 100
    begin = published.year - published.year % size + (unit == "century") + step * size
    return with_part(frame, Period(Point(begin), Point(begin + size - 1)), at, end)


def _in_year(frame: Frame, at: int, end: int, year: int | None, name: str) -> Candidate:
    """पिछले साल, पिछले साल सितंबर, पिछले साल 30 अगस्त, इस साल के मार्च."""
    here = end + (frame.tokens.key(end) in listed("parts", "joints"))
    inner = parse_days(frame, here) or parse_month(frame, here)
    if inner is not None:
        value = inner.value
        if year is None:
            value = None
        elif isinstance(value, str):
            value = _with_year(value, year)
        return replace(inner, start=at, value=value)
    return with_part(frame, at_point(year) if year is not None else None, at, end)


def _with_year(value: str, year: int) -> str:
    """An ISO value with its (last) year replaced."""
    ends = value.split("/")
    last = int(ends[-1][:4])
    return "/".join(f"{int(part[:4]) - last + year:04d}{part[4:]}" for part in ends)


def _in_month(frame: Frame, at: int, end: int, month: Period | None) -> Candidate:
    """पिछले महीने, इसी महीने की 5 तारीख."""
    here = end + (frame.tokens.key(end) in listed("parts", "joints"))
    day = day_number(frame.tokens, here)
    word = phrases("list", "day_word").longest(frame.tokens, here + 1)
    if day and word:
        first = month.first if month else None
        period = at_point(first.year, first.month, day) if first else None
        return dated(frame, period, at, word[1])
    return with_part(frame, month, at, end)


def parse_bare_period(frame: Frame, at: int) -> Candidate | None:
    """साल के अंत तक, महीने की शुरुआत: of the year or month of publication."""
    found = phrases("periods").longest(frame.tokens, at)
    if found is None or found[0] not in ("year", "month"):
        return None
    unit, end = found
    if frame.tokens.key(end) not in listed("parts", "joints"):
        return None
    if frame.tokens.kind(at - 1) == "number" or phrases("shifts").longest(frame.tokens, at - 1):
        return None
    published = frame.published
    period = None
    if published:
        period = at_point(published.year, published.month if unit == "month" else 0)
    fact = with_part(frame, period, at, end)
    return fact if fact.end > end + 1 else None


def parse_day_of_month(frame: Frame, at: int) -> Candidate | None:
    """5 तारीख: of the month of publication."""
    day = day_number(frame.tokens, at)
    word = phrases("list", "day_word").longest(frame.tokens, at + 1) if day else None
    if day is None or word is None:
        return None
    published = frame.published
    period = at_point(published.year, published.month, day) if published else None
    return dated(frame, period, at, word[1])


def parse_ago(frame: Frame, at: int, *, from_now: bool = False) -> Candidate | None:
    """तीन दिन पहले, करीब दो साल पहले; with "आज से" also तीन दिन बाद.

    "चुनाव से दो दिन पहले" counts from the election: left to the durations.

    Args:
        from_now: आज से stands before.
    """
    tokens = frame.tokens
    bound, here = bound_before(tokens, at)
    amount = parse_amount(tokens, here)
    if amount is None or amount.low.vague:
        return None
    unit = measure_after(tokens, amount.end)
    if unit is None or unit.type != "duration":
        return None
    key = tokens.key(unit.end)
    ago = key in listed("ago", "words")
    if not ago and not (from_now and key in listed("ago", "from_now")):
        return None
    if not from_now and tokens.key(at - 1) in listed("ago", "anchors"):
        return None
    period = _reckon(frame, amount, unit.name, -1 if ago else 1)
    if period is None and frame.published is not None:
        return None  # hours ago
    fact = dated(frame, period, at, unit.end + 1)
    if amount.high is not None:
        return replace(fact, bound="range")
    return replace(fact, bound=strictest(bound, fact.bound))


def _reckon(frame: Frame, amount: Amount, unit: str, sign: int) -> Period | None:
    """The period so long before or after publication, as fine as its unit."""
    near = _one_reckoned(frame, amount.low.value * sign, unit)
    if amount.high is None or near is None:
        return near
    far = _one_reckoned(frame, amount.high * sign, unit)
    if far is None:
        return None
    first, last = sorted((near, far), key=lambda period: period.first)
    return Period(first.first, last.last)


def _one_reckoned(frame: Frame, count: Fraction, unit: str) -> Period | None:
    published = frame.published
    if published is None or abs(count) > _LONGEST_AGO:
        return None
    if unit == "day":
        return shift_days(published, round(count))
    if unit == "week":
        if count.denominator != 1:
            return shift_days(published, round(count * 7))
        return week_of(published, int(count))
    if unit == "month":
        return shift_months(published, round(count))
    if unit == "year" and count.denominator != 1:
        return shift_months(published, round(count * 12))
    years = {"year": 1, "decade": 10, "century": 100}.get(unit)
    return at_point(published.year + int(count * years)) if years else None
