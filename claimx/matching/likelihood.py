"""How likely two claims are to state the same, by what they share and what each adds.

Logistic regression (Cox, "The Regression Analysis of Binary Sequences", 1958) over signals of
an alignment; and over what it gives, what the rules hold, and what the claims mean to each
other. The weights are in ``weights.toml``; ``python -m tests.matching.learn`` learns them anew
from the lists of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence, Set
from functools import cache
from operator import mul
from typing import Final, NamedTuple

from claimx.matching.alignment import Alignment
from claimx.matching.meaning import Nearness
from claimx.matching.participants import crossed, other_doers, other_names, swapped
from claimx.matching.reading import Reading, own_words
from claimx.matching.stems import load

Meaning = Callable[[str, str], Nearness]

# Log-odds, tuned on pairs that the weights were not learned from, and on corpus/gold.
ENOUGH: Final = 1.5
"""From which two claims state the same, as far as words and meaning tell."""

ENOUGH_BY_WORDS: Final = 0.0
"""From which they do where only the words are known."""

POSSIBLE: Final = -3.5
"""From which they do if a third claim tells."""

HOPELESS: Final = -4.0
"""Below which by their words they do not, whatever they mean."""

OPPOSITE: Final = -5.0
"""Below which by their meaning alone one may say the opposite of the other."""

_TOPIC_WORDS: Final = 2  # content words in common that may be no more than a topic
_STRETCHED: Final = 3  # words in common beside which a stretch of several is another matter
_STRETCH: Final = 2  # words of both stretches, beyond which it is
_TOPIC: Final = 0.78  # score up to which two words in common may be no more than a topic


class Signals(NamedTuple):
    """What tells for or against two claims stating the same; yes is 1, no 0.

    Weights are nats of inverse document frequency.

    Attributes:
        score: their overlap.
        common: weight of the content words that both have.
        covered: its share in the heavier claim.
        reworded: share of it said in other words.
        rewordings: how many words that are.
        missing: weight that the one lacks of the other, the greater of the two.
        missing_share: what each lacks, as a share of both claims.
        substance: weight of the heaviest word that either adds, the smaller of the two.
        fewer, more: how many words each adds.
        nothing: neither adds any.
        minimal: the one claim has all but one of the other's words.
        in_order: they say what they share in one order.
        figures: both give figures.
        figure: just one of them does.
        signs: one denies an odd number of clauses, and the other an even one, and no word for
            a lack or an opposite makes up for it.
        contrary: they have words that say the opposite, and no such difference.
        names: each names somebody or something that the other does not.
        swapped: each of two participants has the other's part.
        crossed: they say in the same words different things of two participants.
        doers: both say who does it, and another one does.
        subject: they say the same, but for what each begins with.
        stretch: they say the same in one order, but for a stretch amid it.
        topic: nothing tells that they say the same of what they share.
        denied: a gate tells that one denies the other; known of the pairs that are learned
            from, and never asked of others.
        other_noun: a noun stands in another one's place.
        alike: they say the same of one thing, as far as their words tell.
    """

    score: float
    common: float
    covered: float
    reworded: float
    rewordings: float
    missing: float
    missing_share: float
    substance: float
    fewer: float
    more: float
    nothing: float
    minimal: float
    in_order: float
    figures: float
    figure: float
    signs: float
    contrary: float
    names: float
    swapped: float
    crossed: float
    doers: float
    subject: float
    stretch: float
    topic: float
    denied: float
    other_noun: float
    alike: float


class Ruling(NamedTuple):
    """What the rules hold of a pair, which its meaning may overrule; yes is 1, no 0.

    Attributes:
        denied: one denies the other.
        apart: they are about other participants.
        verbatim: they say the same in the same words.
        unlike: they say different things in like words.
    """

    denied: bool = False
    apart: bool = False
    verbatim: bool = False
    unlike: bool = False


def is_enough(odds: float, meaning: Meaning | None) -> bool:
    """Do two claims state the same, as far as these log-odds tell?"""
    return odds >= (ENOUGH_BY_WORDS if meaning is None else ENOUGH)


def log_odds(signals: Signals) -> float:
    """Natural logarithm of the odds that they state the same, by their words."""
    bias, weights = _weights("words")
    return bias + sum(map(mul, weights, signals), 0.0)


def weigh(by_words: float, ruling: Ruling, near: Nearness) -> float:
    """Natural logarithm of the odds that they state the same, all told.

    Args:
        by_words: what `log_odds` gives for them.
    """
    bias, weights = _weights("meaning")
    return bias + sum(map(mul, weights, (by_words, *ruling, *near)), 0.0)


@cache
def _weights(table: str) -> tuple[float, tuple[float, ...]]:
    """The bias, and the weights in the order in which they are called for."""
    bias, *weights = load("weights")[table].values()
    return bias, tuple(weights)


def read_signals(
    one: Reading,
    other: Reading,
    aligned: Alignment,
    score: float,
    shared_weight: tuple[float, float],
    *,
    alike: bool,
    other_noun: bool,
    denied: bool = False,
    together: bool = False,
) -> Signals:
    """Compare two claims.

    Args:
        aligned: their words.
        score: their overlap.
        shared_weight: what `in_common` gives for them.
        alike, other_noun, denied: see `Signals`.
        together: are they known not to be `participants.apart`? Spares looking again.
    """
    pairs, matched = aligned.pairs, aligned.matched
    common, retold = shared_weight
    mine, yours = own_words(one, pairs), own_words(other, matched)
    lacked = sum(map(one.weights.__getitem__, mine)), sum(map(other.weights.__getitem__, yours))
    left = sorted((len(mine), len(yours)))
    signs = sum(one.content.negative) % 2 != sum(other.content.negative) % 2
    lacking = bool(one.absences - pairs.keys()) != bool(other.absences - matched)
    either = bool(one.figures), bool(other.figures)
    return Signals(
        score=score,
        common=common,
        covered=common / max(one.total, other.total, 1e-6),
        reworded=retold / common if common else 0.0,
        rewordings=sum(
            one.forms[a] != other.forms[b] and a not in one.names for a, b in pairs.items()
        ),
        missing=max(lacked),
        missing_share=sum(lacked) / max(sum(lacked) + 2 * common, 1e-6),
        substance=min(_heaviest(one, pairs), _heaviest(other, matched)),
        fewer=left[0],
        more=left[1],
        nothing=not any(left),
        minimal=1 in left,
        in_order=in_order(one, other, pairs),
        figures=all(either),
        figure=either[0] != either[1],
        signs=signs and not (lacking or aligned.contrary),
        contrary=bool(aligned.contrary) and not signs,
        names=not together and other_names(one, other, aligned),
        swapped=not together and swapped(one, other, aligned),
        crossed=not together and crossed(one, other, pairs),
        doers=other_doers(one, other, pairs),
        subject=other_subject(one, other, pairs, matched),
        stretch=other_stretch(one, other, pairs, matched),
        topic=topic_only(one, other, pairs, matched, score),
        denied=denied,
        other_noun=other_noun,
        alike=alike,
    )


def in_common(one: Reading, other: Reading, aligned: Alignment) -> tuple[float, float]:
    """Weight of what both say, and of what of it they say in other words.

    Whoever rewords a part has reworded the rest too.
    """
    common = retold = 0.0
    mine, yours, forms, others = one.weights, other.weights, one.forms, other.forms
    for a, b in aligned.pairs.items():
        weight, against = mine[a], yours[b]
        if against < weight:
            weight = against
        common += weight
        if forms[a] != others[b] and a not in one.names and a not in aligned.partial:
            retold += weight
    return common, retold


def gauged(one: Reading, other: Reading) -> bool:
    """Have both figures, or times that agree?"""
    return bool((one.figures and other.figures) or one.content.times & other.content.times)


def _heaviest(reading: Reading, matched: Collection[str]) -> float:
    left = (reading.weights[key] for key in reading.said if key not in matched)
    return max(left, default=0.0)


def in_order(one: Reading, other: Reading, pairs: dict[str, str]) -> bool:
    """Do both say what they share in one order? A word counts where it first occurs."""
    places = {key: place for place, key in enumerate(other.weights)}
    order = [places[pairs[key]] for key in one.weights if key in pairs]
    return order == sorted(order)


def other_subject(
    one: Reading, other: Reading, pairs: Collection[str], matched: Collection[str]
) -> bool:
    """Do both say the same, but for what either begins with, of somebody else?"""
    mine = _head(one, pairs, other.speaker_keys)
    return bool(mine) and bool(_head(other, matched, one.speaker_keys))


def _head(
    reading: Reading, matched: Collection[str], said_by: Set[str]
) -> Sequence[str] | None:
    """What stands before all that is matched; None where something else is not matched."""
    keys = reading.said
    begin = next((at for at, key in enumerate(keys) if key in matched), 0)
    known = all(key in matched or key in reading.soft for key in keys[begin:])
    return keys[:begin] if known and said_by.isdisjoint(keys[:begin]) else None


def other_stretch(
    one: Reading, other: Reading, pairs: dict[str, str], matched: Collection[str]
) -> bool:
    """Do both say the same in one order, but for a stretch amid it (प्रवेश पत्र, मॉडल पेपर)?"""
    mine, yours = _stretch(one.said, pairs), _stretch(other.said, matched)
    if mine is None or yours is None or mine[0] != yours[0]:
        return False
    if len(pairs) < _STRETCHED and len(mine[1]) + len(yours[1]) > _STRETCH:
        return False
    if [pairs[key] for key in one.said if key in pairs] != [
        key for key in other.said if key in matched
    ]:
        return False
    return not (one.counted.issuperset(mine[1]) and other.counted.issuperset(yours[1]))


def _stretch(keys: Sequence[str], matched: Collection[str]) -> tuple[int, Sequence[str]] | None:
    """The place of the only stretch that is not matched, and it; None at the end."""
    off = [at for at, key in enumerate(keys) if key not in matched]
    if not off or off[-1] - off[0] >= len(off) or off[-1] == len(keys) - 1:
        return None
    return off[0], keys[off[0] : off[-1] + 1]


def topic_only(
    one: Reading, other: Reading, pairs: dict[str, str], matched: Set[str], score: float
) -> bool:
    """Does nothing tell that both say the same of what they share?

    Neither has the other's predicate, and no sign in it agrees; or a word or two is all that
    the one says, and not all that the other does (चुनाव कराए जाएंगे).
    """
    if gauged(one, other) or any(one.content.negative) != any(other.content.negative):
        return False
    known = one.predicate in pairs, other.predicate in matched
    if not any(known):
        return True
    if all(known) or len(pairs) > _TOPIC_WORDS or score >= _TOPIC:
        return False
    return pairs.keys() >= {*one.said} or matched >= {*other.said}
