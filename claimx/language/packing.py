"""Sentences as the recurrent networks want them: packed by position, words looked up once.

Stanza computes a word's character representation, its embeddings and what the first layer
makes of them for every occurrence; all that depends on the word alone, and a handful of
words makes up most of any text. Here it is computed once for each distinct word and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import torch
from stanza.models.common.utils import simplify_punct
from torch import Tensor

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

# Distinct words kept by a `WordRows` before it starts afresh: about 30 MB a network.
_MAX_ROWS = 4_000
# Units kept by an `Ids`.
_MAX_IDS = 200_000


class Packing:
    """The order in which recurrent networks take sentences of given lengths.

    "Flat" below is one row a word, sentence after sentence; "packed" is all first words,
    then all second words, and so on.

    Args:
        lengths: words in each sentence, longest first.

    Attributes:
        sizes: for each position, how many sentences have a word there.
        order, backward: for each packed row the flat one, the sentences read forward and
            read from their ends.
        inverse, backward_inverse: for each flat row the packed one.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.offsets = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        steps = np.arange(self.lengths[0])[:, None]
        there = steps < self.lengths[None, :]
        self.sizes: list[int] = there.sum(1).tolist()
        forward = (self.offsets[None, :] + steps)[there]
        backward = (self.offsets[None, :] + self.lengths[None, :] - 1 - steps)[there]
        self.order, self.inverse = torch.from_numpy(forward), _inverse(forward)
        self.backward, self.backward_inverse = torch.from_numpy(backward), _inverse(backward)

    def pack(self, rows: Tensor) -> Tensor:
        """Flat rows in packed order."""
        return rows[self.order]

    def pad(self, rows: Tensor) -> Tensor:
        """Flat rows as (sentence, position, ...); short sentences repeat their last row."""
        steps = np.arange(self.lengths[0])[None, :]
        places = self.offsets[:, None] + np.minimum(steps, self.lengths[:, None] - 1)
        return rows[torch.from_numpy(places)]

    def split(self, values: Sequence[T]) -> list[Sequence[T]]:
        """One value a word, cut into sentences."""
        return [
            values[start : start + length]
            for start, length in zip(self.offsets, self.lengths, strict=True)
        ]


def _inverse(order: np.ndarray[Any, Any]) -> Tensor:
    inverse = np.empty_like(order)
    inverse[order] = np.arange(len(order))
    return torch.from_numpy(inverse)


class Ids(dict[str, int]):
    """A vocabulary's numbers, remembered: Stanza looks every unit up through four calls.

    Args:
        vocab: a Stanza vocabulary.
        fixed: numbers for units that stand for something else than themselves.
    """

    def __init__(self, vocab: Any, fixed: Mapping[str, int] | None = None) -> None:
        super().__init__(fixed or {})
        self._vocab = vocab
        self._fixed = dict(fixed or {})

    def __missing__(self, unit: str) -> int:
        if len(self) > _MAX_IDS:
            self.clear()
            self.update(self._fixed)
        found: int = self._vocab.unit2id(unit)
        self[unit] = found
        return found


class WordRows(Generic[K]):
    """A row of numbers for every distinct word met so far.

    Args:
        compute: rows for some distinct words, in one batch.
    """

    def __init__(self, compute: Callable[[Sequence[K]], Tensor]) -> None:
        self._compute = compute
        self._place: dict[K, int] = {}
        self._rows = torch.empty(0)

    def __call__(self, words: Sequence[K]) -> tuple[Tensor, Tensor]:
        """Rows of distinct words, and for each of these words its row."""
        fresh = list(dict.fromkeys(word for word in words if word not in self._place))
        if fresh and len(self._place) + len(fresh) > _MAX_ROWS:
            self._place.clear()
            fresh = list(dict.fromkeys(words))
        if fresh:
            rows = self._compute(fresh)
            self._rows = torch.cat([self._rows, rows]) if self._place else rows
            for word in fresh:
                self._place[word] = len(self._place)
        return self._rows, torch.tensor([self._place[word] for word in words])


def character_rows(module: Any, spellings: Sequence[Sequence[int]]) -> Tensor:
    """Run Stanza's ``CharacterModel`` over distinct words.

    Args:
        module: the character model.
        spellings: for each word the ids of its characters.
    """
    order = sorted(range(len(spellings)), key=lambda at: -len(spellings[at]))
    lengths = [len(spellings[at]) for at in order]
    letters = np.zeros((len(order), lengths[0]), dtype=np.int64)
    for row, at in enumerate(order):
        letters[row, : lengths[row]] = spellings[at]
    # One "sentence" of all the words: the model only restores their order by it.
    packed = module(torch.from_numpy(letters), None, order, [len(order)], lengths)
    rows: Tensor = packed.data
    return rows


def plain_marks(words: Sequence[str]) -> list[str]:
    """Words as Stanza's tagger and parser read them: "?!?" is a question mark."""
    (simple,) = simplify_punct([[[word] for word in words]])
    return [word for (word,) in simple]


def with_one(rows: Tensor) -> Tensor:
    """Append the constant that turns a bilinear form into a biaffine one."""
    return torch.cat([rows, rows.new_ones(len(rows), 1)], dim=1)
