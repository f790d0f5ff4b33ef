"""Sources with a name or a title of their own."""

from __future__ import annotations

from dataclasses import replace

from claimx.attribution.cutting import tidy
from claimx.attribution.lexicon import fold, lexicon
from claimx.attribution.names import Described, describe
from claimx.attribution.people import name_keys
from claimx.attribution.reading import Reading, Speaker
from claimx.attribution.sources import Source, phrase
from claimx.attribution.speakers.bodies import which_body, which_outlet
from claimx.attribution.speakers.companies import is_company, which_company
from claimx.attribution.speakers.retaking import taken_up
from claimx.attribution.tokens import Tokens
from claimx.attribution.view import View
from claimx.records import Resolution, Span

# How far back a bare title, and a bare document, look for who spoke last, in sentences.
TITLE_REACH, _DOCUMENT_REACH = 3, 3
# ... and how far back the full form of a title without a name may be.
_FULL_TITLE_REACH = 8


def mention_of(tokens: Tokens, source: Source) -> Span:
    """A source phrase in the article, in code points."""
    return Span(tokens.words[source.start].start, tokens.words[source.end - 1].end)


def named(
    reading: Reading, sentence: int, source: Source, described: Described, *, also: bool = False
) -> Speaker:
    """The speaker that a source phrase names or describes.

    Args:
        sentence: index of the source's sentence.
        described: the source phrase, understood.
        also: भी stands behind the source, so it spoke before.
    """
    mention = mention_of(reading.view.sentences[sentence], source)
    name = described.name
    if not name:  # empty: nothing but a gloss, "(John Kirby)"
        return Speaker(None, described.type, described.role, "unresolved", mention)
    if described.title:
        place = (sentence, source.head)
        return _titled(reading, place, described, mention, also=also)
    if described.type == "person" and is_company(reading, name, described.role):
        return Speaker(name, "organization", described.role, "name", mention)
    if described.type == "person" and described.named:
        person = reading.people.find(name, (sentence, source.head))
        if person is not None:
            reading.people.meet(person, sentence, source.head)
            if len(person.keys) == 1 < len(name_keys(name)):
                person.name = name  # "आयुक्त करेन वेब": a surname that the tagger takes for a word
            longer = len(person.keys) > len(name_keys(name))
            role = described.role or (person.roles[0] if person.roles else None)
            known_as: Resolution = "surname" if longer else "name"
            return Speaker(person.name, "person", role, known_as, mention)
    if not described.document and " " not in name:
        if (bearer := reading.people.by_short_title(name)) is not None:
            return Speaker(bearer.name, "person", name, "title", mention)
    if described.type == "organization" and not _is_body(reading, sentence, source):
        namesake = reading.people.find(name, (sentence, source.head))
        if namesake is not None and len(namesake.keys) > len(name_keys(name)):
            role = namesake.roles[0] if namesake.roles else None
            return Speaker(namesake.name, "person", role, "surname", mention)
    if described.document and described.indefinite:
        return _document(reading, sentence, described, mention)
    if described.type in ("unknown", "group"):  # no name, for all that the tagger knows
        written = reading.view.sentences[sentence].words[source.head].text
        bearer = reading.people.by_surname(written, (sentence, source.head))
        if described.type == "unknown":
            bearer = bearer or reading.people.glued(name)
        if bearer is not None:
            role = bearer.roles[0] if bearer.roles else None
            return Speaker(bearer.name, "person", role, "surname", mention)
    if body := which_body(reading, sentence, source, described):
        full, known_as = body
        return Speaker(full, "organization", described.role, known_as, mention)
    if outlet := which_outlet(reading, sentence, described):
        return Speaker(outlet[0], "organization", None, outlet[1], mention)
    if described.type == "organization" and (company := which_company(reading, sentence, name)):
        return Speaker(company, "organization", described.role, "title", mention)
    full = reading.acronyms.get(name, name)
    return Speaker(full, described.type, described.role, "name", mention)


def named_source(reading: Reading, sentence: int, source: Source) -> Speaker:
    """As `named`, for a source phrase as it stands in the sentence."""
    described = describe(reading.view.sentences[sentence], reading.view.text, source)
    return named(reading, sentence, source, described)


def _is_body(reading: Reading, sentence: int, source: Source) -> bool:
    """Is the head an organisation or a country, not just a word tagged as a place?"""
    tokens = reading.view.sentences[sentence]
    head = tokens.at(source.head)
    listed = head in tokens.lex.organizations or head in tokens.lex.countries
    return listed or tokens.words[source.head].ner != "LOC"


def _titled(
    reading: Reading,
    place: tuple[int, int],
    described: Described,
    mention: Span,
    *,
    also: bool,
) -> Speaker:
    """A title alone: the person who bears it; "also" whoever spoke last and has no title.

    Args:
        place: sentence and word of the title.
    """
    sentence = place[0]
    role, title, lex = described.role, described.title, lexicon()
    unknown = Speaker(described.name, described.type, role, "title", mention)
    bearer = reading.people.find(title, place) if role == title else None
    at_end = -1 if title not in lex.given_titles else 0  # प्रधान, a surname; राजा, a first name
    surname = bearer is not None and name_keys(title)[-1:] == bearer.keys[at_end:][:1]
    if bearer is not None and surname and len(bearer.keys) > 1:
        return Speaker(bearer.name, "person", None, "surname", mention)
    if described.indefinite:
        return unknown
    if title in lex.kin:  # "मृतका की मां … मां ने कहा", but not "उनकी मां"
        tokens = reading.view.sentences[sentence]
        owned = tokens.at(place[1] - 1) in lex.pronouns["genitive"]
        fuller = None if owned or role != title else _fuller_title(reading, sentence, title)
        return replace(fuller, mention=mention) if fuller else unknown
    office = title in lex.offices
    person = reading.people.by_title(
        role or title, place, exact_only=not office, speaking=reading.speaking(sentence)
    )
    if person is None and role and office:
        person = taken_up(reading, sentence, role)
    if person is not None:
        reading.people.meet(person, *place)
        return Speaker(person.name, "person", role, "title", mention)
    last = _untitled_speaker(reading, sentence)
    if last is not None and office and also:
        return replace(last, role=role, resolution="title", mention=mention)
    if office and role == title and (fuller := _fuller_title(reading, sentence, title)):
        return replace(fuller, mention=mention)
    return unknown


def _fuller_title(reading: Reading, sentence: int, title: str) -> Speaker | None:
    """ "थाना प्रभारी ने … कहा। प्रभारी ने …": the one without a name who was called so in full,
    if only one of that title has spoken."""
    spoke = {
        speaker.name: (at, speaker)
        for at, speaker in reading.history
        if speaker.name and fold(speaker.name.split(" ")[-1]) == title
    }
    if len(spoke) != 1:
        return None
    at, speaker = next(iter(spoke.values()))
    near = sentence - at <= _FULL_TITLE_REACH
    return (
        speaker if near and speaker.type == "person" and speaker.name == speaker.role else None
    )


def _untitled_speaker(reading: Reading, sentence: int) -> Speaker | None:
    """The person who spoke last, in this paragraph and without a title so far."""
    if not reading.history:
        return None
    spoke, speaker = reading.history[-1]
    near = sentence - spoke <= TITLE_REACH
    if not near or reading.paragraph(spoke) != reading.paragraph(sentence):
        return None
    untitled = speaker.type == "person" and speaker.name and not speaker.role
    return speaker if untitled else None


def _document(reading: Reading, sentence: int, described: Described, mention: Span) -> Speaker:
    """ "बयान में कहा गया": whose statement it is, if an organisation spoke before."""
    near = [
        speaker
        for spoke, speaker in reading.history
        if sentence - spoke <= _DOCUMENT_REACH and speaker.name
    ]
    bodies = [speaker for speaker in near if speaker.type == "organization"]
    head = fold((described.name or "").split(" ")[-1])
    said = head in lexicon().utterances
    if near and said and head in reading.view.sentences[reading.history[-1][0]].folded:
        bodies = near  # "X ने एक बयान में कहा …। बयान के मुताबिक": X's
    if bodies or (near and said):
        return replace((bodies or near)[-1], mention=mention, resolution="continued")
    return Speaker(described.name, described.type, None, "name", mention)


def acronyms(view: View) -> dict[str, str]:
    """ "नेशनल हरिकेन सेंटर (एनएचसी)": short form to long form."""
    found: dict[str, str] = {}
    for tokens in view.sentences:
        for at in range(1, len(tokens) - 2):
            bracketed = tokens.at(at) == "(" and tokens.at(at + 2) == ")"
            if not bracketed or tokens.words[at - 1].upos not in ("PROPN", "NOUN"):
                continue
            short = tidy(view.text[tokens.words[at + 1].start : tokens.words[at + 1].end])
            described = describe(tokens, view.text, phrase(tokens, at - 1, "nominative"))
            long = described.name or ""
            if described.type == "organization" and len(long.split()) > 1:
                found.setdefault(short, long)
    return found
