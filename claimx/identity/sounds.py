"""Sounds: how far apart two names are heard, and the keys under which they are filed.

Distance is a weighted edit distance over sounds, after Kondrak, "Phonetic alignment and
similarity" (2003), with the costs of ``data/sounds.toml``; keys are consonant classes as
in Soundex and its Indic descendants, with Devanagari and Latin mapped to one alphabet.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product

from claimx.identity.tables import table
from claimx.identity.text import ANUSVARA, NUKTA, VIRAMA, fold, is_devanagari

VOWELS = frozenset("aAiIuUeEoOQ")
_LABIAL = frozenset("pfbBm")
_RISING = tuple("यरलवमनण")
# A final vowel tells names apart (Maria, Mario): a change of it counts this many times.
_FINAL_VOWEL = 2.5
_SYLLABLE = 0.4
_WEAK = frozenset({"aA", "Aa"})
_ASPIRATED = {"kK", "gG", "cC", "jJ", "tŧ", "dđ", "ṭṬ", "ḍḌ", "bB"}
# Latin spelling is ambiguous; of a word's readings at most this many are followed.
_MOST_VARIANTS = 24


@cache
def _devanagari() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    tables = table("sounds")["devanagari"]
    return tables["consonants"], tables["dotted"], tables["vowels"]


@lru_cache(maxsize=65536)
def devanagari_sounds(word: str) -> str:
    """The sounds of one Devanagari word, vowel length kept, final schwa dropped."""
    consonants, dotted, vowels = _devanagari()
    word = (
        fold(word, dots=True).replace(" ", "").replace("ज" + VIRAMA + "ञ", "ग" + VIRAMA + "य")
    )
    out: list[str] = []
    inherent = False
    size = len(word)
    # A final schwa is heard after a cluster that rises to r, y, v ...: Mishra, Chandra.
    rising = word[-1:] == "य" or (word[-1:] in _RISING and word[-3:-2] not in _RISING)
    if size > 2 and word[-2] == VIRAMA and rising:
        word += "अ"
        size += 1
    for i, char in enumerate(word):
        if char in consonants:
            if inherent:
                out.append("a")
            after = word[i + 1] if i + 1 < size else ""
            sound = dotted.get(char, consonants[char]) if after == NUKTA else consonants[char]
            out.append(sound)
            inherent = True
        elif char in vowels:
            if inherent and "\u0904" <= char <= "\u0914" and (char != "अ" or i < size - 1):
                out.append("a")
            out.append(vowels[char])
            inherent = False
        elif char == VIRAMA:
            inherent = False
        elif char == ANUSVARA:
            if inherent:
                out.append("a")
            inherent = False
            after = consonants.get(word[i + 1], "") if i + 1 < size else ""
            out.append("ñ" if not after else "m" if after in _LABIAL else "n")
        elif char != NUKTA and char.isalnum():
            out.append(char)
            inherent = False
    return "".join(out)


@cache
def _graphemes() -> tuple[dict[str, list[str]], re.Pattern[str]]:
    readings: dict[str, list[str]] = table("sounds")["latin"]
    longest = sorted(readings, key=len, reverse=True)
    return readings, re.compile("|".join(longest) + "|.")


@lru_cache(maxsize=65536)
def latin_readings(word: str) -> tuple[tuple[str, ...], ...]:
    """For each letter group of a Latin word, the sounds it may stand for."""
    readings, pattern = _graphemes()
    word = re.sub(r"(?<=[aeiou])y(?=[^aeiouy])", "i", fold(word).replace(" ", ""))
    word = re.sub(r"([a-z])\1+", lambda m: m[0][:2] if m[1] in "aeof" else m[1], word)
    out: list[tuple[str, ...]] = []
    for match in pattern.finditer(word):
        group, after = match[0], word[match.end() : match.end() + 1]
        options = tuple(readings.get(group, [group]))
        if group == "c" and after and after in "eiy":
            options = options[::-1]
        elif group == "a" and not after and len(out) > 1:
            # A final a is heard (Khanna is not Khan), but in long names it may be a schwa.
            options = ("A", "a") if len(word) > 5 else ("A",)
        elif group == "y" and (not after or after not in "aeiou"):
            options = ("i",)
        elif group == "n" and after and after in "pbm":
            options = ("m", "n")
        out.append(options)
    return tuple(out)


@cache
def _rewrites() -> list[tuple[re.Pattern[str], str]]:
    rules = table("sounds")["rewrites"]["rules"]
    return [(re.compile(pattern), replacement) for pattern, replacement in rules]


def _smooth(sounds: str) -> str:
    """Fold length, double consonants and glides out of a string of sounds."""
    sounds = sounds.replace("I", "i").replace("U", "u")
    for pattern, replacement in _rewrites():
        sounds = pattern.sub(replacement, sounds)
    out: list[str] = []
    for sound in sounds:
        last = out[-1] if out else ""
        if last == sound and sound not in VOWELS:
            continue
        if last + sound in _ASPIRATED:
            out[-1] = sound
            continue
        # A glide before its own vowel, or after i, is not heard: -ayi, -iya.
        before = out[-2] if len(out) > 1 else ""
        silent = (sound in "ie" and before in VOWELS) or (sound in VOWELS and before == "i")
        if last == "y" and before and silent:
            out[-1] = sound
            continue
        out.append(sound)
    return "".join(out)


@lru_cache(maxsize=65536)
def sounds(word: str) -> str:
    """The sounds of one word in either script, as distances compare them."""
    if is_devanagari(word):
        return _smooth(devanagari_sounds(word))
    return _smooth("".join(options[0] for options in latin_readings(word)))


@cache
def _costs(strict: bool) -> tuple[dict[tuple[str, str], float], dict[str, tuple[float, float]]]:
    column = 1 if strict else 0
    costs = table("sounds")["costs"]
    change: dict[tuple[str, str], float] = {}
    for one, other, *price in costs["pairs"]:
        change[one, other] = change[other, one] = price[column]
    loss = {row[0]: (row[1 + column], row[3 + column]) for row in costs["loss"]}
    return change, loss


@lru_cache(maxsize=262144)
def distance(one: str, other: str, *, strict: bool) -> float:
    """What it costs to hear one string of sounds for the other.

    Args:
        one: sounds as `sounds` gives them.
        other: the same.
        strict: Indian names, where a vowel tells one name from another.
    """
    if one == other:
        return 0.0
    change, _ = _costs(strict)
    lost, gained = _losses(one, strict), _losses(other, strict)
    ends = len(one) - 1, len(other) - 1
    row = [0.0]
    for cost in gained:
        row.append(row[-1] + cost)
    for i, a in enumerate(one):
        new = [row[0] + lost[i]]
        for j, b in enumerate(other):
            price = 0.0 if a == b else change.get((a, b), 1.0)
            if price and i == ends[0] and j == ends[1] and a in VOWELS and a + b not in _WEAK:
                price *= _FINAL_VOWEL
            new.append(min(row[j] + price, row[j + 1] + lost[i], new[j] + gained[j]))
        row = new
    return row[-1]


@lru_cache(maxsize=65536)
def _losses(word: str, strict: bool) -> tuple[float, ...]:
    """What it costs to leave out each sound of a word."""
    _, loss = _costs(strict)
    out = []
    for i, sound in enumerate(word):
        inside, final = loss.get(sound, (1.0, 1.0))
        if i == 0 and len(word) > 1:
            out.append(1.0)
        elif i == len(word) - 1:
            out.append(final)
        elif sound == "a" and (word[i - 1] in VOWELS or word[i + 1] in VOWELS):
            # A schwa beside another vowel is a syllable, not a matter of the virama.
            out.append(_SYLLABLE)
        else:
            out.append(inside)
    return tuple(out)


@cache
def _classes() -> dict[str, str]:
    return {s: k for k, members in table("sounds")["classes"].items() for s in members}


def _key(word: str) -> str:
    classes = _classes()
    out: list[str] = []
    for i, sound in enumerate(word):
        if i == 0 and (sound in VOWELS or sound in "yh"):
            out.append("A" if sound in VOWELS else sound.upper())
        elif sound in classes and (not out or out[-1] != classes[sound]):
            out.append(classes[sound])
        elif sound.isdigit():
            out.append(sound)
    return "".join(out)


@lru_cache(maxsize=65536)
def sound_variants(word: str) -> tuple[str, ...]:
    """All sounds that one word in either script may stand for, the likeliest first."""
    if is_devanagari(word):
        spoken = sounds(word)
        found = {spoken: None}
        # A final nasal vowel is written with or without n in Latin (Macron), a final v
        # after a vowel as v, w, o or not at all (Rao, Deo), the flap as r or d.
        if spoken.endswith("ñ"):
            found[spoken[:-1]] = None
        if len(spoken) > 2 and spoken.endswith("v") and spoken[-2] in VOWELS:
            found[spoken[:-1]] = None
            found[spoken[:-1] + "o"] = None
        for variant in tuple(found):
            found[variant.replace("ṛ", "ḍ").replace("Ṛ", "Ḍ")] = None
        return tuple(found)
    spelt = product(*latin_readings(word))
    return tuple(dict.fromkeys(_smooth("".join(s)) for s in islice(spelt, _MOST_VARIANTS)))


@lru_cache(maxsize=65536)
def sound_keys(word: str) -> frozenset[str]:
    """The consonant-class keys of one word in either script.

    Two usual spellings of a name share at least one: पेसकोव, पेस्कोव, Peskov, Peskow.
    """
    return frozenset(_key(variant) for variant in sound_variants(word))


@cache
def _first_sounds() -> dict[str, str]:
    return {k: name for name, keys in table("sounds")["first_sounds"].items() for k in keys}


def first_sound(word: str) -> str:
    """The class of a word's first sound, coarser than that of `block`."""
    start = block(word)[:1]
    return _first_sounds().get(start, start)


@lru_cache(maxsize=65536)
def block(word: str) -> str:
    """One key a word, for grouping candidates of one script or both."""
    return _key(sounds(word).rstrip("ñ"))
