"""What the store hands out besides claims, and how text goes in and out."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from claimx.records import Article, Claim, SpeakerType


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """A canonical speaker: name (in Devanagari), name in Latin letters, type."""

    name: str
    latin: str | None
    type: SpeakerType


@dataclass(frozen=True, slots=True)
class Match:
    """A speaker that a name leads to; ``exact`` where a stored spelling is that name."""

    speaker: StoredSpeaker
    exact: bool
    key: int


@dataclass(frozen=True, slots=True)
class SpeakerSummary:
    """A speaker with what the stored articles call them, the most frequent first.

    Attributes:
        spellings, roles, sources: with the number of claims of each.
        first, last: ISO dates of the earliest and the latest claim that has one.
    """

    name: str
    latin: str | None
    type: SpeakerType
    claims: int
    articles: int
    spellings: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None


class NamedClaim(NamedTuple):
    """A claim, and what its article calls the speaker, before identity."""

    claim: Claim
    name: str | None
    type: SpeakerType


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article in the store; ``location`` tells two places apart, ``path`` is for show."""

    id: str
    location: str
    path: str
    source: str
    title: str | None
    published: str | None
    version: str
    claims: int


class NameIndex(Protocol):
    """How names are filed and found; `claimx.identity.lookup` is one."""

    def lookup_keys(self, *names: str) -> Collection[str]:
        """All keys to file a speaker of these names under."""

    def query_keys(self, query: str) -> Sequence[Collection[str]]:
        """For each word of a query the keys of which a speaker must have one."""

    def match_score(self, query: str, names: Sequence[str]) -> float:
        """How well a query names a speaker of these names: 1 wholly, 0 not at all."""

    def suggest(self, query: str, names: Iterable[str], limit: int) -> list[str]:
        """The names nearest to a query."""


def location(article: Article | str) -> str:
    """What tells an article's place from all others, from any working directory.

    An absolute path or a URL; standard input has no place but its text. Always valid
    Unicode: bytes of a file name that are not UTF-8 are written as ``\\udcXX``.
    """
    path = article if isinstance(article, str) else article.path
    if path == "-" and isinstance(article, Article):
        return f"-:{article.id}"
    if path != "-" and "://" not in path:
        path = os.path.abspath(path)
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def bind(value: Any) -> Any:
    """A value SQLite takes: text with lone surrogates (odd file names) goes as bytes."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def text(value: Any) -> Any:
    """The inverse of `bind`."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value
