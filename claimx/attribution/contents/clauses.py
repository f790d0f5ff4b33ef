"""Reported clauses that a word joins to their cue: कि, or a postposition."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.contents.content import Content, quoted, reported
from claimx.attribution.contents.extent import clause_end
from claimx.attribution.contents.nominals import refuses
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View

# Words between a cue and its कि, and between यह and the participle it announces.
_KI_REACH = 4
# What no clause consists of: "नियम के अनुसार होगा".
_VERBAL = frozenset({"VERB", "AUX", "PART"})


def complement_clause(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    """X ने कहा कि S."""
    tokens, cue = view.sentences[attribution.sentence], attribution.cue
    if cue.verb is not None and cue.verb.object_only:
        return None
    if cue.nominal is not None and "ki" not in cue.nominal.frames:
        return None
    if cue.denied and refuses(tokens, cue.start):
        return None
    at = _complementizer(tokens, attribution)
    if at < 0:
        return None
    first = at + 1
    while tokens.is_punct(first) and view.quotation_at(tokens.words[first].start) is None:
        first += 1
    if first >= len(tokens):
        return _clause_of_next_sentence(view, attribution)
    start = tokens.words[first].start
    end = clause_end(view, attribution, siblings, start)
    return reported(view, attribution, start, end, "ki")


def _clause_of_next_sentence(view: View, attribution: Attribution) -> Content | None:
    """ "… ने कहा कि" at the end of a line: the clause stands in the next one."""
    if attribution.sentence + 1 >= len(view.sentences):
        return None
    following = view.sentences[attribution.sentence + 1].sentence
    return reported(view, attribution, following.start, following.end, "ki")


def _complementizer(tokens: Tokens, attribution: Attribution) -> int:
    """Index of the कि that opens the cue's content, or -1."""
    cue, right = attribution.cue, attribution.right
    if cue.participle:
        return _complementizer_of_participle(tokens, attribution)
    for at in range(right, min(right + _KI_REACH, len(tokens))):
        if _opens_content(tokens, attribution, at):
            return at
        if _ends_search(tokens, at):
            return -1
    return -1


def _complementizer_of_participle(tokens: Tokens, attribution: Attribution) -> int:
    """ "कहते हुए कि S"; "यह कहते हुए उन्होंने … दिया कि S" with its clause at the end."""
    cue, right = attribution.cue, attribution.right
    while tokens.is_grammar(right, "seeming") or tokens.is_grammar(right, "auxiliaries"):
        right += 1  # "कहते हुए नजर आ रहे हैं कि"
    if tokens.at(right) == "कि":
        return right
    before = range(max(0, cue.start - _KI_REACH), cue.start)
    if not any(tokens.is_grammar(at, "correlatives") for at in before):
        return -1
    clause = range(right, len(tokens))
    return next((at for at in clause if _opens_content(tokens, attribution, at)), -1)


def _opens_content(tokens: Tokens, attribution: Attribution, at: int) -> bool:
    """कि; or की right behind the cue, which can only be misspelt behind a verb."""
    if tokens.is_grammar(at, "complementizers"):
        return True
    if at != attribution.right or not tokens.is_grammar(at, "misspelt_complementizers"):
        return False
    frame = attribution.cue.frame
    return frame == "verb" or (frame == "nominal" and tokens.words[at - 1].upos != "NOUN")


def _ends_search(tokens: Tokens, at: int) -> bool:
    """Behind this word no कि belongs to the cue any more."""
    if tokens.is_finite(at) or tokens.is_grammar(at, "coordinators"):
        return True
    return tokens.is_punct(at) and not tokens.is_grammar(at, "before_complementizer")


def postpositional_clause(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    """X के मुताबिक S; S, X के मुताबिक."""
    tokens = view.sentences[attribution.sentence]
    at = attribution.cue.end
    while tokens.is_punct(at) and view.quotation_at(tokens.words[at].start) is None:
        at += 1
    if tokens.is_grammar(at, "emphatics"):
        at += 1
    if tokens.at(at) == "कि":
        at += 1
    if at >= len(tokens):
        return _clause_before_postposition(view, attribution)
    predicates = any(word.upos in ("VERB", "AUX") for word in tokens.words[at:])
    told = tokens.at(at) in tokens.lex.verbs and tokens.words[at].upos == "VERB"
    if not predicates or tokens.words[at].upos == "AUX" or told:
        return None  # "नियम के अनुसार बताते हुए"
    if is_verb_alone(tokens, at):
        return None
    start = tokens.words[at].start
    quotation = view.quotation_at(start)
    if quotation is not None and view.is_speech(quotation):
        if quotation.outer.end >= tokens.sentence.end - 2:
            return quoted(view, quotation, "quote")
    end = clause_end(view, attribution, siblings, start)
    return reported(view, attribution, start, end, "postposition")


def is_verb_alone(tokens: Tokens, start: int) -> bool:
    """ "न्यायाधिकरण के अनुसार होगा": is there nothing but a verb in the clause?"""
    clause = range(start, len(tokens))
    closed = (at for at in clause if tokens.words[at].upos in ("PUNCT", "CCONJ", "SCONJ"))
    end = next(closed, len(tokens))
    return all(tokens.words[at].upos in _VERBAL for at in range(start, end))


def _clause_before_postposition(view: View, attribution: Attribution) -> Content | None:
    """S, X के मुताबिक."""
    tokens = view.sentences[attribution.sentence]
    end = attribution.left
    while end > 0 and tokens.is_punct(end - 1):
        end -= 1
    if end <= 0 or not tokens.has_finite(0, end):
        return None
    start, stop = tokens.sentence.start, tokens.words[end - 1].end
    return reported(view, attribution, start, stop, "postposition")
