"""The verb group of a cue: does it predicate a telling, and in which voice?"""

from __future__ import annotations

from dataclasses import dataclass

from claimx.attribution.lexicon import Form
from claimx.attribution.tokens import Tokens

# Longest verb group looked at, in words behind the verb.
_REACH = 7
# ... and from a verb back to the "न तो" that negates it.
_NEITHER_REACH = 20
_IMPERFECTIVE = ("ता", "ते", "ती", "तीं")


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """An attributing verb with the auxiliaries, vectors and particles behind it.

    Attributes:
        end: index after the last of its words.
        passive: "कहा गया".
        participle: "कहते हुए", "कहकर".
    """

    end: int
    passive: bool = False
    participle: bool = False


def is_negated(tokens: Tokens, index: int) -> bool:
    """Does a negation stand before the word: "नहीं कहा", "नहीं भी कहा"?"""
    at = index - 1
    while tokens.is_grammar(at, "particles"):
        at -= 1
    if tokens.is_grammar(at, "negation") and not tokens.is_ergative(at):
        return True
    return _is_neither(tokens, index)


def _is_neither(tokens: Tokens, index: int) -> bool:
    """ "न तो ऐसा कोई दावा किया है, न ही …": a negation at the clause's beginning; but not "न तो
    … कराने का आरोप लगाया"."""
    for at in range(index - 1, max(0, index - _NEITHER_REACH), -1):
        if tokens.at(at) == "तो" and tokens.is_grammar(at - 1, "negation"):
            return True
        infinitive = tokens.at(at).endswith("ने") and tokens.is_grammar(at + 1, "genitive")
        if infinitive or tokens.is_punct(at) or tokens.is_finite(at):
            return False
        if tokens.is_complementizer(at):
            return False
    return False


def verb_group(tokens: Tokens, index: int, form: Form) -> VerbGroup | None:
    """The group of the verb at ``index``, or None where it does not predicate a telling."""
    if form in (Form.INFINITIVE, Form.FUTURE):
        return None
    group = _group(tokens, index)
    if group is None or is_negated(tokens, index):
        return None
    if tokens.is_grammar(index - 1, "interrogatives"):
        return None  # "क्या कहा"
    if form is Form.STEM:
        if tokens.is_grammar(index + 1, "conjunctive_markers"):
            return VerbGroup(index + 2, participle=True)  # "कह कर"
        if group.end == index + 1 or tokens.is_grammar(index + 1, "plain_copulas"):
            return None
    if form is Form.CONJUNCTIVE:
        return VerbGroup(group.end, participle=True)
    if form is Form.IMPERFECTIVE and group.end == index + 1:
        # "कहते, …" is a habitual without its auxiliary; "कहते ही" is not telling
        if tokens.at(index + 1) in ("ही", "न") or tokens.is_nominal(index + 1):
            return None
    return group


def _group(tokens: Tokens, index: int) -> VerbGroup | None:
    """Auxiliaries, vectors and particles after the verb at ``index``; None where a modal,
    a negation or a noun makes something else of it than a telling."""
    end = index + 1
    passive = participle = finite = False
    while end < len(tokens) and end <= index + _REACH:
        word = tokens.at(end)
        if tokens.is_grammar(end, "participle_markers") and not finite:
            participle, end = True, end + 1
            break
        if tokens.is_grammar(end, "modals") or tokens.is_grammar(end, "adnominal"):
            return None  # "कहा जा सकता है", "कहे जाने वाले"
        if tokens.is_grammar(end, "negation"):
            if word == "न" or not (finite or end == index + 1):
                break
            return None
        if tokens.is_grammar(end, "seeming") and tokens.at(index).endswith(_IMPERFECTIVE):
            end += 1
            continue
        if tokens.is_grammar(end, "auxiliaries"):
            passive = passive or tokens.is_grammar(end, "passive")
            finite = finite or tokens.is_grammar(end, "copulas")
        elif not (tokens.is_grammar(end, "particles") and end == index + 1):
            break
        end += 1
    while end > index + 1 and tokens.is_grammar(end - 1, "particles"):
        end -= 1
    if passive and not finite and tokens.is_nominal(end):
        # "कही गई बात", but not a headline's "बताया गया, …"
        if tokens.is_grammar(end - 1, "perfective_passive") and not tokens.is_punct(end):
            return None
    return VerbGroup(end, passive, participle)
