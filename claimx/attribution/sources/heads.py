"""Sources by the word or case marker that closes them."""

from __future__ import annotations

from claimx.attribution.sources.phrase import Marker, Source, phrase
from claimx.attribution.tokens import CLOSED_BRACKET, OPEN_BRACKET, QUOTE_MARKS, Tokens

# Longest relative clause between a head and its case marker, in words.
_INSERTION_REACH = 40
# What no source phrase ends with.
_NO_HEAD = frozenset({"ADP", "PUNCT", "CCONJ", "SCONJ", "PART"})


def headed(tokens: Tokens, head: int, marker: Marker) -> Source | None:
    """The source whose last word stands at ``head``: a phrase or a pronoun.

    Brackets and quotation marks at its end belong to it; None where the word there can
    end no noun phrase.
    """
    if head < 0:
        return None
    head = _before_insertion(tokens, head)
    lex, word = tokens.lex, tokens.at(head)
    if word in CLOSED_BRACKET:  # नेशनल हरिकेन सेंटर (एनएचसी) के मुताबिक
        outer = next((at for at in range(head, 0, -1) if tokens.at(at) in OPEN_BRACKET), 0)
        if outer > 0:
            return Source(phrase(tokens, outer - 1, marker).start, head + 1, marker)
    if word in QUOTE_MARKS and head > 1:
        return headed(tokens, head - 1, marker)  # न्यूज एजेंसी 'शिन्हुआ' के मुताबिक
    if word in lex.pronouns["relative"]:
        return Source(head, head + 1, "relative")
    pronoun = word in lex.fused_pronouns or word in lex.pronouns["dative"]
    if pronoun or word in lex.first_person:
        return Source(head, head + 1, marker)
    head = _before_place(tokens, head)
    if tokens.words[head].upos in _NO_HEAD and not _ends_name(tokens, head):
        return None
    return phrase(tokens, head, marker)


def _ends_name(tokens: Tokens, head: int) -> bool:
    """ "किम युंग-हो", "थेरेसा मे", "गांव वालों": a last word that the tagger takes for another."""
    syllable = tokens.is_grammar(head, "surname_syllables") and tokens.words[head - 1].ner
    dwellers = tokens.is_grammar(head, "dwellers") and tokens.is_nominal(head - 1)
    return tokens.at(head - 1) == "-" or syllable == "PER" or dwellers


def _before_place(tokens: Tokens, head: int) -> int:
    """ "X, नई दिल्ली ने कहा": whose address it is."""
    at = head
    while at > 0 and tokens.words[at].ner == "LOC":
        at -= 1
    behind_name = at < head and tokens.at(at) == "," and tokens.words[at - 1].ner == "PER"
    return at - 1 if behind_name else head


def ergative_at(tokens: Tokens, at: int) -> Source | None:
    """ "X ने", "उन्होंने", "जिन्होंने": the source that an ergative at ``at`` closes."""
    lex = tokens.lex
    word = tokens.at(at)
    if word in lex.pronouns["ergative"] or word in lex.pronouns["ergative_person"]:
        return Source(at, at + 1, "ergative")
    if word in lex.pronouns["relative"] and word.endswith("ने"):
        return Source(at, at + 1, "relative")
    if tokens.is_ergative(at) and at > 0:
        head = _before_insertion(tokens, at - 1)
        stem = tokens.at(head) in lex.pronouns["stem"] and not tokens.words[head].ner
        if stem and not tokens.is_nominal(head - 1):
            return Source(head, head + 1, "ergative")  # "किम जोंग उन ने" is a name
        return headed(tokens, head, "ergative")
    return None


def _before_insertion(tokens: Tokens, at: int) -> int:
    """ "X, जिनके …, ने": over a relative clause between commas to the head."""
    if tokens.at(at) != ",":
        return at
    for behind in range(at - 1, max(0, at - _INSERTION_REACH), -1):
        if not tokens.is_grammar(behind, "relatives"):
            continue
        if tokens.at(behind - 1) == "," or tokens.is_nominal(behind - 1):
            return behind - 1 - (tokens.at(behind - 1) == ",")
    return at
