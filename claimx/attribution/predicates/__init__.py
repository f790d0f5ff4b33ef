"""Find the cues of a sentence: the words that attribute, and how they do it."""

from __future__ import annotations

from collections.abc import Iterator

from claimx.attribution.predicates.copular import copular, dative, impersonal
from claimx.attribution.predicates.cue import Cue, Frame
from claimx.attribution.predicates.judged import judged
from claimx.attribution.predicates.postpositional import postpositional
from claimx.attribution.predicates.verbal import nominal, verbal
from claimx.attribution.predicates.writer import is_writers
from claimx.attribution.tokens import Tokens

__all__ = ["Cue", "Frame", "find_cues"]


def find_cues(tokens: Tokens) -> list[Cue]:
    """All cues of a sentence in text order; no two share a word."""
    cues: list[Cue] = []
    taken = 0
    begins = tokens.lex.cue_beginnings
    for index, word in enumerate(tokens.folded):
        if index < taken or word not in begins:
            continue
        for cue in _cues_at(tokens, index):
            if cue.start >= taken and not is_writers(tokens, cue):
                cues.append(cue)
                taken = cue.end
                break
    return cues


def _cues_at(tokens: Tokens, index: int) -> Iterator[Cue]:
    """What the word at ``index`` may be a cue of, the surest construction first."""
    word, lex = tokens.at(index), tokens.lex
    # "उनके (के) अनुसार": behind a pronoun any of them, without its first word
    fused = word in lex.fused_pronouns
    entries = lex.postpositions if fused else lex.postpositions_at.get(word, ())
    found: list[Cue | None] = [postpositional(tokens, index, entry) for entry in entries]
    if noun := lex.nominals.get(word):
        found.append(nominal(tokens, index, noun))
    if entry := lex.copular.get(word):
        found.append(copular(tokens, index, entry))
    if entry := lex.dative.get(word):
        found.append(dative(tokens, index, entry))
    if noun:
        found.append(impersonal(tokens, index, noun))
    found.extend(judged(tokens, index, verb, form) for verb, form in lex.verbs.get(word, ()))
    found.extend(verbal(tokens, index, verb, form) for verb, form in lex.verbs.get(word, ()))
    return (cue for cue in found if cue is not None)
