"""Resolve a source phrase, or its absence, to a speaker."""

from __future__ import annotations

from dataclasses import replace

from claimx.attribution.lexicon import Form, fold, lexicon
from claimx.attribution.names import describe
from claimx.attribution.reading import NOBODY, Reading, Speaker
from claimx.attribution.relation import Attribution
from claimx.attribution.sources import (
    Source,
    earlier_ergative,
    issuer,
    phrase,
    subject_of_clause,
)
from claimx.attribution.speakers.antecedents import PRONOUN_REACH, antecedent
from claimx.attribution.speakers.named import TITLE_REACH, mention_of, named
from claimx.attribution.tokens import Tokens
from claimx.records import Span

# How far back "इसमें" looks for a document, in sentences.
_DOCUMENT_REACH = 3
# Words between a relative clause's document and the pronoun that takes it up.
_CORRELATE_REACH = 20
# Words between a statement and the pronoun of its relative clause.
_OWNER_REACH = 10
# How far back whom a question went to is looked for, in words.
_OBJECT_REACH = 40


def resolve(reading: Reading, attribution: Attribution) -> Speaker:
    """The speaker of an attribution; without a name where nothing resolves its source."""
    source = attribution.source
    if source is None:
        if attribution.cue.passive:
            return _document_goes_on(reading, attribution)
        if attribution.continued:
            return _continued(reading, attribution)
        return NOBODY
    tokens = reading.view.sentences[attribution.sentence]
    described = describe(tokens, reading.view.text, source)
    mention = mention_of(tokens, source)
    if described.first_person:
        return Speaker(None, "person", None, "unresolved", mention, first_person=True)
    if described.pronoun:
        return _pronoun(reading, attribution, mention)
    also = "भी" in tokens.folded[source.end : attribution.cue.start]
    return named(reading, attribution.sentence, source, described, also=also)


def _pronoun(reading: Reading, attribution: Attribution, mention: Span) -> Speaker:
    tokens = reading.view.sentences[attribution.sentence]
    assert attribution.source is not None
    word = tokens.at(attribution.source.head)
    honoured = word not in tokens.lex.pronouns["unhonoured"]
    if word in tokens.lex.pronouns["document"]:
        found = _last_document(reading, attribution)
    elif word in tokens.lex.pronouns["document_genitive"]:
        found = _speaking_document(reading, attribution)
    else:
        found = (
            _correlated_document(reading, attribution)
            or _clause_subject(reading, attribution)
            or _outer_speaker(reading, attribution, honoured)
            or antecedent(reading, attribution, honoured)
        )
    if found is None:
        return Speaker(None, "unknown", None, "unresolved", mention, pronoun=True)
    return replace(
        found, resolution="pronoun", mention=mention, pronoun=True, honoured=honoured
    )


def _correlated_document(reading: Reading, attribution: Attribution) -> Speaker | None:
    """ "जो रिपोर्ट सौंपी गई, उसके अनुसार S": the report."""
    source = attribution.source
    if source is None or attribution.cue.frame != "postposition":
        return None
    tokens = reading.view.sentences[attribution.sentence]
    for at in range(max(0, source.start - _CORRELATE_REACH), source.start - 1):
        if not tokens.is_grammar(at, "relatives") or not tokens.is_nominal(at + 1):
            continue
        if tokens.at(at + 1) in tokens.lex.own_documents | tokens.lex.statements:
            described = describe(tokens, reading.view.text, Source(at + 1, at + 2, "document"))
            name = described.name
            return Speaker(name, described.type, None, "pronoun", None) if name else None
    return None


def _outer_speaker(
    reading: Reading, attribution: Attribution, honoured: bool
) -> Speaker | None:
    """ "सरकार ने कहा कि उसने … से कहा है कि": who speaks of itself in what it says."""
    outer = reading.outer_layer(attribution)
    if outer is None or outer.speaker is None:
        return None
    if not honoured and outer.speaker_type == "person":
        return None  # "मंत्री ने कहा कि उसने …": somebody else, with less respect
    return Speaker(outer.speaker, outer.speaker_type, outer.role, "pronoun", None)


def _clause_subject(reading: Reading, attribution: Attribution) -> Speaker | None:
    """ "X ने … की है, उन्होंने कहा": the subject of an earlier clause of the sentence."""
    tokens = reading.view.sentences[attribution.sentence]
    assert attribution.source is not None
    quotes = reading.view.quote_of[attribution.sentence]
    here = quotes[attribution.source.start]
    at = attribution.source.start - 1
    while at > 0 and not tokens.is_finite(at):
        if tokens.at(at) == "कि":
            return None
        at -= 1
    masked = [quote != here for quote in quotes]
    if owner := _owner_of_statement(reading, attribution, attribution.source.start):
        return owner
    subject = earlier_ergative(tokens, at, masked)
    if tokens.at(attribution.source.start - 1) == "तो":
        begin = subject.end + 1 if subject else 0
        other = _object_person(reading, tokens, begin, at)
        if other is None and subject is not None:
            other = _object_person(reading, tokens, 0, subject.start)
        if other is not None:
            return other
    if subject is None and at > 0:
        subject = subject_of_clause(tokens, at, masked)
    if subject is None:
        return None
    speaker = resolve(reading, replace(attribution, source=subject))
    if speaker.name is None or speaker.type not in ("person", "group"):
        return None
    return speaker


def _owner_of_statement(
    reading: Reading, attribution: Attribution, pronoun: int
) -> Speaker | None:
    """ "… X के उस बयान के बाद आया है जिसमें उन्होंने कहा कि": X."""
    tokens = reading.view.sentences[attribution.sentence]
    if tokens.at(pronoun - 1) not in tokens.lex.pronouns["document"]:
        return None
    for at in range(pronoun - 2, max(1, pronoun - 2 - _OWNER_REACH), -1):
        # "X के आरोपों को खारिज किया, जिनमें उन्होंने"
        pointed = tokens.at(at + 1) == "को" or _is_pointed_at(tokens, at)
        told = tokens.at(at) in tokens.lex.reported and pointed
        if told or tokens.at(at) in tokens.lex.utterances:
            return _owner(reading, attribution.sentence, at)
    return None


def _is_pointed_at(tokens: Tokens, statement: int) -> bool:
    """ "उस आरोप", "वह दावा": the one that a relative clause goes on to tell."""
    pronouns, before = tokens.lex.pronouns, tokens.at(statement - 1)
    return before in pronouns["stem"] or before in pronouns["nominative"]


def _owner(reading: Reading, sentence: int, statement: int) -> Speaker | None:
    """ "X के उस बयान", "X द्वारा … दिए उस बयान": X.

    Args:
        statement: index of "बयान".
    """
    tokens = reading.view.sentences[sentence]
    genitive = statement - 1
    while genitive > 0 and tokens.words[genitive].upos in ("DET", "PRON", "ADJ", "NUM"):
        genitive -= 1
    if tokens.is_grammar(genitive, "genitive") and tokens.is_nominal(genitive - 1):
        source: Source | None = phrase(tokens, genitive - 1, "genitive")
    else:
        source = issuer(tokens, statement)
    if source is None:
        return None
    described = describe(tokens, reading.view.text, source)
    owner = named(reading, sentence, source, described)
    known = owner.name and owner.type in ("person", "organization", "group")
    return replace(owner, resolution="pronoun") if known else None


def _object_person(reading: Reading, tokens: Tokens, start: int, end: int) -> Speaker | None:
    """ "जब पुलिस ने X से पूछा तो उसने बताया": X."""
    for at in range(max(start, end - _OBJECT_REACH), end):
        timely = tokens.at(at) in tokens.lex.leaders  # "मंगलवार को"
        if tokens.at(at + 1) in ("से", "को") and tokens.is_nominal(at) and not timely:
            described = describe(tokens, reading.view.text, phrase(tokens, at, "dative"))
            if described.name and described.type in ("person", "group"):
                name, kind = described.name, described.type
                return Speaker(name, kind, described.role, "pronoun", None)
    return None


def _continued(reading: Reading, attribution: Attribution) -> Speaker:
    """ "… और कहा कि": an earlier subject of the sentence, or who spoke last."""
    if attribution.inherited is not None:
        own = replace(attribution, source=attribution.inherited, inherited=None)
        found = resolve(reading, own)
        return replace(found, resolution="continued") if found.name else found
    if attribution.cue.form is Form.IMPERFECTIVE:
        return NOBODY  # "कहते हैं कि": hearsay, not somebody's habit
    if attribution.cue.form is Form.STEM and reading.is_within_content(attribution):
        return NOBODY  # "X ने कहा कि … आरोप लगा रहे हैं": somebody else
    if reading.history:
        sentence, speaker = reading.history[-1]
        if attribution.sentence - sentence <= PRONOUN_REACH and speaker.name:
            return replace(speaker, resolution="continued")
    return NOBODY


def _document_goes_on(reading: Reading, attribution: Attribution) -> Speaker:
    """ "जापान के बारे में कहा गया है कि" after "रिपोर्ट में कहा गया": the same report.

    "ये भी कहा गया है कि" goes on with an organisation too.
    """
    tokens = reading.view.sentences[attribution.sentence]
    start, end = attribution.cue.start, attribution.cue.end
    if any(tokens.is_grammar(at, "perfective_passive") for at in range(start, end)):
        if document := _speaking_document(reading, attribution):
            return replace(document, resolution="continued", mention=None)
    also = any(tokens.at(k) == "भी" for k in range(max(0, start - 4), start))
    if also and reading.history:
        sentence, speaker = reading.history[-1]
        near = attribution.sentence - sentence <= TITLE_REACH
        if near and speaker.type in ("unknown", "organization") and speaker.name:
            return replace(speaker, resolution="continued", mention=None)
    return NOBODY


def _speaking_document(reading: Reading, attribution: Attribution) -> Speaker | None:
    """The report that made the last statement, if that was right before."""
    if not reading.history:
        return None
    sentence, speaker = reading.history[-1]
    head = fold((speaker.name or "").split(" ")[-1])
    written = speaker.type == "unknown" and head in lexicon().own_documents
    if speaker.mention is not None:  # "बयान में कहा गया", resolved to whose it is
        mention = reading.view.text[speaker.mention.start : speaker.mention.end]
        written = written or fold(mention.split()[-1]) in lexicon().utterances
    return speaker if written and attribution.sentence - sentence <= _DOCUMENT_REACH else None


def _last_document(reading: Reading, attribution: Attribution) -> Speaker | None:
    """ "इसमें कहा गया": the report or statement spoken of last."""
    for back in range(
        attribution.sentence, max(-1, attribution.sentence - 1 - _DOCUMENT_REACH), -1
    ):
        tokens = reading.view.sentences[back]
        limit = len(tokens)
        if back == attribution.sentence and attribution.source is not None:
            limit = attribution.source.start
        places = list(range(limit - 1, -1, -1))
        written = tokens.lex.own_documents | tokens.lex.statements
        if back == attribution.sentence:  # "उस याचिका पर … जवाब मांगा, जिसमें"
            places.sort(key=lambda at: tokens.at(at - 1) not in tokens.lex.pronouns["stem"])
        else:  # "एक बयान जारी कर कहा कि … वेबसाइट …। इसमें"
            told_of = [reading.is_reported(word.start) for word in tokens.words]
            places.sort(key=told_of.__getitem__)
        for at in places:
            told = tokens.at(at) in tokens.lex.reported - tokens.lex.own_documents
            if told and _is_pointed_at(tokens, at):
                if owner := _owner(reading, back, at):
                    return owner  # "X के उस आरोप को … जिसमें"
            if tokens.at(at) in written:
                if reading.view.quote_of[back][at] >= 0 or not tokens.is_nominal(at):
                    continue
                source = phrase(tokens, at, "document")
                described = describe(tokens, reading.view.text, source)
                if described.name:
                    owner = _said_in(reading, back) if described.indefinite else None
                    return owner or Speaker(
                        described.name, described.type, None, "pronoun", None
                    )
    return None


def _said_in(reading: Reading, sentence: int) -> Speaker | None:
    """ "X ने एक बयान में कहा …। इसमें …": X."""
    spoke = [speaker for at, speaker in reading.history if at == sentence and speaker.name]
    return spoke[-1] if spoke else None


def of_relative(reading: Reading, attribution: Attribution, speaker: Speaker) -> Speaker:
    """ "X, जिन्होंने कहा कि": the noun phrase before the relative clause."""
    tokens = reading.view.sentences[attribution.sentence]
    assert attribution.source is not None
    at = attribution.source.start - 1
    while at >= 0 and (
        tokens.is_punct(at) or tokens.words[at].upos in ("ADP", "AUX", "VERB", "PART")
    ):
        at -= 1
    if at < 0:
        return speaker
    described = describe(tokens, reading.view.text, phrase(tokens, at, "relative"))
    if described.name is None or (described.type == "unknown" and not described.document):
        return speaker
    return replace(
        speaker,
        name=described.name,
        type=described.type,
        role=described.role,
        resolution="pronoun",
        pronoun=False,
    )


def antecedent_in_quotation(reading: Reading, attribution: Attribution) -> Speaker | None:
    """Whom a pronoun means that the quoted speaker named just before."""
    source = attribution.source or attribution.inherited
    if source is not None:
        if owner := _owner_of_statement(reading, attribution, source.start):
            mention = mention_of(reading.view.sentences[attribution.sentence], source)
            return replace(owner, mention=mention)
    here = reading.view.quote_of[attribution.sentence][attribution.cue.start]
    for back in (attribution.sentence, attribution.sentence - 1):
        if back < 0:
            continue
        tokens, quotes = reading.view.sentences[back], reading.view.quote_of[back]
        end = len(tokens)
        if back == attribution.sentence and attribution.source is not None:
            end = attribution.source.start
        for at in range(end - 1, -1, -1):
            person = tokens.words[at].ner == "PER" and (
                at + 1 >= len(tokens) or tokens.words[at + 1].ner != "PER"
            )
            body = tokens.at(at) in tokens.lex.groups | tokens.lex.organizations
            plural = body and tokens.at(at).endswith(("ों", "ओं"))
            if quotes[at] != here or not (person or plural):
                continue
            described = describe(tokens, reading.view.text, phrase(tokens, at, "nominative"))
            if source and described.name is not None and described.type != "unknown":
                mention = mention_of(reading.view.sentences[attribution.sentence], source)
                return Speaker(
                    described.name, described.type, described.role, "pronoun", mention
                )
    return None


def addressee(reading: Reading, attribution: Attribution) -> str | None:
    """ "X ने Y से कहा": the name or phrase of Y, or None."""
    tokens = reading.view.sentences[attribution.sentence]
    at = attribution.cue.start - 1
    while tokens.is_grammar(at, "before_addressee"):
        at -= 1
    if tokens.at(at) not in ("को", "से") or at < 1 or tokens.at(at - 1) in tokens.lex.leaders:
        return None
    found = phrase(tokens, at - 1, "dative")
    if attribution.source is not None and found.start < attribution.source.end:
        return None
    described = describe(tokens, reading.view.text, found)
    if described.pronoun or described.name is None or described.type == "unknown":
        return None
    return described.name
