"""Learn the weights by which the matcher tells whether two claims state the same.

``python -m tests.matching.learn`` reads the lists of pairs in ``tests/data/matching``, fits
logistic regression with a Gaussian prior by Newton's method (Hastie, Tibshirani & Friedman,
"The Elements of Statistical Learning", 4.4), and writes ``claimx/matching/weights.toml``.
With ``--folds`` it writes nothing and prints how lists score that were left out, pairs that
no gate has told: each list is judged by weights learned from all the others.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from claimx import matching
from claimx.agreement import read_gold_groups
from claimx.matching.closeness import closeness
from claimx.matching.likelihood import ENOUGH, Signals
from claimx.matching.participants import surely_apart
from claimx.matching.reading import Reading, read_claims
from claimx.matching.similarity import LEAST, compare, relation, signals_of
from tests.matching.cases import claim
from tests.matching.test_groups import CORPUS, gold_claims, place_of
from tests.matching.test_pairs import CONFLICTS, PAIRS, RULES, kinds, read_pairs

WEIGHTS = Path(matching.__file__).with_name("weights.toml")
PRIOR = 1.0  # precision of the prior over weights of standardised signals
# Lists that hardly a rule was written from: what the signals are worth to pairs that nobody
# has looked at shows in these alone, so each of their pairs counts for ten.
UNSEEN = {f"pairs_{name}.tsv" for name in (
    "sixty_fourth", "sixty_fifth", "sixty_sixth", "sixty_seventh", "sixty_eighth",
    "sixty_ninth", "seventieth", "seventy_first", "seventy_second", "seventy_third",
    "seventy_fourth", "seventy_fifth", "seventy_sixth", "seventy_seventh", "seventy_eighth",
    "seventy_ninth",
)}  # fmt: skip
UNSEEN_WEIGHT = 10.0

Floats = npt.NDArray[np.float64]


class Labelled(NamedTuple):
    """A pair that somebody has judged.

    Attributes:
        source: the list, or the event in the corpus, that it is from.
        signals: by the words; and how near the two are in meaning.
        clash: figures, signs or actors conflict.
    """

    source: str
    signals: tuple[float, ...]
    same: bool
    clash: bool

    @property
    def denied(self) -> bool:
        return bool(self.signals[Signals._fields.index("denied")])


def label(
    source: str, one: Reading, other: Reading, same: bool, clash: bool
) -> Labelled | None:
    """The signals of a pair; None where a gate tells that it is not the same.

    Pairs that one denies are kept: what opposes them is not always known.
    """
    compared = compare(one, other)
    if compared is None or compared.overlap < LEAST:
        return None
    found = relation(compared.one, compared.other, compared.aligned)
    if found == "differs" or surely_apart(compared.one, compared.other, compared.aligned):
        return None
    signals = signals_of(compared, denied=found == "denies")
    near = closeness(one.claim.claim, other.claim.claim)
    return Labelled(source, (*signals, near), same, clash)


def pairs_of_lists() -> Iterator[Labelled]:
    """The pairs of the lists."""
    for path in sorted(PAIRS.glob("pairs_*.tsv")):
        kind = kinds(path.name)
        for number, (want, one, other) in enumerate(read_pairs(path.name)):
            readings = read_claims([one, other])
            found = label(path.name, *readings, want == "same", kind[number] in CONFLICTS)
            if found is not None:
                yield found


def pairs_of_rules() -> Iterator[Labelled]:
    """The pairs of the rules: short ones, that few words tell."""
    for name, want, *texts in RULES:
        one, other = (claim(text, article=str(at)) for at, text in enumerate(texts))
        found = label(name, *read_claims([one, other]), want == "same", want != "same")
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


def fit(rows: Floats, same: Floats, worth: Floats) -> tuple[float, Floats]:
    """Bias and weights.

    Args:
        worth: for how many rows each counts.
    """
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    design = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    prior = np.diag([PRIOR] * rows.shape[1] + [0.0])
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


def main(argv: Sequence[str] | None = None) -> None:
    """Learn from all lists, or by folds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="score lists that were left out")
    args = parser.parse_args(argv)
    pairs = [*pairs_of_lists(), *pairs_of_rules(), *pairs_of_corpus()]
    table = np.array([pair.signals for pair in pairs], dtype=float)
    same = np.array([pair.same for pair in pairs], dtype=float)
    denied = np.array([pair.denied for pair in pairs])
    worth = np.array([UNSEEN_WEIGHT if pair.source in UNSEEN else 1.0 for pair in pairs])
    if args.folds:
        clash = np.array([pair.clash for pair in pairs])
        for source in dict.fromkeys(pair.source for pair in pairs):
            left = np.array([pair.source == source for pair in pairs])
            bias, weights = fit(table[~left], same[~left], worth[~left])
            told = (bias + table[left] @ weights >= ENOUGH) & ~denied[left]
            right = told @ same[left]
            f1 = 2 * right / max(1, told.sum() + same[left].sum())
            clashes = (told & clash[left]).sum()
            print(f"{source:30} {left.sum():5} pairs {f1:.3f} conflicts {clashes}")
        return
    lines = [
        "# What tells for (+) and against (-) two claims stating the same, in log-odds for",
        "# each unit of a signal (see Signals in likelihood.py): by the words alone, and with",
        "# how near the two are in meaning. Learned by tests/matching/learn.py.",
    ]
    fields = (*Signals._fields, "closeness")
    for name, known in (("words", fields[:-1]), ("meaning", fields)):
        bias, weights = fit(table[:, : len(known)], same, worth)
        lines += ["", f"[{name}]", f"bias = {bias:.4f}"]
        lines += [
            f"{signal} = {weight:.4f}" for signal, weight in zip(known, weights, strict=True)
        ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
