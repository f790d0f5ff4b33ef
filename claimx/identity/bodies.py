"""Bodies: organisations and offices by what their names say, acronyms by their letters."""

from __future__ import annotations

from claimx.identity.lexicon import Concept
from claimx.identity.match import DIFFERENT, Match, initials, word_score
from claimx.identity.mention import Mention
from claimx.identity.sounds import sounds
from claimx.identity.text import is_devanagari, key, letters


def _sayings(mention: Mention) -> tuple[list[Concept], list[str]]:
    """The known phrases of an organisation's name, and its other words."""
    return list(mention.sayings), list(mention.rest)


def compare_bodies(one: Mention, other: Mention) -> Match:
    """Two organisations, or two offices, by what their names say."""
    if one.key == other.key:
        return Match("same", 1.0, "one spelling")
    (a, a_rest), (b, b_rest) = _sayings(one), _sayings(other)
    said = [sorted((c.kind, c.name) for c in row) for row in (a, b)]
    rest = _same_words(a_rest, b_rest)
    if said[0] == said[1] and rest:
        return Match("same", 0.9 if a_rest else 0.95, "the same words")
    if qualifies(one, other) or qualifies(other, one):
        return Match("doubtful", 0.5, "one says which, the other does not")
    return DIFFERENT


def qualifies(full: Mention, general: Mention) -> bool:
    """Whether a body's name is another's and a place that says which one it is."""
    if full.kind != general.kind or full.kind == "person":
        return False
    (a, a_rest), (b, b_rest) = _sayings(full), _sayings(general)
    large, small = ({(c.kind, c.name) for c in row} for row in (a, b))
    return small < large and large - small <= _places(large) and _same_words(a_rest, b_rest)


def _places(said: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {item for item in said if item[0] in ("country", "state", "city")}


def _same_words(a: list[str], b: list[str]) -> bool:
    if key("".join(a)) == key("".join(b)):
        return True
    if len(a) != len(b):
        return False
    return all(word_score(x, y, True) > 0.5 for x, y in zip(a, b, strict=True))


def acronym(mention: Mention) -> str:
    """The Latin letters of a name that is nothing but letters: एनएचसी is NHC."""
    text = mention.key
    if is_devanagari(text):
        spelt = letters(text)
    else:
        plain = mention.text.replace(".", "").replace(" ", "")
        spelt = plain if plain.isupper() and plain.isalpha() else ""
    return spelt if len(spelt) > 2 else ""


def expansions(mention: Mention) -> frozenset[str]:
    """The acronyms that an organisation's full name may have: NHC, also from सेंटर."""
    found = {""}
    for tokens, concept in mention.parts:
        if concept is not None and concept.kind == "particle":
            continue
        words = concept.name.split() if concept else list(tokens)
        options = set()
        for word in words[:1] if concept else words:
            heard = word[0].upper() if word.isascii() else initials().get(sounds(word)[:1], "")
            options |= set(heard)
        extra = "".join(w[0].upper() for w in words) if concept else ""
        found = {f + o for f in found for o in options} | {f + extra for f in found if extra}
        if len(found) > 64:
            return frozenset()
    return frozenset(f for f in found if len(f) > 2)
