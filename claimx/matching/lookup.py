"""Look words and phrases up in the matcher's tables: their classes, signs and weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from claimx.matching.lexicon import Lexicon, lexicon
from claimx.matching.stems import stem

# Names rarer than this in the background are taken for names wherever they occur; the
# others (आशा, विजय, पूजा) are words first.
_NAME_DOCUMENTS = 250
# Words in fewer sentences of it tell one story from another.
_TELLING = 38.0
# What a stem that the background does not list is taken for: as rare as its rarest.
_UNSEEN = 16.0


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word or phrase stands for.

    Attributes:
        key: the name of its class, or its stem.
        count: sentences of the background sample that have it; 0 for a word without content.
        name: it names a place, an organisation or a person.
        sign: -1 or 1 for either side of a contrary pair, else 0.
        reverses: it turns round what it is said of.
        report: a word for a report, which adds nothing beside a reverser.
        time: a day or month.
    """

    key: str
    count: float
    name: bool = False
    sign: int = 0
    reverses: bool = False
    report: bool = False
    time: bool = False


@lru_cache(maxsize=65536)
def sense(word: str) -> Sense:
    """What a folded word stands for by itself."""
    lex = lexicon()
    if word in lex.times:
        return Sense(lex.times[word], _count(lex, lex.times[word]), time=True)
    key = lex.exact.get(word)
    if word in lex.stop and (key is None or key.startswith("@")):
        return Sense(word, 0.0)
    root = stem(word)
    key = key or _singular(lex, word) or lex.stems.get(root)
    rare = lex.frequency.get(root, 0.0) < _NAME_DOCUMENTS
    if key is None and rare and f"@{word}" in lex.names:
        key = f"@{word}"
    if key is not None:
        return class_sense(key)
    return _sense(lex, root, rare and word in lex.given)


def _singular(lex: Lexicon, word: str) -> str | None:
    """What the noun stands for of which a word is the plural or oblique; no name.

    None where its stem tells as much: छापों may be of छाप, but is of छापा.
    """
    for ending, nouns in lex.plurals:
        if word.endswith(ending):
            bare = word[: -len(ending)]
            long = lex.exact.get(f"{bare}ा")
            if f"{bare}े" in lex.nouns_in_ne:
                return long  # महीनों
            if long is not None and long == lex.stems.get(stem(word)):
                return None
            found = (lex.exact.get(bare + noun) for noun in nouns)
            return next((key for key in found if key is not None and key[0] != "@"), None)
    return None


@lru_cache(maxsize=16384)
def class_sense(key: str) -> Sense:
    """What a class stands for."""
    return _sense(lexicon(), key, key.startswith("@"))


def _sense(lex: Lexicon, key: str, name: bool) -> Sense:
    reverses = key in lex.reversers
    plain = lex.complements.get(key, key)
    pair, sign = lex.contrary.get(plain, (plain, 0))
    return Sense(pair, _count(lex, pair), name, sign, reverses, plain in lex.reports)


def _count(lex: Lexicon, key: str) -> float:
    if key in lex.empty:
        return 0.0
    count = lex.frequency.get(key) or lex.frequency.get(stem(key.lstrip("@")), 0.0)
    return max(count, _UNSEEN)


def is_adjective(word: str) -> bool:
    """Is a folded word an adjective by its ending (वैश्विक), or of a country (रूसी)?"""
    lex = lexicon()
    if word in lex.demonyms:
        return True
    return word.endswith(lex.adjectival) and word not in lex.nouns_like_adjectives


def is_telling(key: str) -> bool:
    """Is it a name, or a word as rare as one?"""
    return key[0] == "@" or (" " not in key and class_sense(key).count < _TELLING)


def is_strange(key: str) -> bool:
    """Is a stem in none of the tables?"""
    lex = lexicon()
    return not (key in lex.frequency or key in lex.stems or key in lex.exact)


def longest_phrase(keys: list[str], at: int) -> tuple[str, int] | None:
    """The class of the longest phrase of stems at a position, and the position after it."""
    return _longest(lexicon().phrases, keys, at)


def form_class(form: str) -> str:
    """The class of a stem or a phrase of stems, contrary pairs not taken together."""
    keys = form.split()
    found = longest_phrase(keys, 0) if len(keys) > 1 else None
    return found[0] if found else lexicon().stems.get(form, form)


def idle_phrase(listed: list[str], at: int) -> int | None:
    """The position after a phrase whose negative word negates nothing, or None."""
    found = _longest(lexicon().idle, listed, at)
    return found[1] if found else None


def phrases_at(trie: dict[str, Any], keys: list[str], at: int) -> Iterator[tuple[Any, int]]:
    """What a trie has for each phrase of stems at a position, and the position after it."""
    node: dict[str, Any] | None = trie
    while node is not None and at < len(keys):
        node = node.get(keys[at])
        at += 1
        if node is not None and "" in node:
            yield node[""], at


def _longest(trie: dict[str, Any], keys: list[str], at: int) -> tuple[str, int] | None:
    node: dict[str, Any] | None = trie
    found: tuple[str, int] | None = None
    while node is not None and at < len(keys):
        node = node.get(keys[at])
        at += 1
        if node is not None and "" in node:
            found = (node[""], at)
    return found
