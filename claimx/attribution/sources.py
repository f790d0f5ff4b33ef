"""Find the source of a cue: the noun phrase that is said to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from claimx.attribution.lexicon import Form
from claimx.attribution.predicates import Cue
from claimx.attribution.tokens import CLOSED_BRACKET, NOMINAL, OPEN_BRACKET, PREMODIFIER, Tokens

Marker = Literal[
    "ergative", "nominative", "genitive", "dative", "agent", "document", "citing", "relative"
]

_QUOTE_MARKS = frozenset("\"'“”‘’")
# Longest noun phrase looked at, in words.
_PHRASE_REACH = 24


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase in a sentence.

    Attributes:
        start, end: its words, half open, without the case marker.
        marker: what marks it as the source.
        left: index of the first word that belongs to the attribution
            (the source or the cue, whichever comes first).
    """

    start: int
    end: int
    marker: Marker

    @property
    def head(self) -> int:
        return self.end - 1


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: a source, or that an earlier subject goes on.

    Attributes:
        continued: the cue's own clause has no subject.
        inherited: the subject of the clause before it in the same sentence.
    """

    source: Source | None
    continued: bool = False
    inherited: Source | None = None


def phrase(tokens: Tokens, head: int, marker: Marker) -> Source:
    """The noun phrase that ends at ``head``, leftwards.

    A walk over words that may stand in a Hindi noun phrase, checked against the tree:
    Hindi is head final, so the case marker closes the phrase and only its left edge is
    in question.
    """
    start = _walk(tokens, head)
    lex = tokens.lex
    while start < head and (
        (tokens.at(start) in lex.leaders and tokens.at(start + 1) not in lex.grammar["genitive"])
        or tokens.words[start].upos in ("PART", "ADV", "PUNCT", "CCONJ", "ADP", "SCONJ")
        or tokens.at(start) in lex.honorifics_after
    ):
        start += 1
    return Source(start, head + 1, marker)


def _walk(tokens: Tokens, head: int) -> int:
    lex = tokens.lex
    at = head
    bracket = 0
    while at > 0 and head - at < _PHRASE_REACH:
        before = at - 1
        word, upos = tokens.at(before), tokens.words[before].upos
        if word in CLOSED_BRACKET:
            bracket += 1
        elif word in OPEN_BRACKET and bracket:
            bracket -= 1
        elif bracket:
            pass
        elif word in lex.joiners or (
            word in lex.initials
            and (tokens.at(before - 1) in lex.initials or tokens.at(before + 1) == ".")
        ):
            pass
        elif word in lex.grammar["genitive"] and upos != "VERB":
            if not (tokens.is_nominal(before - 1) or tokens.words[before - 1].upos in PREMODIFIER or tokens.at(before - 1) in CLOSED_BRACKET):
                break
        elif word in ("और", "व", "एवं", "एंव", "तथा", "या"):
            if not _conjoins(tokens, before, head):
                break
        elif word == ",":
            if not _lists(tokens, before, head):
                break
        elif word == "-" or word == "." or (word in _QUOTE_MARKS and head - before <= 4):
            pass
        elif tokens.words[before].ner == "PER" and tokens.words[at].ner == "PER":
            pass  # जो बाइडेन, सारा कोहेन: the recogniser beats the tagger
        elif upos == "PRON":
            if word in lex.pronouns["genitive"] or word in ("अपने", "अपनी", "कुछ", "कई"):
                at = before
            break
        elif upos not in PREMODIFIER and not (upos == "ADP" and word in ("वाले", "वाली", "वाला")):
            break
        elif word in lex.leaders and not tokens.descends(before, head):
            break
        elif not _belongs(tokens, before, at, head):
            break
        at = before
    return at


def _belongs(tokens: Tokens, before: int, at: int, head: int) -> bool:
    """Does a nominal or modifier to the left go with the phrase?"""
    word = tokens.words[before]
    if word.upos != "NOUN" or word.ner == "PER" or tokens.descends(before, head):
        return True
    # A bare noun that the tree hangs elsewhere: a headline glued on, an object.
    if tokens.at(before) in tokens.lex.titles or tokens.words[at].upos == "ADP":
        return True
    return tokens.words[at].upos == "PROPN" and word.ner != ""


def _conjoins(tokens: Tokens, conjunction: int, head: int) -> bool:
    """Does the conjunction join two noun phrases rather than clauses?"""
    before = tokens.words[conjunction - 1] if conjunction else None
    if before is None or before.upos not in NOMINAL:
        return False
    return tokens.descends(conjunction - 1, head) or tokens.descends(head, conjunction - 1) or (
        before.upos == "PROPN" and tokens.words[conjunction + 1].upos == "PROPN"
    )


def _lists(tokens: Tokens, comma: int, head: int) -> bool:
    """Is the comma one of a list that an "और" closes before the head?"""
    closes = any(tokens.at(k) in ("और", "व", "एवं", "तथा") for k in range(comma + 1, head))
    return closes and tokens.is_nominal(comma - 1) and _conjoins(tokens, comma, head)


def find_source(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search:
    """The source of a cue in its own sentence.

    Args:
        masked: True for words to look past: those inside quotations when the cue
            is outside, and the other way round.
    """
    if cue.frame in ("copular", "dative", "postposition"):
        marker: Marker = {"copular": "genitive", "dative": "dative"}.get(cue.frame, "genitive")  # type: ignore[assignment]
        return Search(_headed(tokens, cue.source_head, marker))
    if cue.frame == "impersonal":
        return Search(None)
    if cue.passive or (cue.nominal is not None and cue.nominal.document_only):
        return Search(_agent(tokens, cue, masked))
    if found := _left(tokens, cue, masked):
        return found
    if right := _right(tokens, cue, masked):
        return Search(right)
    if cue.participle:
        return _behind(tokens, cue, masked)
    return Search(None, continued=True)


def _headed(tokens: Tokens, head: int, marker: Marker) -> Source | None:
    if head < 0:
        return None
    head = _before_insertion(tokens, head)
    word = tokens.at(head)
    lex = tokens.lex
    if word in CLOSED_BRACKET:
        outer = head
        while outer > 0 and tokens.at(outer) not in OPEN_BRACKET:
            outer -= 1
        if outer > 0:
            found = phrase(tokens, outer - 1, marker)
            return Source(found.start, head + 1, marker)
    if word in _QUOTE_MARKS and head > 1:
        return _headed(tokens, head - 1, marker)  # न्यूज एजेंसी 'शिन्हुआ' के मुताबिक
    if word in lex.pronouns["relative"]:
        return Source(head, head + 1, "relative")
    if word in lex.pronouns["genitive"] or word in lex.pronouns["dative"] or word in lex.first_person:
        return Source(head, head + 1, marker)
    if tokens.words[head].upos in ("ADP", "PUNCT", "CCONJ", "SCONJ", "PART"):
        if tokens.at(head - 1) != "-":
            return None
    return phrase(tokens, head, marker)


def _ergative_at(tokens: Tokens, at: int) -> Source | None:
    lex = tokens.lex
    word = tokens.at(at)
    if word in lex.pronouns["ergative"]:
        return Source(at, at + 1, "ergative")
    if word in lex.pronouns["relative"] and word.endswith("ने"):
        return Source(at, at + 1, "relative")
    if word in ("मैंने", "हमने", "आपने", "तुमने", "तूने", "किसने"):
        return Source(at, at + 1, "ergative")
    if word in lex.grammar["ergative"] and at > 0:
        head = _before_insertion(tokens, at - 1)
        stem = tokens.at(head) in lex.pronouns["stem"] and not tokens.words[head].ner
        if stem and not tokens.is_nominal(head - 1):
            return Source(head, head + 1, "ergative")  # "किम जोंग उन ने" is a name
        return _headed(tokens, head, "ergative")
    return None


def _before_insertion(tokens: Tokens, at: int) -> int:
    """"X, जिनके …, ने": over a relative clause between commas to the head."""
    if tokens.at(at) != ",":
        return at
    for comma in range(at - 1, 0, -1):
        if tokens.at(comma) == "," and tokens.at(comma + 1) in tokens.lex.grammar["relatives"]:
            return comma - 1
    return at


def _left(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search | None:
    """Leftwards: the nearest ergative, then a bare subject, inside the cue's clause."""
    lex = tokens.lex
    boundary = -1
    continued = False
    for at in range(cue.start - 1, -1, -1):
        if masked[at]:
            continue
        if source := _ergative_at(tokens, at):
            return Search(source)
        word = tokens.at(at)
        if tokens.is_complementizer(at) or word in (";", "।", "?", "!"):
            boundary = at
            break
        if tokens.ends_clause(at) and not _participial(tokens, at):
            boundary = at
            follows = tokens.at(at + 1)
            continued = follows in lex.grammar["coordinators"] or follows in (",",)
            break
    subject = _nominative(tokens, cue, boundary + 1, masked)
    if subject is not None:
        return Search(subject)
    agent = _agent(tokens, cue, masked, boundary + 1) if cue.form is not Form.CONJUNCTIVE else None
    if agent is not None and agent.marker == "citing":
        return Search(agent)
    if continued:
        inherited = earlier_ergative(tokens, boundary, masked) or _earlier_subject(tokens, boundary, masked)
        return Search(None, continued=True, inherited=inherited)
    return None


def _earlier_subject(tokens: Tokens, end: int, masked: Sequence[bool]) -> Source | None:
    """The bare subject of the clause whose verb stands at ``end``: "राजदूत मिले और कहा"."""
    lex = tokens.lex
    for at in range(end - 1, -1, -1):
        word = tokens.words[at]
        if masked[at] or not word.deprel.startswith("nsubj") or tokens.words[at + 1].upos == "ADP":
            continue
        person = word.ner == "PER" or tokens.at(at) in lex.titles
        pronoun = tokens.at(at) in lex.pronouns["nominative"] and tokens.at(at) not in ("यह", "ये")
        if person or pronoun:
            return _headed(tokens, at, "nominative") if person else Source(at, at + 1, "nominative")
        return None
    return None


def earlier_ergative(tokens: Tokens, start: int, masked: Sequence[bool]) -> Source | None:
    """The nearest ergative to the left of ``start``, in the same clause level."""
    for at in range(start, -1, -1):
        if masked[at]:
            continue
        if tokens.is_complementizer(at):
            return None
        if source := _ergative_at(tokens, at):
            return source
    return None


def _participial(tokens: Tokens, at: int) -> bool:
    """A participle or relative verb that does not end the cue's own clause."""
    return tokens.words[at].deprel in ("acl", "amod", "advcl") and tokens.words[at].upos == "VERB"


def _nominative(
    tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]
) -> Source | None:
    """A subject without a case marker: "X कहते हैं", "X बोले"."""
    intransitive = tokens.lex.grammar["intransitive"]
    ergative_verb = cue.form is Form.PERFECTIVE and cue.lemma not in intransitive
    if ergative_verb:
        return None
    lex = tokens.lex
    for at in range(start, cue.start):
        word = tokens.words[at]
        if word.deprel.startswith("nsubj") and cue.start <= word.head < cue.end and not masked[at]:
            follows = tokens.words[at + 1].upos
            known = tokens.at(at) in lex.titles or tokens.at(at) in lex.groups or word.ner
            if follows != "ADP" and known:
                return phrase(tokens, at, "nominative")
    at = cue.start - 1
    while at >= start:
        if masked[at]:
            at -= 1
            continue
        word, upos = tokens.at(at), tokens.words[at].upos
        if word in lex.first_person:
            return Source(at, at + 1, "nominative")
        if word in lex.pronouns["nominative"] and word not in ("यह", "ये"):
            return Source(at, at + 1, "nominative")
        if word in lex.leaders or upos in ("ADV", "PART", "PUNCT", "DET", "CCONJ"):
            at -= 1
        elif upos == "ADP":
            # A phrase with a postposition is no bare subject: skip to before it.
            at -= 1
            while at >= start and tokens.words[at].upos == "ADP":
                at -= 1
            if at >= start:
                at = max(start, _walk(tokens, at)) - 1
        elif upos in NOMINAL or upos == "ADJ" or upos == "NUM":
            found = phrase(tokens, at, "nominative")
            if found.start < start:
                found = Source(start, found.end, "nominative")
            if _subject_like(tokens, found, cue) or _alone(tokens, found, cue, start):
                return found
            at = found.start - 1
        else:
            at -= 1
    return _adjacent(tokens, cue, start, masked)


def _adjacent(
    tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]
) -> Source | None:
    """"… पढ़ाने वाली उज्मा कहती हैं": an unknown noun right before the verb."""
    at = cue.start - 1
    told = tokens.lex.grammar["told_things"]
    if cue.frame != "verb" or at < start or masked[at] or not tokens.is_nominal(at):
        return None
    if tokens.at(at) in told or tokens.at(at) in tokens.lex.leaders:
        return None
    return phrase(tokens, at, "nominative")


def _alone(tokens: Tokens, found: Source, cue: Cue, start: int) -> bool:
    """"…”, X कहते हैं": nothing but the phrase stands between a comma and the verb."""
    opens = found.start == start or tokens.is_punct(found.start - 1)
    return opens and found.start > 0 and found.end == cue.start and cue.frame == "verb"


def _subject_like(tokens: Tokens, found: Source, cue: Cue) -> bool:
    word = tokens.words[found.head]
    folded = tokens.at(found.head)
    lex = tokens.lex
    if word.upos == "PROPN" or word.ner:
        return True
    if (
        folded in lex.titles
        or folded in lex.groups
        or folded in lex.organizations
        or folded in lex.own_documents
        or folded in lex.statements
    ):
        return True
    return word.deprel.startswith("nsubj") and cue.start <= word.head < cue.end


def _agent(
    tokens: Tokens, cue: Cue, masked: Sequence[bool], start: int = 0
) -> Source | None:
    """"X की ओर से कहा गया", "रिपोर्ट में कहा गया", "X के हवाले से"."""
    lex = tokens.lex
    for at in range(cue.start - 1, start - 1, -1):
        if masked[at]:
            continue
        word = tokens.at(at)
        if word == "कि" or (tokens.ends_clause(at) and not _participial(tokens, at)):
            return None
        three = tokens.folded[at - 2 : at + 1] if at >= 2 else ()
        if three in (("की", "ओर", "से"), ("की", "तरफ", "से")):
            return _headed(tokens, at - 3, "agent")
        if three == ("के", "हवाले", "से"):
            return _headed(tokens, at - 3, "citing")
        if tokens.folded[at - 1 : at + 1] in (("ओर", "से"), ("तरफ", "से")) and tokens.at(at - 2) in lex.pronouns["genitive"]:
            return Source(at - 2, at - 1, "agent")
        if word == "द्वारा":
            head = at - 2 if tokens.at(at - 1) == "के" else at - 1
            return _headed(tokens, head, "agent")
        if word in lex.pronouns["document"]:
            return Source(at, at + 1, "document")
        if word in ("में", "पर") and at > 0:
            head = tokens.at(at - 1)
            if head in lex.own_documents or head in lex.statements:
                return _issuer(tokens, at - 1) or _headed(tokens, at - 1, "document")
        if word == "से" and cue.nominal is not None and cue.nominal.document_only:
            if tokens.at(at - 1) in lex.own_documents:
                return _headed(tokens, at - 1, "document")
    return None


def _issuer(tokens: Tokens, document: int) -> Source | None:
    """"X द्वारा जारी बयान में", "X की ओर से जारी बयान में": X."""
    for at in range(document - 1, max(-1, document - 6), -1):
        if tokens.at(at) == "द्वारा":
            return _headed(tokens, at - 2 if tokens.at(at - 1) == "के" else at - 1, "agent")
        if tokens.at(at) == "से" and tokens.at(at - 1) in ("ओर", "तरफ"):
            return _headed(tokens, at - 3, "agent")
    return None


def _behind(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Search:
    """"A को B बताते हुए X ने कहा": the main clause's subject behind the participle."""
    for at in range(cue.end, len(tokens)):
        if masked[at]:
            continue
        if tokens.is_complementizer(at) or tokens.ends_clause(at):
            break
        if source := _ergative_at(tokens, at):
            return Search(source if source.start >= cue.end else None)
    return Search(None, continued=True)


def _right(tokens: Tokens, cue: Cue, masked: Sequence[bool]) -> Source | None:
    """Headline order: "कहा X ने", "बोले X"."""
    lex = tokens.lex
    for at in range(cue.end, min(cue.end + 8, len(tokens))):
        if masked[at] or tokens.is_finite(at) or tokens.at(at) == "कि":
            break
        if tokens.at(at) in lex.grammar["ergative"] and at > cue.end:
            found = _headed(tokens, at - 1, "ergative")
            return found if found and found.start >= cue.end else None
        if tokens.at(at) in lex.pronouns["ergative"]:
            return Source(at, at + 1, "ergative")
    if cue.lemma == "बोलना" and cue.form is Form.PERFECTIVE:
        end = cue.end
        while end < len(tokens) and tokens.words[end].upos in PREMODIFIER and not masked[end]:
            end += 1
        if end > cue.end and (end == len(tokens) or tokens.is_punct(end)):
            return Source(cue.end, end, "nominative")
    return None
