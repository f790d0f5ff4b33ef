"""Two claims compared: how much content they share, and what keeps them from being one.

The score is soft overlap of content words weighted by inverse document frequency: a mean
of Dice's coefficient and containment in the shorter claim (Manning, Raghavan & Schütze,
"Introduction to Information Retrieval", ch. 6). Gates then look at what overlap is blind
to: figures, polarity, who does it to whom, where and when.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claimx.matching.content import Term
from claimx.matching.figures import dates_conflict, differing, shared
from claimx.matching.lexicon import lexicon
from claimx.matching.opposition import opposed
from claimx.matching.reading import RARE, Reading
from claimx.records import Relation

# All tuned on corpus/gold and the pairs in tests/data/matching.
THRESHOLD: Final = 0.64
"""Score from which two claims state the same thing."""

WEAK: Final = 0.50
"""Score from which they may, where neither has another claim that comes as near."""

RIVAL: Final = 0.08
"""How much further off any other claim must then be."""

_CONTAINMENT = 0.5  # its share in the score; the rest is Dice's coefficient
_CONTEXT = 0.6  # of what one claim lacks, so much is forgiven if its sentence has it
_SPEAKER = 0.08  # the same speaker says it
_SAID_BY = 0.5  # of the weight of the other claim's speaker, counted as in common
_FIGURE = 5.0  # weight of a figure that both have: that of a fairly rare word
_MEASURE = 2.0  # and of one that both have with other values
_TIME = 2.5  # of a day or month that both name
_LIGHT = 9.0  # with less weight in common, containment counts for less
_SPELLING = 0.84  # similarity from which two rare words are spellings of one
_REWORDED = 0.15  # all that they have in common is said in other words
_RETOLD = 0.25  # share said in other words from which the predicate may be another word too
_ROOT, _SUFFIX = 5, 2  # letters of a root, and of what may be added to it
_SUBSTITUTED = 0.15  # taken off where a noun stands in another one's place
_UNDERGO = frozenset({"goal", "target"})
_PARTS = _UNDERGO | {"agent"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """How two claims relate.

    Attributes:
        score: 0 to about 1.1.
        relation: None where they do not state the same thing; below `THRESHOLD` it
            holds only where no other claim rivals.
    """

    score: float
    relation: Relation | None


def judge(one: Reading, other: Reading) -> Judgement:
    """Compare two claims; the order of the two does not matter."""
    if _overlapping(one, other):
        return Judgement(0.0, None)
    pairs = _aligned(one, other)
    if not pairs:
        return Judgement(0.0, None)
    matched = set(pairs.values())
    common, retold = _in_common(one, other, pairs)
    score = _score(one, other, pairs, matched, common, retold)
    if score < WEAK:
        return Judgement(score, None)
    substituted = _substitutions(one, other, pairs.keys(), matched)
    reworded = retold / common if common else 0.0
    score -= _SUBSTITUTED * len(substituted) * (1 - reworded)
    if substituted and _minimal(one, pairs.keys()) and _minimal(other, matched):
        return Judgement(score, None)
    if score < THRESHOLD and (
        substituted or (not _same_predicate(one, other, pairs, matched) and reworded < _RETOLD)
    ):
        return Judgement(score, None)
    if score < WEAK or any(substituted) or _apart(one, other, pairs, matched):
        return Judgement(score, None)
    found = relation(one, other)
    if found == "same" and reworded < _RETOLD and _other_predicate(one, other, pairs, matched):
        return Judgement(score, None)
    return Judgement(score, found)


def relation(one: Reading, other: Reading) -> Relation:
    """What two claims about one thing are to each other: the gates alone."""
    if opposed(one, other):
        return "denies"
    if differing(one.figures, other.figures):
        return "differs"
    return "same"


def _overlapping(one: Reading, other: Reading) -> bool:
    """Is one claim part of the other in one article (a nested report)?"""
    a, b = one.claim, other.claim
    return a.article == b.article and a.start < b.end and b.start < a.end


def _aligned(one: Reading, other: Reading) -> dict[str, str]:
    """Content words of the first that the second has, spelling variants among them."""
    yours = other.weights
    pairs = {key: key for key in one.weights if key in yours}
    if one.special or other.special:
        _add_broader(one, other, pairs)
    _add_derived(one, other, pairs)
    if one.names and other.names:
        _add_names(one, other, pairs)
    if (one.rare and (other.rare or other.names)) or (one.names and other.rare):
        _add_spellings(one, other, pairs)
    return pairs


def _add_broader(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    broader = lexicon().broader
    for special in sorted(one.special - pairs.keys()):
        for general in sorted(broader[special] & other.weights.keys() - one.weights.keys()):
            pairs[special] = general
    for special in sorted(other.special - set(pairs.values())):
        for general in sorted(broader[special] & one.weights.keys() - other.weights.keys()):
            pairs[general] = special


def _add_derived(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """A word and what derives from it by one or two letters (हिमालय, हिमालयी)."""
    taken = set(pairs.values())
    yours = [key for key in other.weights if key not in taken and len(key) >= _ROOT]
    if not yours:
        return
    for key in one.weights:
        if key in pairs or len(key) < _ROOT or not _plain(key):
            continue
        for candidate in yours:
            short, long = sorted((key, candidate), key=len)
            if long.startswith(short) and len(long) - len(short) <= _SUFFIX:
                if candidate not in taken and _plain(candidate):
                    pairs[key] = candidate
                    taken.add(candidate)
                    break


def _plain(key: str) -> bool:
    return key[0] not in "@!" and " " not in key


def _add_names(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """A surname is the whole name (पेसकोव, दिमित्री पेसकोव)."""
    taken = set(pairs.values())
    for key in sorted(one.names - pairs.keys()):
        for candidate in sorted(other.names - taken):
            mine, yours = key.lstrip("@").split(), candidate.lstrip("@").split()
            if mine[-1] == yours[-1] and 1 in (len(mine), len(yours)):
                pairs[key] = candidate
                taken.add(candidate)
                break


def _add_spellings(one: Reading, other: Reading, pairs: dict[str, str]) -> None:
    """Rare words that are spellings of one, or of a name; two known names are two."""
    taken = set(pairs.values())
    yours = [key for key in (*other.rare, *sorted(other.names)) if key not in taken]
    mine = [key for key in (*one.rare, *sorted(one.names)) if key not in pairs]
    if not yours or not mine:
        return
    from rapidfuzz.distance import Indel

    for key in mine:
        bare = key.lstrip("@")
        for candidate in yours:
            spelled = candidate.lstrip("@")
            if candidate[0] == "@" == key[0] or candidate in taken:
                continue
            if spelled[0] == bare[0]:
                if Indel.normalized_similarity(bare, spelled) >= _SPELLING:
                    pairs[key] = candidate
                    taken.add(candidate)
                    break


def _score(
    one: Reading,
    other: Reading,
    pairs: dict[str, str],
    matched: set[str],
    common: float,
    retold: float,
) -> float:
    missing, said = _missing(one, pairs, other)
    lacking, told = _missing(other, matched, one)
    common += _SAID_BY * (said + told)
    if one.figures and other.figures:
        common += _FIGURE * shared(one.figures, other.figures)
        common += _MEASURE * bool(differing(one.figures, other.figures))
    common += _TIME * len(one.content.times & other.content.times)
    dice = 2 * common / (2 * common + missing + lacking)
    contained = common / (common + min(missing, lacking)) * min(1.0, common / _LIGHT)
    score = (1 - _CONTAINMENT) * dice + _CONTAINMENT * contained
    if common:
        score += _REWORDED * retold / common
    if one.claim.speaker is not None and one.claim.speaker == other.claim.speaker:
        score += _SPEAKER
    return score


def _in_common(one: Reading, other: Reading, pairs: dict[str, str]) -> tuple[float, float]:
    """Weight of what both say, and of what of it they say in other words.

    Whoever rewords a part has reworded the rest too.
    """
    common = retold = 0.0
    for a, b in pairs.items():
        weight = min(one.weights[a], other.weights[b])
        common += weight
        if one.forms[a] != other.forms[b] and a not in one.names:
            retold += weight
    return common, retold


def _missing(reading: Reading, matched: Collection[str], other: Reading) -> tuple[float, float]:
    """Weight of the content words that the other claim lacks.

    Returns:
        the weight, less what the other's sentence has; and apart from that the weight of
        what names the other's speaker, who says "I" or "we" there.
    """
    missing = said = 0.0
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
    said = one.speaker_keys | other.speaker_keys
    return [
        _namely(term) and _namely(yours[slot])
        for slot, term in mine.items()
        if slot in yours and yours[slot].key != term.key
        # Who says it there says "we" here.
        if not {term.key, yours[slot].key} & said or (term.name and yours[slot].name)
    ]


def _minimal(reading: Reading, matched: Collection[str]) -> bool:
    """Does the other claim have all but one content word?"""
    return sum(key not in matched and key not in reading.soft for key in reading.weights) == 1


def _same_predicate(
    one: Reading, other: Reading, pairs: Collection[str], matched: Collection[str]
) -> bool:
    """Is the last content word of either in common? Hindi ends in the predicate."""
    mine, yours = one.content.terms[-1].key, other.content.terms[-1].key
    return mine in pairs or yours in matched or mine in one.soft or yours in other.soft


def _other_predicate(
    one: Reading, other: Reading, pairs: dict[str, str], matched: set[str]
) -> bool:
    """Do both say the same words up to what they say of it (सजा बरकरार रखी, सजा रद्द की)?

    Where they use other words all along, or put them in another order, the predicate may
    be another word for the same.
    """
    places = {term.key: place for place, term in enumerate(other.content.terms)}
    order = [places[pairs[term.key]] for term in one.content.terms if term.key in pairs]
    if order != sorted(order):
        return False
    mine, yours = _tail(one, pairs), _tail(other, matched)
    if mine is None or yours is None:
        return False
    if mine and yours:
        return True
    return any(
        reading.content.signs.get(term.key, 0) * (-1) ** reading.content.negative[0] < 0
        for reading, tail in ((one, mine), (other, yours))
        for term in tail
    )


def _tail(reading: Reading, matched: Collection[str]) -> list[Term] | None:
    """What follows all that is matched; None where something else is not matched either."""
    terms = [term for term in reading.content.terms if not term.soft]
    if len(reading.content.negative) > 1:
        return None
    end = max((n + 1 for n, term in enumerate(terms) if term.key in matched), default=0)
    if any(term.key not in matched for term in terms[:end]):
        return None
    return terms[end:]


def _namely(term: Term) -> bool:
    return term.name or term.occurrences < RARE


def _slots(reading: Reading, matched: Collection[str]) -> dict[tuple[str, str], Term]:
    terms = reading.content.terms
    return {
        (term.role, after.key): term
        for term, after in pairwise(terms)
        if term.role and term.key not in matched and after.key in matched and not term.soft
    }


def _apart(one: Reading, other: Reading, pairs: dict[str, str], matched: set[str]) -> bool:
    """Other names, other times, or the parts swapped: another statement in like words."""
    if one.names and other.names:
        mine = one.names - pairs.keys() - other.speaker_keys
        yours = other.names - matched - one.speaker_keys
        if mine and yours:
            return True
    # A word of which nothing is known is a name, where the other claim has one in its stead.
    unknown = one.strange - pairs.keys() - other.speaker_keys
    strangers = other.strange - matched - one.speaker_keys
    if unknown and (strangers or other.names - matched - one.speaker_keys):
        return True
    if strangers and one.names - pairs.keys() - other.speaker_keys:
        return True
    times, others = one.content.times, other.content.times
    if times and others and not times & others and not (_dated(one) and _dated(other)):
        return True
    if one.content.days and other.content.days and not one.content.days & other.content.days:
        return True
    if dates_conflict(one.facts, other.facts):
        return True
    return _swapped(one, other, pairs)


def _dated(reading: Reading) -> bool:
    return any(fact.type == "date" and fact.value is not None for fact in reading.facts)


def _swapped(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Does each of two participants have the other's part?

    Also where one agent is a name and the other claim has it in another part, beside an
    agent of its own (उत्तर कोरिया ने रूस को हथियार दिए; रूस प्रस्ताव तोड़ रहा है).
    """
    matched = set(pairs.values())
    moved = {
        (one.roles.get(a, ""), other.roles.get(b, ""), a in one.names and b in other.names)
        for a, b in pairs.items()
        if one.roles.get(a, "") != other.roles.get(b, "")
    }
    for ours, theirs, named in moved:
        back = {flag for x, y, flag in moved if (x, y) == (theirs, ours)}
        if back and ours and theirs and {ours, theirs} & _PARTS:
            return True
        # The agent of a future or habitual verb is bare (रूस यूक्रेन को गैस देगा).
        if named and True in back and {ours, theirs} & _PARTS:
            return True
        if named and "agent" in (ours, theirs) and {ours, theirs} & _UNDERGO:
            if _has_named_agent(one) and _has_named_agent(other):
                return True
            # Somebody whom the other claim does not name does it to the one named.
            if (one.names - pairs.keys()) if ours in _UNDERGO else (other.names - matched):
                return True
    return False


def _has_named_agent(reading: Reading) -> bool:
    return any(reading.roles.get(name) == "agent" for name in reading.names)
