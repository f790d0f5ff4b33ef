"""Subjects that open their clause, where the tree takes them into the phrase behind them."""

from __future__ import annotations

from collections.abc import Sequence

from claimx.attribution.predicates import Cue
from claimx.attribution.sources.phrase import Source
from claimx.attribution.tokens import NOMINAL, PREMODIFIER, Tokens

# What may stand between a clause's beginning and its subject.
_LEAD_IN = frozenset({"ADV", "PART", "PUNCT", "CCONJ", "NUM"})


def opening_subject(
    tokens: Tokens, cue: Cue, start: int, masked: Sequence[bool]
) -> Source | None:
    """ "पुलिस सेंध लगाकर … की बात कह रही है": a known speaker at the head of the clause.

    Nothing but its place tells it from a modifier, so it has to agree with the verb.

    Args:
        start: index of the first word of the cue's clause.
        masked: True for words to look past.
    """
    if cue.participle and not tokens.is_grammar(cue.end, "seeming"):
        return None
    at = _behind_lead_in(tokens, start, cue.start)
    if at >= cue.start or masked[at]:
        return None
    if is_person_pronoun(tokens, at) or tokens.at(at) in tokens.lex.first_person:
        return Source(at, at + 1, "nominative")
    if tokens.is_grammar(at + 1, "dwellers") and not tokens.is_nominal(at + 2):
        return Source(at, at + 2, "nominative")  # "गांव वाले … मानते हैं"
    if not _is_known(tokens, at) or tokens.at(at).endswith(
        tokens.lex.endings["oblique_plural"]
    ):
        return None
    head = compound_end(tokens, at)
    while head > at and _is_marked(tokens, head):
        if tokens.at(head) in tokens.lex.offices:
            return None  # "कांग्रेस नेता पर": no subject, unless the tree tells them apart
        head -= 1
    if _is_marked(tokens, head) or _modifies_oblique(tokens, head):
        return None
    return Source(at, head + 1, "nominative") if _agrees(tokens, head, cue) else None


def compound_end(tokens: Tokens, head: int) -> int:
    """ "स्कूल प्रबंधन", "रेल अधिकारी": index of the last of the speaker's words in a row.

    Args:
        head: index of the first.
    """
    lex, end = tokens.lex, head
    while end + 1 < len(tokens):
        behind = tokens.words[end + 1]
        title = tokens.at(end + 1) in lex.titles and behind.upos != "ADJ"
        body = tokens.at(end + 1) in lex.organizations
        name = behind.ner == "PER" and (
            tokens.words[end].ner == "PER" or tokens.at(end) in lex.titles
        )
        if not (title or body or name):
            break
        end += 1
    return end


def is_person_pronoun(tokens: Tokens, at: int) -> bool:
    """वे, वह, वो; but not यह, ये, which mostly announce the content."""
    pronouns, word = tokens.lex.pronouns, tokens.at(at)
    return word in pronouns["nominative"] and word not in pronouns["proximal_nominative"]


def _behind_lead_in(tokens: Tokens, start: int, end: int) -> int:
    """Index of the first word that is no connective and no time: "उधर, शुक्रवार को"."""
    at = start
    while at < end:
        timely = at > start and tokens.at(at) in ("को", "में", "से")
        leads = tokens.at(at) in tokens.lex.leaders or tokens.words[at].upos in _LEAD_IN
        if not (timely or leads):
            break
        at += 1
    return at


def _is_known(tokens: Tokens, at: int) -> bool:
    """A title, an organisation, a group, a country or a name."""
    lex, word = tokens.lex, tokens.at(at)
    if word in lex.nationalities and tokens.words[at + 1].upos in NOMINAL | {"ADJ", "NUM"}:
        return False  # "सऊदी अधिकारी", but "सऊदी इन आरोपों को …"
    known = (lex.titles, lex.groups, lex.organizations, lex.countries)
    return tokens.words[at].ner in ("PER", "ORG") or any(word in words for words in known)


def _is_marked(tokens: Tokens, at: int) -> bool:
    """Does a postposition, or another of a list, follow the word?"""
    return at + 1 >= len(tokens) or tokens.words[at + 1].upos in ("ADP", "CCONJ", "PUNCT")


def _modifies_oblique(tokens: Tokens, head: int) -> bool:
    """ "ग्रामीण इलाकों में": an adjective of a phrase with a postposition."""
    if tokens.words[head].upos != "ADJ" or tokens.words[head].ner:
        return False
    at = head + 1
    while at + 1 < len(tokens) and tokens.words[at + 1].upos in PREMODIFIER:
        at += 1
    return at + 1 < len(tokens) and tokens.words[at + 1].upos == "ADP"


def _agrees(tokens: Tokens, head: int, cue: Cue) -> bool:
    """Do gender and number of the verb allow the subject? Of names they tell nothing."""
    lex, word = tokens.lex, tokens.words[head]
    if (
        word.ner in ("PER", "ORG")
        or tokens.at(head) in lex.titles
        or tokens.at(head) in lex.groups
    ):
        return True
    endings = lex.endings
    for at in range(cue.end - 1, cue.start - 1, -1):
        if tokens.at(at).endswith(endings["of_many"]):
            return False
        if tokens.at(at).endswith(endings["of_one_masculine"]):
            return word.feats.get("Gender") in (None, "Masc")
        if tokens.at(at).endswith(endings["of_feminine"]):
            return word.feats.get("Gender") in (None, "Fem")
    return True
