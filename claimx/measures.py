"""What evaluation counts with: overlap of spans, and F1."""

from __future__ import annotations

from typing import Final

from claimx.records import Span

FOUND: Final = 0.5
"""From this intersection over union on, a claim stands for a gold one."""


def intersection_over_union(one: Span, other: Span) -> float:
    """How much of two spans is common to both, 0 to 1."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, max(one.end, other.end) - min(one.start, other.start))


def f_measure(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall; 0 where both are."""
    return 2 * precision * recall / max(1e-9, precision + recall)
