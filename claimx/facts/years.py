"""Years, spans of years, decades and centuries: 2019, 2022-23, 90 के दशक, 21वीं सदी."""

from __future__ import annotations

from claimx.facts.candidate import Candidate
from claimx.facts.frame import Frame, dated, listed, phrases
from claimx.facts.names import names_something
from claimx.facts.numbers import cardinal
from claimx.facts.ordinals import ordinal_at
from claimx.facts.parts import dated_range, with_part
from claimx.facts.periods import Period, Point, at_point, fiscal_year
from claimx.facts.units import measure_after

# A bare number is read as a year from here to there; older ones need a word beside them.
_RECENT = range(1900, 2101)
_OLD = range(1000, 2200)


def year_at(frame: Frame, at: int, *, comma: bool = False) -> tuple[int, int] | None:
    """A year right at a token and the token after it.

    Args:
        comma: one, or a hyphen, may stand before it (30 अगस्त, 2023).
    """
    tokens = frame.tokens
    if comma and tokens.key(at) in (",", "-") and _is_year(frame, at + 1, _RECENT):
        at += 1
    before = phrases("years", "before").longest(tokens, at)
    if before:
        at = before[1]
    if not _is_year(frame, at, _OLD) or names_something(tokens, at):
        return None
    if measure_after(tokens, at + 1) and not before:
        return None
    return int(tokens.key(at)), at + 1


def _is_year(frame: Frame, at: int, years: range) -> bool:
    key = frame.tokens.key(at)
    plain = frame.tokens.kind(at) == "number" and key.isdigit() and len(key) == 4
    return plain and int(key) in years and cardinal(frame.tokens.key(at + 1)) is None


def parse_year(frame: Frame, at: int) -> Candidate | None:
    """2019, साल 2019, 2019 से 2022, 2022-23, वित्त वर्ष 2022-23, 300 ईसा पूर्व."""
    tokens = frame.tokens
    fiscal = phrases("periods", "fiscal_year").longest(tokens, at)
    before = fiscal or phrases("years", "before").longest(tokens, at)
    here = before[1] if before else at
    if tokens.kind(here) != "number" or names_something(tokens, here):
        return None
    bce = phrases("years", "bce").longest(tokens, here + 1)
    number = tokens.number(here)
    if bce and number is not None and 0 < number < 10000:
        return dated(frame, at_point(1 - int(number)), at, bce[1])
    after = phrases("years", "after").longest(tokens, here + 1)
    if after and tokens.key(after[1]) == "-":
        after = None  # 350 ई-बसें
    if before is None and after is None and not _stands_alone(frame, here):
        return None
    if not _is_year(frame, here, _OLD) and not (after and tokens.key(here).isdigit()):
        return None
    year = int(tokens.key(here))
    if before is None and tokens.key(at - 1) in listed("years", "not_after"):
        return None
    end = after[1] if after else here + 1
    pair = _year_pair(frame, year, end)
    if pair is not None:
        if fiscal and pair[0].last.year == year + 1:
            return with_part(frame, fiscal_year(year), at, pair[1], fiscal=True)
        return dated_range(frame, pair[0], at, pair[1])
    decade = phrases("years", "decade").longest(tokens, end)
    if decade and year % 10 == 0:
        return with_part(frame, Period(Point(year), Point(year + 9)), at, decade[1])
    if fiscal:
        return with_part(frame, fiscal_year(year - 1), at, end, fiscal=True)
    return with_part(frame, at_point(year), at, end)


def _stands_alone(frame: Frame, at: int) -> bool:
    """May a bare number be a year, by what stands around it?"""
    tokens = frame.tokens
    if phrases("years", "not_before").longest(tokens, at + 1):
        return False
    if _is_year(frame, at, _RECENT):
        return True
    old = tokens.key(at + 1) in listed("years", "old_only_before")
    return old and _is_year(frame, at, _OLD)


def _year_pair(frame: Frame, year: int, at: int) -> tuple[Period, int] | None:
    """The second year of 2022-23, 2019-2022 or 2019 से 2022."""
    tokens = frame.tokens
    joint = phrases("list", "day_ranges").longest(tokens, at)
    if joint is None:
        return None
    here = joint[1]
    if _is_year(frame, here, _OLD) and int(tokens.key(here)) > year:
        if measure_after(tokens, here + 1):
            return None
        return Period(Point(year), Point(int(tokens.key(here)))), here + 1
    short = tokens.key(here)
    if tokens.key(at) == "-" and short.isdigit() and len(short) == 2:
        last = year - year % 100 + int(short)
        last += 100 if last < year and year % 100 == 99 else 0
        if last > year:
            return Period(Point(year), Point(last)), here + 1
    return None


def parse_era(frame: Frame, at: int) -> Candidate | None:
    """21वीं सदी, तीसरी शताब्दी ईसा पूर्व, 90 के दशक, नब्बे का दशक."""
    tokens = frame.tokens
    value = tokens.number(at)
    tens = int(value) if value is not None else cardinal(tokens.key(at))
    if tens is not None and 10 <= tens < 100 and tens % 10 == 0:
        decade = phrases("years", "decade").longest(tokens, at + 1)
        joined = tokens.key(at + 1) in listed("parts", "joints")
        if decade and joined:
            return with_part(
                frame, Period(Point(1900 + tens), Point(1909 + tens)), at, decade[1]
            )
    first = ordinal_at(tokens, at)
    if first is None:
        return None
    number, end = first
    last = number
    joint = phrases("list", "day_ranges").longest(tokens, end)
    if joint:
        second = ordinal_at(tokens, joint[1])
        if second and second[0] > number:
            last, end = second
    century = phrases("periods", "century").longest(tokens, end)
    if century is None:
        return None
    bce = phrases("years", "bce").longest(tokens, century[1])
    if bce:
        period = Period(Point(1 - 100 * number), Point(100 - 100 * last))
        return dated(frame, period, at, bce[1])
    after = phrases("years", "after").longest(tokens, century[1])
    period = Period(Point(100 * (number - 1) + 1), Point(100 * last))
    return with_part(frame, period, at, after[1] if after else century[1])
