"""Words of a text, folded, and their stems; the tables of this room."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

import regex

from claimx.facts.numbers import cardinal, is_vague
from claimx.facts.tokens import fold

# Words and numbers; marks that end a clause; all else separates.
TOKEN: Final = regex.compile(
    r"\p{Nd}[\p{Nd}.,]*+(?:-(?=\p{L}))?+|\p{L}(?:[\p{L}\p{M}\p{Cf}]|\.(?=\p{L}\.))*+|[।|.!?;,:–—]"
)
MARKS: Final = frozenset("।|.!?;,:–—")
_CONSONANT = regex.compile("[\u0915-\u0939\u0905-\u0914]")
_VIRAMA = "\u094d"
# What `fold` may change in a word; most words have nothing of it, and need no folding.
_UNFOLDED = regex.compile(r"[^अ-ऐऒ-नप-रलळव-हा-ैॊ-्ंA-Za-z ]|न्[त-ध]|म्[प-भ]|[ङञण]्|य[ेी]ं?(?: |$)")


@cache
def load(name: str) -> dict[str, Any]:
    """One of the tables of this room (``language``, ``synonyms`` …)."""
    raw = resources.files("claimx.matching").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(raw)


_NO_ENDINGS: Final = (frozenset[str](), range(0))


@cache
def _endings() -> dict[str, tuple[frozenset[str], range]]:
    """By their last letter the endings, and their lengths, the longest first."""
    endings = [
        fold(ending) if len(ending) > 2 else ending for ending in load("language")["endings"]
    ]
    groups: dict[str, set[str]] = {}
    for ending in endings:
        groups.setdefault(ending[-1], set()).add(ending)
    return {
        last: (frozenset(group), range(max(map(len, group)), 0, -1))
        for last, group in groups.items()
    }


@cache
def _lemmas() -> dict[str, str]:
    return {
        fold(form): lemma
        for lemma, forms in load("language")["lemmas"].items()
        for form in forms
    }


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its inflection.

    >>> stem("मिसाइलें"), stem("हथियारों"), stem("बढ़ाएगी") == stem("बढ़ना")
    ('मिसाइल', 'हथियार', True)
    """
    lemma = _lemmas().get(word)
    if lemma is not None:
        return lemma
    endings, lengths = _endings().get(word[-1:], _NO_ENDINGS)
    for length in lengths:
        if word[-length:] in endings:
            rest = word[:-length]
            if rest[-1:] != _VIRAMA and len(_CONSONANT.findall(rest)) >= 2:
                return rest
    return word


# Room for the vocabulary of a large corpus; `fold` keeps that of one article.
@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    return fold(word) if _UNFOLDED.search(word) else word.lower()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, with the marks that end clauses."""
    return [word for piece in text.split() for word in _words(piece)]


@lru_cache(maxsize=1 << 17)
def _words(piece: str) -> tuple[str, ...]:
    """The words between two spaces; few pieces of a corpus are met only once."""
    return tuple(map(fold_word, TOKEN.findall(piece)))


@lru_cache(maxsize=65536)
def is_number(word: str) -> bool:
    """Digits or a numeral; हजारों and कई लाख too."""
    return word[:1].isdecimal() or cardinal(word) is not None or is_vague(word)


def read_phrase(phrase: str) -> tuple[str, list[str]]:
    """A phrase folded, and its stems."""
    if _UNFOLDED.search(phrase):
        return fold(phrase), [stem(word) for word in words(phrase) if word not in MARKS]
    phrase = phrase.lower()
    return phrase, list(map(stem, phrase.split() if " " in phrase else (phrase,)))
