"""Noun phrases: from a head leftwards to where its phrase begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claimx.attribution.tokens import (
    CLOSED_BRACKET,
    NOMINAL,
    OPEN_BRACKET,
    PREMODIFIER,
    QUOTE_MARKS,
    Tokens,
)

Marker = Literal[
    "ergative", "nominative", "genitive", "dative", "agent", "document", "citing", "relative"
]

# Longest noun phrase looked at, in words.
_PHRASE_REACH = 24
# A quoted name is at most so many words from the head.
_QUOTED_REACH = 4
# What a phrase cannot begin with.
_NO_BEGINNING = frozenset({"PART", "ADV", "PUNCT", "CCONJ", "ADP", "SCONJ"})


@dataclass(frozen=True, slots=True)
class Source:
    """A source phrase in a sentence.

    Attributes:
        start, end: its words, half open, without the case marker.
        marker: what marks it as the source.
    """

    start: int
    end: int
    marker: Marker

    @property
    def head(self) -> int:
        """Index of its last word: Hindi phrases are head final."""
        return self.end - 1


def phrase(tokens: Tokens, head: int, marker: Marker) -> Source:
    """The noun phrase that ends at the word ``head``.

    A walk over words that may stand in a Hindi noun phrase, checked against the tree:
    the case marker closes the phrase, so only its left edge is in question.
    """
    start = phrase_edge(tokens, head)
    while start < head and _leads_in(tokens, start):
        start += 1
    return Source(start, head + 1, marker)


def _leads_in(tokens: Tokens, at: int) -> bool:
    """ "वहीं भारत के …", "जी, …": a word before the phrase that is not part of it."""
    lex = tokens.lex
    if tokens.words[at].upos in _NO_BEGINNING or tokens.at(at) in lex.honorifics_after:
        return True
    return tokens.at(at) in lex.leaders and not tokens.is_grammar(at + 1, "genitive")


def phrase_edge(tokens: Tokens, head: int) -> int:
    """Index of the leftmost word that may go with the head."""
    at, brackets, behind_bracket = head, 0, head
    while at > 0 and head - at < _PHRASE_REACH:
        before = at - 1
        word = tokens.at(before)
        if word in CLOSED_BRACKET:
            if tokens.is_grammar(before - 1, "dateline_agencies"):
                return at
            brackets += 1
            behind_bracket = at
        elif word in OPEN_BRACKET and brackets:
            brackets -= 1
        elif not brackets:
            place = _place(tokens, before, head)
            if place != "inside":
                at = before if place == "opens" else at
                break
        at = before
    # A bracket goes with what stands before it: "(भाषा) झारखंड के मंत्री" begins behind it.
    return behind_bracket if tokens.at(at) in OPEN_BRACKET or brackets else at


def _place(tokens: Tokens, at: int, head: int) -> Literal["inside", "opens", "outside"]:
    """Where the word at ``at`` stands to a phrase that the word behind it belongs to."""
    if _is_glue(tokens, at, head):
        return "inside"
    lex, word, upos = tokens.lex, tokens.at(at), tokens.words[at].upos
    if word in lex.glued:
        return "outside"  # "बकौल X"
    if _is_beside(tokens, at, head):
        goes_on = False
    elif tokens.is_grammar(at, "genitive") and upos != "VERB":
        goes_on = _has_possessor(tokens, at)
    elif tokens.is_grammar(at, "phrase_coordinators"):
        goes_on = _conjoins(tokens, at, head)
    elif word == ",":
        goes_on = _lists(tokens, at, head)
    elif tokens.is_grammar(at, "become") and upos in ("VERB", "AUX"):
        goes_on = False
    elif tokens.words[at].ner == "PER" and tokens.words[at + 1].ner == "PER":
        goes_on = True  # जो बाइडेन, सारा कोहेन: the recogniser beats the tagger
    elif tokens.is_grammar(at, "name_syllables") and tokens.words[at + 1].ner == "PER":
        goes_on = tokens.at(at - 1) in lex.titles  # "राष्ट्रपति जो बाइडेन"
    elif upos == "PRON":
        opens = word in lex.pronouns["genitive"] or tokens.is_grammar(at, "phrase_openers")
        return "opens" if opens else "outside"
    else:
        goes_on = _modifies(tokens, at, head)
    return "inside" if goes_on else "outside"


def _is_beside(tokens: Tokens, at: int, head: int) -> bool:
    """ "भाजपा कांग्रेस पर … आरोप लगाती है": a bare subject before a phrase with its own marker."""
    marked = head + 1 < len(tokens) and tokens.words[head + 1].upos == "ADP"
    if not marked or tokens.is_ergative(head + 1) or tokens.is_grammar(head + 1, "genitive"):
        return False
    word, behind = tokens.words[at], tokens.words[at + 1]
    body = tokens.at(at + 1) in tokens.lex.organizations
    if word.ner == behind.ner == "PER" and not body:
        return False
    if word.deprel.startswith("nsubj") and word.head > head:
        return True
    if word.ner != "PER":
        return False
    # "राहुल गांधी चुनाव आयोग पर", but "मोदी सरकार पर"
    return behind.ner == "LOC" or (
        at + 1 < head and tokens.at(head) in tokens.lex.organizations
    )


def _is_glue(tokens: Tokens, at: int, head: int) -> bool:
    """Parts of names that are no words: "ऑफ", "आर. के.", hyphens, marks."""
    lex, word = tokens.lex, tokens.at(at)
    if word in lex.joiners or word in ("-", "."):
        return True
    if word in lex.initials:
        beside = tokens.at(at - 1) in lex.initials or tokens.at(at + 1) in lex.initials
        return beside or tokens.at(at + 1) == "."
    return word in QUOTE_MARKS and head - at <= _QUOTED_REACH


def _has_possessor(tokens: Tokens, genitive: int) -> bool:
    """Does a noun phrase stand before का, के, की?"""
    before = genitive - 1
    if tokens.at(before) in CLOSED_BRACKET:
        return True
    return tokens.is_nominal(before) or tokens.words[before].upos in PREMODIFIER


def _modifies(tokens: Tokens, at: int, head: int) -> bool:
    """Does a nominal or modifier go with the phrase behind it?"""
    lex, word = tokens.lex, tokens.words[at]
    adnominal = word.upos == "ADP" and tokens.is_grammar(at, "adnominal_in_phrase")
    if word.upos not in PREMODIFIER and not adnominal:
        return False
    if tokens.descends(at, head):
        return True
    if tokens.at(at) in lex.leaders:
        return False
    if word.upos != "NOUN" or word.ner == "PER" or tokens.at(at + 1) in OPEN_BRACKET:
        return True
    # A bare noun that the tree hangs elsewhere: a headline glued on, an object.
    behind = tokens.words[at + 1].upos
    titled = tokens.at(at) in lex.titles or tokens.at(at) in lex.honorifics_before
    portfolio = tokens.at(at) in lex.portfolios and tokens.at(at + 1) in lex.titles
    charge = tokens.at(at) in lex.title_charges and tokens.at(at - 1) in lex.titles
    ranked = tokens.at(at) in lex.title_modifiers and tokens.at(at + 1) in lex.titles
    first = behind == "PROPN" and tokens.at(at - 1) in lex.titles  # "विधायक कल्पना मरावी"
    if titled or portfolio or charge or ranked or first or behind == "ADP":
        return True
    return behind == "PROPN" and word.ner != ""


def _conjoins(tokens: Tokens, conjunction: int, head: int) -> bool:
    """Does the conjunction join two noun phrases rather than clauses?"""
    before = tokens.words[conjunction - 1] if conjunction else None
    if before is None or before.upos not in NOMINAL:
        return False
    if tokens.descends(conjunction - 1, head) or tokens.descends(head, conjunction - 1):
        return True
    return before.upos == "PROPN" and tokens.words[conjunction + 1].upos == "PROPN"


def _lists(tokens: Tokens, comma: int, head: int) -> bool:
    """Is the comma one of a list that an "और" closes before the head?"""
    closes = any(tokens.is_grammar(k, "list_closers") for k in range(comma + 1, head))
    return closes and tokens.is_nominal(comma - 1) and _conjoins(tokens, comma, head)
