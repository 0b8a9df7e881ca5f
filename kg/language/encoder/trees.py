"""The best dependency tree with a single root (Chu and Liu 1965, Edmonds 1967) for a matrix of arc scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]
_NEVER = -1e9
_ONE_ROOT = 1e5


def best_tree(scores: NDArray[np.float32]) -> Heads:
    """The head of each word, 0 for the one root; ``scores[i, j]`` is that of head ``j`` for word ``i``, both from 1.

    Row 0 is not read. Where the best tree has more roots than one, the scores of all arcs from the root are lowered so
    far that a tree has no more of them than it must.
    """
    arcs = scores.astype(np.float64)
    np.fill_diagonal(arcs, _NEVER)
    if len(arcs) == 2:
        return np.zeros(2, dtype=np.int64)
    heads = _tree(arcs)
    if (heads[1:] == 0).sum() > 1:
        arcs[:, 0] -= _ONE_ROOT
        heads = _tree(arcs)
    return heads


def _tree(arcs: Scores) -> Heads:
    heads: Heads = arcs.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    return _opened(arcs, heads, cycle)


def _opened(arcs: Scores, heads: Heads, cycle: NDArray[np.int64]) -> Heads:
    """The tree found with the cycle as one word, then the cycle opened where that tree enters it."""
    outside = np.setdiff1d(np.arange(len(arcs)), cycle)
    gains = arcs[np.ix_(cycle, outside)] - arcs[cycle, heads[cycle]][:, None]
    from_cycle = arcs[np.ix_(outside, cycle)]
    small = np.full((len(outside) + 1, len(outside) + 1), _NEVER)
    small[:-1, :-1] = arcs[np.ix_(outside, outside)]
    small[-1, :-1], small[:-1, -1] = gains.max(axis=0), from_cycle.max(axis=1)
    found = _tree(small)
    heads = heads.copy()
    for word, head in enumerate(found[1:-1], start=1):
        into = cycle[from_cycle[word].argmax()] if head == len(outside) else outside[head]
        heads[outside[word]] = into
    heads[cycle[gains[:, found[-1]].argmax()]] = outside[found[-1]]
    return heads


def _cycle(heads: Heads) -> NDArray[np.int64] | None:
    """The words of one cycle, or None: going up from all words at once, some do not come to the root."""
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    lost = np.flatnonzero(above)
    if not len(lost):
        return None
    first = word = int(above[lost[0]])
    cycle = [first]
    while (word := int(heads[word])) != first:
        cycle.append(word)
    return np.asarray(sorted(cycle), dtype=np.int64)
