"""Reported clauses that only their place joins to the cue: no कि, no quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.contents.clauses import is_verb_alone
from claimx.attribution.contents.content import Content, reported
from claimx.attribution.contents.extent import clause_end
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import COMMA_OR_DASH, Tokens
from claimx.attribution.view import View

# Words between a relative pronoun and the verb of a definition: "जिसे … कहते हैं".
_DEFINITION_REACH = 6


def bare_after(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    """X ने कहा, S: the rest of the sentence."""
    tokens = view.sentences[attribution.sentence]
    if not _takes_bare_clause(attribution) or _defines(tokens, attribution):
        return None
    at = attribution.right
    separated = False
    while tokens.is_punct(at):
        separated = separated or tokens.is_grammar(at, "clause_separators")
        at += 1
    if at >= len(tokens):
        return None
    if attribution.cue.frame == "postposition" and is_verb_alone(tokens, at):
        return None
    contrasted = separated and _opens_with_contrast(tokens, attribution, at)
    if not contrasted and not _opens_clause(tokens, at, separated=separated):
        return None
    if any(s.cue.start == at and not s.cue.participle for s in siblings):
        return None  # "…, कहा कि": the next attribution
    if not _is_joined(tokens, attribution, at, separated=separated):
        return None
    if not tokens.has_finite(at, len(tokens)):
        return None
    start = tokens.words[at].start
    end = clause_end(view, attribution, siblings, start)
    return reported(view, attribution, start, end, "bare")


def _takes_bare_clause(attribution: Attribution) -> bool:
    """Is the cue's construction one that a clause may simply follow?"""
    cue, source = attribution.cue, attribution.source
    if cue.participle or cue.frame in ("dative", "impersonal"):
        return False
    if cue.passive and not (source is not None and source.marker == "document"):
        return False
    if cue.verb is not None:
        return not (cue.verb.ki_only or cue.verb.quote_only or cue.verb.object_only)
    return cue.copular is None or cue.copular.bare


def _defines(tokens: Tokens, attribution: Attribution) -> bool:
    """ "…, जिसे X कहते हैं, …": what something is called."""
    start = attribution.cue.start
    clause = range(max(0, start - _DEFINITION_REACH), start)
    return any(tokens.is_grammar(at, "relative_objects") for at in clause)


def _opens_clause(tokens: Tokens, at: int, *, separated: bool) -> bool:
    """Can a main clause begin with this word?"""
    if tokens.is_grammar(at, "coordinators") or tokens.is_grammar(at, "consequents"):
        return False
    if tokens.is_grammar(at, "connectives"):
        return True
    if tokens.is_grammar(at, "relatives"):
        # "X ने कहा जो हुआ उस पर …"; but "X ने बताया जहां वे गए थे"
        apart = separated or tokens.at(at) == "जो"
        if not (apart and _is_correlated(tokens, at)):
            return False
    if tokens.is_grammar(at, "genitive"):
        return False
    subordinate = tokens.words[at].upos in ("ADP", "AUX", "SCONJ")
    return not subordinate or tokens.is_grammar(at, "conditionals")


def _opens_with_contrast(tokens: Tokens, attribution: Attribution, at: int) -> bool:
    """ "उन्होंने कहा, लेकिन S": what was said goes on from before; but not "X ने बहुत कुछ कहा,
    लेकिन …", nor "S, X ने कहा, लेकिन …", where the comma ends what was said."""
    cue, source = attribution.cue, attribution.source
    if cue.frame != "verb" or source is None or source.end > cue.start:
        return False
    if cue.end > cue.start + 1:
        return False  # "X ने कहा था, लेकिन बाद में …"
    if not (tokens.is_grammar(at, "contrastives") or tokens.is_grammar(at, "adversatives")):
        return False
    lead = tokens.lex.leaders | tokens.lex.grammar["source_markers"]
    outside = (*range(source.start), *range(source.end, cue.start))
    return all(tokens.at(k) in lead or tokens.is_punct(k) for k in outside)


def _is_correlated(tokens: Tokens, start: int) -> bool:
    """ "जो … हैं, उनमें से …": a relative clause with its own main clause behind it; but not
    "जिनमें उन्होंने कहा कि", which goes with what stands before."""
    closed = False
    for at in range(start + 1, len(tokens)):
        taken_up = tokens.at(at) in tokens.lex.pronouns["stem"]
        if closed and (taken_up or tokens.is_grammar(at, "relative_correlates")):
            return True
        if tokens.is_complementizer(at):
            return False
        closed = closed or tokens.is_finite(at) or tokens.is_punct(at)
    return False


def _is_joined(tokens: Tokens, attribution: Attribution, at: int, *, separated: bool) -> bool:
    """Do comma and source join the clause at ``at`` to the cue closely enough?"""
    cue, source = attribution.cue, attribution.source
    if cue.nominal is not None and not (separated and _tells(tokens, attribution)):
        return False
    if separated:
        return source is not None or cue.verb is None or not cue.verb.weak
    if source is None or (cue.verb is not None and cue.verb.weak):
        return False
    spoken = cue.copular is not None and cue.copular.lemma.endswith("ना")
    return cue.frame != "copular" or spoken or not tokens.is_nominal(at)


def _tells(tokens: Tokens, attribution: Attribution) -> bool:
    """ "X ने दावा किया, S": a main clause with a noun that may bring a bare clause."""
    cue = attribution.cue
    if attribution.source is None or cue.nominal is None or "ki" not in cue.nominal.frames:
        return False
    if cue.low or cue.denied or cue.act == "announce":
        return False
    subordinate = tokens.lex.grammar["relatives"] | tokens.lex.grammar["conditionals"]
    return not any(word in subordinate for word in tokens.folded[: cue.start])


def bare_before(view: View, attribution: Attribution) -> Content | None:
    """S, X ने कहा: the clause before the attribution, at the end of its sentence."""
    tokens = view.sentences[attribution.sentence]
    cue = attribution.cue
    telling = cue.frame in ("verb", "copular") or _tells(tokens, attribution)
    if attribution.source is None or not telling or cue.participle:
        return None
    if cue.verb is not None and cue.verb.weak:
        return None
    if any(not tokens.is_punct(at) for at in range(attribution.right, len(tokens))):
        return None
    at = attribution.left - 1
    while at > 0 and (
        tokens.at(at) in tokens.lex.leaders or tokens.is_grammar(at, "correlatives")
    ):
        at -= 1
    set_off = tokens.at(at) in COMMA_OR_DASH or tokens.at(at) == "।"
    if at <= 0 or not set_off or not _closes_clause(tokens, attribution, at):
        return None
    hung = tokens.words[at - 1].deprel in ("acl", "amod")
    if tokens.at(at - 1) == "हुए" or (
        hung and not tokens.is_grammar(at - 1, "finite_auxiliaries")
    ):
        return None
    start, end = tokens.sentence.start, tokens.words[at].start
    return reported(view, attribution, start, end, "bare_before")


def _closes_clause(tokens: Tokens, attribution: Attribution, comma: int) -> bool:
    """Is what stands before the comma a clause? A headline's need not end in its verb:
    "किसानों को मिलेगा मुआवजा, बोले मंत्री"."""
    if tokens.is_finite(comma - 1):
        return True
    stopped = tokens.is_grammar(len(tokens) - 1, "sentence_closers")
    inverted = (
        attribution.source is not None and attribution.source.start >= attribution.cue.end
    )
    return inverted and not stopped and tokens.has_finite(0, comma)
