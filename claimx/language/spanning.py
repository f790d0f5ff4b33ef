"""The best dependency tree: each word's best head where that is a tree, else a repair."""

from __future__ import annotations

from typing import Any

import numpy as np

Matrix = np.ndarray[Any, Any]


def best_tree(scores: Matrix) -> Matrix:
    """The maximum spanning tree with one root (Chu and Liu, 1965; Edmonds, 1967).

    Args:
        scores: ``scores[i, j]`` for word ``i`` having head ``j``; 0 is the root node.

    Returns:
        The head of every node; 0 for the root node itself.
    """
    scores = scores.astype(np.float64)
    np.fill_diagonal(scores, -np.inf)
    heads: Matrix = scores.argmax(1)
    heads[0] = 0
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads.tolist()):
        return heads
    heads = _maximum(scores)
    if np.count_nonzero(heads[1:] == 0) == 1:
        return heads
    # Arcs from the root cost more than any tree is worth, so that one is left
    # (Stanojevic and Cohen, 2021). Tried last: it makes a cycle of almost every word.
    finite = scores[np.isfinite(scores)]
    scores[:, 0] -= (finite.max() - finite.min() + 1) * len(scores)
    return _maximum(scores)


def _maximum(scores: Matrix) -> Matrix:
    """Contract cycles of best arcs until none is left, then expand them again."""
    heads: Matrix = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if not cycle:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    members, others = np.flatnonzero(inside), np.flatnonzero(~inside)
    # Entering the cycle at a member replaces that member's arc.
    gain = scores[members][:, others] - scores[members, heads[members]][:, None]
    leave = scores[others][:, members]
    entry, exit_ = gain.argmax(0), leave.argmax(1)
    size = len(others)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = scores[others][:, others]
    smaller[size, :size] = gain[entry, np.arange(size)]
    smaller[:size, size] = leave[np.arange(size), exit_]
    contracted = _maximum(smaller)
    result = heads.copy()
    for node in range(1, size):
        head = contracted[node]
        result[others[node]] = members[exit_[node]] if head == size else others[head]
    head = contracted[size]
    result[members[entry[head]]] = others[head]
    return result


def _cycle(heads: list[int]) -> list[int]:
    """Some cycle of arcs that avoids the root, or nothing."""
    seen = [0] * len(heads)
    seen[0] = -1
    for start in range(1, len(heads)):
        node = start
        while not seen[node]:
            seen[node] = start
            node = heads[node]
        if seen[node] == start:
            cycle = [node]
            follow = heads[node]
            while follow != node:
                cycle.append(follow)
                follow = heads[follow]
            return cycle
    return []
