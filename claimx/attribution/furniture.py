"""Which paragraphs are the page's own: share buttons, teasers of other stories."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import regex

from claimx.records import Span

_DECORATION = regex.compile(r"^[\s*_#>•·\-–—\[\](){}|»«:]+")
# From the end backwards: a line of spaces takes its length, not its square.
_TRAILING = regex.compile(r"(?r)[\s*_:|»\])]+$")


@cache
def _data() -> tuple[tuple[str, ...], frozenset[str]]:
    raw = tomllib.loads(
        resources.files(__package__).joinpath("furniture.toml").read_text("utf-8")
    )
    return tuple(raw["lines"]), frozenset(raw["ends"])


def furniture(text: str, paragraphs: Sequence[Span]) -> frozenset[int]:
    """Indices of the paragraphs that are not the article's."""
    lines, ends = _data()
    found: set[int] = set()
    for index, span in enumerate(paragraphs):
        line = _DECORATION.sub("", text[span.start : span.end])
        if _TRAILING.sub("", line) in ends:
            found.update(range(index, len(paragraphs)))
            break
        if line.startswith(lines):
            found.add(index)
    return frozenset(found)
