"""Subjects without a case marker: "X कहते हैं", "X बोले"."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.lexicon import Form
from claimx.attribution.predicates import Cue
from claimx.attribution.sources.heads import headed
from claimx.attribution.sources.openings import compound_end, is_person_pronoun, opening_subject
from claimx.attribution.sources.phrase import Source, phrase, phrase_edge
from claimx.attribution.tokens import NOMINAL, Tokens

# What stands between a subject and its verb.
_BETWEEN = frozenset({"ADV", "PART", "PUNCT", "DET", "CCONJ"})
# A name between a title and its verb has at most so many words.
_NAME_WORDS = 3
# What follows a phrase that is no subject.
_BEHIND_OBLIQUE = frozenset({"ADP", "PUNCT", "CCONJ"})
_HEADS = NOMINAL | {"ADJ", "NUM"}


def bare_subject(tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]) -> Source | None:
    """The subject of a cue that takes no ने.

    Args:
        start: index of the first word of the cue's clause.
        masked: True for words to look past.
    """
    intransitive = cue.lemma in tokens.lex.grammar["intransitive"]
    if cue.form is Form.PERFECTIVE and not intransitive:
        return None
    likely, unlikely = _subject_in_clause(tokens, cue, start, masked)
    return (
        _subject_in_tree(tokens, cue, start, masked)
        or likely
        or opening_subject(tokens, cue, start, masked)
        or unlikely
        or _adjacent(tokens, cue, start, masked)
    )


def _subject_in_tree(
    tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]
) -> Source | None:
    """What the tree calls the cue's subject, if it is somebody who can speak."""
    for at in range(start, cue.start):
        word = tokens.words[at]
        known = tokens.at(at) in tokens.lex.titles or tokens.at(at) in tokens.lex.groups
        if not _is_subject_of(tokens, at, cue) or masked[at] or not (known or word.ner):
            continue
        if _is_complement(tokens, phrase(tokens, at, "nominative"), cue):
            continue
        if tokens.words[at + 1].upos != "ADP":
            return phrase(tokens, _with_name(tokens, at, cue), "nominative")
    return None


def _with_name(tokens: Tokens, title: int, cue: Cue) -> int:
    """ "महिला फूलमती कहती हैं": the last word of a name unknown to the tagger, else the title."""
    marked = title + 2 < len(tokens) and tokens.words[title + 2].upos == "ADP"
    person = tokens.words[title].ner == "PER"
    if tokens.at(title + 1) in tokens.lex.organizations and not marked and not person:
        return title + 1  # "कांग्रेस पार्टी"
    lex, end = tokens.lex, title + 1
    while (
        end < cue.start
        and tokens.words[end].ner == "PER"
        and tokens.at(end) not in lex.organizations
    ):
        end += 1
    if end > title + 1 and tokens.at(title) in lex.titles:
        return end - 1  # "प्रधानमंत्री मोदी कांग्रेस को …"
    end = title + 1
    while (
        end < cue.start
        and tokens.words[end].upos in ("NOUN", "PROPN", "X")
        and not tokens.is_grammar(end, "told_things")
        and tokens.at(end) not in lex.leaders
        and tokens.at(end) not in lex.titles
    ):
        end += 1
    # Nothing but adverbs may stand between the name and its verb.
    ahead = all(
        tokens.at(at) in lex.leaders or tokens.words[at].upos in _BETWEEN
        for at in range(end, cue.start)
    )
    named = 0 < end - title - 1 <= _NAME_WORDS and ahead
    told = cue.frame == "verb" and tokens.at(title) in lex.titles
    return end - 1 if named and told else title


def _subject_in_clause(
    tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]
) -> tuple[Source | None, Source | None]:
    """Leftwards over adverbials and marked phrases to a phrase like a subject.

    Returns:
        A subject that can speak; failing that, what the tree alone calls one.
    """
    lex = tokens.lex
    at = cue.start - 1
    unlikely: Source | None = None
    while at >= start:
        word, upos = tokens.at(at), tokens.words[at].upos
        if masked[at]:
            at -= 1
        elif word in lex.first_person or is_person_pronoun(tokens, at):
            return Source(at, at + 1, "nominative"), None
        elif upos == "ADP" and (word not in lex.leaders or word in lex.grammar["case_markers"]):
            at = _before_marked_phrase(tokens, at, start)
        elif word in lex.leaders or upos in _BETWEEN:  # "X पहले कह चुके हैं"
            at -= 1
        elif upos in _HEADS:
            found = phrase(tokens, at, "nominative")
            found = Source(max(start, found.start), found.end, "nominative")
            if _is_complement(tokens, found, cue):
                at = found.start - 1
                continue
            if _can_speak(tokens, found) or _alone(tokens, found, cue, start):
                return Source(
                    found.start, compound_end(tokens, found.head) + 1, found.marker
                ), None
            if unlikely is None and _is_subject_of(tokens, found.head, cue):
                unlikely = found
            at = found.start - 1
            while at >= start and _is_part_of(tokens, at, found):
                at -= 1  # "मंडल" in "मंडल समिति की अनीता"
        else:
            at -= 1
    return None, unlikely


def _is_part_of(tokens: Tokens, at: int, behind: Source) -> bool:
    """Does the tree hang the word into the phrase right behind it, as part of a name?"""
    word = tokens.words[at]
    within = behind.start <= word.head < behind.end
    return within and word.deprel in ("compound", "flat", "amod")


def _before_marked_phrase(tokens: Tokens, at: int, start: int) -> int:
    """Index before the phrase whose postposition stands at ``at``: no bare subject."""
    while at >= start and tokens.words[at].upos == "ADP":
        at -= 1
    if at >= start and is_person_pronoun(tokens, at):
        return at  # "वे साथ में कहते हैं": no postposition is वे's
    if at < start:
        return at
    edge = phrase_edge(tokens, at)
    edge += tokens.is_grammar(edge, "phrase_coordinators")
    while edge > start + 1 and _is_conjunct(tokens, edge, at):
        edge = phrase_edge(tokens, edge - 2)  # "संवाद और सहयोग के जरिये"
    return max(start, edge) - 1


def _is_conjunct(tokens: Tokens, start: int, end: int) -> bool:
    """Does the tree join the phrase to the noun before the "और" that it follows?"""
    if not tokens.is_grammar(start - 1, "phrase_coordinators"):
        return False
    return any(
        tokens.words[at].deprel == "conj" and tokens.words[at].head == start - 2
        for at in range(start, end + 1)
    )


def _is_subject_of(tokens: Tokens, at: int, cue: Cue) -> bool:
    word = tokens.words[at]
    return word.deprel.startswith("nsubj") and cue.start <= word.head < cue.end


def _adjacent(tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]) -> Source | None:
    """ "… पढ़ाने वाली उज्मा कहती हैं": an unknown noun right before the verb."""
    at = cue.start - 1
    if cue.frame != "verb" or at < start or masked[at] or not tokens.is_nominal(at):
        return None
    if tokens.is_grammar(at, "told_things") or tokens.at(at) in tokens.lex.leaders:
        return None
    found = phrase(tokens, at, "nominative")
    return None if _is_complement(tokens, found, cue) else found


def _is_complement(tokens: Tokens, found: Source, cue: Cue) -> bool:
    """ "X उसे अपराधी मानता है": what somebody is held to be, right behind the object."""
    if cue.verb is None or not cue.verb.object or tokens.is_complementizer(cue.end):
        return False
    datives = tokens.lex.pronouns["dative"] | {"को"}
    return found.end == cue.start and tokens.at(found.start - 1) in datives


def _alone(tokens: Tokens, found: Source, cue: Cue, start: int) -> bool:
    """ "…”, X कहते हैं": nothing but the phrase stands between a comma and the verb."""
    opens = found.start == start or tokens.is_punct(found.start - 1)
    return opens and found.start > 0 and found.end == cue.start and cue.frame == "verb"


def _can_speak(tokens: Tokens, found: Source) -> bool:
    """A name, a title, an organisation or a document."""
    word, folded, lex = tokens.words[found.head], tokens.at(found.head), tokens.lex
    if word.upos == "PROPN" or word.ner:
        return True
    known = (lex.titles, lex.groups, lex.organizations, lex.own_documents, lex.statements)
    return any(folded in words for words in known)


def subject_of_clause(tokens: Tokens, end: int, masked: Sequence[bool]) -> Source | None:
    """The bare subject of the clause whose verb stands at ``end``: "राजदूत मिले और कहा".

    Args:
        masked: True for words to look past.
    """
    for at in range(end - 1, -1, -1):
        word = tokens.words[at]
        marked = tokens.words[at + 1].upos == "ADP"
        if masked[at] or marked or not word.deprel.startswith("nsubj"):
            continue
        if word.ner == "PER" or tokens.at(at) in tokens.lex.titles:
            return headed(tokens, at, "nominative")
        if tokens.at(at) in tokens.lex.title_charges and tokens.at(at - 1) in tokens.lex.titles:
            head = at  # "डीएसपी मुख्यालय X पहुंचे": the tree's subject is a word of the title
            while head + 1 < end and tokens.words[head + 1].upos == "PROPN":
                head += 1
            return headed(tokens, head, "nominative")
        if is_person_pronoun(tokens, at):
            return Source(at, at + 1, "nominative")
        return None
    return _first_person_named(tokens, end, masked)


def _first_person_named(tokens: Tokens, end: int, masked: Sequence[bool]) -> Source | None:
    """ "कोतवाल मौके पर पहुंचे और …": the first title or name without a postposition, where
    the tree has no subject.

    Args:
        end: index of the clause's verb.
    """
    at = 0
    while at < end and not masked[at] and not tokens.is_complementizer(at):
        last = compound_end(tokens, at)
        office = tokens.at(last) in tokens.lex.offices and tokens.words[last].upos in NOMINAL
        if office or tokens.words[last].ner == "PER":
            if last + 1 < end and tokens.words[last + 1].upos not in _BEHIND_OBLIQUE:
                return headed(tokens, last, "nominative")
        at = last + 1
    return None
