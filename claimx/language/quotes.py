"""Pair quotation marks the way Hindi newsrooms type them: mixed, mismatched, unclosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from claimx.records import Span

_MARK = regex.compile(r"''|‘‘|’’|``|[\"“”„‟«»″＂'‘’‚‛`´‹›]")
_SINGLE = frozenset("'‘’‚‛`´‹›")
_ALWAYS_OPEN = frozenset("“„«‹‘‚")
_TERMINAL = frozenset("।.?!…")
_BEFORE_OPEN = frozenset(",:;-–—([।.?!…/=") | frozenset("\"“”„«'‘’`")
_AFTER_CLOSE = frozenset(",:;-–—)]।.?!…/|") | frozenset("\"”»'’`")
# A quotation mark may stand open over this many paragraph breaks.
_MAX_PARAGRAPHS = 15


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation in clean text, without its marks.

    Attributes:
        start, end: the quoted words, in code points of the clean text.
        outer_start, outer_end: the same with the marks.
        closed: False where the closing mark is missing.
        depth: 0 for an outer quotation, 1 for one inside it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool
    depth: int


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    single: bool
    can_open: bool
    can_close: bool
    sloppy_close: bool


@dataclass(slots=True)
class _Open:
    mark: _Mark
    depth: int


def _read_marks(text: str, span: Span) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, span.start, span.end):
        at, stop = match.span()
        before = text[at - 1] if at > span.start else "\n"
        after = text[stop] if stop < span.end else "\n"
        single = len(match.group()) == 1 and match.group() in _SINGLE
        inner_before, inner_after = _is_wordy(before), _is_wordy(after)
        if single and inner_before and inner_after and match.group() not in "‘‚‹":
            continue  # an apostrophe
        spaced_before, spaced_after = before.isspace(), after.isspace()
        can_open = not spaced_after and (
            spaced_before or before in _BEFORE_OPEN or match.group()[0] in _ALWAYS_OPEN
        )
        can_close = not spaced_before and (spaced_after or after in _AFTER_CLOSE)
        if inner_before and inner_after:
            can_open = can_close = True
        if before in _TERMINAL or (before in ",;" and spaced_after):
            can_close = True
        sloppy = False
        if spaced_before:
            previous = text[max(span.start, at - 3) : at].rstrip()
            sloppy = bool(previous) and previous[-1] in _TERMINAL
            if spaced_after:
                can_open, sloppy = True, True
        marks.append(_Mark(at, stop, single, can_open, can_close, sloppy))
    return marks


def _is_wordy(char: str) -> bool:
    return bool(regex.match(r"[\p{L}\p{M}\p{N}]", char))


def pair_quotes(text: str, paragraphs: Sequence[Span]) -> list[Quote]:
    """Find the quotations of a text, in time linear in its length.

    A mark is read by its neighbours (a space before and a letter after opens) and by
    what is open, so that ``कहा,’… ’``, ``“…"`` and an opening mark used to close pair up.
    A quotation that nobody closes ends with its paragraph, unless the next paragraph
    closes it or opens with a mark again (a quotation carried over a paragraph break). Where
    a line breaks in the middle of a sentence, any mark that may close does.

    Args:
        text: clean text.
        paragraphs: spans of ``text``, in order.
    """
    quotes: list[Quote] = []
    stack: list[_Open] = []
    carried = 0
    per_paragraph = [_read_marks(text, span) for span in paragraphs]
    for index, (span, marks) in enumerate(zip(paragraphs, per_paragraph, strict=True)):
        if stack:
            carried += 1
            first = marks[0] if marks else None
            restarts = (
                first is not None
                and first.single == stack[0].mark.single
                and first.start == span.start
                and first.can_open
            )
            if restarts:
                marks = marks[1:]
        remaining = {True: 0, False: 0}
        for mark in marks:
            remaining[mark.single] += 1
        for at, mark in enumerate(marks):
            remaining[mark.single] -= 1
            _step(mark, stack, quotes, remaining, _nests(marks, at))
        broken = _is_wordy(text[span.end - 1])
        if stack and not _goes_on(stack[0], paragraphs, per_paragraph, index, carried, broken):
            _abandon(stack, quotes, span.end)
        if not stack:
            carried = 0
    quotes.sort(key=lambda quote: (quote.start, -quote.end))
    return [quote for quote in quotes if text[quote.start : quote.end].strip()]


def _step(
    mark: _Mark,
    stack: list[_Open],
    quotes: list[Quote],
    remaining: dict[bool, int],
    nests: bool,
) -> None:
    at = next(
        (i for i in range(len(stack) - 1, -1, -1) if stack[i].mark.single == mark.single), -1
    )
    if at >= 0:
        if mark.can_close or mark.sloppy_close:
            _close(stack, quotes, at, mark)
        elif mark.can_open and nests and len(stack) < 2:
            stack.append(_Open(mark, len(stack)))
        elif mark.can_open:
            # The earlier one was never closed.
            _abandon_from(stack, quotes, at, mark.start)
            stack.append(_Open(mark, len(stack)))
        else:
            _close(stack, quotes, at, mark)
    elif stack and mark.can_close and not mark.can_open:
        if remaining[stack[-1].mark.single] == 0:
            _close(stack, quotes, len(stack) - 1, mark)  # mismatched marks
    elif mark.can_open and len(stack) < 2:
        stack.append(_Open(mark, len(stack)))


def _nests(marks: Sequence[_Mark], at: int) -> bool:
    """Do two closing marks of the same kind follow: a quotation inside one?"""
    same = []
    for index in range(at + 1, len(marks)):  # a slice would copy all the rest
        mark = marks[index]
        if mark.single == marks[at].single:
            same.append(mark)
            if len(same) == 2:
                break
    return len(same) == 2 and all(m.can_close and not m.can_open for m in same)


def _close(stack: list[_Open], quotes: list[Quote], at: int, mark: _Mark) -> None:
    opened = stack[at]
    del stack[at:]
    quotes.append(
        Quote(opened.mark.end, mark.start, opened.mark.start, mark.end, True, opened.depth)
    )


def _abandon(stack: list[_Open], quotes: list[Quote], end: int) -> None:
    _abandon_from(stack, quotes, 0, end)


def _abandon_from(stack: list[_Open], quotes: list[Quote], at: int, end: int) -> None:
    opened = stack[at]
    del stack[at:]
    quotes.append(Quote(opened.mark.end, end, opened.mark.start, end, False, opened.depth))


def _goes_on(
    opened: _Open,
    paragraphs: Sequence[Span],
    per_paragraph: Sequence[list[_Mark]],
    index: int,
    carried: int,
    broken: bool,
) -> bool:
    """Does a later paragraph take up or close what is still open?

    Args:
        broken: the paragraph ends in the middle of a sentence.
    """
    if opened.mark.single or carried >= _MAX_PARAGRAPHS:
        return False
    for later in range(index + 1, min(index + 1 + _MAX_PARAGRAPHS - carried, len(paragraphs))):
        same = [m for m in per_paragraph[later] if not m.single]
        if not same:
            continue
        first = same[0]
        if first.start == paragraphs[later].start:
            return later == index + 1 and first.can_open
        return first.can_close and (broken or not first.can_open)
    return False
