"""Relayed attributions: one source told through another, "Y के अनुसार, X ने कहा कि"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claimx.attribution.names import describe
from claimx.attribution.relation import Attribution
from claimx.attribution.sources import Source
from claimx.attribution.view import View

# Words between the outlet's postposition and the source it cites.
_GAP = 12


@dataclass(frozen=True, slots=True)
class Relays:
    """Which attributions of a sentence belong together; keys are the cues' first words.

    Attributes:
        outlets: the outlets that other cues' claims came through.
        cited: the sources that an agency cites: "एजेंसी ने सूत्रों के हवाले से कहा".
        absorbed: postpositional cues that only give an outlet or a cited source.
    """

    outlets: Mapping[int, Source]
    cited: Mapping[int, Source]
    absorbed: frozenset[int]


def find_relays(view: View, attributions: Sequence[Attribution]) -> Relays:
    """Pair each postpositional attribution with the one behind it, where it relays that."""
    outlets: dict[int, Source] = {}
    cited: dict[int, Source] = {}
    absorbed: set[int] = set()
    for first, second in pairwise(attributions):
        outer = first.source
        if first.cue.frame != "postposition" or second.cue.frame == "postposition":
            continue
        if outer is None:
            continue
        tokens = view.sentences[first.sentence]
        one_clause = not tokens.has_finite(first.cue.end, second.cue.start)
        if first.cue.lemma == "हवाला" and one_clause and not _is_cited_by(view, first, second):
            cited[second.cue.start] = outer
            absorbed.add(first.cue.start)
        elif _relays(view, first, second) or (first.cue.lemma == "हवाला" and one_clause):
            outlets[second.cue.start] = outer
            absorbed.add(first.cue.start)
    return Relays(outlets, cited, frozenset(absorbed))


def _is_cited_by(view: View, first: Attribution, second: Attribution) -> bool:
    """ "रॉयटर्स के हवाले से मुख्यमंत्री X बोले": a person speaks through a body, which cites him."""
    if first.source is None or second.source is None:
        return False
    tokens = view.sentences[first.sentence]
    body = describe(tokens, view.text, first.source)
    person = describe(tokens, view.text, second.source)
    return body.type == "organization" and person.type == "person" and person.named


def _relays(view: View, first: Attribution, second: Attribution) -> bool:
    """Does the second attribution, with a clause of its own, follow the first at once?"""
    tokens = view.sentences[first.sentence]
    if second.source is None or tokens.at(second.right) not in ("कि", ",", ":"):
        return False
    start, end = first.cue.end, second.source.start
    if not 0 <= end - start <= _GAP or tokens.has_finite(start, end):
        return False
    return "कि" not in tokens.folded[start:end]
