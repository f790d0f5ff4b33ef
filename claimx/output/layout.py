"""Measuring and breaking lines for terminals that disagree about Devanagari.

The same name takes another number of cells in each terminal: for दिमित्री पेसकोव
xterm, VTE and tmux 3.3 advance 13 (a spacing matra is a cell), wcwidth 0.9 says 12
and rich 15 says 9 (matras take none; and it skips the letter after a ZWJ). No
padding is right in all of them. So lines are broken by the widest reading, which
fits everywhere, and the claim table keeps everything that must line up to the
left of the first Devanagari letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

_NO_CELL: Final = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}]")
_TWO_CELLS: Final = regex.compile(r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}]")
_WORD: Final = regex.compile(r"[^ \n]+")
_GRAPHEME: Final = regex.compile(r"\X")


def cells(text: str) -> int:
    """Terminal cells the text takes at most: spacing matras count one, other marks none."""
    if text.isascii():
        return len(text)
    return len(text) - len(_NO_CELL.findall(text)) + len(_TWO_CELLS.findall(text))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break text into lines of at most `width` cells, between words where possible.

    A word wider than a line is broken between grapheme clusters, never inside one.

    Args:
        text: sanitised text; a line feed ends a line.
        width: cells.

    Returns:
        Half-open spans of `text` in code points, without the spaces at the breaks;
        ``(n, n)`` for an empty line.
    """
    width = max(width, 1)
    lines: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        lines.extend((offset + a, offset + b) for a, b in _wrap_line(line, width))
        offset += len(line) + 1
    return lines


def _wrap_line(line: str, width: int) -> Iterator[tuple[int, int]]:
    start = end = used = 0
    for piece in _pieces(line, width):
        size = cells(piece.group())
        gap = piece.start() - end
        if end > start and used + gap + size > width:
            yield start, end
            start, used, gap = piece.start(), 0, 0
        elif end == start:
            start, gap = piece.start(), 0
        used += gap + size
        end = piece.end()
    yield start, end


def _pieces(line: str, width: int) -> Iterator[regex.Match[str]]:
    """Words; the grapheme clusters of those that no line can hold."""
    for word in _WORD.finditer(line):
        if cells(word.group()) <= width:
            yield word
        else:
            yield from _GRAPHEME.finditer(line, word.start(), word.end())


def fit_columns(natural: Sequence[int], available: int, minimum: int = 12) -> list[int] | None:
    """Narrow the widest columns until all of them fit.

    Args:
        natural: cells each column would like.
        available: cells for all columns, gaps not included.
        minimum: cells below which no column is narrowed.

    Returns:
        Cells for each column, or None where they do not fit even so.
    """
    floors = [min(width, minimum) for width in natural]
    if sum(floors) > available:
        return None
    widths = list(natural)
    while (excess := sum(widths) - available) > 0:
        top = max(widths)
        widest = [index for index, width in enumerate(widths) if width == top]
        below = max((width for width in widths if width < top), default=0)
        # Level the widest with the next one, or share out what is left to save.
        step = max(1, min(top - max(below, minimum), -(-excess // len(widest))))
        for index in widest:
            saved = min(step, sum(widths) - available)
            widths[index] -= max(saved, 0)
    return widths
