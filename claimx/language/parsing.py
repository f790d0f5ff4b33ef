"""Dependency trees: Stanza's biaffine parser with labels only for the arcs that are chosen.

Stanza scores all labels of all pairs of words and decodes every tree with the
Chu-Liu-Edmonds algorithm. The label matters only where an arc ends up, and taking each
word's best head (Dozat and Manning, 2017) mostly gives a tree already, which then is the
best one.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from claimx.language.spanning import best_tree
from claimx.language.tagging import plain_words

# Stanza's vocabularies reserve four ids, the last of them for the root.
_ROOT, _RESERVED = 3, 4


class DependencyParser:
    """Stanza's ``GraphParser`` (Dozat and Manning, 2017; Qi et al., 2018).

    Args:
        model: the network.
        vocab: its vocabularies.
        vectors: the vocabulary of the word vectors.
    """

    def __init__(self, model: Any, vocab: Any, vectors: Any) -> None:
        self._model = model
        root = {"": _ROOT}  # the empty string stands for the root
        self._known = Ids(vocab["word"], root)
        self._vectors = Ids(vectors, root)
        self._letters = Ids(vocab["char"])
        self._lemmas = Ids(vocab["lemma"], root)
        self._upos = Ids(vocab["upos"], root)
        self._names: list[str] = vocab["deprel"].unmap(range(len(vocab["deprel"])))
        self._encoder = Encoder(
            model.parserlstm, model.parserlstm_h_init, model.parserlstm_c_init
        )
        self._rows = WordRows(self._compute_rows)
        # (dependent, head, label) to (head, dependent and label): one matrix product a head.
        weight = model.deprel.scorer.W_bilin.weight
        self._labels: Tensor = weight.detach().permute(1, 0, 2).reshape(weight.size(1), -1)

    @staticmethod
    def supports(model: Any, config: dict[str, Any]) -> bool:
        """Is the network of the plain kind that this class knows how to run?

        Args:
            model: the network.
            config: the processor's options.
        """
        args = model.args
        return (
            type(model).__name__ == "GraphParser"
            and plain_words(model)
            and Encoder.supports(model.parserlstm)
            and bool(args.get("pretrain"))
            and args.get("tag_emb_dim", 0) > 0
            and args.get("use_upos", True)
            and not args.get("use_xpos", True)
            and not args.get("use_arc_embedding")
            and not args.get("reversed")
            and not config.get("resolve_head_constraints", True)
        )

    def _compute_rows(self, words: Sequence[tuple[str, str, str]]) -> Tensor:
        """Rows for words with their UPOS and lemmas."""
        model = self._model
        forms = plain_marks([form for form, _, _ in words])
        known = [self._known[form] for form in forms]
        vectors = [self._vectors[form.lower()] for form in forms]
        letters = [[self._letters[letter] for letter in form] or [_ROOT] for form in forms]
        lemmas = [self._lemmas[lemma] for _, _, lemma in words]
        tag = model.upos_emb(torch.tensor([self._upos[upos] for _, upos, _ in words]))
        parts = [
            model.trans_pretrained(model.pretrained_emb(torch.tensor(vectors))),
            model.word_emb(torch.tensor(known)),
            model.lemma_emb(torch.tensor(lemmas)),
            tag,
        ]
        if model.args.get("use_ufeats", True):
            parts.append(tag)  # so Stanza 1.15 does, where features were meant
        parts.append(model.trans_char(character_rows(model.charmodel, letters)))
        return self._encoder.prepare(torch.cat(parts, dim=1))

    def __call__(
        self,
        sentences: Sequence[Sequence[str]],
        upos: Sequence[Sequence[str]],
        lemmas: Sequence[Sequence[str]],
    ) -> list[tuple[list[int], list[str]]]:
        """Heads (-1 for the root) and relations for each sentence, longest first."""
        packing = Packing([len(sentence) + 1 for sentence in sentences])
        root = ("", "", "")
        words = zip(sentences, upos, lemmas, strict=True)
        rows = self._rows([word for row in words for word in (root, *zip(*row, strict=True))])
        hidden = self._encoder(packing, *rows)
        scores = self._arcs(packing, hidden)
        trees = [
            best_tree(matrix[:length, :length])
            for matrix, length in zip(scores, packing.lengths, strict=True)
        ]
        heads = np.concatenate(
            [tree + offset for tree, offset in zip(trees, packing.offsets, strict=True)]
        )
        relations = packing.split(self._relations(hidden, heads))
        return [
            (
                [head - 1 for head in tree[1:].tolist()],
                [self._names[at + _RESERVED] for at in relation[1:]],
            )
            for tree, relation in zip(trees, relations, strict=True)
        ]

    def _arcs(self, packing: Packing, hidden: Tensor) -> np.ndarray[Any, Any]:
        """Score of (sentence, dependent, head), up to a constant for each dependent."""
        args, model = self._model.args, self._model
        steps = torch.arange(int(packing.lengths[0]))
        distance = (steps[None, :] - steps[:, None])[None]
        scores = _pairwise(model.unlabeled, packing, hidden)
        if args["linearization"]:
            side = _pairwise(model.linearization, packing, hidden)
            scores += F.logsigmoid(side * torch.sign(distance).float())
        if args["distance"]:
            expected = 1 + F.softplus(_pairwise(model.distance, packing, hidden))
            scores -= torch.log((distance.abs().float() - expected) ** 2 / 2 + 1)
        found: np.ndarray[Any, Any] = scores.numpy()
        return found

    def _relations(self, hidden: Tensor, heads: np.ndarray[Any, Any]) -> list[int]:
        """The best label of each word's arc to its head."""
        scorer = self._model.deprel
        dependents = with_one(F.relu(scorer.W1(hidden)))
        # Many words share a head: its part of the product is computed once.
        distinct, which = np.unique(heads, return_inverse=True)
        governors = with_one(F.relu(scorer.W2(hidden[torch.from_numpy(distinct)])))
        products = (governors @ self._labels).view(len(distinct), dependents.size(1), -1)
        # Dependents by head, in a table as wide as the head with most of them.
        order = np.argsort(which, kind="stable")
        counts = np.bincount(which)
        column = np.arange(len(heads)) - np.repeat(np.cumsum(counts) - counts, counts)
        table = np.zeros((len(distinct), counts.max()), dtype=np.int64)
        table[which[order], column] = order
        scores = torch.bmm(dependents[torch.from_numpy(table)], products)
        labels = (scores + scorer.scorer.W_bilin.bias).argmax(2).numpy()
        best = np.empty(len(heads), dtype=np.int64)
        best[order] = labels[which[order], column]
        result: list[int] = best.tolist()
        return result


def _pairwise(scorer: Any, packing: Packing, hidden: Tensor) -> Tensor:
    """One of Stanza's pairwise biaffine scorers with a single output.

    Its layers run on the words; only the pairs need padding.
    """
    bilinear = scorer.scorer.W_bilin
    dependents = with_one(F.relu(scorer.W1(hidden))) @ bilinear.weight[..., 0]
    governors = with_one(F.relu(scorer.W2(hidden)))
    pairs = torch.bmm(packing.pad(dependents), packing.pad(governors).transpose(1, 2))
    scores: Tensor = pairs + bilinear.bias
    return scores
