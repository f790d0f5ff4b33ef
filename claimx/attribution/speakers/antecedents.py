"""Whom a pronoun means: the antecedents in the sentences before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimx.attribution.lexicon import fold, lexicon
from claimx.attribution.names import describe
from claimx.attribution.people import Person
from claimx.attribution.reading import Reading, Speaker
from claimx.attribution.relation import Attribution
from claimx.attribution.sources import earlier_ergative, phrase
from claimx.attribution.speakers.named import named
from claimx.attribution.tokens import Tokens

# How far back a pronoun looks, in sentences and paragraphs.
PRONOUN_REACH, _PARAGRAPH_REACH = 10, 4
# A speaker so many sentences back is likelier than a nearer person without a title.
_WEAK_REACH = 6
# How far back a pronoun prefers a person to a nearer organisation, in sentences.
_PERSON_REACH = 4
# How far back उसने means an organisation that nobody spoke for, in sentences.
_BODY_REACH = 2
# A sentence's bare subject stands among its first so many words.
_SUBJECT_REACH = 8
# The least prominence of what may be a bare subject.
_LEAST_OF_SUBJECT = 3
# Statements among which somebody counts as having been speaking.
_RECENT_SPEAKERS = 6
# Words between a person's genitive and the statement that is spoken of.
_STATEMENT_REACH = 8
# ... and between a title's genitive and its bearer's statement.
_OWN_STATEMENT_REACH = 3
# A pronoun that opens an article may mean whom one of so many sentences names later.
_CATAPHORA = 4


def antecedent(reading: Reading, attribution: Attribution, honoured: bool) -> Speaker | None:
    """The last speaker or the last sentence's subject, whichever is nearer; an
    organisation only where no person is in sight."""
    here = attribution.sentence
    sentences = reading.view.sentences
    paragraph = sentences[here].sentence.paragraph
    spoken: dict[int, Speaker] = {}
    for sentence, speaker in reading.history:
        if speaker.name is not None and (speaker.honoured or not honoured):
            spoken[sentence] = speaker
    if here in spoken and not reading.is_within_content(attribution):
        return spoken[here]
    body: Speaker | None = None
    group: Speaker | None = None
    weak: Speaker | None = None
    for back in range(here - 1, max(-1, here - 1 - PRONOUN_REACH), -1):
        if paragraph - sentences[back].sentence.paragraph > _PARAGRAPH_REACH:
            break
        if (body or group) is not None and here - back > _PERSON_REACH:
            break
        found = spoken.get(back)
        if found is not None and _can_be_they(found) and _agrees(found, honoured):
            return found
        if found is not None and not honoured and found.type == "organization":
            return found  # "पीठ ने कहा …। उसने …"
        if weak is not None and here - back > _WEAK_REACH:
            return weak
        if found is None:
            found = _subject(reading, back)
            if found is not None and not _agrees(found, honoured):
                found = None
            if found is not None and not honoured and _is_respected(found):
                own = _body_subject(reading, back, alone=False)
                if own is not None and here - back <= _BODY_REACH:
                    return own
                weak, found = weak or found, None  # a minister is उन्होंने
            if found is not None and weak is None and body is None:
                near = here - back
                if found.role or _acts(found, near) or _spoke(reading, found, near):
                    return found
            if body is None or (found is not None and _spoke(reading, found, 1)):
                weak = weak or found
            if found is None and not honoured and here - back <= _BODY_REACH:
                if (own := _body_subject(reading, back, alone=True)) is not None:
                    return own
            group = group or _group_subject(reading, back) or _title_subject(reading, back)
        if found is not None and found.type == "organization":
            body = body or found
    if weak is None and body is None and group is None and not spoken:
        return _named_later(reading, here)
    return weak or body or (group if group is None or _agrees(group, honoured) else None)


def _acts(speaker: Speaker, back: int) -> bool:
    """ "वकीलों ने … का विरोध किया। उन्होंने कहा": holders of a title right before."""
    head = fold((speaker.name or "").split(" ")[-1])
    return back == 1 and speaker.type == "group" and head in lexicon().titles


def _spoke(reading: Reading, speaker: Speaker, back: int) -> bool:
    """Whom the sentence before is about, and who has been speaking."""
    recent = reading.history[-_RECENT_SPEAKERS:]
    return back == 1 and any(speaker.name == known.name for _, known in recent)


def _agrees(speaker: Speaker, honoured: bool) -> bool:
    """उसने is one; of many, or with respect of one, it is उन्होंने."""
    head = fold((speaker.name or "").split(" ")[-1])
    return honoured or speaker.type != "group" or head in lexicon().organizations


def _named_later(reading: Reading, here: int) -> Speaker | None:
    """ "वो कहती हैं, …" as an opening: the first person named after it."""
    later = [
        ((sentence, word), person)
        for sentence in range(here + 1, here + 1 + _CATAPHORA)
        for word, person in reading.people.named_in(sentence)
        if reading.view.quote_of[sentence][word] < 0
    ]
    if not later:
        return None
    person = min(later, key=lambda pair: pair[0])[1]
    return _meant(person)


def _subject(reading: Reading, index: int) -> Speaker | None:
    """The person a sentence is about: its ergative or bare subject outside quotations."""
    tokens = reading.view.sentences[index]
    quotes = reading.view.quote_of[index]
    if ergative := _ergative_subject(reading, index):
        return ergative
    if _goes_on(tokens, quotes):
        return None  # "उन्होंने … को धन्यवाद दिया": about whoever it was about before
    candidates: list[tuple[tuple[int, int], Speaker]] = []
    for word, person in reading.people.named_in(index):
        if quotes[word] >= 0 or reading.is_reported(tokens.words[word].start):
            continue
        candidates.append(((_prominence(tokens, word), -word), _meant(person)))
    if not candidates:
        return None
    # "X भी Y के बयान से खुश नहीं दिखे": X, though Y's statement is spoken of
    first = min(candidates, key=lambda pair: -pair[0][1])
    if first[0][0] >= _LEAST_OF_SUBJECT:
        return first[1]
    return max(candidates, key=lambda pair: pair[0])[1]


def _goes_on(tokens: Tokens, quotes: Sequence[int]) -> bool:
    """Is a pronoun the subject: "उन्होंने …", "वे …" at the sentence's beginning?"""
    pronouns = tokens.lex.pronouns
    for at in range(min(len(tokens), _SUBJECT_REACH)):
        if quotes[at] >= 0 or tokens.is_complementizer(at):
            return False
        if tokens.at(at) in pronouns["ergative"]:
            return True
        if tokens.is_ergative(at) or tokens.words[at].ner == "PER":
            return False
    return False


def _meant(person: Person) -> Speaker:
    """A person as the antecedent of a pronoun."""
    role = person.roles[0] if person.roles else None
    return Speaker(person.name, "person", role, "pronoun", None)


def _prominence(tokens: Tokens, word: int) -> int:
    """How likely a sentence is about the person whose name ends at ``word``.

    Told from the case marker: whose statement is spoken of, subjects, possessors, objects.
    """
    behind = _behind_bracket(tokens, word + 1)
    if tokens.is_grammar(behind, "ergative"):
        return 4
    if tokens.is_grammar(behind, "oblique_markers"):
        return 1
    if tokens.is_grammar(behind, "genitive"):
        reach = range(word + 2, word + 2 + _STATEMENT_REACH)
        return 5 if any(tokens.at(at) in tokens.lex.statements for at in reach) else 2
    if tokens.at(behind) == ",":
        return 4 if tokens.is_grammar(behind + 1, "relatives") else 2  # one of a list
    return 3 + (tokens.tree and tokens.words[word].deprel.startswith("nsubj"))


def _ergative_subject(reading: Reading, index: int) -> Speaker | None:
    """ "प्रधानमंत्री ने … को संबोधित किया।": who did it, outside reported content."""
    tokens = reading.view.sentences[index]
    masked = [quote >= 0 for quote in reading.view.quote_of[index]]
    end = next((k for k in range(len(tokens)) if tokens.at(k) == "कि"), len(tokens))
    source = earlier_ergative(tokens, end - 1, masked)
    if source is None or reading.is_reported(tokens.words[source.start].start):
        return None
    described = describe(tokens, reading.view.text, source)
    if described.pronoun or described.name is None or described.type not in ("person", "group"):
        return None
    if described.type == "group" and any(
        tokens.is_grammar(at, "multitudes") for at in range(source.start, source.end)
    ):
        return None  # "चार लाख बुनकरों ने … लिया": a figure
    return replace(named(reading, index, source, described), resolution="pronoun")


def _is_respected(speaker: Speaker) -> bool:
    """Somebody with an office: hardly उसने where an organisation may be meant."""
    return any(fold(word) in lexicon().offices for word in (speaker.role or "").split())


def _body_subject(reading: Reading, index: int, *, alone: bool) -> Speaker | None:
    """ "संगठन ने … घोषित किया। उसने कहा": an organisation that did something.

    Args:
        alone: only where it did it to nobody who could be the one that speaks next: "पुलिस ने
            युवक को पकड़ा। उसने बताया".
    """
    tokens, quotes = reading.view.sentences[index], reading.view.quote_of[index]
    end = next((k for k in range(len(tokens)) if tokens.at(k) == "कि"), len(tokens))
    source = earlier_ergative(tokens, end - 1, [quote >= 0 for quote in quotes])
    if source is None or reading.is_reported(tokens.words[source.start].start):
        return None
    described = describe(tokens, reading.view.text, source)
    if described.type != "organization" or described.name is None:
        return None
    if alone and (at := _acted_on(tokens, source.end)) is not None:
        return _without_name(reading, index, at)
    return replace(named(reading, index, source, described), resolution="pronoun")


def _acted_on(tokens: Tokens, start: int) -> int | None:
    """Index of the first word from one on for who may be the next to speak, or None."""
    lex = tokens.lex
    for at in range(start, len(tokens)):
        known = tokens.at(at) in lex.groups | (lex.titles - lex.offices)
        somebody = tokens.words[at].ner == "PER" or (
            known and tokens.is_grammar(at + 1, "oblique_markers")
        )
        if somebody or tokens.at(at) in lex.pronouns["dative"]:
            return at
    return None


def _without_name(reading: Reading, index: int, at: int) -> Speaker | None:
    """ "पुलिस ने एक युवक को पकड़ा। उसने बताया": whom something was done to, by title alone."""
    tokens = reading.view.sentences[index]
    if tokens.at(at + 1) != "को" or tokens.at(at) not in tokens.lex.titles:
        return None
    source = phrase(tokens, at, "dative")
    described = describe(tokens, reading.view.text, source)
    if not described.title:
        return None
    return replace(named(reading, index, source, described), resolution="pronoun")


def _group_subject(reading: Reading, index: int) -> Speaker | None:
    """ "ग्रामीण … का विरोध कर रहे हैं।": an unnamed group without a case marker."""
    tokens = reading.view.sentences[index]
    quotes = reading.view.quote_of[index]
    for at in range(min(len(tokens) - 1, _SUBJECT_REACH)):
        word = tokens.words[at]
        if word.upos == "ADP" and tokens.at(at) not in tokens.lex.grammar["genitive"]:
            continue
        known = tokens.at(at) in tokens.lex.groups or (
            tokens.at(at) in tokens.lex.titles and word.feats.get("Number") == "Plur"
        )
        if (
            known
            and quotes[at] < 0
            and tokens.words[at + 1].upos not in ("ADP", "NOUN", "PROPN")
        ):
            if reading.is_reported(word.start):
                return None
            described = describe(tokens, reading.view.text, phrase(tokens, at, "nominative"))
            if described.name:
                return Speaker(described.name, "group", None, "pronoun", None)
    return None


def _title_subject(reading: Reading, index: int) -> Speaker | None:
    """ "भूटान के राष्ट्रपति का जवाब आया।", "मुख्यमंत्री पटना पहुंचे।": a title without a name."""
    tokens = reading.view.sentences[index]
    quotes = reading.view.quote_of[index]
    for at in range(min(len(tokens) - 1, _SUBJECT_REACH)):
        if tokens.at(at) not in tokens.lex.offices or quotes[at] >= 0:
            continue
        behind, following = at + 1, tokens.words[at + 1]
        if tokens.is_grammar(behind, "genitive"):
            reach = range(behind + 1, behind + 1 + _OWN_STATEMENT_REACH)
            subject = any(tokens.at(k) in tokens.lex.utterances for k in reach)
        else:
            nominal = following.upos in ("ADP", "NOUN", "PROPN", "PUNCT", "CCONJ")
            subject = not (nominal or following.ner) or tokens.at(behind) in tokens.lex.leaders
        if not subject or reading.is_reported(tokens.words[at].start):
            continue
        source = phrase(tokens, at, "nominative")
        described = describe(tokens, reading.view.text, source)
        if described.title:
            return replace(named(reading, index, source, described), resolution="pronoun")
    return None


def _can_be_they(speaker: Speaker) -> bool:
    """May उन्होंने mean this speaker before others? A report or an organisation hardly."""
    if speaker.type in ("person", "group"):
        return True
    lex = lexicon()
    head = fold((speaker.name or "").split(" ")[-1])
    return speaker.type == "unknown" and head not in lex.own_documents | lex.statements


def _behind_bracket(tokens: Tokens, at: int) -> int:
    """Over "(Mao Ning)" behind a name."""
    if tokens.at(at) != "(":
        return at
    end = next((k for k in range(at, min(at + 8, len(tokens))) if tokens.at(k) == ")"), at - 1)
    return end + 1
