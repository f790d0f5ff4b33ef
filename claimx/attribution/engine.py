"""Attribution: from a parsed article to its attributed statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimx.attribution.confidence import confidence
from claimx.attribution.contents import Content, find_contents
from claimx.attribution.continuation import continue_quotation, loose_quotations
from claimx.attribution.headlines import headline
from claimx.attribution.people import collect
from claimx.attribution.predicates import find_cues
from claimx.attribution.reading import Reading, Speaker
from claimx.attribution.relation import Attribution
from claimx.attribution.relays import Relays, find_relays
from claimx.attribution.sources import find_source
from claimx.attribution.speakers import (
    acronyms,
    addressee,
    antecedent_in_quotation,
    named_source,
    of_relative,
    resolve,
)
from claimx.attribution.view import View
from claimx.records import Parsed, Span, Statement

# Contents that are a phrase, and need somebody who says them.
_PHRASES = frozenset({"nominal", "object", "request"})


def attribute(parsed: Parsed) -> tuple[Statement, ...]:
    """Find every attributed statement of an article.

    The method is cue first, as in O'Keefe et al. (2012), "A Sequence Labelling Approach to
    Quote Attribution", and Pareti (2015), "Attribution: a computational approach": a lexicon
    gives the cue, the case marker the source, the construction the content.

    Returns:
        The statements in text order; the outer layer of a nested report comes first.
    """
    if not parsed.sentences:
        return ()
    view = View(parsed)
    reading = Reading(view, collect(view.sentences, view.text), acronyms(view))
    loose = loose_quotations(view)
    for index, tokens in enumerate(view.sentences):
        while loose and loose[0].outer.end <= tokens.sentence.start:
            continue_quotation(reading, loose.pop(0))
        if not view.is_furniture[index]:
            _read_sentence(reading, index)
    for quotation in loose:
        continue_quotation(reading, quotation)
    return _in_order(reading.statements)


def _read_sentence(reading: Reading, index: int) -> None:
    """Cues, then sources, then contents and speakers, in text order."""
    tokens, quotes = reading.view.sentences[index], reading.view.quote_of[index]
    attributions = []
    for cue in find_cues(tokens) if tokens.tree else ():
        masked = [quote != quotes[cue.start] for quote in quotes]
        search = find_source(tokens, cue, masked)
        attributions.append(
            Attribution(index, cue, search.source, search.continued, search.inherited)
        )
    if not attributions:
        if statement := headline(reading, index):
            reading.statements.append(statement)
        return
    relays = find_relays(reading.view, attributions)
    for attribution in attributions:
        if attribution.cue.start not in relays.absorbed:
            _read_attribution(reading, attribution, attributions, relays)


def _read_attribution(
    reading: Reading,
    attribution: Attribution,
    siblings: Sequence[Attribution],
    relays: Relays,
) -> None:
    """Record what one cue attributes, if it attributes anything to anybody."""
    view, cue = reading.view, attribution.cue
    nested = view.quote_of[attribution.sentence][cue.start] >= 0
    contents = find_contents(view, attribution, siblings, reading.claimed)
    if not contents:
        if not nested and attribution.source is not None:
            _remember_source(reading, attribution)
        return
    if _is_supposed(reading, attribution):
        return
    speaker = resolve(reading, attribution)
    outlet = relays.outlets.get(cue.start)
    via = named_source(reading, attribution.sentence, outlet).name if outlet else None
    if cue.start in relays.cited:
        # "एजेंसी ने सूत्रों के हवाले से कहा": the cited say it, through the agency.
        if attribution.source is not None and speaker.name:
            via = speaker.name
        speaker = resolve(reading, replace(attribution, source=relays.cited[cue.start]))
    if speaker.name is None and _needs_document(reading, attribution):
        return
    if nested and speaker.pronoun and not speaker.first_person:
        speaker = antecedent_in_quotation(reading, attribution) or speaker
    if not _is_told_by(speaker, attribution, nested=nested):
        return
    if attribution.source is not None and attribution.source.marker == "relative":
        speaker = of_relative(reading, attribution, speaker)
    nobody = speaker.name is None and attribution.source is None
    for content in contents:
        if nobody and content.frame in _PHRASES:
            continue  # "योग … का वादा करता है": no telling by anybody
        _record(reading, attribution, content, speaker, via=via or None, nested=nested)


def _needs_document(reading: Reading, attribution: Attribution) -> bool:
    """ "पता चला कि", "इसके अनुसार": told only where there is a document that tells it."""
    cue, source = attribution.cue, attribution.source
    if cue.frame == "postposition" and source is not None:
        tokens = reading.view.sentences[attribution.sentence]
        return tokens.at(source.head) in tokens.lex.pronouns["document_genitive"]
    return cue.nominal is not None and cue.nominal.document_only


def _is_told_by(speaker: Speaker, attribution: Attribution, *, nested: bool) -> bool:
    """Does the speaker tell something, as a party of its own?"""
    if nested:
        # Inside a quotation only another named party counts.
        unsaid = attribution.source is None and attribution.inherited is None
        return not (unsaid or speaker.first_person or speaker.pronoun or speaker.name is None)
    # "मुझे लगता है कि" in the reported clause is the outer speaker's.
    return not speaker.first_person or attribution.source is None


def _is_supposed(reading: Reading, attribution: Attribution) -> bool:
    """ "अगर वे कहते हैं कि …": a case that is put, nothing said."""
    tokens = reading.view.sentences[attribution.sentence]
    for at in range(attribution.cue.start - 1, -1, -1):
        if tokens.is_grammar(at, "conditionals"):
            return True
        if tokens.is_complementizer(at) or tokens.at(at) == "तो" or tokens.ends_clause(at):
            return False
    return False


def _remember_source(reading: Reading, attribution: Attribution) -> None:
    """A cue without content still says who is speaking: "X का बयान आया।"."""
    if attribution.cue.passive or attribution.cue.frame == "postposition":
        return
    speaker = resolve(reading, attribution)
    if speaker.name is None or speaker.first_person or reading.is_within_content(attribution):
        return
    reading.history.append((attribution.sentence, speaker))


def _record(
    reading: Reading,
    attribution: Attribution,
    content: Content,
    speaker: Speaker,
    *,
    via: str | None,
    nested: bool,
) -> None:
    """Add a statement, and remember its speaker unless somebody else reports it."""
    cue = attribution.cue
    if content.quotation is not None:
        reading.claimed.add(content.quotation.outer.start)
    inner_layer = nested or cue.judged or reading.is_within_content(attribution)
    reading.statements.append(
        Statement(
            content=content.span,
            evidence=_evidence(reading.view, attribution, content),
            kind=content.kind,
            cue=cue.lemma,
            act=cue.act,
            polarity="denied" if cue.denied else "affirmed",
            mention=speaker.mention,
            speaker=speaker.name,
            speaker_type=speaker.type,
            role=speaker.role,
            resolution=speaker.resolution,
            via=via,
            addressee=addressee(reading, attribution),
            confidence=confidence(cue, content, speaker, nested=inner_layer),
        )
    )
    if not inner_layer and not (cue.passive and speaker.name is None):
        last = reading.view.sentence_at(content.span.end - 1)
        reading.history.append((max(attribution.sentence, last), speaker))


def _evidence(view: View, attribution: Attribution, content: Content) -> Span:
    """The sentences of cue and content, in code points."""
    own = view.sentences[attribution.sentence].sentence
    first = view.sentences[view.sentence_at(content.span.start)].sentence
    last = view.sentences[view.sentence_at(content.span.end - 1)].sentence
    return Span(min(own.start, first.start), max(own.end, last.end, content.span.end))


def _in_order(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """In text order, of each content only the surest statement."""
    best: dict[Span, Statement] = {}
    for statement in statements:
        known = best.get(statement.content)
        if known is None or statement.confidence > known.confidence:
            best[statement.content] = statement
    return tuple(sorted(best.values(), key=lambda s: (s.content.start, -s.content.end)))
