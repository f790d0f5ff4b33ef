"""Words and phrases of a text as senses, and the parts that case markers give them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from claimx.matching.lexicon import lexicon
from claimx.matching.lookup import Sense, class_sense, longest_phrase, sense
from claimx.matching.syntax import syntax

NEAR: Final = 3
"""Words from a phrase's first to what is within it, from a particle to its infinitive."""


def senses(listed: list[str], keys: list[str]) -> Iterator[tuple[Sense, int, int]]:
    """The senses of words and phrases with their positions, half open.

    Args:
        keys: the stem of each word.
    """
    nouns, phrases, between = lexicon().nouns, lexicon().phrases, lexicon().between
    at = 0
    while at < len(listed):
        begun, phrase = phrases.get(keys[at]), None
        if begun is not None and at + 1 < len(keys):
            if keys[at + 1] in begun or not between.isdisjoint(listed[at + 1 : at + NEAR]):
                phrase = _phrase(listed, keys, at)
        if phrase is not None:
            if (particle := phrase[2]) is not None:
                yield sense(listed[particle]), particle, particle + 1
            yield class_sense(phrase[0]), at, phrase[1]
            at = phrase[1]
        else:
            word = listed[at]
            if word in nouns and marker_at(listed, at + 1) and not _is_reflexive(listed, at):
                word = nouns[word]
            yield sense(word), at, at + 1
            at += 1


def _is_reflexive(listed: list[str], at: int) -> bool:
    """अपने आप को."""
    return at > 0 and listed[at - 1] in lexicon().reflexive


def _phrase(listed: list[str], keys: list[str], at: int) -> tuple[str, int, int | None] | None:
    """The longest phrase at a position, its end, and what is within: पीछे नहीं हटे."""
    found = longest_phrase(keys, at)
    for place in range(at + 1, min(at + NEAR, len(listed))):
        if listed[place] in lexicon().between:
            parted = longest_phrase(keys[at:place] + keys[place + 1 : place + NEAR], 0)
            if parted and at + parted[1] > max(place, found[1] if found else 0):
                return parted[0], at + parted[1] + 1, place
            break
    return (*found, None) if found else None


def marker_at(listed: list[str], at: int) -> str:
    """The part that a case marker at a position marks, or ""."""
    if at < len(listed):
        for phrase, part in syntax().markers.get(listed[at], ()):
            if listed[at : at + len(phrase)] == phrase:
                return part
    return ""
