"""Latin names: as English-language papers write them, not as scholars transliterate.

Known names come from the lists; other words are spelt from their sounds after the schwas
that Hindi does not pronounce are gone. The deletion is Ohala's rule (Aspects of Hindi
Phonology, 1983: between VC and CV) with the choice between neighbouring schwas made by
sonority.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimx.identity.aliases import Aliases, shipped
from claimx.identity.lexicon import NameEntry, is_plural, names, particles
from claimx.identity.mention import Mention, interpret
from claimx.identity.recognition import recognize
from claimx.identity.sounds import VOWELS, devanagari_sounds
from claimx.identity.tables import table
from claimx.identity.text import clean, fold, is_devanagari, key, letters
from claimx.records import SpeakerType

_CLASSES = {"{V}": "[aAiIuUeEoOQ]", "{C}": "[^aAiIuUeEoOQ]"}
# A description with more unknown words than this is spelt, not translated word by word.
_MOST_UNKNOWN = 2
_LIQUIDS = frozenset("rl")
_NASALS = frozenset("mn")


@cache
def _sonority() -> dict[str, int]:
    rows = table("latin")["sonority"]["classes"]
    return {sound: rank for rank, sounds in enumerate(rows) for sound in sounds}


@cache
def _rules(name: str) -> list[tuple[re.Pattern[str], str]]:
    out = []
    for pattern, replacement in table("latin")["rules"][name]:
        for letter, members in _CLASSES.items():
            pattern = pattern.replace(letter, members)
        out.append((re.compile(pattern), replacement))
    return out


def drop_schwas(spoken: str) -> str:
    """Remove the inherent vowels that are written but not spoken.

    Args:
        spoken: sounds as `devanagari_sounds` gives them, with every inherent ``a``.

    >>> drop_schwas("rAjakumAr"), drop_schwas("harabBajan"), drop_schwas("kamal")
    ('rAjkumAr', 'harbBajan', 'kamal')
    """
    rank = _sonority()
    silent = []
    for i in range(2, len(spoken) - 2):
        if spoken[i] != "a":
            continue
        two, before, after, onset = (spoken[i + step] for step in (-2, -1, 1, 2))
        if before in VOWELS or after in VOWELS:
            continue
        # Chandni, Harshvardhan: a nasal or r before the consonant counts as vowel-like.
        closed = i > 2 and two in _NASALS | {"r"} and after not in "ry" and onset in VOWELS
        # Jayprakash, Ramkrishna: a stop and a liquid begin the next word.
        cluster = (
            onset in _LIQUIDS
            and rank.get(after, 9) == 0
            and bool(VOWELS & {*spoken[i + 3 : i + 4]})
        )
        if (two in VOWELS and (onset in VOWELS or cluster)) or closed:
            silent.append((rank.get(after, 0) - rank.get(before, 0), i))
    gone: set[int] = set()
    for _, i in sorted(silent):
        if not {i - 2, i + 2} & gone:
            gone.add(i)
    return "".join(sound for i, sound in enumerate(spoken) if i not in gone)


@lru_cache(maxsize=65536)
def transliterate(word: str, *, foreign: bool = False) -> str:
    """One Devanagari word in Latin letters, by rule alone.

    Args:
        word: a word; what is not Devanagari comes back as it is.
        foreign: whether the word is from outside South Asia.
    """
    if not is_devanagari(word):
        return word
    spoken = devanagari_sounds(word)
    for pattern, replacement in _rules("sounds"):
        spoken = pattern.sub(replacement, spoken)
    spoken = drop_schwas(spoken)
    if foreign:
        for pattern, replacement in _rules("foreign"):
            spoken = pattern.sub(replacement, spoken)
    tables = table("latin")
    spelt = {**tables["consonants"], **tables["vowels"]}
    if foreign:
        spelt |= tables["foreign_vowels"]
    out = "".join(spelt.get(sound, sound) for sound in spoken)
    for pattern, replacement in _rules("spelling"):
        out = pattern.sub(replacement, out)
    return out[:1].upper() + out[1:]


def _listed(word: str, last: bool) -> NameEntry | None:
    """The entry whose Latin form fits the place of a word in the name."""
    part = "surname" if last else "given"
    found = names(word)
    return max(found, key=lambda e: (e.main, e.part == part), default=None)


def _person(mention: Mention) -> str:
    if not mention.units:
        spelt = [letters(fold(w)) or w for w in mention.text.replace(".", " ").split()]
        return " ".join(_word(w, last=True, foreign=False) for w in spelt)
    words = [u for u in mention.units if not u.initial]
    known = [names(u.word) for u in words]
    signs = table("latin")["foreign_signs"]["clusters"]
    foreign = any(entries and all(e.origin == "western" for e in entries) for entries in known)
    if not any(known):
        foreign = any(sign in u.word for u in words for sign in signs)
    out: list[str] = []
    for i, unit in enumerate(mention.units):
        inside = 0 < i < len(mention.units) - 1
        if unit.initial:
            out.append(unit.word + ".")
        elif inside and fold(unit.word) in particles():
            out.append(particles()[fold(unit.word)])
        else:
            out.append(_word(unit.word, i == len(mention.units) - 1, foreign))
    return _hyphenated(mention.text, out)


def _word(word: str, last: bool, foreign: bool) -> str:
    if not is_devanagari(word):
        return word
    entry = _listed(word, last)
    if entry is not None:
        return entry.latin
    spelt = letters(fold(word))
    if len(spelt) > 1:
        return spelt
    return transliterate(word, foreign=foreign)


def _hyphenated(text: str, words: list[str]) -> str:
    """Join the words with the hyphens that the text has between them."""
    marks = re.findall(r"[-\s]+", text)
    if len(marks) != len(words) - 1:
        return " ".join(words)
    out = words[0]
    for mark, word in zip(marks, words[1:], strict=True):
        out += ("-" if "-" in mark else " ") + word
    return out


def _body(mention: Mention, aliases: Aliases) -> str:
    """An organisation or office, word by word: Russian Foreign Ministry."""
    adjectives = table("places")["adjectives"]
    out: list[str] = []
    for i, (tokens, concept) in enumerate(mention.parts):
        if concept is None:
            spelling = " ".join(tokens)
            name = aliases.spelled.get(key(spelling))
            out.append(aliases.entities[name].latin if name else _word(spelling, False, False))
        elif concept.kind == "country":
            after = mention.parts[i + 1][1] if i + 1 < len(mention.parts) else None
            genitive = after is not None and after.name == "of"
            forms = adjectives.get(concept.name)
            out.append(forms[0] if forms and (concept.adjective or genitive) else concept.name)
        elif concept.name == "and":
            out.append("and")
        elif concept.kind != "particle":
            plural = concept.kind in ("title", "head") and is_plural(tokens)
            out.append(_plural(concept.name) if plural else concept.name)
    return " ".join(out)


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun[-2:] in ("cy", "ry", "ty", "ny") else noun + "s"


def latin_name(
    name: str, *, type: SpeakerType = "unknown", aliases: Aliases | None = None
) -> str:
    """A name as an English-language reader would write it.

    Args:
        name: a name in Devanagari; one in Latin letters comes back cleaned.
        type: the speaker's type, where known.
        aliases: decisions in force; the shipped ones by default.

    >>> latin_name("दिमित्री पेसकोव"), latin_name("दिल्ली पुलिस"), latin_name("एबीसीडी")
    ('Dmitry Peskov', 'Delhi Police', 'ABCD')
    """
    in_force = aliases if aliases is not None else shipped()
    mention = interpret(name, type)
    entity = recognize(name, mention, in_force) or in_force.find_short(name, mention)
    if entity is not None and entity.latin:
        return entity.latin
    if not is_devanagari(name):
        return clean(mention.text)
    listed = re.split(r"\s*,\s*|\s+(?:और|एवं|तथा)\s+", mention.text)
    if mention.kind == "office" and len(listed) > 1 and all(listed):
        each = [latin_name(one, aliases=in_force) for one in listed]
        return ", ".join(each[:-1]) + " and " + each[-1]
    if mention.kind == "person" or sum(c is None for _, c in mention.parts) > _MOST_UNKNOWN:
        return _person(mention)
    return _body(mention, in_force)
