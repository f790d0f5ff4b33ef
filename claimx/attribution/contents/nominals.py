"""Noun phrases as content: "X ने … का आरोप लगाया", "… से इनकार किया"."""

from __future__ import annotations

from claimx.attribution.contents.complements import predicate_complement
from claimx.attribution.contents.content import Content, reported
from claimx.attribution.contents.region import is_infinitive, region_start
from claimx.attribution.lexicon import NominalEntry
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View

# "इन खबरों का खंडन किया" says nothing of its own; a denied noun phrase needs this many words.
_DENIED_WORDS = 3
_MODIFIERS = frozenset({"ADJ", "DET", "NUM", "PART"})
_MANNER_MODIFIERS = frozenset({"ADJ", "DET", "ADV", "PART"})


def noun_phrase(view: View, attribution: Attribution) -> Content | None:
    """… का N लगाया, … से N किया, … को N किया: the phrase that the case marker closes."""
    tokens = view.sentences[attribution.sentence]
    cue, entry = attribution.cue, attribution.cue.nominal
    if entry is None:
        return None
    if "object" in entry.frames:
        return predicate_complement(view, attribution)
    if attribution.source is None and (cue.passive or not attribution.continued):
        return None
    marker = _case_marker(tokens, cue.start)
    if not _marks_content(tokens, marker, entry) or not _asserts(tokens, marker - 1, entry):
        return None
    start = region_start(tokens, attribution, marker)
    if start >= marker:
        return None
    clausal = is_infinitive(tokens, marker - 1)
    if cue.denied and marker - start < _DENIED_WORDS and not clausal:
        return None
    first, last = tokens.words[start], tokens.words[marker - 1]
    return reported(view, attribution, first.start, last.end, "nominal")


def _case_marker(tokens: Tokens, cue_start: int) -> int:
    """Index of the case marker before the noun, over "भी", "गंभीर" and "सिरे से"."""
    at = cue_start - 1
    while at > 0 and (
        tokens.is_grammar(at, "particles")
        or tokens.is_grammar(at, "reflexives")
        or tokens.words[at].upos in _MODIFIERS
    ):
        at -= 1
    while at > 2 and tokens.at(at) in ("से", "पर") and tokens.is_grammar(at - 1, "manner"):
        at -= 2
        while at > 0 and tokens.words[at].upos in _MANNER_MODIFIERS:
            at -= 1
    return at


def _marks_content(tokens: Tokens, marker: int, entry: NominalEntry) -> bool:
    """Is this the case that the noun's content stands in?"""
    if tokens.is_grammar(marker, "genitive"):
        return "gen" in entry.frames
    if entry.act == "accuse" and tokens.is_grammar(marker, "likenesses"):
        return "gen" in entry.frames and tokens.words[marker - 1].ner != "PER"
    word, before = tokens.at(marker), tokens.at(marker - 1)
    if word == "से":
        return "se" in entry.frames and not _is_of_doing(tokens, marker - 1)
    return word == "को" and "ko" in entry.frames and before in tokens.lex.reported


def refuses(tokens: Tokens, cue_start: int) -> bool:
    """ "यह बताने से इनकार किया कि …": to do something is refused, nothing is denied."""
    marker = _case_marker(tokens, cue_start)
    doing = tokens.at(marker) == "से" and _is_of_doing(tokens, marker - 1)
    return doing and not tokens.is_grammar(marker - 1, "grantings")


def _is_of_doing(tokens: Tokens, at: int) -> bool:
    """An infinitive, but not one of being or of a passive."""
    return is_infinitive(tokens, at) and not _is_fact(tokens, at)


def _is_fact(tokens: Tokens, at: int) -> bool:
    """ "होने से", "किए जाने से" deny; "करने से" refuses (annotation rule 8)."""
    if tokens.is_grammar(at, "states_of_being"):
        return True
    participle = tokens.at(at - 1).endswith(tokens.lex.endings["passive_participle"])
    return tokens.at(at) == "जाने" and participle


def _asserts(tokens: Tokens, head: int, entry: NominalEntry) -> bool:
    """Does the phrase with this head say something, or only name it?"""
    clausal = is_infinitive(tokens, head)
    if entry.event and not clausal:
        return False
    if entry.reported_head and not (clausal or tokens.at(head) in tokens.lex.reported):
        return False
    return not tokens.is_grammar(head, "empty_heads")
