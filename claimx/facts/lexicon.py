"""The data files of this package, read once, and look-ups in them by token."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

from claimx.facts.tokens import Tokens, fold
from claimx.months import month_names

T = TypeVar("T")

# Plural and oblique endings with what the direct singular ends in instead, longest first.
_ENDINGS = (
    ("ियों", ("ी", "ि")),
    ("ियां", ("ी", "ि")),
    ("ुओं", ("ू", "ु")),
    ("ाओं", ("ा",)),
    ("ाएं", ("ा",)),
    ("यों", ("या", "य")),
    ("यां", ("या",)),
    ("ओं", ("",)),
    ("एं", ("",)),
    ("ों", ("", "ा")),
    ("ें", ("",)),
    ("ो", ("", "ा")),
    ("े", ("ा",)),
    ("ी", ("ा",)),
)


@cache
def data(name: str) -> dict[str, Any]:
    """One data file of the package, parsed.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    raw = resources.files("claimx.facts").joinpath(f"{name}.toml").read_text("utf-8")
    parsed = tomllib.loads(raw)
    return parsed | {"months": month_names()} if name == "dates" else parsed


def words(entries: Iterable[str]) -> frozenset[str]:
    """Single words, folded."""
    return frozenset(fold(entry) for entry in entries)


@lru_cache(maxsize=8192)
def singulars(key: str) -> tuple[str, ...]:
    """A folded noun itself, then what its direct singular may be."""
    found = [key]
    for ending, replacements in _ENDINGS:
        if len(key) > len(ending) + 1 and key.endswith(ending):
            found += [key[: -len(ending)] + new for new in replacements]
    return tuple(dict.fromkeys(found))


class Phrases(Generic[T]):
    """A trie over tokens: the longest phrase at a position, in time bounded by its depth."""

    def __init__(self, entries: Iterable[tuple[str, T]], *, inflect: bool = False) -> None:
        """Build the trie; the first of two equal phrases wins.

        Args:
            entries: phrases in any spelling with what they stand for.
            inflect: also accept plural and oblique forms of each word.
        """
        self._inflect = inflect
        self._root: dict[str, Any] = {}
        for phrase, value in entries:
            for keys in _variants(phrase):
                node = self._root
                for key in keys:
                    node = node.setdefault(key, {})
                node.setdefault("", value)

    def starts(self, key: str) -> bool:
        """May a phrase start with this folded word?"""
        return self._step(self._root, key) is not None

    def longest(self, tokens: Tokens, at: int) -> tuple[T, int] | None:
        """The value of the longest phrase that starts at a token, and the token after it."""
        node: dict[str, Any] = self._root
        found: tuple[T, int] | None = None
        while True:
            after = self._step(node, tokens.key(at))
            if after is None:
                return found
            node, at = after, at + 1
            if "" in node:
                found = (node[""], at)

    def _step(self, node: dict[str, Any], key: str) -> dict[str, Any] | None:
        if not key:
            return None
        child: dict[str, Any] | None = node.get(key)
        if child is None and self._inflect:
            for singular in singulars(key)[1:]:
                child = node.get(singular)
                if child is not None:
                    break
        return child


def _variants(phrase: str) -> Iterator[list[str]]:
    """The tokens of a phrase; a final full stop may be missing (कि.मी / कि.मी.)."""
    keys = [token.key for token in Tokens(phrase).items]
    yield keys
    if len(keys) > 2 and keys[-1] == ".":
        yield keys[:-1]
