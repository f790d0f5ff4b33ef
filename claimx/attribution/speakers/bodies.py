"""Organisations called by their kind alone: "मंत्रालय ने", "संगठन का दावा है"."""

from __future__ import annotations

from collections.abc import Iterator

from claimx.attribution.lexicon import fold, lexicon
from claimx.attribution.names import Described, describe
from claimx.attribution.reading import Reading
from claimx.attribution.sources import Source, phrase
from claimx.attribution.tokens import NOMINAL, Tokens
from claimx.records import Resolution

# How far back a kind of organisation looks for the one that is meant, in sentences.
_REACH = 30
# ... and "पार्टी" for the party that acted.
_PARTY_REACH = 5
# Statements among which an outlet is looked for.
_RECENT = 6


def which_body(
    reading: Reading, sentence: int, source: Source, described: Described
) -> tuple[str, Resolution] | None:
    """The organisation of this kind that was named last, and how the kind led to it.

    "विदेश मंत्रालय … मंत्रालय" is its last word, as with a surname, or a word for the same
    kind ("हाई कोर्ट … अदालत"); "समाचार एजेंसी रॉयटर्स …
    एजेंसी" is what stands beside its name, as a title does.

    Args:
        sentence: index of the source's sentence.
        described: the source phrase, understood.

    Returns:
        None where the source has a name of its own, or none was named before, or two
        were and neither right before.
    """
    if " " in (described.name or " ") or not _is_kind(reading, sentence, source):
        return None
    if reading.view.sentences[sentence].at(source.head) == "पार्टी":
        if party := _acting_party(reading, sentence):
            return party
    found = list(_named_before(reading, sentence, source))
    if not found or (len({name for _, name, _ in found}) > 1 and sentence - found[0][0] > 1):
        return None  # the ministry of some sentences ago, of which there are two
    _, name, known_as = found[0]
    return name, known_as


def which_outlet(
    reading: Reading, sentence: int, described: Described
) -> tuple[str, Resolution] | None:
    """ "न्यूयॉर्क टाइम्स के मुताबिक …। अखबार ने लिखा": the outlet that told something last, and
    how its kind led to it."""
    lex, kind = lexicon(), fold(described.name or "")
    if kind not in lex.outlet_kinds:
        return None
    here = reading.view.sentences[sentence].sentence.start
    for statement in reversed(reading.statements[-_RECENT:]):
        told = reading.view.sentence_at(statement.evidence.start)
        if statement.evidence.start >= here or sentence - told > _PARTY_REACH:
            continue
        for name in (statement.via, statement.speaker):
            words = (name or "").split(" ")
            named = len(words) > 1 or fold(words[0]) not in lex.outlet_kinds
            if name and named and fold(words[-1]) in lex.outlets:
                return name, "surname" if fold(words[-1]) == kind else "title"
    return None


def _acting_party(reading: Reading, sentence: int) -> tuple[str, Resolution] | None:
    """ "भाजपा ने … का विरोध किया। पार्टी ने कहा": the party that spoke or acted last."""
    for back in range(sentence - 1, max(-1, sentence - 1 - _PARTY_REACH), -1):
        spoke = [speaker for at, speaker in reading.history if at == back and speaker.name]
        if spoke:  # भाजपा, or "भाजपा प्रवक्ता"
            name, role = spoke[-1].name or "", spoke[-1].role or ""
            for party in (name.split(" ")[-1], role.split(" ")[0]):
                if fold(party) in lexicon().parties:
                    return party, "title"
        tokens, quotes = reading.view.sentences[back], reading.view.quote_of[back]
        for at in range(len(tokens) - 1):
            acts = tokens.is_ergative(at + 1) or tokens.words[at].deprel.startswith("nsubj")
            if tokens.at(at) in tokens.lex.parties and acts and quotes[at] < 0:
                word = tokens.words[at]
                return reading.view.text[word.start : word.end], "title"
    return None


def _named_before(
    reading: Reading, sentence: int, source: Source
) -> Iterator[tuple[int, str, Resolution]]:
    """Organisations of the source's kind with their sentences, the nearest first."""
    kind = reading.view.sentences[sentence].at(source.head)
    courts = lexicon().grammar["court_kinds"]
    kinds = courts if kind in courts else {kind}
    for back in range(sentence, max(-1, sentence - _REACH - 1), -1):
        tokens = reading.view.sentences[back]
        end = source.start if back == sentence else len(tokens)
        for at in range(end - 1, -1, -1):
            if tokens.at(at) not in kinds:
                continue
            beside = _end_of_name_behind(tokens, at)
            found = describe(tokens, reading.view.text, phrase(tokens, beside, "nominative"))
            if found.type != "organization" or not found.name:
                continue
            if beside > at:
                yield back, found.name, "title"
            elif " " in found.name and _is_told_apart(tokens, at):
                yield back, found.name, "surname"


def _is_kind(reading: Reading, sentence: int, source: Source) -> bool:
    """Is the head a word for a kind of organisation, and no name like भाजपा?"""
    tokens = reading.view.sentences[sentence]
    head = source.head
    known = tokens.at(head) in tokens.lex.organizations
    return known and not tokens.words[head].ner and tokens.words[head].upos in NOMINAL


def _end_of_name_behind(tokens: Tokens, at: int) -> int:
    """The last word of the organisation's name that follows its kind, or ``at``."""
    end = at
    while end + 1 < len(tokens):
        word = tokens.words[end + 1]
        hyphen = end > at and tokens.at(end + 1) == "-" and end + 2 < len(tokens)
        if not (hyphen or word.ner == "ORG" or (word.upos == "PROPN" and word.ner != "LOC")):
            break
        end += 1 + hyphen
    return end


def _is_told_apart(tokens: Tokens, at: int) -> bool:
    """Does a noun say which one: "विदेश मंत्रालय", but not "नई कंपनी"?"""
    if tokens.is_nominal(at + 1):
        return False  # "आयोग अध्यक्ष"
    start = phrase(tokens, at, "nominative").start
    if tokens.has_finite(start, at):
        return False  # "… मुद्दे उठायेंगे सरकार ने": a sentence without its stop
    nationality = tokens.at(at - 1) in tokens.lex.nationalities and start < at
    return nationality or any(
        word.upos in NOMINAL or word.ner for word in tokens.words[start:at]
    )
