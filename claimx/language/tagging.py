"""Parts of speech and names: Stanza's networks, run without what only training needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from claimx.language.packing import (
    Ids,
    Packing,
    WordRows,
    character_rows,
    plain_marks,
    with_one,
)
from claimx.language.recurrent import Encoder

# Ids that Stanza's vocabularies reserve.
_PAD, _UNKNOWN, _RESERVED = 0, 1, 4


def plain_words(model: Any) -> bool:
    """Does a network see nothing of a word but itself (no language model, no transformer)?"""
    args = model.args
    return bool(
        args.get("char")
        and args.get("char_emb_dim", 0) > 0
        and not args.get("charlm")
        and not args.get("bert_model")
        and args.get("word_emb_dim", 0) > 0
    )


class PosTagger:
    """Stanza's ``Tagger``: UPOS and features.

    Args:
        model: the network.
        vocab: its vocabularies.
        vectors: the vocabulary of the word vectors.
    """

    def __init__(self, model: Any, vocab: Any, vectors: Any) -> None:
        self._model = model
        self._words = Ids(vocab["word"])
        self._vectors = Ids(vectors)
        self._letters = Ids(vocab["char"])
        self._upos: list[str] = vocab["upos"].unmap(range(len(vocab["upos"])))
        self._feats = lru_cache(maxsize=10_000)(vocab["feats"].id2unit)
        self._encoder = Encoder(
            model.taggerlstm, model.taggerlstm_h_init, model.taggerlstm_c_init
        )
        self._rows = WordRows(self._compute_rows)
        # The scorers are bilinear in the word's context and its tag's vector. There are
        # few tags: with each of them a scorer is a plain matrix.
        scorers = [scorer.W_bilin for scorer in model.tag_clf["feats"]]
        weight = torch.cat([scorer.weight.detach() for scorer in scorers])
        tags = with_one(model.upos_emb.weight.detach())
        self._feature_weights = torch.einsum("oij,tj->tio", weight, tags).contiguous()
        self._feature_bias = torch.cat([scorer.bias.detach() for scorer in scorers])
        self._sizes = [scorer.out_features for scorer in scorers]

    @staticmethod
    def supports(model: Any) -> bool:
        """Is the network of the plain kind that this class knows how to run?"""
        return (
            type(model).__name__ == "Tagger"
            and plain_words(model)
            and Encoder.supports(model.taggerlstm)
            and bool(model.args.get("pretrain"))
            and not model.share_hid
            and model.link_mode == "tag_emb"
            and model.column_parents.get("feats") == ("upos",)
            and hasattr(model.vocab["feats"], "lens")
        )

    def _compute_rows(self, words: Sequence[str]) -> Tensor:
        model = self._model
        words = plain_marks(words)
        known = [self._words[word] for word in words]
        vectors = [self._vectors[word.lower()] for word in words]
        letters = [[self._letters[letter] for letter in word] for word in words]
        parts = [
            model.word_emb(torch.tensor(known)),
            model.trans_pretrained(model.pretrained_emb(torch.tensor(vectors))),
            model.trans_char(character_rows(model.charmodel, letters)),
        ]
        return self._encoder.prepare(torch.cat(parts, dim=1))

    def __call__(
        self, sentences: Sequence[Sequence[str]]
    ) -> list[tuple[Sequence[str], Sequence[str]]]:
        """UPOS tags and features for each sentence, longest sentences first."""
        model = self._model
        packing = Packing([len(sentence) for sentence in sentences])
        rows = self._rows([word for sentence in sentences for word in sentence])
        hidden = self._encoder(packing, *rows)
        upos = model.upos_clf(F.relu(model.upos_hid(hidden))).argmax(1)
        feats = self._features(hidden, upos)
        return list(
            zip(
                packing.split([self._upos[at] for at in upos.tolist()]),
                packing.split([self._feats(row) for row in map(tuple, feats.tolist())]),
                strict=True,
            )
        )

    def _features(self, hidden: Tensor, upos: Tensor) -> Tensor:
        """The best value of each feature (column) of each word (row)."""
        context = F.relu(self._model.tag_hid["feats"](hidden))
        context = with_one(context)
        scores = context.new_empty(len(context), len(self._feature_bias))
        for tag in sorted(set(upos.tolist())):
            (rows,) = (upos == tag).nonzero(as_tuple=True)
            scores[rows] = torch.addmm(
                self._feature_bias, context[rows], self._feature_weights[tag]
            )
        return torch.stack(
            [part.argmax(1) for part in torch.split(scores, self._sizes, dim=1)], dim=1
        )


class NameTagger:
    """Stanza's ``NERTagger``: names by a linear-chain conditional random field."""

    def __init__(self, model: Any, vocab: Any) -> None:
        self._model = model
        self._words = Ids(vocab["word"])
        self._tuned = Ids(vocab["delta"]) if model.delta_emb is not None else None
        self._letters = Ids(vocab["char"])
        self._transitions: Tensor = model.crits[0]._transitions.detach()
        self._labels: list[str] = vocab["tag"].items(0)
        self._encoder = Encoder(
            model.taggerlstm, model.taggerlstm_h_init, model.taggerlstm_c_init
        )
        self._rows = WordRows(self._compute_rows)

    @staticmethod
    def supports(model: Any) -> bool:
        """Is the network of the plain kind that this class knows how to run?"""
        return (
            type(model).__name__ == "NERTagger"
            and plain_words(model)
            and Encoder.supports(model.taggerlstm)
            and len(model.tag_clfs) == 1
            and "word" in model.vocab
            and not model.args.get("char_lowercase")
        )

    def _compute_rows(self, words: Sequence[str]) -> Tensor:
        model = self._model
        cased = [w.lower() for w in words] if model.args.get("lowercase", True) else words
        known = torch.tensor([self._words[word] for word in cased])
        embedded = model.word_emb(known)
        if self._tuned is not None:
            tuned = torch.tensor([self._tuned[word] for word in cased])
            tuned[(tuned == _UNKNOWN) & (known != _UNKNOWN)] = _PAD
            embedded = embedded + model.delta_emb(tuned)
        letters = [[self._letters[letter] for letter in word] for word in words]
        rows = torch.cat([embedded, character_rows(model.charmodel, letters)], dim=1)
        if model.input_transform:
            rows = model.input_transform(rows)
        return self._encoder.prepare(rows)

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
        """Names in each sentence as (first word, word after the last, label)."""
        model = self._model
        packing = Packing([len(sentence) for sentence in sentences])
        rows = self._rows([word for sentence in sentences for word in sentence])
        hidden = self._encoder(packing, *rows)
        best = viterbi(packing, model.tag_clfs[0](hidden), self._transitions)
        labels = [self._labels[max(at, _RESERVED)] for at in best]
        return [_entities(sentence) for sentence in packing.split(labels)]


def viterbi(packing: Packing, scores: Tensor, transitions: Tensor) -> list[int]:
    """The best label sequence of every sentence, all sentences at once.

    Args:
        packing: the sentences.
        scores: a row of label scores for each word, flat.
        transitions: score of a label (row) being followed by another (column).

    Returns:
        One label a word, flat.
    """
    sizes = packing.sizes
    steps = torch.split(packing.pack(scores), sizes)
    best = steps[0]
    final = torch.empty_like(best)
    back: list[np.ndarray[Any, Any]] = []
    for before, emission in zip(sizes, steps[1:], strict=False):
        size = len(emission)
        final[size:before] = best[size:before]
        reach, origin = (best[:size, :, None] + transitions).max(1)
        best = emission + reach
        back.append(origin.numpy())
    final[: len(best)] = best
    label = final.argmax(1).numpy()
    found = np.empty((len(sizes), len(label)), dtype=np.int64)
    found[-1] = label
    for step in range(len(back) - 1, -1, -1):
        size = len(back[step])
        label = label.copy()
        label[:size] = back[step][np.arange(size), label[:size]]
        found[step] = label
    flat: list[int] = []
    for sentence, length in enumerate(packing.lengths):
        flat.extend(found[:length, sentence].tolist())
    return flat


def _entities(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    from stanza.models.ner.trainer import fix_singleton_tags
    from stanza.models.ner.utils import decode_from_bioes

    if not any(label != "O" for label in labels):
        return []
    return [
        (entity["start"], entity["end"] + 1, entity["type"])
        for entity in decode_from_bioes(fix_singleton_tags(labels))
    ]
