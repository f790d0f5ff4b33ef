"""Paragraphs and sentences by punctuation, before any model runs.

The web ends Hindi sentences with ।, ., | and sometimes without a space after them; a
statistical splitter trained on edited text does not expect that, and knowing the
sentences beforehand lets the models see only those that are needed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import regex

from claimx.language.quotes import Quote
from claimx.records import Span

_LINE = regex.compile(r"[^\n]+")
_STOP = regex.compile(r"[।?!]+|\.+|…")
_TOKEN_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}०]+$")
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_DEVANAGARI = regex.compile(r"\p{Devanagari}")
_CLOSERS = frozenset(")]}")
# Longest sentence handed to a parser, in words: adversarial text is cut here.
MAX_SENTENCE_WORDS = 250


@cache
def _data() -> dict[str, frozenset[str]]:
    raw = resources.files("claimx.language").joinpath("segments.toml").read_text("utf-8")
    return {key: frozenset(value) for key, value in tomllib.loads(raw).items()}


def paragraphs(text: str, start: int = 0) -> list[Span]:
    """Non-blank lines, without the spaces around them."""
    spans = []
    for match in _LINE.finditer(text, start):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if left < right:
            spans.append(Span(match.start() + left, match.start() + right))
    return spans


def sentences(text: str, paragraph: Span, quotes: Sequence[Quote]) -> list[Span]:
    """Split one paragraph of clean text at its sentence-final punctuation.

    Args:
        text: clean text.
        paragraph: the span to split.
        quotes: all quotations of the text; a closing mark stays with its sentence.
    """
    closing = {quote.end: quote.outer_end for quote in quotes if quote.closed}
    spans: list[Span] = []
    begin = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        if match.start() < begin or not _ends_sentence(
            text, match.start(), match.end(), paragraph
        ):
            continue
        end = _absorb(text, match.end(), paragraph.end, closing)
        follow = text[end : min(end + 64, paragraph.end)].lstrip()[:8]
        if follow.split(" ", 1)[0] in _data()["joins_previous"]:
            continue
        _append(spans, text, begin, end)
        begin = end
    _append(spans, text, begin, paragraph.end)
    return [piece for span in spans for piece in _cut(text, span)]


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if (
        spans
        and not _LETTER.search(text, start, end)
        and not any(char.isdigit() for char in text[start:end])
    ):
        spans[-1] = Span(spans[-1].start, end)  # stray punctuation
    else:
        spans.append(Span(start, end))


def _absorb(text: str, end: int, limit: int, closing: dict[int, int]) -> int:
    """Take closing marks and brackets into the sentence that they close."""
    while end < limit:
        at = end
        while at < limit and text[at] == " ":
            at += 1
        if end in closing:
            end = closing[end]
        elif at in closing:
            end = closing[at]
        elif text[end] in _CLOSERS:
            end += 1
        else:
            break
    return end


def _ends_sentence(text: str, start: int, end: int, paragraph: Span) -> bool:
    mark = text[start:end]
    if mark[0] in "।?!":
        return True
    if end >= paragraph.end:
        return True
    before = _TOKEN_BEFORE.search(text, max(paragraph.start, start - 24), start)
    word = before.group() if before else ""
    if mark == "…" or len(mark) > 1:
        return False  # trailing off goes on
    following = text[end]
    if not word:
        closed = text[start - 1] in "\"'”’)" and bool(_DEVANAGARI.match(following))
        return following.isspace() or closed
    if word.isdigit():
        # 2.30 is a number, "2019. अब" an end, "1. " a list item
        return following.isspace() and len(word) > 2
    if word in _data()["abbreviations"]:
        return False
    if word.isascii():
        return following.isspace() and len(word) > 2
    if following.isspace():
        return True
    if following in "\"'“”‘’":
        return True
    # glued: "फैले.उन्होंने", but "कि.मी"
    final = word in _data()["sentence_final"]
    if following in "([":
        return final or len(word) > 2
    if following.isdigit():
        return final
    return (final or len(word) > 2) and bool(_DEVANAGARI.match(following))


def _cut(text: str, span: Span) -> list[Span]:
    """Cut a sentence of more than `MAX_SENTENCE_WORDS` words."""
    if len(span) < MAX_SENTENCE_WORDS:
        return [span]
    words = [match.span() for match in regex.finditer(r"\S+", text[span.start : span.end])]
    # A "word" without any space in it is cut too.
    pieces: list[Span] = []
    for at in range(0, len(words), MAX_SENTENCE_WORDS):
        start = span.start + words[at][0]
        end = span.start + words[min(at + MAX_SENTENCE_WORDS, len(words)) - 1][1]
        limit = MAX_SENTENCE_WORDS * 24
        pieces.extend(Span(a, min(a + limit, end)) for a in range(start, end, limit))
    return pieces
