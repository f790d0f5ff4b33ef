"""Postpositions as cues: "X के अनुसार"."""

from __future__ import annotations

from claimx.attribution.lexicon import Form, PostpositionEntry
from claimx.attribution.predicates.cue import Cue
from claimx.attribution.tokens import Tokens

# Longest source behind its preposition, in words.
_SOURCE_REACH = 8


def postpositional(tokens: Tokens, index: int, entry: PostpositionEntry) -> Cue | None:
    """ "X के अनुसार", "उनके मुताबिक": the source ends right before the postposition."""
    if entry.before:
        return _before_source(tokens, index, entry)
    fused = tokens.at(index) in tokens.lex.fused_pronouns
    for words in entry.words:
        if fused and len(words) > 1:
            if tokens.folded[index + 1 : index + len(words)] != words[1:]:
                continue
            head = index
        elif tokens.folded[index : index + len(words)] == words:
            head = index - 1
            if head < 0 or _is_standard(tokens, head):
                return None
            if entry.somebody and not is_somebody(tokens, head):
                return None
        else:
            continue
        return Cue(
            frame="postposition",
            start=index,
            end=index + len(words),
            lemma=entry.lemma,
            act=entry.act,
            form=Form.STEM,
            source_head=head,
        )
    return None


def _before_source(tokens: Tokens, index: int, entry: PostpositionEntry) -> Cue | None:
    """ "बकौल X, S": the source ends at the comma, or where a name ends."""
    if (tokens.at(index),) not in entry.words:
        return None
    reach = range(index + 1, min(index + 1 + _SOURCE_REACH, len(tokens) - 1))
    head = next((at for at in reach if tokens.at(at + 1) == ","), -1)
    if head < 0:
        names = [at for at in reach if tokens.words[at].ner == "PER"]
        ends = (at for at in names if tokens.words[at + 1].ner != "PER")
        head = next(ends, -1)
    if head < 0:
        return None
    return Cue(
        frame="postposition",
        start=index,
        end=head + 1,
        lemma=entry.lemma,
        act=entry.act,
        form=Form.STEM,
        source_head=head,
    )


def is_somebody(tokens: Tokens, head: int) -> bool:
    """Does the word name or describe who can say something?"""
    lex, word = tokens.lex, tokens.at(head)
    known = (lex.titles, lex.groups, lex.organizations)
    return tokens.words[head].ner in ("PER", "ORG") or any(word in words for words in known)


def _is_standard(tokens: Tokens, head: int) -> bool:
    """ "तय कार्यक्रम के मुताबिक": something to go by, not somebody who says."""
    lex = tokens.lex
    if tokens.words[head].upos == "NUM" and head:
        head -= 1
    if tokens.at(head) in lex.standards:
        return True
    return tokens.at(head - 1) in lex.standard_modifiers and not tokens.words[head].ner
