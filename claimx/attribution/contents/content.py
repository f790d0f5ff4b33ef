"""A content, and how a span of the article becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimx.attribution.relation import Attribution
from claimx.attribution.view import View
from claimx.records import Kind, Quotation, Span

Joining = Literal[
    "quote", "quote_before", "ki", "bare", "bare_before",
    "nominal", "object", "postposition", "request",
]  # fmt: skip

# Quoted words that make an indirect statement a mixed one; in a phrase one is enough.
MIXED_WORDS = 3
_CLAUSES = frozenset({"ki", "bare", "postposition", "bare_before"})
_CLOSING = "।|॥,;:-–—."


@dataclass(frozen=True, slots=True)
class Content:
    """What was said.

    Attributes:
        span: the content in the article, in code points.
        frame: how it is joined to its cue; the keys of ``[frames]`` in ``confidence.toml``.
        quotation: the quotation it is, or None.
    """

    span: Span
    kind: Kind
    frame: Joining
    quotation: Quotation | None = None


def quoted(view: View, quotation: Quotation, frame: Joining) -> Content | None:
    """A quotation as content: the inner words without the closing danda."""
    start, end = quotation.inner.start, quotation.inner.end
    text = view.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _CLOSING):
        end -= 1
    if not view.word_count(Span(start, end)):
        return None
    return Content(Span(start, end), "direct", frame, quotation)


def reported(
    view: View, attribution: Attribution, start: int, end: int, frame: Joining
) -> Content | None:
    """A stretch of text as reported content, mixed where enough of it is quoted.

    Args:
        start, end: code points; punctuation and marks at the edges are dropped.
    """
    span = view.trim(start, end)
    if span is None:
        return None
    inside = view.quote_of[attribution.sentence][attribution.cue.start] >= 0
    depth = 1 if inside else 0
    least = MIXED_WORDS if frame in _CLAUSES else 1
    kind: Kind = "indirect"
    for quotation in view.quotations:
        outer = quotation.outer
        within = outer.start >= span.start and outer.end <= span.end + 1
        if quotation.depth != depth or not within:
            continue
        if view.word_count(quotation.inner) < least:
            continue
        if frame == "ki" and outer.start == span.start and outer.end >= span.end:
            return quoted(view, quotation, "quote")
        kind = "mixed"
    return Content(span, kind, frame)
