"""What the readers of numbers and dates propose before overlaps are settled."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from claimx.records import Bound

Value = float | int | str | list[float | int] | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fact by token positions; the fields are those of `claimx.records.Fact`."""

    type: str
    value: Value
    unit: str | None
    start: int
    end: int
    bound: Bound = "exact"


def plain(value: Fraction) -> float | int:
    """An int where the value is one, else the nearest float."""
    return value.numerator if value.denominator == 1 else float(value)
