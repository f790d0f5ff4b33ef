"""Words that limit a number: लगभग, कम से कम, से अधिक, तक."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from claimx.facts.lexicon import Phrases, data, words
from claimx.facts.tokens import Tokens
from claimx.records import Bound

_BOUNDS: tuple[Bound, ...] = ("about", "at_least", "at_most")


@cache
def _before() -> Phrases[Bound]:
    raw = data("context")["before"]
    return Phrases((phrase, bound) for bound in _BOUNDS for phrase in raw[bound])


@cache
def _after() -> Phrases[Bound]:
    return Phrases(_after_entries())


def _after_entries() -> Iterator[tuple[str, Bound]]:
    raw = data("context")["after"]
    for bound in _BOUNDS:
        for phrase in raw[bound]:
            yield phrase, bound
            head, _, tail = phrase.partition(" ")
            if head == "से" and tail:
                for adverb in raw["adverbs"]:
                    yield f"{head} {adverb} {tail}", bound


@cache
def _reaching() -> frozenset[str]:
    return words(data("context")["after"]["reaching"])


def starts_bound(key: str) -> bool:
    """Can a bound before a number start with this folded word?"""
    return _before().starts(key)


def bound_before(tokens: Tokens, at: int) -> tuple[Bound, int]:
    """The bound that starts at a token and where the number may start after it.

    Of several (कम से कम लगभग) the strictest counts: about gives way to the others.
    """
    bound: Bound = "exact"
    for _ in range(2):
        found = _before().longest(tokens, at)
        if found is None:
            break
        bound = found[0] if bound in ("exact", "about") else bound
        at = found[1]
    return bound, at


def bound_after(tokens: Tokens, at: int, *, duration: bool = False) -> tuple[Bound, int]:
    """The bound at a token, after a number or its unit, and the token after it.

    "तीन दिन तक" lasts three days and "50 तक पहुंचा" is fifty: no bound there.
    """
    found = _after().longest(tokens, at)
    if found is None:
        return "exact", at
    bound, end = found
    if end == at + 1 and tokens.key(at) == "तक":
        if duration:
            return "exact", at
        if tokens.key(end) in _reaching():
            return "exact", at
    return bound, end


def strictest(first: Bound, second: Bound) -> Bound:
    """One bound of two on the same number: लगभग 50 से अधिक is at least fifty."""
    if second == "exact":
        return first
    if first in ("at_least", "at_most") and second == "about":
        return first
    return second
