"""Postpositions as cues: "X के अनुसार"."""

from __future__ import annotations

from claimx.attribution.lexicon import Form, PostpositionEntry
from claimx.attribution.predicates.cue import Cue
from claimx.attribution.tokens import Tokens


def postpositional(tokens: Tokens, index: int, entry: PostpositionEntry) -> Cue | None:
    """ "X के अनुसार", "उनके मुताबिक": the source ends right before the postposition."""
    word, pronouns = tokens.at(index), tokens.lex.pronouns
    fused = word in pronouns["genitive"] or word in pronouns["relative"]
    for words in entry.words:
        if fused and len(words) > 1:
            if tokens.folded[index + 1 : index + len(words)] != words[1:]:
                continue
            head = index
        elif tokens.folded[index : index + len(words)] == words:
            head = index - 1
            if head < 0 or _is_standard(tokens, head):
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


def _is_standard(tokens: Tokens, head: int) -> bool:
    """ "तय कार्यक्रम के मुताबिक": something to go by, not somebody who says."""
    lex = tokens.lex
    if tokens.words[head].upos == "NUM" and head:
        head -= 1
    if tokens.at(head) in lex.standards:
        return True
    return tokens.at(head - 1) in lex.standard_modifiers and not tokens.words[head].ner
