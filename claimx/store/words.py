"""Words as the search index sees them, in either script.

A word is a run of letters, marks and numbers (Unicode general categories L, M, N), so a
matra never ends one. Two spellings are one word when they differ in canonical form,
nukta, invisible characters, letter case or the script of their digits, and in nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, islice, product
from pathlib import Path
from typing import Any, NamedTuple

_NUKTA = "\u093c"
_VIRAMA = "\u094d"
_DIGITS = {0x966 + digit: str(digit) for digit in range(10)}
# Marks that draw nothing: combining grapheme joiner and the variation selectors.
_BLANK_MARKS = frozenset("\u034f") | frozenset(map(chr, range(0xFE00, 0xFE10)))
# Readings kept of one word; the first are the likeliest.
_MAX_READINGS = 12
# Code points of a word that are romanised; longer "words" are junk.
_LONGEST = 64


class Spelling(NamedTuple):
    """A word of the index, or all words that begin so."""

    word: str
    begins: bool = False


def normalize(text: str) -> str:
    """Make spellings that look alike the same string; words and punctuation stay.

    Canonical decomposition (Unicode Standard Annex 15) puts a nukta before the virama
    wherever it was typed, so dropping it afterwards also mends the wrong order.
    """
    if text.isascii():
        return text.casefold()
    kept = [
        char
        for char in unicodedata.normalize("NFD", text)
        if char != _NUKTA and char not in _BLANK_MARKS and unicodedata.category(char) != "Cf"
    ]
    folded = "".join(kept).translate(_DIGITS).casefold()
    return unicodedata.normalize("NFC", folded)


def split_words(text: str) -> list[str]:
    """The words of a text, normalised, in order."""
    plain = normalize(text)
    return "".join(char if _in_word(char) else " " for char in plain).split()


@lru_cache(maxsize=4096)
def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def is_latin(word: str) -> bool:
    """Is this typed on a Latin keyboard (and not a bare number)?"""
    return any("a" <= char <= "z" for char in unicodedata.normalize("NFD", word))


@cache
def _data() -> dict[str, Any]:
    import tomllib  # not needed to look up a speaker

    # importlib.resources would take longer to import than all the rest of a look-up.
    path = Path(__file__).with_name("romanization.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def fold_latin(word: str) -> str:
    """One key for the usual ways to type a word in Latin letters (yaatra, yatra)."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    key = "".join(char for char in decomposed if unicodedata.category(char)[0] != "M")
    before = None
    while key != before:  # what one rule leaves may be another's
        before = key
        for old, new in _data()["fold"]["rules"]:
            key = key.replace(old, new)
        key = "".join(
            "k" if char == "c" and key[at + 1 : at + 2] != "h" else char
            for at, char in enumerate(key)
            if not char.isalpha() or at == 0 or key[at - 1] != char
        )
    return key


class _Syllable(NamedTuple):
    """Readings of a consonant and its vowel.

    ``vowel`` is None for the inherent one, empty after a virama.
    """

    onset: list[str]
    vowel: list[str] | None = None
    coda: list[str] = [""]  # noqa: RUF012 - never changed


def _syllables(word: str) -> list[_Syllable]:
    data = _data()
    found: list[_Syllable] = []
    at = 0
    while at < len(word):
        for size in (3, 1):
            piece = word[at : at + size]
            onset = data["conjuncts"].get(piece) or data["consonants"].get(piece)
            if onset:
                found.append(_Syllable(onset))
                break
        else:
            if piece in data["vowels"]:
                found.append(_Syllable([""], data["vowels"][piece]))
            elif piece in data["signs"] and found:
                found[-1] = found[-1]._replace(vowel=data["signs"][piece])
            elif piece == _VIRAMA and found:
                found[-1] = found[-1]._replace(vowel=[])
            elif piece in data["codas"] and found:
                found[-1] = found[-1]._replace(coda=data["codas"][piece])
            elif unicodedata.category(piece)[0] in "LN":
                found.append(_Syllable([piece], [""]))
        at += len(piece)
    return found


def _drop_schwas(syllables: list[_Syllable], medial: bool) -> list[list[str]]:
    """The vowels of each syllable, unpronounced inherent ones dropped.

    The last schwa goes, and, from right to left, a schwa between a vowel and a consonant
    with a vowel of its own (Ohala, Aspects of Hindi Phonology, 1983). No rule without
    morphology is always right, so `latin_keys` asks with and without the second part.
    """
    vowels = [s.vowel if s.vowel is not None else ["a"] for s in syllables]
    last = len(syllables) - 1
    for at in range(last, 0, -1):
        here, before = syllables[at], vowels[at - 1]
        if here.vowel is not None or here.coda != [""]:
            continue
        if at == last:
            # After a conjunct it may be heard (mitra) or not (yuddh).
            vowels[at] = [""] if before else ["", "a"]
        elif medial and _heard(before) and _heard(syllables[at + 1].onset):
            vowels[at] = [""] if _heard(vowels[at + 1]) else ["a"]
    return [vowel or [""] for vowel in vowels]


def _heard(readings: list[str]) -> bool:
    return bool(readings) and readings != [""]


@lru_cache(maxsize=1 << 16)
def latin_keys(word: str) -> frozenset[str]:
    """Folded Latin spellings under which a reader may look for a word.

    Args:
        word: one of `split_words`, in Devanagari or Latin letters.

    Returns:
        no keys for numbers and for other scripts.
    """
    if is_latin(word):
        return frozenset({fold_latin(word)})
    syllables = _syllables(word[:_LONGEST])
    if not any(char in _data()["consonants"] or char in _data()["vowels"] for char in word):
        return frozenset()
    keys: set[str] = set()
    for medial in (True, False):
        vowels = _drop_schwas(syllables, medial)
        choices = [
            part
            for syllable, vowel in zip(syllables, vowels, strict=True)
            for part in (syllable.onset, vowel, syllable.coda)
        ]
        readings = islice(product(*choices), _MAX_READINGS)
        keys.update(fold_latin("".join(reading)) for reading in readings)
    return frozenset(keys - {""})


def cover(wanted: Collection[str], words: Sequence[str], size: int = 1) -> Iterator[Spelling]:
    """Say "all of these words" with few beginnings.

    The index finds one beginning faster than the thousands of words that have it.

    Args:
        wanted: the words to cover.
        words: sorted, without repetition: ``wanted`` and all others of the vocabulary
            with the same first ``size - 1`` letters.
    """
    for begin, same in groupby(words, key=lambda word: word[:size]):
        group = list(same)
        hits = [word for word in group if word in wanted]
        if len(hits) == len(group) > 1:
            yield Spelling(begin, True)
        elif len(hits) > 1:
            yield from cover(wanted, group, size + 1)
        else:
            yield from (Spelling(word) for word in hits)
