"""Word boundaries by Stanza's tokenizer network, for the sentences that need it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import regex
import torch
from stanza.models.tokenization.data import PER_CHAR_FEAT_FUNCS
from stanza.models.tokenization.utils import MASK_RE
from torch import Tensor

from claimx.language.packing import Ids
from claimx.language.tokens import Spans

_PLACES = ("end_of_para", "start_of_para")
# Stanza shows longer texts to the network in pieces of this many characters.
_WINDOW = 1000
# Characters in one pass of the network.
_PASS = 24_000
_SPACES = regex.compile(r" +")
_CHUNK = regex.compile(r"[^ ]+")
# के.सी.एन.ए.: names of Latin letters, which the network parts anywhere.
_ACRONYM = regex.compile(r"(?:[\p{Deva}&&[\p{L}\p{M}]]{1,4}\.){3,}", regex.V1)
# Stanza's patterns for addresses take quadratic time: longer stretches are no address.
_MAX_ADDRESS = 1000


class BoundaryTagger:
    """Stanza's ``Tokenizer``: does a word end at this character? (Qi et al., 2018)

    Args:
        model: the network.
        vocab: its characters.
        features: names of its character features.
    """

    def __init__(self, model: Any, vocab: Any, features: Sequence[str]) -> None:
        self._model = model
        self._ids = Ids(vocab)
        self._names = [name for name in features if name not in _PLACES]
        self._places = [name for name in _PLACES if name in features]
        self._features: dict[str, list[int]] = {}

    @staticmethod
    def supports(trainer: Any, config: dict[str, Any]) -> bool:
        """Is the network of the plain kind that this class knows how to run?"""
        args = trainer.args
        # Features of a place come after those of the character, and in this order.
        wanted = [*PER_CHAR_FEAT_FUNCS, *_PLACES]
        return (
            type(trainer.model).__name__ == "Tokenizer"
            and trainer.model.charmodel is None
            and trainer.dictionary is None
            and list(args["feat_funcs"]) == [n for n in wanted if n in args["feat_funcs"]]
            and not args["use_mwt"]
            and not args["skip_newline"]
            and not config.get("pretokenized")
        )

    def __call__(self, sentences: Sequence[str]) -> list[Spans]:
        """The words of each sentence, which are single lines of clean text."""
        shown = [_SPACES.sub(" ", sentence) for sentence in sentences]
        ends = [np.zeros(len(text), dtype=bool) for text in shown]
        self._mark_all(shown, ends)
        return [
            _spans(sentence, marks if len(text) == len(sentence) else _spread(sentence, marks))
            for sentence, text, marks in zip(sentences, shown, ends, strict=True)
        ]

    def _mark_all(self, sentences: Sequence[str], ends: Sequence[np.ndarray[Any, Any]]) -> None:
        windows: list[tuple[int, int, int]] = []
        for at, sentence in enumerate(sentences):
            for start in range(0, len(sentence), _WINDOW):
                windows.append((at, start, min(start + _WINDOW, len(sentence))))
        windows.sort(key=lambda window: window[1] - window[2])
        batch: list[tuple[int, int, int]] = []
        for window in windows:
            longest = batch[0][2] - batch[0][1] if batch else 0
            if batch and longest * (len(batch) + 1) > _PASS:
                self._mark(sentences, batch, ends)
                batch = []
            batch.append(window)
        if batch:
            self._mark(sentences, batch, ends)

    def _mark(
        self,
        sentences: Sequence[str],
        windows: Sequence[tuple[int, int, int]],
        ends: Sequence[np.ndarray[Any, Any]],
    ) -> None:
        """Set ``ends`` where a word ends, for windows of sentences, longest first."""
        # Training ended every text with a padding unit.
        lengths = [stop - start + 1 for _, start, stop in windows]
        units = np.full((len(windows), lengths[0]), self._ids["<PAD>"], dtype=np.int64)
        features = np.zeros((*units.shape, len(self._names) + len(self._places)), np.float32)
        for row, (at, start, stop) in enumerate(windows):
            text = sentences[at][start:stop]
            units[row, : stop - start] = [self._ids[letter] for letter in text]
            features[row, : stop - start, : len(self._names)] = [
                self._letter(letter) for letter in text
            ]
            for place, name in enumerate(self._places, len(self._names)):
                if name == "start_of_para" and start == 0:
                    features[row, 0, place] = 1
                elif name == "end_of_para" and stop == len(sentences[at]):
                    features[row, stop - start - 1, place] = 1
        scores: Tensor = self._model(
            torch.from_numpy(units), torch.from_numpy(features), lengths
        )
        labels = scores.argmax(2).numpy()
        for row, (at, start, stop) in enumerate(windows):
            ends[at][start:stop] = labels[row, : stop - start] > 0

    def _letter(self, letter: str) -> list[int]:
        found = self._features.get(letter)
        if found is None:
            found = [PER_CHAR_FEAT_FUNCS[name](letter) for name in self._names]
            self._features[letter] = found
        return found


def _spread(sentence: str, ends: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Marks of a text without repeated spaces, for the same text with them."""
    kept = [
        at
        for at, letter in enumerate(sentence)
        if letter != " " or at == 0 or sentence[at - 1] != " "
    ]
    spread = np.zeros(len(sentence), dtype=bool)
    spread[kept] = ends
    return spread


def _spans(sentence: str, ends: np.ndarray[Any, Any]) -> Spans:
    """Words between the boundaries; the last character always ends one."""
    ends[-1] = True
    for chunk in _CHUNK.finditer(sentence):
        if len(chunk.group()) > _MAX_ADDRESS or not ("." in chunk[0] or "@" in chunk[0]):
            continue
        for pattern in (MASK_RE, _ACRONYM):
            for whole in pattern.finditer(chunk.group()):
                start, stop = chunk.start() + whole.start(), chunk.start() + whole.end()
                ends[start : stop - 1] = False
                ends[stop - 1] = True
    spans, begin = [], 0
    for end in (np.flatnonzero(ends) + 1).tolist():
        word = sentence[begin:end]
        start = begin + len(word) - len(word.lstrip(" "))
        if start < end:
            spans.append((start, end))
        begin = end
    return tuple(spans)
