"""Quotations as content, behind the cue or before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import regex

from claimx.attribution.contents.content import MIXED_WORDS, Content, quoted
from claimx.attribution.contents.extent import clause_end
from claimx.attribution.relation import Attribution
from claimx.attribution.tokens import COMMA_OR_DASH
from claimx.attribution.view import View
from claimx.records import Kind, Quotation

_SEPARATOR = r"[\s,:;।|.…*\-–—]"
# What may stand between a cue and the opening mark; "की" is a misspelt "कि".
_TO_QUOTE = regex.compile(
    rf"{_SEPARATOR}{{0,8}}(?P<ki>(?:कि|की){_SEPARATOR}{{1,4}}|कि(?=[\"'“‘]))?"
)
_FULL_STOP = regex.compile(r"[।|.\n]")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
# Words and code points between a quotation and the attribution behind it.
_QUOTE_REACH, _QUOTE_REACH_TEXT = 14, 160


def quotation_after(
    view: View,
    attribution: Attribution,
    siblings: Sequence[Attribution],
    claimed: Collection[int],
) -> Content | None:
    """X ने कहा, "…"; X ने कहा कि "…"."""
    tokens = view.sentences[attribution.sentence]
    last = min(attribution.right, len(tokens)) - 1
    match = _TO_QUOTE.match(view.text, tokens.words[last].end)
    if match is None:
        return None
    quotation = view.quotation_at(match.end())
    if quotation is None or quotation.outer.start in claimed:
        return None
    has_ki = match["ki"] is not None
    if not has_ki and not _joins(view, attribution, quotation, match.group()):
        return None
    rest_end = clause_end(view, attribution, siblings, quotation.outer.end)
    goes_on = bool(_LETTER.search(view.text[quotation.outer.end : rest_end]))
    if goes_on and has_ki and quotation.closed:
        # कि "…" से …: the clause only begins with a quotation
        if span := view.trim(quotation.outer.start, rest_end):
            enough = view.word_count(quotation.inner) >= MIXED_WORDS
            kind: Kind = "mixed" if enough else "indirect"
            return Content(span, kind, "ki")
    if goes_on and not has_ki and not view.is_speech(quotation):
        return None  # the clause only begins with a quoted name
    return quoted(view, quotation, "quote")


def _joins(view: View, attribution: Attribution, quotation: Quotation, between: str) -> bool:
    """Does a quotation without कि go with the cue before it?"""
    if attribution.cue.participle:
        return False
    if not between.strip() and not view.is_speech(quotation):
        return False  # "X ने कहा 'नाम' …": a quoted name, no quotation
    if _FULL_STOP.search(between):
        return _is_cataphoric(view, attribution, quotation, between)
    return True


def _is_cataphoric(
    view: View, attribution: Attribution, quotation: Quotation, between: str
) -> bool:
    """A full stop between cue and quotation: only where nothing else claims either."""
    tokens = view.sentences[attribution.sentence]
    ends_sentence = attribution.right >= len(tokens) - 1
    announced = any(mark in between for mark in "\n:-")
    return ends_sentence and announced and view.is_speech(quotation)


def quotation_before(
    view: View, attribution: Attribution, claimed: Collection[int]
) -> Content | None:
    """ "…", X ने कहा; X ने "…" कहा."""
    if not _may_close_quotation(attribution):
        return None
    cue = view.sentences[attribution.sentence].words[attribution.cue.start]
    quotation = view.quotation_before(cue.start)
    if quotation is None or quotation.outer.start in claimed or not quotation.closed:
        return None
    tokens = view.sentences[attribution.sentence]
    first = next(k for k, w in enumerate(tokens.words) if w.start >= quotation.outer.end)
    if not _is_near(view, attribution, quotation, first):
        return None
    if not _is_told(view, attribution, quotation, first):
        return None
    if tokens.is_grammar(first, "quoted_phrase_markers"):
        return None  # the quotation is part of a phrase
    return quoted(view, quotation, "quote_before")


def _may_close_quotation(attribution: Attribution) -> bool:
    """Can the cue stand behind what was said at all?"""
    cue = attribution.cue
    if cue.frame in ("postposition", "dative"):
        return False
    if cue.participle:
        return True
    if cue.frame == "nominal" and cue.nominal and "ki" not in cue.nominal.frames:
        return False
    return attribution.source is not None


def _is_near(view: View, attribution: Attribution, quotation: Quotation, first: int) -> bool:
    """Do nothing but source and adverbials stand between the quotation and the cue?

    Args:
        first: index of the first word behind the quotation.
    """
    tokens, cue = view.sentences[attribution.sentence], attribution.cue
    skipped = view.text[quotation.outer.end : max(quotation.outer.end, tokens.sentence.start)]
    if _LETTER.search(skipped):
        return False
    between = view.text[quotation.outer.end : tokens.words[cue.start].start]
    if between.count("\n") > 1 or len(between) > _QUOTE_REACH_TEXT:
        return False
    return cue.start - first <= _QUOTE_REACH and not tokens.has_finite(first, cue.start)


def _is_told(view: View, attribution: Attribution, quotation: Quotation, first: int) -> bool:
    """Is the quotation what the cue tells, rather than quoted words on the way to it?"""
    tokens, cue, source = (
        view.sentences[attribution.sentence],
        attribution.cue,
        attribution.source,
    )
    speech = view.is_speech(quotation)
    if source is not None and tokens.words[source.start].start in quotation.outer:
        return False  # "… को 'X' कहते हैं"
    if source is not None and source.start < first:  # X ने "…" कहा
        if source.end <= cue.start and cue.frame != "verb":
            return False
        return speech or first == cue.start
    if speech and tokens.words[0].start >= quotation.outer.start:
        return True
    inner = view.text[quotation.inner.start : quotation.inner.end].rstrip()
    between = view.text[quotation.outer.end : tokens.words[cue.start].start]
    follows = between.lstrip()[:1]
    set_off = follows in COMMA_OR_DASH
    if set_off and view.word_count(quotation.inner) >= 2:
        return True
    return speech and (inner[-1:] in "।|.?!,…" or set_off or follows == "।")
