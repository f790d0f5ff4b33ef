"""Take a source phrase apart: the name, the title beside it, what kind of source it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from claimx.attribution.cutting import Cut
from claimx.attribution.lexicon import Form, fold
from claimx.attribution.sources import Source
from claimx.attribution.tokens import CLOSED_BRACKET, NOMINAL, OPEN_BRACKET, Tokens
from claimx.records import SpeakerType

_NICKNAME = regex.compile(r"(?<=\S) [\"'“‘].*$")
# Inside a name: initials' full stops, hyphens, the Devanagari abbreviation sign.
# Behind "डा": a full stop, or a zero that stands for the abbreviation sign.
_ABBREVIATION = frozenset({".", "०", "॰", "0"})
_NAME_GLUE = frozenset({".", "-", "–", "०", "॰", "’", "'"})
_OBLIQUE_PLURAL = ("ों", "ओं")
_MATRA = regex.compile(r"[\u093E-\u094C\u093C]")
# जियोन, जिओन: a glide or a vowel letter inside a word
_GLIDES = regex.compile(r"[\u0905-\u0914य]")
# A name of so many words needs no given name more.
_LONG_NAME = 3
_SKELETON = str.maketrans(
    {"ट": "त", "ड": "द", "ण": "न", "ठ": "थ", "ढ": "ध", "श": "स", "ष": "स", "व": "ब", "्": None}
)


@dataclass(frozen=True, slots=True)
class Described:
    """A source phrase, understood.

    Attributes:
        name: the name or, for unnamed sources, the phrase in its base form.
        role: the title in the text.
        named: True where ``name`` is somebody's proper name.
        pronoun: True for उन्होंने, उनका, वे ...
        title: head of a title that stands alone (प्रवक्ता), else "".
        indefinite: "एक", "कुछ", or a document that nobody is said to own.
        document: a report or statement rather than somebody.
    """

    name: str | None
    role: str | None
    type: SpeakerType
    named: bool = False
    pronoun: bool = False
    first_person: bool = False
    title: str = ""
    indefinite: bool = False
    document: bool = False


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """Consonants alone, dentals for retroflexes: what spelling variants share."""
    bare = _MATRA.sub("", fold(word)).translate(_SKELETON)
    return bare[:1] + _GLIDES.sub("", bare[1:])


def describe(tokens: Tokens, text: str, source: Source) -> Described:
    """Understand a source phrase.

    Args:
        text: the article's text, from which names are cut.
    """
    lex = tokens.lex
    head = source.end - 1
    if tokens.at(head) in lex.first_person:
        return Described(None, None, "person", pronoun=True, first_person=True)
    if _is_pronoun(tokens, head, source):
        return Described(None, None, "unknown", pronoun=True)
    head = _before_bracket(tokens, source.start, head)
    for at in range(source.start + 1, head):
        if tokens.is_grammar(at, "that_is"):
            head = at - 1  # "राष्ट्रीय जांच एजेंसी यानी एनआईए"
            break
    while head > source.start and tokens.at(head) in "\"'“”‘’":
        head -= 1
    while head > source.start and tokens.at(head) in lex.honorifics_after:
        head -= 1
    while head > source.start and _is_day(tokens, head):
        head -= 1  # "एस जयशंकर मंगलवार को …"
    if head > source.start and _is_told(tokens, head):
        head -= 1  # "राणा बोले ने कहा": a verb that was left standing
    start = source.start
    if called := _called(tokens, text, start, head):
        return called
    indefinite = tokens.at(start) in lex.determiners["indefinite"]
    folded = tokens.at(head)
    cut = Cut(tokens, text)
    run = _name_run(tokens, start, head)
    before = tokens.at(run - 1) if run > start else ""
    titled = before in lex.titles or before in lex.honorifics_before
    word = tokens.words[head]
    plural = _is_plural(tokens, head)

    written = (folded in lex.own_documents or folded in lex.statements) and word.ner != "PER"
    if written:
        return _document(tokens, cut, start, head)
    if head > start and folded in lex.title_charges and tokens.at(head - 1) in lex.titles:
        whole = cut(_skip_indefinite(tokens, start, head), head + 1)  # "एसपी सिटी ने"
        return Described(whole, whole, "person", title=tokens.at(head - 1))
    if titled and tokens.is_grammar(run, "body_joiners"):  # "कमांडर ऑफ फ्लीट"
        return Described(cut(start, head + 1), None, "organization", named=True)
    if run <= head and (titled or (word.ner == "PER" and folded not in lex.organizations)):
        if not (plural and folded in lex.groups) and not _role_only(tokens, run, head):
            return _person(tokens, cut, start, run, head)
    if folded not in lex.organizations and before in lex.organizations and run <= head:
        trade = before in lex.companies["trades"] and run - start > 1
        if trade and tokens.words[run - 2].upos != "PROPN":  # "दवा कंपनी संजीवनी फार्मा"
            return Described(cut(run, head + 1), cut(start, run), "organization", named=True)
        return Described(cut(start, head + 1), None, "organization", named=True)
    if word.text.isascii() and word.text.isupper() and len(word.text) > 1:
        return Described(cut(start, head + 1), None, "organization", named=True)
    if folded in lex.groups or (plural and (folded not in lex.organizations)):
        return Described(
            cut.nominative(_skip_indefinite(tokens, start, head), head),
            None,
            "group",
            indefinite=True,
        )
    marked = word.ner in ("ORG", "LOC") and folded not in lex.titles
    if folded in lex.organizations or folded in lex.countries or marked:
        return Described(
            cut(_skip_indefinite(tokens, start, head), head + 1),
            None,
            "organization",
            named=True,
        )
    if folded in lex.titles:
        begin = _skip_indefinite(tokens, start, head)
        phrase = cut(begin, head + 1)
        return Described(phrase, phrase, "person", title=folded, indefinite=indefinite)
    if run <= head:
        role = cut(start, run) if run > start else None
        return Described(cut(run, head + 1), role, "person", named=True)
    return Described(
        cut(_skip_indefinite(tokens, start, head), head + 1),
        None,
        "unknown",
        indefinite=indefinite,
    )


def _called(tokens: Tokens, text: str, start: int, head: int) -> Described | None:
    """ "X नामक एक दुकानदार", "X नाम के संगठन": X, and what X is."""
    for at in range(start + 1, head):
        genitive = tokens.is_grammar(at, "by_name") and tokens.is_grammar(at + 1, "genitive")
        if not genitive and not tokens.is_grammar(at, "called"):
            continue
        begin = _skip_indefinite(tokens, at + 1 + genitive, head)
        cut, run = Cut(tokens, text), _name_run(tokens, start, at - 1)
        name = cut(min(run, at - 1), at)
        if tokens.at(head) in tokens.lex.organizations:
            return Described(name, None, "organization", named=True)
        if tokens.at(head) in tokens.lex.titles and begin <= head:
            return Described(name, cut(begin, head + 1), "person", named=True)
    return None


def _is_day(tokens: Tokens, at: int) -> bool:
    """A word of time behind a name."""
    return tokens.words[at - 1].ner == "PER" and tokens.at(at) in tokens.lex.leaders


def _is_told(tokens: Tokens, at: int) -> bool:
    """A finite verb of saying behind a name, whatever the tagger makes of it."""
    forms = (Form.PERFECTIVE, Form.IMPERFECTIVE)
    told = any(form in forms for _, form in tokens.lex.verbs.get(tokens.at(at), ()))
    return told and tokens.words[at - 1].ner == "PER"


def _person(tokens: Tokens, cut: Cut, start: int, run: int, head: int) -> Described:
    """ "क्रेमलिन के प्रवक्ता दिमित्री पेस्कोव": role and name.

    Args:
        start, run, head: first word of the phrase, first and last word of the name.
    """
    lex = tokens.lex
    begin = start + 1 if tokens.at(start) == "एक" and run > start + 1 else start
    if tokens.at(run) in lex.title_charges and tokens.at(run - 1) in lex.titles:
        run = min(run + 1, head)  # "एसपी सिटी विकास कुमार"
    if _is_posting(tokens, run, head):
        run += 1  # "उपजिलाधिकारी चकराता अवनीश कुमार सिंह"
    for at in range(start + 1, run):
        joins = tokens.words[at].upos == "CCONJ" or tokens.at(at) == ","
        if joins and tokens.words[at - 1].ner == "PER":
            begin = max(begin, at + 1)  # "X और प्रवक्ता Y": the role is Y's
    end = run
    while end > begin and (
        tokens.at(end - 1) in lex.honorifics_before or tokens.at(end - 1) == "."
    ):
        end -= 1
    role = cut(begin, end) if end > begin else None
    # "आशुतोष टंडन 'गोपाल जी'": the nickname is no part of the name
    name = _NICKNAME.sub("", cut(_skip_honorific(tokens, run, head), head + 1))
    return Described(name, role, "person", named=True)


def _is_posting(tokens: Tokens, run: int, head: int) -> bool:
    """A place between a title and a name: the recogniser's, or one before a whole name."""
    lex = tokens.lex
    if tokens.at(run - 1) not in lex.titles or tokens.at(run) in lex.initials:
        return False
    if head - run == 3 and tokens.at(head - 1) == "-":
        return False  # "मंत्री पार्क सू-मिन": a surname before a given name of two syllables
    named = [word.ner == "PER" for word in tokens.words[run + 1 : head + 1]]
    if tokens.words[run].ner == "PER":  # or taken for a fourth name: "… अवनीश कुमार सिंह"
        middle = tokens.is_grammar(run + 2, "middle_names")
        return middle and len(named) == 3 and tokens.at(run - 1) in lex.posts
    return all(named) and len(named) >= (1 if tokens.words[run].ner == "LOC" else 3)


def _is_pronoun(tokens: Tokens, head: int, source: Source) -> bool:
    word = tokens.at(head)
    pronouns = tokens.lex.pronouns
    if source.start != head and tokens.words[head].ner:
        return False
    groups = ("ergative", "dative", "nominative", "document")
    if word in tokens.lex.fused_pronouns or any(word in pronouns[group] for group in groups):
        return True
    return word in pronouns["stem"] and source.start == head


def _before_bracket(tokens: Tokens, start: int, head: int) -> int:
    """ "नेशनल हरिकेन सेंटर (एनएचसी)": the head is before the bracket."""
    if tokens.at(head) not in CLOSED_BRACKET:
        return head
    at = head
    while at > start and tokens.at(at) not in OPEN_BRACKET:
        at -= 1
    return at - 1 if at > start else head


def _name_run(tokens: Tokens, start: int, head: int) -> int:
    """First word of the proper name that ends at ``head``; head + 1 where there is none."""
    lex = tokens.lex
    run = head + 1
    for at in range(head, start - 1, -1):
        word, folded = tokens.words[at], tokens.at(at)
        if folded in _NAME_GLUE or (word.upos == "PUNCT" and folded in _NAME_GLUE):
            if at == head:
                break
            continue
        # किम युंग-हो, किम जोंग उन: last parts that the tagger takes for other words
        hyphened = at == head and (
            tokens.at(at - 1) == "-"
            or (
                tokens.is_grammar(at, "surname_syllables") and tokens.words[at - 1].ner == "PER"
            )
            or (folded in lex.pronouns["stem"] and at > start and tokens.is_nominal(at - 1))
            or (
                at > start
                and tokens.words[at - 1].upos == "PROPN"
                and word.upos in ("VERB", "AUX")
            )
        )
        initial = folded in lex.initials and (
            tokens.at(at - 1) in lex.initials
            or tokens.at(at + 1) == "."
            or (folded not in lex.grammar["genitive"] and run == at + 1)
            or (run == at + 1 <= head and _is_initial_k(tokens, at))
        )
        within = (
            run == at + 1
            and at < head
            and (word.ner == "PER" or tokens.is_grammar(at, "name_syllables"))
        )
        if not hyphened and not initial and not within and word.upos in (
            "ADP", "CCONJ", "SCONJ", "VERB", "AUX", "PART", "PUNCT", "NUM",
        ):  # fmt: skip
            break
        known = (
            folded in lex.titles
            or folded in lex.organizations
            or folded in lex.groups
            or folded in lex.own_documents
            or folded in lex.title_modifiers
            or folded in lex.honorifics_before
            or folded in lex.glued
            or (at == head and folded in lex.things)
        )
        # "बिन सुल्तान अल नहयन": a title's word between the parts of a name
        linked = word.ner == "PER" and run <= head and tokens.at(run) in lex.joiners
        surname = at == head and word.ner == "PER" and folded not in lex.organizations
        surname = surname and folded not in lex.no_surnames
        given = run <= head and _is_given_name(tokens, start, at, head)
        if known and not linked and not given and not (surname and at > start):
            break
        if _stands_beside(tokens, at, run, head):
            break
        proper = word.upos == "PROPN" or word.ner == "PER" or hyphened or initial or within
        if not proper:
            # Unknown names come as NOUN or X; trust them beside a name or a title.
            beside = (run == at + 1 and at < head) or (
                at > start
                and (tokens.at(at - 1) in lex.titles or tokens.words[at - 1].upos == "PROPN")
            )
            if (
                folded in lex.determiners["unnamed"]
                or not beside
                or (word.upos == "ADJ" and not word.ner)
            ):
                break
        run = at
    return run


def _stands_beside(tokens: Tokens, at: int, run: int, head: int) -> bool:
    """ "उनके प्रतिद्वंद्वी मनोज बघेल": a noun that tells who the bearer of a whole name is."""
    word = tokens.words[at]
    whole = run == at + 1 < head and all(w.ner == "PER" for w in tokens.words[run : head + 1])
    return whole and word.upos == "NOUN" and not word.ner and word.deprel == "nmod"


def _is_initial_k(tokens: Tokens, at: int) -> bool:
    """ "मुख्यमंत्री के चंद्रभान राव": के between a title and a name is no genitive."""
    behind = tokens.at(at + 1) in tokens.lex.initials or tokens.words[at + 1].ner == "PER"
    return tokens.at(at - 1) in tokens.lex.titles and behind


def _is_given_name(tokens: Tokens, start: int, at: int, head: int) -> bool:
    """ "विधायक राजा सिंह": a title's word between a title and a surname, or before one."""
    lex = tokens.lex
    if tokens.at(at) not in lex.given_titles or tokens.words[at].ner != "PER":
        return False
    # but "युवराज मोहम्मद बिन सलमान": a title before a name that is long enough
    return (at == start and head - at < _LONG_NAME) or tokens.at(at - 1) in lex.titles


def _role_only(tokens: Tokens, run: int, head: int) -> bool:
    return all(tokens.at(k) in tokens.lex.titles for k in range(run, head + 1))


def _skip_honorific(tokens: Tokens, start: int, head: int) -> int:
    while start < head and (
        tokens.at(start) in tokens.lex.honorifics_before or tokens.at(start) in _ABBREVIATION
    ):
        start += 1
    return start


def _skip_indefinite(tokens: Tokens, start: int, head: int) -> int:
    lex = tokens.lex
    while start < head and (
        tokens.at(start) in lex.determiners["before_source"]
        or tokens.at(start) in lex.pronouns["genitive"]
        or tokens.at(start) in lex.first_person
        or tokens.at(start) in lex.received
    ):
        start += 1
    return start


def _is_plural(tokens: Tokens, head: int) -> bool:
    word = tokens.words[head]
    folded = tokens.at(head)
    if tokens.is_grammar(head, "dwellers"):
        return True
    return folded.endswith(_OBLIQUE_PLURAL) and word.upos in NOMINAL and word.ner != "PER"


def _document(tokens: Tokens, cut: Cut, start: int, head: int) -> Described:
    begin = _skip_indefinite(tokens, start, head)
    if tokens.at(head) in tokens.lex.hearsay:
        return Described(None, None, "unknown")
    owned = next(
        (
            k
            for k in range(head - 1, begin, -1)
            if tokens.at(k) in tokens.lex.grammar["genitive"]
        ),
        -1,
    )
    if tokens.at(head) in tokens.lex.statements and owned > begin:
        owner = describe(tokens, cut.text, Source(begin, owned, "genitive"))
        dated = (
            tokens.words[owned - 1].upos == "NUM" or tokens.at(owned - 1) in tokens.lex.leaders
        )
        if owner.name and not dated:
            return owner  # but not "जनवरी 2013 के आंकड़ों"
    if tokens.at(head) in tokens.lex.coverage and owned > begin + 1:
        outlet = tokens.at(owned - 1) in tokens.lex.outlets and owned == head - 1
        if outlet and any(word.upos == "PROPN" for word in tokens.words[begin:owned]):
            # "तुर्की की अनादोलु एजेंसी की रिपोर्ट"
            return describe(tokens, cut.text, Source(begin, owned, "genitive"))
    # "संकल्प पत्र", "सरकारी अनुमान": not what was spoken of, but one of its own
    modified = tokens.words[head - 1].upos == "ADJ" and not tokens.is_grammar(
        head - 1, "anaphoric_modifiers"
    )
    compound = head > begin and (tokens.is_nominal(head - 1) or modified)
    indefinite = tokens.at(head) in tokens.lex.statements and owned < 0 and not compound
    return Described(
        cut(begin, head + 1), None, "unknown", document=True, indefinite=indefinite
    )
