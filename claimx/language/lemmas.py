"""Lemmas: the dictionary first, the character model only for words it does not have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch

# Lemmas kept before starting afresh.
_MAX_KEPT = 100_000
_BATCH = 200

Pair = tuple[str, str]


class Lemmatizer:
    """Stanza's lemmatizer (Qi et al., 2018), for words with their UPOS.

    Its encoder first says whether the lemma is the word itself; the decoder, a step for
    each letter, runs only where it is not.

    Args:
        trainer: Stanza's lemmatizer with its dictionary and network.
        config: the processor's options.
    """

    def __init__(self, trainer: Any, config: dict[str, Any]) -> None:
        self._trainer = trainer
        self._config = config
        self._listed: dict[Pair, str] = {}
        self._decoded: dict[Pair, str] = {}

    @staticmethod
    def supports(trainer: Any, config: dict[str, Any]) -> bool:
        """Is the lemmatizer of the plain kind that this class knows how to run?"""
        return (
            trainer is not None
            and trainer.model is not None
            and bool(config.get("ensemble_dict"))
            and bool(trainer.args.get("edit"))
            and not trainer.args.get("charlm")
            and not trainer.caseless
            and not trainer.has_contextual_lemmatizers()
        )

    def look_up(self, words: Sequence[str], upos: Sequence[str]) -> list[str]:
        """Lemmas from the dictionary; a word that it does not have is its own lemma."""
        listed = self._listed
        if len(listed) > _MAX_KEPT:
            listed.clear()
        pairs = list(zip(words, upos, strict=True))
        fresh = [pair for pair in pairs if pair not in listed]
        if fresh:
            listed.update(zip(fresh, self._trainer.predict_dict(fresh), strict=True))
        return [listed[pair] for pair in pairs]

    def decode(self, words: Sequence[str], upos: Sequence[str]) -> list[str]:
        """The same, with the lemmas of other words decoded; `learn` must have seen them."""
        lemmas = self.look_up(words, upos)
        for at, pair in enumerate(zip(words, upos, strict=True)):
            lemmas[at] = self._decoded.get(pair, lemmas[at])
        return lemmas

    def learn(self, pairs: Iterable[Pair]) -> None:
        """Decode the words that neither dictionary nor memory has."""
        if len(self._decoded) > _MAX_KEPT:
            self._decoded.clear()
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._decoded]
        skipped = self._trainer.skip_seq2seq(fresh)
        # A word with letters that training never showed is its own lemma: decoding it would
        # depend on the other words of its batch.
        letters = self._trainer.vocab["char"]
        unknown = [
            pair
            for pair, skip in zip(fresh, skipped, strict=True)
            if not skip and all(letter in letters for letter in pair[0])
        ]
        # Sorted, so that a batch holds words of like length.
        unknown.sort(key=lambda pair: (-len(pair[0]), pair))
        for at in range(0, len(unknown), _BATCH):
            batch = unknown[at : at + _BATCH]
            self._decoded.update(zip(batch, self._decode(batch), strict=True))

    def _decode(self, pairs: Sequence[Pair]) -> list[str]:
        from stanza.models.common.doc import Document
        from stanza.models.lemma.data import DataLoader

        words = [
            {"id": at + 1, "text": word, "upos": tag} for at, (word, tag) in enumerate(pairs)
        ]
        loader = DataLoader(
            Document([words]),
            len(pairs),
            self._config,
            vocab=self._trainer.vocab,
            evaluation=True,
            expand_unk_vocab=True,
        )
        source, mask, _, _, tags, _, order, _ = loader[0]
        model = self._trainer.model
        inputs, _, lengths, _ = model.embed(source, mask, tags, None)
        _, (state, _) = model.encode(inputs, lengths)
        edits = model.edit_clf(state).argmax(1)
        rows = torch.nonzero(edits == 0).flatten()
        predicted = [""] * len(pairs)
        if len(rows):
            longest = int((~mask[rows]).sum(1).max())
            sequences, _ = model.predict(
                source[rows, :longest],
                mask[rows, :longest],
                pos=tags[rows],
                beam_size=self._config["beam_size"],
            )
            for row, sequence in zip(rows.tolist(), sequences, strict=True):
                predicted[row] = _spell(loader.vocab["char"].unmap(sequence))
        lemmas = self._trainer.postprocess(
            [pairs[at][0] for at in order], predicted, edits=edits.tolist()
        )
        found = [""] * len(pairs)
        for at, lemma in zip(order, lemmas, strict=True):
            found[at] = lemma or "_"
        return found


def _spell(letters: list[str]) -> str:
    from stanza.models.common.utils import prune_decoded_seqs

    return "".join(prune_decoded_seqs([letters])[0])
