"""Learn the weights by which the matcher tells whether two claims state the same.

``python -m tests.matching.learn`` reads the lists of pairs in ``tests/data/matching``, but for
`UNLEARNED`, and the corpus, fits logistic regression with a Gaussian prior by Newton's method
(Hastie, Tibshirani & Friedman, "The Elements of Statistical Learning", 4.4), and writes two
tables beside the matcher: ``agreement.toml``, by which embeddings tell the same from the
opposite, and ``weights.toml``. What the former says of a pair that the latter is learned from
is learned from other lists (stacking: Wolpert, "Stacked Generalization", 1992); and as the
encoder that `fine_tune` trains is sure of what it was trained on, how much its word counts is
learned from what it has not seen. It takes ten minutes.

With ``--folds`` it writes nothing and prints how the lists score that the encoder has not
seen: each is judged by weights learned from the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from claimx import matching
from claimx.agreement import read_gold_groups
from claimx.matching.comparison import compare
from claimx.matching.likelihood import ENOUGH, HOPELESS, Ruling, Signals
from claimx.matching.meaning import Nearness, embedding, features, nearness
from claimx.matching.participants import on_other_occasions, surely_apart
from claimx.matching.reading import Reading, read_claims
from claimx.matching.similarity import LEAST, is_settled, relation, rule, signals_of
from claimx.records import Claim
from tests.matching.cases import claim
from tests.matching.test_groups import CORPUS, gold_claims, place_of
from tests.matching.test_pairs import (
    CONFLICTS,
    FLOORS,
    HELD_OUT,
    PAIRS,
    RULES,
    UNLEARNED,
    kinds,
    read_pairs,
)

TABLES = Path(matching.__file__).parent
# Precision of the prior over weights of standardised signals, and of the many features.
PRIOR, FEATURE_PRIOR = 1.0, 1000.0
FOLDS = 8
# Lists that hardly a rule was written from: what the signals are worth to pairs that nobody
# has looked at shows in these alone, so each of their pairs counts for several.
UNSEEN = [*FLOORS][[*FLOORS].index("pairs_sixty_fourth.tsv") :]
UNSEEN_WEIGHT, UNSEEN_FEATURE_WEIGHT = 10.0, 3.0
# Pairs of the rules are short, and there are few of them.
RULE_WEIGHT = 3.0
# All told, lists that the encoder has not seen are what counts: the rules have words of their
# own, and the corpus many pairs of a few events.
LIST_SHARE, RULE_SHARE, CORPUS_SHARE = 3.0, 1.0, 0.03

MEANING = ("words", *Ruling._fields, *Nearness._fields)

Floats = npt.NDArray[np.float64]


class Labelled(NamedTuple):
    """A pair that somebody has judged.

    Attributes:
        source: the list, the rule, or the event in the corpus, that it is from.
        texts: the two claims.
        ruling: what the rules hold of it.
        frame: it is denied outside its own words.
        clash: figures, signs or actors conflict.
    """

    source: str
    texts: tuple[str, str]
    signals: Signals
    ruling: Ruling
    frame: bool
    same: bool
    clash: bool


def label(
    source: str, one: Reading, other: Reading, same: bool, clash: bool
) -> Labelled | None:
    """The signals of a pair; None where a gate tells that it is not the same.

    Pairs are kept that one denies, or that are about other participants: that is not always
    known.
    """
    compared = compare(one, other)
    if compared is None or compared.overlap < LEAST or on_other_occasions(one, other):
        return None
    found = relation(compared.one, compared.other, compared.aligned)
    if is_settled(found, compared.one, compared.other):
        return None
    others = surely_apart(compared.one, compared.other, compared.aligned)
    denied, alike = found == "denies", compared.alike
    return Labelled(
        source,
        (one.claim.claim, other.claim.claim),
        signals_of(compared, alike, denied=denied),
        rule(compared, alike, denied=denied, others=others),
        one.claim.polarity != other.claim.polarity,
        same,
        clash,
    )


def listed() -> Iterator[tuple[str, str, bool, Claim, Claim]]:
    """The pairs of the lists: the list, the kind, are they the same, and the claims."""
    for path in sorted(PAIRS.glob("pairs_*.tsv")):
        if path.name in UNLEARNED:
            continue
        for kind, (want, *both) in zip(kinds(path.name), read_pairs(path.name), strict=True):
            yield path.name, kind, want == "same", *both


def pairs_of_lists() -> Iterator[Labelled]:
    """The pairs of the lists that may be the same."""
    for source, kind, same, *both in listed():
        found = label(source, *read_claims(both), same, kind in CONFLICTS)
        if found is not None:
            yield found


def pairs_of_rules() -> Iterator[Labelled]:
    """The pairs of the rules."""
    for name, want, *texts in RULES:
        both = [claim(text, article=str(at)) for at, text in enumerate(texts)]
        same = want in ("same", "unsure", "open")
        found = label(name, *read_claims(both), same, not same)
        if found is not None:
            yield found


def pairs_of_corpus() -> Iterator[Labelled]:
    """Pairs of gold claims of the corpus whose words overlap."""
    gold = read_gold_groups(CORPUS / "gold")
    readings = read_claims(gold_claims())
    places = [place_of(reading.claim) for reading in readings]
    for i, j in combinations(range(len(readings)), 2):
        one, other = places[i], places[j]
        if one not in gold.claims or other not in gold.claims:
            continue
        if one[0] == other[0] and one[1] < other[2] and other[1] < one[2]:
            continue
        group = gold.group.get(one, -1) == gold.group.get(other, -2)
        clash = gold.conflict(one, other)
        event = one[0].partition("/")[0]
        found = label(event, readings[i], readings[j], group and not clash, clash)
        if found is not None:
            yield found


class Agreement:
    """Tells by two embeddings whether they say the same of a thing, or the opposite.

    Learned from the pairs of the lists and the rules that are reworded, or negated in their
    own words.
    """

    def __init__(self) -> None:
        pairs = [
            (source, kind == "reworded", one.claim, other.claim)
            for source, kind, _, one, other in listed()
            if kind in ("reworded", "negated") and other.polarity != "denied"
        ]
        pairs += [
            (name, want != "denies", one, other)
            for name, want, one, other in RULES
            if want in ("same", "unsure", "open", "denies")
        ]
        order = {source: at for at, source in enumerate(dict.fromkeys(s for s, *_ in pairs))}
        self.fold = {source: at % FOLDS for source, at in order.items()}
        rows = np.array([_features(one, other) for *_, one, other in pairs])
        same = np.array([same for _, same, *_ in pairs], dtype=float)
        worth = np.array([UNSEEN_FEATURE_WEIGHT if s in UNSEEN else 1.0 for s, *_ in pairs])
        folds = np.array([self.fold[source] for source, *_ in pairs])
        self.all = fit(rows, same, worth, FEATURE_PRIOR)
        self.without = [
            fit(rows[folds != n], same[folds != n], worth[folds != n], FEATURE_PRIOR)
            for n in range(FOLDS)
        ]

    def near(self, pair: Labelled) -> Nearness:
        """What its texts mean to each other, learned without the list that it is from."""
        fold = self.fold.get(pair.source)
        bias, weights = self.all if fold is None else self.without[fold]
        agreement = bias + float(_features(*pair.texts) @ weights)
        return nearness(*pair.texts)._replace(agreement=agreement)


def _features(one: str, other: str) -> Floats:
    return features(embedding(one), embedding(other)).astype(float)


def fit(
    rows: Floats, same: Floats, worth: Floats, precision: float = PRIOR
) -> tuple[float, Floats]:
    """Bias and weights.

    Args:
        worth: for how many rows each counts.
        precision: of the prior over weights of standardised signals.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    prior = np.diag([precision] * rows.shape[1] + [0.0])
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (worth * (same - chance)) - prior @ found
        curve = (design * (worth * chance * (1 - chance))[:, None]).T @ design + prior
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-9:
            break
    weights = found[:-1] / spread
    return float(found[-1] - weights @ mean), weights


class Table(NamedTuple):
    """What is learned from pairs: a bias, and a weight for each column.

    Attributes:
        names: of the columns.
    """

    names: tuple[str, ...]
    bias: float
    weights: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Log-odds of each row."""
        found: Floats = self.bias + rows @ self.weights
        return found

    def lines(self, title: str) -> list[str]:
        """The table as TOML."""
        pairs = zip(self.names, self.weights, strict=True)
        listed = [f"{name} = {weight:.4f}" for name, weight in pairs]
        return ["", f"[{title}]", f"bias = {self.bias:.4f}", *listed]


def learn_words(pairs: Sequence[Labelled]) -> Table:
    """What the signals are worth, from all pairs."""
    worths = dict.fromkeys(UNSEEN, UNSEEN_WEIGHT)
    worths |= dict.fromkeys((name for name, *_ in RULES), RULE_WEIGHT)
    pairs = [pair for pair in pairs if not pair.ruling.apart]
    rows = np.array([pair.signals for pair in pairs], float)
    worth = np.array([worths.get(pair.source, 1.0) for pair in pairs])
    return Table(Signals._fields, *fit(rows, _same(pairs), worth))


def asked_about(pairs: Iterable[Labelled], by_words: Table) -> Iterator[tuple[Labelled, float]]:
    """Pairs that the encoder is asked about and has not seen; and their log-odds by words.

    It has seen neither the corpus nor the rules.
    """
    for pair in pairs:
        if (pair.source in HELD_OUT or pair.source not in FLOORS) and not pair.frame:
            signals = pair.signals._replace(denied=0.0)
            odds = float(by_words(np.array(signals, float)))
            if odds >= HOPELESS:
                yield pair, odds


def score_left_out(pairs: Sequence[Labelled], rows: Floats) -> None:
    """Print how each list scores by weights learned from the others."""
    sources = np.array([pair.source for pair in pairs])
    clash = np.array([pair.clash for pair in pairs])
    same = _same(pairs)
    for source in HELD_OUT:
        left = sources == source
        found = learn_all([pair for pair in pairs if pair.source != source], rows[~left])
        told = found(rows[left]) >= ENOUGH
        wanted = sum(want == "same" for want, *_ in read_pairs(source))
        f1 = 2 * (told @ same[left]) / max(1, told.sum() + wanted)
        print(f"{source:30} F1 {f1:.3f} conflicts {(told & clash[left]).sum()}")


def learn_all(pairs: Sequence[Labelled], rows: Floats) -> Table:
    """What words, rules and meaning are worth beside each other."""
    worths = dict.fromkeys(HELD_OUT, LIST_SHARE)
    worths |= dict.fromkeys((name for name, *_ in RULES), RULE_SHARE)
    worth = np.array([worths.get(pair.source, CORPUS_SHARE) for pair in pairs])
    return Table(MEANING, *fit(rows, _same(pairs), worth))


def _same(pairs: Sequence[Labelled]) -> Floats:
    return np.array([pair.same for pair in pairs], dtype=float)


def main(argv: Sequence[str] | None = None) -> None:
    """Learn from all lists, or by folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="score lists that were left out")
    args = parser.parse_args(argv)
    agreement = Agreement()
    known = [*pairs_of_lists(), *pairs_of_rules(), *pairs_of_corpus()]
    words = learn_words(known)
    asked = list(asked_about(known, words))
    pairs = [pair for pair, _ in asked]
    rows = np.array([(odds, *pair.ruling, *agreement.near(pair)) for pair, odds in asked])
    if args.folds:
        score_left_out(pairs, rows)
        return
    bias, weights = agreement.all
    _write(
        "agreement",
        "What of two embeddings tells the same of a thing (+) from the opposite (-): how far",
        "each number differs, and what is shared (see `features` in meaning.py).",
        f"bias = {bias:.4f}",
        "weights = [",
        *(f"  {weight:.3f}," for weight in weights),
        "]",
    )
    _write(
        "weights",
        "What tells for (+) and against (-) two claims stating the same, in log-odds for each",
        "unit: the signals in their words; and all told (see likelihood.py).",
        *words.lines("words"),
        *learn_all(pairs, rows).lines("meaning"),
    )


def _write(name: str, first: str, second: str, *lines: str) -> None:
    comment = (f"# {first}", f"# {second} Learned by", "# tests/matching/learn.py.")
    text = "\n".join((*comment, *lines)) + "\n"
    (TABLES / f"{name}.toml").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
