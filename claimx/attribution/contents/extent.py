"""How far a reported clause goes: to the end of its sentence or to the next attribution."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.lexicon import Form
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import QUOTE_MARKS, Tokens
from claimx.attribution.view import View

# Words of an adverbial between a conjunction and the source of the next attribution.
_ADVERBIAL_REACH = 8


def clause_end(
    view: View, attribution: Attribution, siblings: Sequence[Attribution], start: int
) -> int:
    """Where content ends: at its sentence's or its quotation's end, or where a coordinated
    attribution takes over.

    Args:
        start: where the content starts, in code points.

    Returns:
        The end, in code points.
    """
    tokens = view.sentences[attribution.sentence]
    end = tokens.sentence.end
    here = view.quote_of[attribution.sentence][attribution.cue.start]
    if here >= 0:
        end = min(end, view.outer[here].inner.end)
    source = attribution.source
    if attribution.cue.participle and source is not None:
        behind = tokens.words[source.start].start
        if behind > start:
            end = min(end, behind)  # "यह कहते हुए कि S, X ने …"
    for sibling in siblings:
        offset = tokens.words[sibling.cue.start].start
        if sibling.cue.start <= attribution.cue.start or offset < start:
            continue
        cut = _taken_over_at(tokens, sibling, start)
        if cut is not None:
            end = min(end, cut)
            break
    # A quotation that runs over the sentence's end takes the content along.
    index = view.quote_index(end - 1)
    if here < 0 and index >= 0 and view.outer[index].outer.start >= start:
        end = max(end, view.outer[index].outer.end)
    return end


def _taken_over_at(tokens: Tokens, sibling: Attribution, start: int) -> int | None:
    """ "… और कहा कि …": the offset of the conjunction after which another attribution
    begins, or None where it is part of the content."""
    left = sibling.cue.start
    if sibling.source is not None and tokens.words[sibling.source.start].start >= start:
        left = min(left, sibling.source.start)
    conjunction = _lacks_subject(tokens, sibling, start)
    if conjunction >= 0:
        return tokens.words[conjunction].start
    if not _is_coordinated(tokens, sibling, left):
        return None
    at = left - 1
    if (rejoinder := _rejoinder(tokens, sibling, left)) > 0:
        return tokens.words[rejoinder].start if tokens.words[rejoinder].start > start else None
    if _is_spliced(tokens, sibling, left) and tokens.words[at].start > start:
        return tokens.words[at].start
    while at > 0 and (_leads_in(tokens, at, sibling) or _is_adverbial(tokens, at, left)):
        if tokens.is_grammar(at, "takeovers") and tokens.at(at - 1) == ",":
            break
        at -= 1
    if at <= 0 or not tokens.is_grammar(at, "takeovers"):
        return None
    while at > 1 and tokens.is_grammar(at - 1, "stacked_conjunctions"):
        at -= 1
    last = at - 1
    while last > 0 and tokens.at(last) in QUOTE_MARKS:
        last -= 1
    if tokens.words[at].start < start or not tokens.is_finite(last):
        return None
    return tokens.words[at].start


def _lacks_subject(tokens: Tokens, sibling: Attribution, start: int) -> int:
    """ "X ने कहा कि S और … की चेतावनी दी": index of the "और", or -1.

    The last verb wants a subject with ने, and nobody in S has it.
    """
    cue = sibling.cue
    if cue.frame != "nominal" or cue.form is not Form.PERFECTIVE or cue.passive:
        return -1
    if sibling.source is not None or cue.participle:
        return -1
    found = -1
    for at in range(cue.start - 1, 0, -1):
        if tokens.words[at].start < start:
            break
        ergative = tokens.is_ergative(at) or tokens.at(at) in tokens.lex.pronouns["ergative"]
        if ergative or tokens.is_complementizer(at):
            return -1
        if found < 0 and tokens.is_finite(at):
            return -1
        if tokens.is_grammar(at, "additives") and tokens.is_finite(at - 1):
            found = at if found < 0 else found
    return found


def _is_spliced(tokens: Tokens, sibling: Attribution, left: int) -> bool:
    """ "… सकती है, X ने कहा कि …": a sentence that only a comma sets off."""
    source = sibling.source
    own = source is not None and source.marker == "ergative" and source.start == left
    opens = tokens.at(left - 1) == "," and tokens.is_finite(left - 2)
    return own and opens and tokens.at(sibling.cue.end) == "कि"


def _rejoinder(tokens: Tokens, sibling: Attribution, left: int) -> int:
    """ "…, इस पर Y ने कहा कि …", "…, जिसके जवाब में Y ने …": index of the comma before what
    somebody else answers, or -1."""
    source = sibling.source
    if (
        source is None
        or source.marker not in ("ergative", "nominative")
        or source.start != left
    ):
        return -1
    at = left - 1
    while at > 0 and tokens.at(at) in tokens.lex.leaders - tokens.lex.grammar["locative"]:
        at -= 1
    if tokens.is_grammar(at, "locative"):
        at -= 1
        at -= tokens.is_grammar(at, "replies")
        if not tokens.is_grammar(at, "replied_to"):
            return -1
    elif not tokens.is_grammar(at, "rejoinders"):
        return -1
    return at - 1 if tokens.at(at - 1) == "," else -1


def _is_adverbial(tokens: Tokens, at: int, source: int) -> bool:
    """ "…, जबकि सरकार की ओर से पेश X ने कहा कि": between the conjunction and the source."""
    if not 0 < source - at <= _ADVERBIAL_REACH or tokens.at(at) == ",":
        return False
    verbal = tokens.is_finite(at) or tokens.is_complementizer(at)
    return not verbal and not tokens.is_grammar(at, "takeovers")


def _is_coordinated(tokens: Tokens, sibling: Attribution, left: int) -> bool:
    """May the attribution be one beside the other rather than part of what is said?"""
    cue = sibling.cue
    if cue.participle or cue.frame == "dative" or (cue.passive and sibling.source is None):
        return False
    if tokens.at(cue.end) in ("कि", ",", ":", "-") or cue.frame == "postposition":
        return True
    if _goes_on_with_pronoun(tokens, sibling, left):
        return True
    contrast = tokens.is_grammar(left - 1, "contrastives") or tokens.at(left - 1) == ";"
    return cue.frame == "nominal" and sibling.source is not None and contrast


def _goes_on_with_pronoun(tokens: Tokens, sibling: Attribution, left: int) -> bool:
    """ "X ने कहा कि S और उन्होंने … की अपील की": the pronoun takes up X."""
    source = sibling.source
    if source is None or source.start != left or not sibling.cue.low:
        return False
    pronoun = tokens.at(left) in tokens.lex.pronouns["ergative"]
    return pronoun and tokens.is_grammar(left - 1, "additives")


def _leads_in(tokens: Tokens, at: int, sibling: Attribution) -> bool:
    """Words between conjunction and attribution: "और उसी दिन यह भी कहा"."""
    conjunction = tokens.is_grammar(at, "additives") or tokens.is_grammar(at, "contrastives")
    if tokens.at(at) in tokens.lex.leaders and not conjunction:
        return True
    if tokens.is_grammar(at, "correlatives"):
        return True
    return sibling.source is None and tokens.is_grammar(at, "adverbial_markers")
