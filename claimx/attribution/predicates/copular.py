"""Nouns with a copula as cues: "X का कहना है", "X को उम्मीद है", "आरोप है"."""

from __future__ import annotations

from claimx.attribution.lexicon import CopularEntry, Form, NominalEntry
from claimx.attribution.predicates.cue import Cue
from claimx.attribution.predicates.verb_group import is_negated
from claimx.attribution.tokens import Tokens

# Acts that "N है कि" reports; "उम्मीद है कि" is the writer's own.
_TOLD_BY_NOBODY = frozenset({"accuse", "report", "claim"})
# Words allowed between a genitive and its copular infinitive or noun:
# "उनका इस बारे में यह भी कहना है".
_INFINITIVE_REACH, _NOUN_REACH = 10, 4
# ... between a dative and its noun, and between a copula and a genitive behind it.
_DATIVE_REACH, _INVERTED_REACH = 6, 10


def copular(tokens: Tokens, index: int, entry: CopularEntry) -> Cue | None:
    """ "X का कहना है", "X का दावा है", "X की राय, …"."""
    infinitive = entry.lemma.endswith("ना")
    end = _copula_follows(tokens, index + 1)
    if end < 0:  # "X का दावा, …", a headline without its copula
        if not (tokens.is_grammar(index + 1, "separators") or tokens.at(index + 1) == "कि"):
            return None
        end = index + 1
    if is_negated(tokens, index) or tokens.is_grammar(end, "negation"):
        return None
    genitive = _genitive_before(tokens, index, _INFINITIVE_REACH if infinitive else _NOUN_REACH)
    if genitive < 0 and infinitive:
        genitive = _genitive_after(tokens, end)
        end = genitive + 1
    if genitive < 0:
        return None
    pronouns = tokens.lex.pronouns
    own = pronouns["genitive"] | pronouns["relative"] | tokens.lex.first_person
    fused = tokens.at(genitive) in own
    if not (fused or infinitive) and _is_doing(tokens, genitive - 1):
        return None  # "X पर पैसे लेने का आरोप है": what, not whose
    return Cue(
        frame="copular",
        start=index,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=Form.INFINITIVE,
        low=entry.low,
        source_head=genitive if fused else genitive - 1,
        copular=entry,
    )


def _is_doing(tokens: Tokens, at: int) -> bool:
    """An oblique infinitive: "लेने"."""
    return tokens.words[at].upos == "VERB" and tokens.at(at).endswith("ने")


def dative(tokens: Tokens, index: int, entry: CopularEntry) -> Cue | None:
    """ "X को उम्मीद है कि", "उन्हें लगता है कि"."""
    verb = index + 1 + tokens.is_grammar(index + 1, "haunting")
    end = _copula_follows(tokens, verb)
    if end < 0 or tokens.at(end) != "कि" or is_negated(tokens, index):
        return None
    lex = tokens.lex
    for at in range(index - 1, max(-1, index - 1 - _DATIVE_REACH), -1):
        word = tokens.at(at)
        pronoun = word in lex.pronouns["dative"] or word in lex.first_person
        if pronoun or (word == "को" and at > 0):
            return Cue(
                frame="dative",
                start=index,
                end=end,
                lemma=entry.lemma,
                act=entry.act,
                form=Form.IMPERFECTIVE,
                source_head=at if pronoun else at - 1,
            )
        if tokens.is_punct(at) or tokens.is_finite(at) or word in ("ने", "कि"):
            return None
    return None


def impersonal(tokens: Tokens, index: int, entry: NominalEntry) -> Cue | None:
    """ "आरोप है कि …", "खबर है कि …": told by nobody."""
    if "ki" not in entry.frames or entry.act not in _TOLD_BY_NOBODY:
        return None
    end = _copula_follows(tokens, index + 1)
    if end < 0 or tokens.at(end) != "कि" or is_negated(tokens, index):
        return None
    return Cue(
        frame="impersonal",
        start=index,
        end=end,
        lemma=entry.lemma,
        act=entry.act,
        form=Form.IMPERFECTIVE,
        low=True,
        passive=True,
    )


def _genitive_before(tokens: Tokens, index: int, reach: int) -> int:
    """Leftwards to the source's genitive, over correlatives and adverbials only."""
    lex = tokens.lex
    for at in range(index - 1, max(-1, index - 1 - reach), -1):
        word = tokens.at(at)
        fused = word in lex.pronouns["genitive"] or word in lex.pronouns["relative"]
        if fused or word in lex.first_person:
            return at
        insertion = tokens.at(at - 1) == ","  # "X, जो … हैं, का कहना है"
        if (
            tokens.is_grammar(at, "direct_genitive")
            and at > 0
            and (insertion or not tokens.is_punct(at - 1))
            and not tokens.is_grammar(at + 1, "owned_causes")
        ):
            return at
        if word in lex.grammar["ergative"] or word == "कि" or tokens.is_finite(at):
            return -1
        if tokens.is_punct(at) and word != ",":
            return -1
    return -1


def _genitive_after(tokens: Tokens, index: int) -> int:
    """ "यह कहना है … का": the source behind the copula."""
    for at in range(index, min(index + _INVERTED_REACH, len(tokens))):
        if tokens.is_grammar(at, "direct_genitive") and at > index:
            follows = tokens.at(at + 1)
            if at + 1 >= len(tokens) or tokens.is_punct(at + 1) or follows == "कि":
                return at
        elif tokens.is_punct(at) or tokens.is_finite(at):
            return -1
    return -1


def _copula_follows(tokens: Tokens, index: int) -> int:
    """The end of a copula group at ``index``, or -1."""
    while tokens.is_grammar(index, "particles"):
        index += 1
    end = index
    while tokens.is_grammar(end, "copulas"):
        end += 1
    return end if end > index else -1
