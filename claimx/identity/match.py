"""How alike two words are, and what comes of a comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from claimx.identity.lexicon import name_groups
from claimx.identity.mention import Unit
from claimx.identity.sounds import distance, sounds
from claimx.identity.tables import table
from claimx.identity.text import is_devanagari, key

Verdict = Literal["same", "doubtful", "different"]

# What the place of a word in the name says of it: families do not vary a surname by a
# vowel as parents do a given name, least of all beside one and the same given name.
Place = Literal["given", "surname", "surname beside an equal given name"]
# What two spellings of one word may cost: factor and offset by the number of sounds of
# the longer one, and the most; first in foreign names, then in Indian ones. Set on
# data/names.toml with its entries hidden from the comparison, to variants found among
# the spellings of one entry against errors among the entries of one sound key.
# Foreign names: 148 of 188, 24 errors in 561 pairs; Indian given names: 62 of 108 and
# 12 in 721; Indian surnames: 74 of 99 and 6 in 305, loosest 81 and 9 (in the list as it
# was then). A looser last row merged Parker and Barker, Martin and Martino.
_ALLOWED: dict[Place, tuple[tuple[float, float, float], tuple[float, float, float]]] = {
    "given": ((0.11, -0.10, 0.80), (0.08, -0.10, 0.50)),
    "surname": ((0.11, -0.10, 0.80), (0.10, -0.10, 0.60)),
    "surname beside an equal given name": ((0.13, -0.10, 0.95), (0.12, -0.10, 0.70)),
}
# Beyond this multiple of the allowance two words are not even nearly alike.
_NEARLY = 2.2


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of a comparison.

    Attributes:
        verdict: ``same``, ``doubtful`` (apart, but a person should look) or ``different``.
        score: 0 to 1, for ranking among equal verdicts.
        reason: why, in a few words.
    """

    verdict: Verdict
    score: float
    reason: str


DIFFERENT = Match("different", 0.0, "other names")


@lru_cache(maxsize=262144)
def word_score(one: str, other: str, strict: bool, place: Place = "given") -> float:
    """How surely two words are one name: 1 equal, above 0.5 yes, 0.25 to 0.5 nearly.

    Args:
        one: a word in either script.
        other: another.
        strict: whether the names around them are Indian.
        place: what the two words are in their names.
    """
    if key(one) == key(other):
        return 1.0
    groups = name_groups(one), name_groups(other)
    if groups[0] & groups[1]:
        return 0.95
    if groups[0] and groups[1]:
        return 0.0
    mixed = is_devanagari(one) != is_devanagari(other)
    a, b = sounds(one), sounds(other)
    cost = min(
        distance(x, y, strict=strict and not mixed)
        for x in _readings(one, a)
        for y in _readings(other, b)
    )
    factor, offset, most = _ALLOWED[place][strict and not mixed]
    allowed = max(0.0, min(most, factor * max(len(a), len(b)) + offset))
    if cost <= allowed:
        return 0.9 - 0.3 * (cost / allowed if allowed else 0.0)
    if cost <= allowed * _NEARLY:
        return 0.5 - 0.25 * (cost - allowed) / (allowed * (_NEARLY - 1) or 1.0)
    return 0.0


def _readings(word: str, spoken: str) -> tuple[str, ...]:
    """The sounds of a word, and those of the Devanagari form of a known Latin one."""
    if is_devanagari(word):
        return (spoken,)
    found = [spoken]
    for reading in table("sounds")["readings"]["rules"]:
        found += [re.sub(reading[0], reading[1], heard) for heard in found]
        found = list(dict.fromkeys(found))
    return tuple(found)


@cache
def initials() -> dict[str, str]:
    """For a first sound the Latin letters that a name may begin with."""
    return {sound: "".join(ls) for sound, ls in table("latin")["initials"].items()}


def initial_fits(letter: str, word: str) -> bool:
    """Whether a name may be abbreviated to a Latin letter."""
    spoken = sounds(word)
    heard = initials().get(spoken[:1], "")
    return letter in heard or letter.lower() in {g[0].lower() for g in name_groups(word)}


def unit_score(one: Unit, other: Unit, strict: bool, place: Place = "given") -> float:
    """`word_score` for parts of a name, either of which may be an initial."""
    if one.initial and other.initial:
        return 0.95 if one.word == other.word else 0.0
    if one.initial:
        return 0.6 if initial_fits(one.word, other.word) else 0.0
    if other.initial:
        return 0.6 if initial_fits(other.word, one.word) else 0.0
    return word_score(one.word, other.word, strict, place)
