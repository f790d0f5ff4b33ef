"""What single words of a name are known to be: names, titles, places, words of offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from claimx.identity.tables import index, table
from claimx.identity.text import fold, is_devanagari, key

Tokens = tuple[str, ...]
_IN_BOTH_SCRIPTS = {("parts", "fillers"), ("parts", "common")}
_FOREIGN = frozenset({"western", "westasian", "eastasian"})


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One reading of a word as a given name or surname.

    Attributes:
        latin: its Latin form; readings with one Latin form are one name.
        part: ``given`` or ``surname``.
        origin: the section of ``data/names.toml``: ``indian``, ``western`` ...
        main: whether the spelling is the entry's first.
    """

    latin: str
    part: str
    origin: str
    main: bool


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def list_names() -> dict[str, tuple[NameEntry, ...]]:
    """All readings of the words that are known names, by `key`."""
    found: dict[str, dict[NameEntry, None]] = {}
    for part, origins in table("names").items():
        for origin, entries in origins.items():
            for latin, value in entries.items():
                for rank, spelling in enumerate([*_listed(value), latin]):
                    entry = NameEntry(latin, part, origin, rank == 0)
                    found.setdefault(key(spelling), {})[entry] = None
    # Older Hindi writes the o of English names as a long a: राबर्ट, टाम, जार्ज.
    for spelling, entries in list(found.items()):
        if "ॉ" in spelling and all(entry.origin == "western" for entry in entries):
            plain = spelling.replace("ॉ", "ा")
            if plain not in found:
                found[plain] = {replace(entry, main=False): None for entry in entries}
    return {spelling: tuple(entries) for spelling, entries in found.items()}


@cache
def _listed_names() -> dict[str, tuple[NameEntry, ...]]:
    return list_names()


@lru_cache(maxsize=65536)
def _readings(spelling: str) -> tuple[NameEntry, ...]:
    made = index()
    if not made:
        return _listed_names().get(spelling, ())
    found = []
    for row in map(int, made["names"].get(spelling, "").split()):
        latin, part, origin = made["entries"][row >> 1].split("/")
        found.append(NameEntry(latin, part, origin, bool(row & 1)))
    return tuple(found)


def names(word: str) -> tuple[NameEntry, ...]:
    """The names a word in either script is known to be; empty where it is none."""
    return _readings(key(word))


@lru_cache(maxsize=65536)
def name_groups(word: str) -> frozenset[str]:
    """The Latin forms of the names a word may be."""
    return frozenset(entry.latin for entry in names(word))


@lru_cache(maxsize=65536)
def is_south_asian(word: str) -> bool:
    """Whether a word is known as a South Asian name and as no western one."""
    origins = {entry.origin for entry in names(word)}
    return bool(origins - _FOREIGN) and "western" not in origins


@cache
def word_set(name: str, entry: str) -> frozenset[str]:
    """A list of ``data/titles.toml`` as `key` forms."""
    found = {key(word) for word in table("titles")[name][entry]}
    if (name, entry) in _IN_BOTH_SCRIPTS:
        found |= {key(latin) for word in found for latin in name_groups(word)}
    return frozenset(found)


@cache
def particles() -> dict[str, str]:
    """Words inside foreign names that are no names (de, von, bin), and their Latin forms."""
    rows = table("latin")["particles"]
    return {
        fold(spelling): latin
        for latin, spellings in rows.items()
        for spelling in (*spellings, latin)
    }


@dataclass(frozen=True, slots=True)
class Concept:
    """What a word or phrase in the name of an organisation or office stands for.

    Attributes:
        kind: ``head``, ``qualifier``, ``particle``, ``title``, ``country``, ``state``
            or ``city``.
        name: the English form, one for all spellings.
        adjective: whether it is the adjective of a country.
    """

    kind: str
    name: str
    adjective: bool = False


def _phrases(sections: dict[str, Any], kind: str) -> Iterable[tuple[str, Concept]]:
    for name, spellings in sections.items():
        for spelling in spellings:
            yield spelling, Concept(kind, name)


def list_concepts() -> dict[Tokens, Concept]:
    """What the known words and phrases stand for."""
    words, places = table("words"), table("places")
    found: dict[Tokens, Concept] = {}
    rows = [
        *_phrases(table("titles")["titles"], "title"),
        *_phrases(words["qualifiers"], "qualifier"),
        *_phrases(words["heads"], "head"),
        *_phrases(words["particles"], "particle"),
        *_phrases(places["cities"], "city"),
        *_phrases(places["states"], "state"),
        *_phrases(places["countries"], "country"),
    ]
    for name, spellings in places["adjectives"].items():
        rows += [(s, Concept("country", name, adjective=True)) for s in spellings[1:]]
    for spelling, concept in rows:
        if len(spelling) > 1:
            found.setdefault(tuple(fold(spelling).split()), concept)
    return found


@cache
def _concepts() -> dict[Tokens, Concept]:
    made = index()
    if not made:
        return list_concepts()
    rows = (row.split("/") for row in made["concepts"])
    return {tuple(r[0].split()): Concept(r[1], r[2], bool(r[3])) for r in rows}


@cache
def _longest_phrase() -> int:
    return max(len(phrase) for phrase in _concepts())


def _direct_forms(token: str) -> Iterable[str]:
    """The token, and the singulars that it may be a plural of."""
    yield token
    for ending, direct in table("titles")["plural"]["endings"]:
        ending = fold(ending)
        if token.endswith(ending) and len(token) > len(ending) + 1:
            yield token[: -len(ending)] + fold(direct)


def is_plural(phrase: Tokens) -> bool:
    """Whether a known phrase is known by its singular only."""
    return phrase not in _concepts()


def concepts(tokens: Sequence[str]) -> list[tuple[Tokens, Concept | None]]:
    """Cut folded tokens into known phrases, longest first, and single unknown words."""
    known, longest = _concepts(), _longest_phrase()
    out: list[tuple[Tokens, Concept | None]] = []
    i = 0
    while i < len(tokens):
        for size in range(min(longest, len(tokens) - i), 0, -1):
            phrase = tuple(tokens[i : i + size])
            concept = known.get(phrase)
            if concept is None and is_devanagari(phrase[-1]):
                for last in _direct_forms(phrase[-1]):
                    concept = known.get((*phrase[:-1], last))
                    if concept is not None:
                        break
            if concept is not None or size == 1:
                out.append((phrase, concept))
                i += size
                break
    return out
