"""Clean text for the models, with a way back to the article's own offsets."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import regex

from claimx.records import Span

# Format characters (zero-width joiners, soft hyphens, bidi controls): never seen by the models.
_INVISIBLE = regex.compile(r"[\p{Cf}\u034F\uFE00-\uFE0F]")
# A base character with its combining marks: the unit inside which NFC may reorder.
_CLUSTER = regex.compile(r"\P{M}[\p{M}\p{Cf}]*|[\p{M}\p{Cf}]+")
# Spaces other than the plain one, and control characters, line feed aside.
_SPACE = regex.compile(r"[^\S\n ]|[\p{Cc}--\n]", regex.V1)
# Longest cluster that is remembered: an article may pile up any number of marks.
_MAX_KNOWN = 8
_DANDA = {"|": "।", "॥": "।", "।": "।", "¦": "।", "｜": "।"}


@dataclass(frozen=True, slots=True)
class CleanText:
    """Normalised text and, for each of its characters, where it came from.

    Attributes:
        text: NFC, no invisible characters, one kind of space and danda.
        starts, ends: for every code point of ``text``, the span of the
            original that it stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """The original span of a non-empty clean span.

        Raises:
            ValueError: if the span is empty.
        """
        if start >= end:
            raise ValueError(f"empty span {start}:{end}")
        return Span(self.starts[start], self.ends[end - 1])

    def position(self, offset: int) -> int:
        """The first clean character that starts at or after an original offset."""
        return bisect_left(self.starts, offset)


def clean(text: str, start: int = 0) -> CleanText:
    """Normalise ``text[start:]`` and remember the offsets.

    Canonical composition (Unicode Standard Annex 15) works cluster by cluster, so
    that an offset is never off by more than the marks of one letter.
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text, start):
        at, stop = match.span()
        cluster = match.group()
        plain = _known(cluster) if stop - at <= _MAX_KNOWN else _normalize(cluster)
        out.append(plain)
        if not plain:
            # Keep a swallowed joiner inside the word it stood in.
            if ends:
                ends[-1] = stop
        elif len(plain) == stop - at:
            starts.extend(range(at, stop))
            ends.extend(range(at + 1, stop + 1))
        else:
            starts.extend([at] * len(plain))
            ends.extend([stop] * len(plain))
    return CleanText("".join(out), tuple(starts), tuple(ends))


def _normalize(cluster: str) -> str:
    """What stands for a cluster in clean text, or nothing."""
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", cluster))
    return _SPACE.sub(" ", _DANDA.get(plain, plain))


_known = lru_cache(maxsize=10_000)(_normalize)
