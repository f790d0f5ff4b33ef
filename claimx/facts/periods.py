"""Days, months, years and intervals, resolved against the day of publication.

Values are ISO 8601: a day (2023-09-13), a month, a year, or start/end with both ends
included. Years before Christ are counted astronomically, as ISO 8601 does: 300 BCE is -0299.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Tense = Literal["past", "future"]

# Without a tense, a date is of the year of publication unless that is farther than this.
_FAR = timedelta(days=300)
# A day this little ahead is not taken to be a year ago.
_SLACK = timedelta(days=2)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A day, a month (``day`` is 0) or a year (``month`` and ``day`` are 0)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        sign = "-" if self.year < 0 else ""
        parts = [f"{sign}{abs(self.year):04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def date(self) -> date:
        """The day of a valid point with a day.

        Raises:
            ValueError: if it is a month or a year.
        """
        return date(self.year, self.month, self.day)

    def valid(self) -> bool:
        """Does the calendar have it?"""
        if not self.month:
            return -9999 < self.year < 10000
        if not 1 <= self.month <= 12 or not 1 <= self.year <= 9999:
            return False
        return not self.day or 1 <= self.day <= calendar.monthrange(self.year, self.month)[1]


@dataclass(frozen=True, slots=True)
class Period:
    """A point in the calendar, or everything from one point to another."""

    first: Point
    last: Point

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"

    @property
    def is_day(self) -> bool:
        return self.first == self.last and self.first.day > 0

    def valid(self) -> bool:
        return self.first.valid() and self.last.valid() and self.first <= self.last


def at_day(day: date) -> Period:
    point = Point(day.year, day.month, day.day)
    return Period(point, point)


def span(first: date, last: date) -> Period:
    return Period(at_day(first).first, at_day(last).last)


def at_point(year: int, month: int = 0, day: int = 0) -> Period:
    point = Point(year, month, day)
    return Period(point, point)


def iso_date(published: str | None) -> date | None:
    """The day of an ISO 8601 date or date and time; None where it is none."""
    if not published:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def shift_days(day: date | None, days: int) -> Period | None:
    """The day so many days on; None without a day, or beyond the calendar."""
    if day is None:
        return None
    try:
        return at_day(day + timedelta(days=days))
    except OverflowError:
        return None


def shift_months(day: date | None, months: int) -> Period | None:
    """The calendar month so many months on."""
    if day is None:
        return None
    index = day.year * 12 + day.month - 1 + months
    return at_point(index // 12, index % 12 + 1)


def week_of(day: date | None, weeks: int) -> Period | None:
    """The week, Monday to Sunday, so many weeks on."""
    if day is None:
        return None
    try:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
        return span(monday, monday + timedelta(days=6))
    except OverflowError:
        return None


def quarter_of(year: int, quarter: int, *, fiscal: bool = False) -> Period:
    """A quarter (1 to 4) of a calendar year, or of the Indian one that starts in April."""
    month = 3 * quarter - 2 + (3 if fiscal else 0)
    if month > 12:
        year, month = year + 1, month - 12
    return Period(Point(year, month), Point(year, month + 2))


def fiscal_year(year: int) -> Period:
    """The Indian fiscal year that starts in April of a year."""
    return Period(Point(year, 4), Point(year + 1, 3))


def weekday_near(
    day: date | None, weekday: int, tense: Tense | None, shift: int
) -> Period | None:
    """A weekday (Monday is 0) seen from a day.

    News speaks of the last one, the day of publication included, unless the sentence
    is in the future tense.

    Args:
        shift: -1 strictly before (बीते), 1 strictly after (अगले), 0 by tense.
    """
    if day is None:
        return None
    back = (day.weekday() - weekday) % 7
    ahead = (weekday - day.weekday()) % 7
    if shift < 0:
        return shift_days(day, -(back or 7))
    if shift > 0:
        return shift_days(day, ahead or 7)
    return shift_days(day, ahead if tense == "future" else -back)


def year_for(published: date | None, month: int, day: int, tense: Tense | None) -> int | None:
    """The year of a date without one: the nearest on the side the tense points to."""
    if published is None:
        return None
    try:
        here = date(published.year, month, day or 1)
    except ValueError:
        return published.year
    if not day and month == published.month:
        return published.year
    if tense == "past":
        return published.year - (here - published > _SLACK)
    if tense == "future":
        end = date(published.year, month, day or calendar.monthrange(published.year, month)[1])
        return published.year + (end < published)
    if here - published > _FAR:
        return published.year - 1
    if published - here > _FAR:
        return published.year + 1
    return published.year


def part_of(period: Period, part: str) -> Period | None:
    """The start, middle or end of a year (January to March, May to August, October to
    December), of a month (its thirds) or of a decade's or century's years (thirds)."""
    first, last = period.first, period.last
    if first != last:
        if first.month:
            return period
        third = max((last.year - first.year + 1) // 3, 1)
        starts = {"start": 0, "middle": third, "end": last.year - first.year + 1 - third}
        begin = first.year + starts[part]
        return Period(Point(begin), Point(begin + third - 1))
    if first.day:
        return None
    if first.month:
        length = calendar.monthrange(first.year, first.month)[1]
        days = {"start": (1, 10), "middle": (11, 20), "end": (21, length)}[part]
        return Period(*(Point(first.year, first.month, day) for day in days))
    months = {"start": (1, 3), "middle": (5, 8), "end": (10, 12)}[part]
    return Period(*(Point(first.year, month) for month in months))


def week_in_month(year: int, month: int, week: int, days: int = 7) -> Period:
    """A month's first, second ... week (days 1 to 7, 8 to 14 ...); -1 is the last."""
    length = calendar.monthrange(year, month)[1]
    begin = length - days + 1 if week < 0 else days * (week - 1) + 1
    begin = min(begin, length)
    # The last half of a month runs to its end.
    stop = length if days > 7 and week == 2 else min(begin + days - 1, length)
    return Period(Point(year, month, begin), Point(year, month, stop))
