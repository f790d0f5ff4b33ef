"""Two claims judged: do they state the same, and what keeps them from it.

Gates look at what overlap is blind to: figures, polarity, who does it to whom, where and
when. What passes them must not be unlikely to state the same, and what does not may be likely
all the same (`likelihood`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from claimx.matching.alignment import Alignment, align
from claimx.matching.comparison import (
    SAME_WORDS,
    Compared,
    compare,
    ordered,
    other_noun,
)
from claimx.matching.figures import differing, redated
from claimx.matching.likelihood import (
    HOPELESS,
    OPPOSITE,
    POSSIBLE,
    Meaning,
    Ruling,
    Signals,
    is_enough,
    log_odds,
    read_signals,
    weigh,
)
from claimx.matching.lookup import is_telling
from claimx.matching.opposition import opposed
from claimx.matching.participants import on_other_occasions, surely_apart
from claimx.matching.reading import Reading
from claimx.matching.repetition import is_repeated
from claimx.records import Relation

# All tuned on corpus/gold and the pairs in tests/data/matching.
LEAST: Final = 0.35
"""Score from which they may, however their words differ."""

RIVAL: Final = 0.08
"""How much further off any other claim must then be."""

_SPECIFIC = 10.0  # with this weight in common two stories seldom have the same words


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two claims relate.

    Attributes:
        score: 0 to about 1.1.
        relation: None where they do not state the same thing; below `THRESHOLD` it
            holds only where no other claim rivals.
        sure: False where it holds only if a third claim stands with both.
    """

    score: float
    relation: Relation | None
    sure: bool = True


def signals_of(compared: Compared, alike: bool, *, denied: bool = False) -> Signals:
    """What tells for or against two claims stating the same.

    Args:
        alike: see `Compared`.
        denied: does a gate tell that one denies the other?
    """
    one, other, aligned = compared.one, compared.other, compared.aligned
    return read_signals(
        one,
        other,
        aligned,
        compared.overlap,
        compared.weights,
        denied=denied,
        other_noun=other_noun(one, other, aligned),
        alike=alike,
        together=compared.score > 0,
    )


def rule(compared: Compared, alike: bool, *, denied: bool, others: bool) -> Ruling:
    """What the rules hold of two claims.

    Args:
        alike: see `Compared`.
        denied, others: do they deny each other, or are about other participants?
    """
    return Ruling(
        denied=denied,
        apart=others,
        verbatim=compared.verbatim(alike),
        unlike=not alike and compared.reworded < SAME_WORDS,
    )


def judge(one: Reading, other: Reading, meaning: Meaning | None = None) -> Judgement:
    """Compare two claims; the order of the two does not matter.

    Args:
        meaning: what two texts mean to each other; None to go by the words alone.
    """
    if meaning is None or one.claim.polarity == other.claim.polarity:
        return _judge(one, other, meaning)
    judged = _judge(one, other, None)  # the text has not all that is said
    affirmed, denied = (one, other) if other.claim.polarity == "denied" else (other, one)
    in_words = denied.content.refuted and not affirmed.content.refuted
    if judged.relation == "same" and not in_words and not _are_opposite(one, other, meaning):
        return replace(judged, relation="denies")
    return judged


def _judge(one: Reading, other: Reading, meaning: Meaning | None) -> Judgement:
    compared = None if _overlapping(one, other) else compare(one, other)
    if compared is None:
        return Judgement(0.0, None)
    one, other, aligned, (common, _), overlapping, _, score = compared
    apart = Judgement(overlapping, None)
    if not score and overlapping < LEAST:
        return apart
    if common < _SPECIFIC and not _of_one_story(one, other, aligned):
        return apart
    if on_other_occasions(one, other):
        return apart
    others = surely_apart(one, other, aligned)
    if others and meaning is None:
        return apart
    found = relation(one, other, aligned)
    denied = found == "denies"
    gated = denied or others
    ruled = apart if others or not score else Judgement(score, found)
    if is_settled(found, one, other) or (denied and meaning is None):
        return ruled
    if not denied and _qualified(one, other, aligned):
        return apart
    alike = compared.alike
    ruling = rule(compared, alike, denied=denied, others=others)
    if ruling.verbatim and meaning is None:
        return Judgement(score, "same")
    repeated = not gated and is_repeated(compared)
    if repeated and alike:
        return Judgement(score, "same")
    if ruling.unlike and (repeated or meaning is None):
        return apart
    odds = log_odds(signals_of(compared, alike))
    if meaning is not None and odds >= HOPELESS:
        odds = weigh(odds, ruling, meaning(*_texts(one, other)))
    sure = is_enough(odds, meaning)
    if sure or (alike and odds >= POSSIBLE and not gated):
        return Judgement(score or overlapping, "same", sure)
    return ruled if denied else apart


def _texts(one: Reading, other: Reading) -> tuple[str, str]:
    """Two claims, days that agree told in the same words."""
    return one.claim.claim, redated(other.claim.claim, other.facts, one.facts)


def _are_opposite(one: Reading, other: Reading, meaning: Meaning) -> bool:
    """Does the one deny in its words what the other denies by its frame?"""
    return meaning(*_texts(*ordered(one, other))).sameness < OPPOSITE


def _qualified(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Does one claim hold only in a way that the other does not (सशर्त)?"""
    mine = one.qualifiers - aligned.pairs.keys() - other.context
    return bool(mine or other.qualifiers - aligned.matched - one.context)


def _of_one_story(one: Reading, other: Reading, aligned: Alignment) -> bool:
    """Does anything tell that two claims of few or common words are about one event?

    "मरने वालों की संख्या बढ़ सकती है" is said of many. Where nothing is known but the claims,
    they are taken as they are.
    """
    a, b = one.claim, other.claim
    if a.article == b.article or (a.speaker is not None and a.speaker == b.speaker):
        return True
    if a.evidence == a.claim or b.evidence == b.claim:
        return True
    common = aligned.pairs.keys() - aligned.partial
    if any(map(is_telling, common & (one.names | set(one.rare)))):
        return True
    mine = one.context | one.speaker_keys | one.names | one.strange
    yours = other.context | other.speaker_keys | other.names | other.strange
    return any(map(is_telling, mine & yours))


def relation(one: Reading, other: Reading, aligned: Alignment | None = None) -> Relation:
    """What two claims about one thing are to each other: the gates alone.

    Args:
        aligned: their words, where that is known.
    """
    if aligned is None:
        one, other = ordered(one, other)
        aligned = align(one, other)
    if opposed(one, other, aligned):
        return "denies"
    return "differs" if _other_figures(one, other) else "same"


def is_settled(found: Relation, one: Reading, other: Reading) -> bool:
    """Do the gates tell of another figure? No meaning may overrule that."""
    return found != "same" and _other_figures(one, other)


def _other_figures(one: Reading, other: Reading) -> bool:
    """Does each give another figure or day for the same thing?"""
    return bool(
        differing(one.figures, other.figures) or differing(one.calendar, other.calendar)
    )


def _overlapping(one: Reading, other: Reading) -> bool:
    """Is one claim part of the other in one article (a nested report)?"""
    a, b = one.claim, other.claim
    return a.article == b.article and a.start < b.end and b.start < a.end
