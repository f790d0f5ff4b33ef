"""Find what was said: the content of a cue, as a span of the article."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimx.attribution.contents.bare import bare_after, bare_before
from claimx.attribution.contents.clauses import complement_clause, postpositional_clause
from claimx.attribution.contents.complements import predicate_complement, request
from claimx.attribution.contents.content import Content, quoted
from claimx.attribution.contents.nominals import noun_phrase
from claimx.attribution.contents.quotations import quotation_after, quotation_before
from claimx.attribution.relation import Attribution
from claimx.attribution.view import View

__all__ = ["Content", "find_contents", "quoted"]


def find_contents(
    view: View,
    attribution: Attribution,
    siblings: Sequence[Attribution],
    claimed: Collection[int],
) -> list[Content]:
    """What a cue attributes.

    The closest construction wins: a quotation, then a कि-clause, then the phrase that the
    cue's own frame asks for, last a clause that nothing but its place joins to the cue.

    Args:
        siblings: all attributions of the sentence, in text order.
        claimed: opening offsets (code points) of quotations that already have a speaker.

    Returns:
        The contents; more than one only where quotations stand on both sides of the cue.
    """
    after = (
        quotation_after(view, attribution, siblings, claimed)
        or complement_clause(view, attribution, siblings)
        or _of_frame(view, attribution, siblings)
    )
    before = None
    if after is None or after.frame == "quote":
        before = quotation_before(view, attribution, claimed)
    contents = [content for content in (after, before) if content is not None]
    if contents:
        return contents
    bare = bare_after(view, attribution, siblings) or bare_before(view, attribution)
    return [bare] if bare else []


def _of_frame(
    view: View, attribution: Attribution, siblings: Sequence[Attribution]
) -> Content | None:
    """The content in the construction that the cue's frame asks for."""
    match attribution.cue.frame:
        case "postposition":
            return postpositional_clause(view, attribution, siblings)
        case "nominal":
            return noun_phrase(view, attribution)
        case "verb":
            return _object_of_verb(view, attribution)
    return None


def _object_of_verb(view: View, attribution: Attribution) -> Content | None:
    """ "A को B बताया", "X से … करने को कहा": a verb with an object for its content."""
    cue = attribution.cue
    tokens = view.sentences[attribution.sentence]
    if cue.verb is None or not cue.verb.object or tokens.at(cue.end) == "कि":
        return None
    return request(view, attribution) or predicate_complement(view, attribution)
