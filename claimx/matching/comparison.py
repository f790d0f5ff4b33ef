"""Two claims beside each other: how much content they share, and how it is told.

The score is soft overlap of content words weighted by inverse document frequency: a mean
of Dice's coefficient and containment in the shorter claim (Manning, Raghavan & Schütze,
"Introduction to Information Retrieval", ch. 6).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from itertools import pairwise
from typing import Final, NamedTuple

from claimx.matching.alignment import Alignment, align
from claimx.matching.figures import differing, shared
from claimx.matching.lexicon import lexicon
from claimx.matching.likelihood import (
    gauged,
    in_common,
    in_order,
    other_stretch,
    other_subject,
    topic_only,
)
from claimx.matching.participants import apart, other_doers
from claimx.matching.reading import RARE, Reading, own_words
from claimx.matching.terms import Term

# All tuned on corpus/gold and the pairs in tests/data/matching.
THRESHOLD: Final = 0.64
"""Score from which two claims state the same thing."""

WEAK: Final = 0.46
"""Score from which they may, where neither has another claim that comes as near."""

SAME_WORDS: Final = 0.1
"""Share said in other words up to which nothing has been retold."""

_CONTAINMENT = 0.5  # its share in the score; the rest is Dice's coefficient
_CONTEXT = 0.6  # of what one claim lacks, so much is forgiven if its sentence has it
_SPEAKER = 0.08  # the same speaker says it
_SAID_BY = 0.5  # of the weight of the other claim's speaker, counted as in common
_FIGURE = 5.0  # weight of a figure that both have: that of a fairly rare word
_MEASURE = 5.0  # and of one that both have with other values
_TIME = 2.5  # of a day or month that both name
_LIGHT = 9.0  # with less weight in common, containment counts for less
_REWORDED = 0.15  # all that they have in common is said in other words
_FEW = 3  # words in common, up to which another last word may be a synonym
_FEWEST = 2  # content words in common, below the threshold
_VERBATIM = 0.57  # score that two claims must have that share a predicate, in the same words
_RETOLD = 0.25  # share said in other words from which the predicate may be another word too
_ASIDE_OF_BOTH = 5  # content words that they have besides, from which it is another matter
_SUBSTITUTED = 0.15  # taken off where a noun stands in another one's place


class Compared(NamedTuple):
    """Two claims beside each other, in the order of `ordered`.

    Attributes:
        weights: of what they have in common, as `in_common` gives them.
        overlap: by their words, 0 to about 1.1.
        reworded: share of what they have in common that is said in other words.
        score: their overlap, less what is taken off it, if it is about one thing; else 0.
    """

    one: Reading
    other: Reading
    aligned: Alignment
    weights: tuple[float, float]
    overlap: float
    reworded: float
    score: float

    @property
    def alike(self) -> bool:
        """Do they say the same of one thing, as far as their words tell?"""
        one, other, aligned, _, _, reworded, score = self
        return score > 0 and _in_like_words(one, other, aligned, score, reworded)

    def verbatim(self, alike: bool) -> bool:
        """Has neither words of its own, or only one of them, and all else the same words?

        Args:
            alike: as told before.
        """
        mine = own_words(self.one, self.aligned.pairs)
        yours = own_words(self.other, self.aligned.matched)
        if (mine and yours) or ((mine or yours) and self.reworded >= SAME_WORDS):
            return False
        return alike and not other_doers(self.one, self.other, self.aligned.pairs)


def compare(one: Reading, other: Reading) -> Compared | None:
    """Put two claims beside each other; None where they have nothing in common."""
    one, other = ordered(one, other)
    aligned = align(one, other)
    if not aligned.pairs:
        return None
    weights = in_common(one, other, aligned)
    common, retold = weights
    overlapping = _overlap(one, other, aligned, weights)
    reworded = retold / common if common else 0.0
    score = _about_one(one, other, aligned, overlapping, reworded)
    return Compared(one, other, aligned, weights, overlapping, reworded, score)


def ordered(one: Reading, other: Reading) -> tuple[Reading, Reading]:
    """Two claims in an order of their own.

    Several special words of the first may have one general word of the second.
    """
    mine, yours = (len(one.special), one.claim.claim), (len(other.special), other.claim.claim)
    return (one, other) if mine >= yours else (other, one)


def _about_one(
    one: Reading, other: Reading, aligned: Alignment, score: float, reworded: float
) -> float:
    """The score of two claims if what they say is about one thing; else 0."""
    pairs, matched = aligned.pairs, aligned.matched
    # Below the threshold, what is alike must not be so by the same few words only.
    if score < (WEAK if reworded >= _RETOLD else _VERBATIM):
        return 0.0
    if score < THRESHOLD and _in_words(one, pairs) < _FEWEST:
        return 0.0
    rest, others = len(one.weights) > len(pairs), len(other.weights) > len(matched)
    substituted = _substitutions(one, other, pairs.keys(), matched) if rest and others else []
    score -= _SUBSTITUTED * len(substituted) * (1 - reworded)
    if substituted and len(own_words(one, pairs)) == len(own_words(other, matched)) == 1:
        return 0.0
    if score < THRESHOLD and (substituted or reworded < _RETOLD):
        verbatim = score >= _VERBATIM and _same_predicate(one, other, pairs, matched)
        if substituted or not verbatim:
            return 0.0
    if score < WEAK or any(substituted) or apart(one, other, aligned):
        return 0.0
    if reworded < SAME_WORDS and _other_matter(one, other, pairs, matched):
        return 0.0
    return score


def _in_like_words(
    one: Reading, other: Reading, aligned: Alignment, score: float, reworded: float
) -> bool:
    """Do two claims about one thing say the same of it, as far as their words tell?"""
    pairs, matched = aligned.pairs, aligned.matched
    if len(pairs) >= len(one.weights) and len(matched) >= len(other.weights):
        return True
    if reworded >= _RETOLD:
        return True
    if _other_predicate(one, other, pairs, matched):
        return False
    if other_subject(one, other, pairs, matched) or other_stretch(one, other, pairs, matched):
        return False
    if reworded >= SAME_WORDS:
        return True
    if topic_only(one, other, pairs, matched, score):
        return False
    return bool(reworded) or not _one_word_off(one, other, pairs, matched)


def _overlap(
    one: Reading, other: Reading, aligned: Alignment, shared_weight: tuple[float, float]
) -> float:
    """The score of two claims by their words, as `ordered` gives them: 0 to about 1.1.

    Args:
        shared_weight: what `in_common` gives for them.
    """
    pairs, matched = aligned.pairs, aligned.matched
    common, retold = shared_weight
    missing, said = _missing(one, pairs, other)
    lacking, told = _missing(other, matched, one)
    for key in aligned.partial:
        rest = one.weights[key] - other.weights[pairs[key]]
        missing, lacking = missing + max(rest, 0.0), lacking + max(-rest, 0.0)
    common += _SAID_BY * (said + told)
    if one.figures and other.figures:
        common += _FIGURE * shared(one.figures, other.figures)
        common += _MEASURE * bool(differing(one.figures, other.figures))
    if one.content.times and other.content.times:
        common += _TIME * len(one.content.times & other.content.times)
    dice = 2 * common / (2 * common + missing + lacking)
    contained = common / (common + min(missing, lacking)) * min(1.0, common / _LIGHT)
    score = (1 - _CONTAINMENT) * dice + _CONTAINMENT * contained
    if common:
        score += _REWORDED * retold / common
    if one.claim.speaker is not None and one.claim.speaker == other.claim.speaker:
        score += _SPEAKER
    return score


def _in_words(reading: Reading, keys: Iterable[str]) -> int:
    """How many words these are; a phrase is several."""
    return sum(reading.forms[key].count(" ") + 1 for key in keys)


def _missing(reading: Reading, matched: Collection[str], other: Reading) -> tuple[float, float]:
    """Weight of the content words that the other claim lacks.

    Returns:
        the weight, less what the other's sentence has; and apart from that the weight of
        what names the other's speaker, who says "I" or "we" there.
    """
    missing = said = 0.0
    if len(matched) >= len(reading.weights):
        return missing, said
    lex = lexicon()
    for key, weight in reading.weights.items():
        if key in matched:
            continue
        if key in other.speaker_keys:
            said += weight
        elif key not in reading.soft:
            share = lex.shell_share if key in lex.shells else 1.0
            missing += weight * min(share, _CONTEXT if key in other.context else 1.0)
    return missing, said


def _substitutions(
    one: Reading, other: Reading, pairs: Collection[str], matched: Collection[str]
) -> list[bool]:
    """Nouns in the first claim whose place another noun has in the second.

    Their place: the marker behind them and the content word after that.

    Returns:
        for each whether both are rare, as names are.
    """
    mine, yours = _slots(one, pairs), _slots(other, matched)
    # What is counted, or in which unit, is told by the figures (तीन दिन, दो महीने).
    units = one.counted, other.counted
    return [
        _namely(term) and _namely(yours[slot])
        for slot, term in mine.items()
        if slot in yours and yours[slot].key != term.key
        if not (term.key in units[0] and yours[slot].key in units[1])
        # Who says it there says "we" here.
        if (term.name and yours[slot].name)
        or not (term.key in other.speaker_keys or yours[slot].key in one.speaker_keys)
    ]


def other_noun(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Has a noun as rare as a name another such noun in its place?"""
    return any(_substitutions(one, other, aligned.pairs.keys(), aligned.matched))


def _other_matter(
    one: Reading, other: Reading, pairs: dict[str, str], matched: Collection[str]
) -> bool:
    """Is what they share the topic of two statements: has neither the other's predicate?"""
    if gauged(one, other):
        return False
    if "denied" in (one.claim.polarity, other.claim.polarity):
        return False  # the predicate is not in its words
    mine = [key for key in one.said if key not in pairs]
    yours = [key for key in other.said if key not in matched]
    if not mine or not yours or len(mine) + len(yours) < _ASIDE_OF_BOTH:
        return False
    return one.predicate in mine and other.predicate in yours


def _same_predicate(
    one: Reading, other: Reading, pairs: Collection[str], matched: Collection[str]
) -> bool:
    """Is the last content word of either in common? Hindi ends in the predicate."""
    mine, yours = one.content.terms[-1].key, other.content.terms[-1].key
    return mine in pairs or yours in matched or mine in one.soft or yours in other.soft


def _namely(term: Term) -> bool:
    return term.name or term.occurrences < RARE


def _slots(reading: Reading, matched: Collection[str]) -> dict[tuple[str, str], Term]:
    terms = reading.content.terms
    return {
        (term.role, after.key): term
        for term, after in pairwise(terms)
        if term.role and term.key not in matched and after.key in matched and not term.soft
    }


def _one_word_off(
    one: Reading, other: Reading, pairs: Collection[str], matched: Collection[str]
) -> bool:
    """Do both say the same words but for the last, which may be a synonym beside few?"""
    if not len(own_words(one, pairs)) == len(own_words(other, matched)) == 1:
        return False
    ends = one.said[-1] not in pairs and other.said[-1] not in matched
    return ends and len(pairs) > _FEW


def _other_predicate(
    one: Reading, other: Reading, pairs: dict[str, str], matched: Set[str]
) -> bool:
    """Do both say the same words up to what they say of it (सजा पढ़कर सुनाई, सजा बदलकर घटाई)?

    Where they use other words all along, or put them in another order, the predicate may
    be another word for the same.
    """
    signs, others = one.content.negative, other.content.negative
    if len(signs) == len(others) == 1 and signs != others:
        return False  # that they agree has been told by the predicates
    mine = _tail(one, pairs)
    yours = None if mine is None else _tail(other, matched)
    if mine is None or yours is None or not (mine or yours):
        return False
    denied = bool(mine and yours) or any(
        term.sign * (-1) ** reading.content.negative[0] < 0
        for reading, tail in ((one, mine), (other, yours))
        for term in tail
        if term.key not in reading.spans
    )
    return denied and in_order(one, other, pairs)


def _tail(reading: Reading, matched: Collection[str]) -> list[Term] | None:
    """What follows all that is matched; None where something else is not matched either."""
    terms = [term for term in reading.content.terms if not term.soft]
    if len(reading.content.negative) > 1:
        return None
    end = max((n + 1 for n, term in enumerate(terms) if term.key in matched), default=0)
    if any(term.key not in matched for term in terms[:end]):
        return None
    return terms[end:]
