"""Spelling: what a name looks like once everything that tells no names apart is gone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from claimx.identity.tables import table

VIRAMA = "\u094d"
NUKTA = "\u093c"
ANUSVARA = "\u0902"

# Devanagari zero and the abbreviation sign stand for a full stop after a letter (के०पी०).
_ABBREVIATION = re.compile("(?<=[\u0900-\u0965\u0971-\u097f])[०॰]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]+")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_PUNCTUATION = re.compile(r"[^\w\u0900-\u0963\u0966-\u097f&]+")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")

# Half nasals before a consonant are the anusvara; न् stays before य र ल व ह न म, where
# it is a sound of its own (कन्या, जिन्ना).
_NASALS = re.compile(
    "[ङञ]\u094d(?=[क-ह])|ण\u094d(?=[टठडढ])|न\u094d(?=[क-धप-भश-स])|म\u094d(?=[प-भ])"
)
_LENGTH = str.maketrans("ईऊीू", "इउिु")
# A glide between two vowels of one tongue position is not heard: वाजपेयी, वाजपेई.
_GLIDE = re.compile("(?<=[\u093e-\u094c\u0905-\u0914])य([िे])")
_GLIDED = {"ि": "इ", "े": "ए"}
# Zero-width characters, directional marks, soft hyphen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DEVANAGARI = re.compile("[\u0904-\u0939\u0958-\u0961]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_SPELLINGS = str.maketrans({"ँ": ANUSVARA, "ः": "", "ऋ": "रि", "ृ": "्रि"})


def is_devanagari(text: str) -> bool:
    """Whether the text has a Devanagari letter."""
    return _DEVANAGARI.search(text) is not None


def is_consonantal(word: str) -> bool:
    """Whether a Devanagari word ends in a consonant and its inherent vowel."""
    return not ("\u0905" <= word[-1] <= "\u0914" or "\u093e" <= word[-1] <= "\u094c")


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """The name as it can be shown: NFC, no invisible characters, single spaces."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = _ABBREVIATION.sub(".", _HYPHENS.sub("-", text))
    text = " ".join(text.split()).strip(" \"'“”‘’,;:!?।|-")
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


@lru_cache(maxsize=65536)
def fold(text: str, *, dots: bool = False) -> str:
    """Fold everything in spelling that tells no two names apart.

    Nukta, the ways to write a nasal, the length of i and u, ऋ and रि, letter case,
    hyphens, apostrophes and full stops.

    Args:
        text: a name in either script.
        dots: keep the nukta (ज़ is a sound of its own) and vowel length.
    """
    text = _APOSTROPHES.sub("", clean(text))
    if _LATIN.search(text):
        text = unicodedata.normalize("NFD", text.lower())
        text = unicodedata.normalize("NFC", _LATIN_MARKS.sub("", text))
        text = text.translate(str.maketrans(table("sounds")["latin_marked"]))
    text = _NASALS.sub(ANUSVARA, text.translate(_SPELLINGS)).replace("ङ", "ंग")
    # Old fonts had the two halves of द्ध in either order.
    text = text.replace("ध्द", "द्ध")
    if not dots:
        text = text.replace(NUKTA, "").translate(_LENGTH)
        text = _GLIDE.sub(lambda m: _GLIDED[m[1]], text)
    return " ".join(_PUNCTUATION.sub(" ", text).split())


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """`fold` without the spaces: रामविलास and राम विलास are one."""
    return fold(text).replace(" ", "")


@cache
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    names = {fold(v): k for k, vs in table("latin")["letters"].items() for v in vs}
    longest = sorted(names, key=len, reverse=True)
    return names, re.compile("|".join(longest))


@lru_cache(maxsize=16384)
def letters(token: str) -> str:
    """The Latin letters that a folded token spells out by their names, or ``""``.

    >>> letters("एनएचसि"), letters("के"), letters("केरल")
    ('NHC', 'K', '')
    """
    names, one = _letters()

    def spell(rest: str) -> str | None:
        if not rest:
            return ""
        for size in range(min(len(rest), 8), 0, -1):
            letter = names.get(rest[:size])
            if letter is not None:
                tail = spell(rest[size:])
                if tail is not None:
                    return letter + tail
        return None

    return (spell(token) or "") if one.match(token) else ""
