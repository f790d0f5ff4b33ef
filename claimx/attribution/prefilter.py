"""Which sentences can hold a cue at all, told from their words alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

import regex

from claimx.attribution.lexicon import Form, fold, lexicon

_INVISIBLE = regex.compile(r"\p{Cf}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# A case marker that a longer word ran into: "कोखारिज".
_GLUED = regex.compile(r"(?:ने|को|का|के|की|से|पर)(\p{L}[\p{L}\p{M}]{3,})")
# Postpositional cues are told by their rarest word: "की मानें तो", "के शब्दों में".
_COMMON = frozenset({"के", "की", "का", "में", "से", "तो"})


@cache
def _single() -> frozenset[str]:
    """Words that can be a cue by themselves."""
    lex = lexicon()
    silent = (Form.INFINITIVE, Form.FUTURE)
    verbs = {word for word, uses in lex.verbs.items() if any(f not in silent for _, f in uses)}
    postpositions = {
        word.rstrip(",")
        for entry in lex.postpositions
        for words in entry.words
        for word in words
    }
    return frozenset(verbs | (postpositions - _COMMON))


@cache
def _paired() -> Mapping[str, frozenset[str]]:
    """Words that attribute, with others of which one must stand in the sentence."""
    lex = lexicon()
    forms: dict[str, set[str]] = {}
    for word, uses in lex.light.items():
        for lemma, _ in uses:
            forms.setdefault(lemma, set()).add(word)
    paired: dict[str, set[str]] = {}
    for noun, entry in lex.nominals.items():
        lights = paired.setdefault(noun, set())
        lights |= {"कि"}  # "आरोप है कि"
        for verb in entry.verbs:
            lights |= forms[verb[-1]]
    for noun in (*lex.copular, *lex.dative):
        # "X का दावा है", "X का दावा, …"
        paired.setdefault(noun, set()).update({"का", "की", "कि", *lex.pronouns["genitive"]})
        paired[noun] |= lex.pronouns["relative"] | lex.first_person
    for word, forms_of in lex.verbs.items():
        if any(
            form is Form.INFINITIVE for _, form in forms_of
        ):  # "यह कहने के लिए … की आलोचना की"
            paired.setdefault(word, set()).update(lex.grammar["judgements"])
    return {noun: frozenset(lights) for noun, lights in paired.items()}


def may_attribute(sentence: str) -> bool:
    """Can the sentence hold a cue? Lossless: False means that `find_cues` finds none.

    Args:
        sentence: text of one sentence, clean or as the article has it.
    """
    visible = unicodedata.normalize("NFC", _INVISIBLE.sub("", sentence))
    words = {fold(word) for word in _WORD.findall(visible)}
    words |= {match[1] for word in words if (match := _GLUED.fullmatch(word))}
    words |= {word.removesuffix("कि") for word in words}  # "कहाकि"
    if not words.isdisjoint(_single()):
        return True
    paired = _paired()
    return any(not words.isdisjoint(paired[word]) for word in words if word in paired)
