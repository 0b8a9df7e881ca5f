"""Names from the scores of marks: those that one can expect to be right, not the single most probable order of marks.

The words' scores make a probability of each span under each label, over all permitted orders of marks. Taken are the
spans, none over another, whose probabilities above a threshold have the highest sum: what F1 asks for, whose best
threshold is half of the F1 that is reached (Lewis 1995).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.language.entities import LABELS

THRESHOLD = 0.45
SURE = 1e-4
_NOTHING = 1e-300
Numbers = NDArray[np.float64]
Name = tuple[int, int, str]


def best_names(scores: NDArray[np.float32]) -> Iterator[Name]:
    """The names (start, end, label) in order. ``scores`` is words by marks, in the order of ``marks.MARKS``.

    A word that is outside of names but for one case in ten thousand cuts the text, so that long texts cost little.
    """
    odds = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    edges = np.flatnonzero(np.diff(odds[:, 0] < 1 - SURE, prepend=False, append=False))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        found = _single(odds[start]) if end == start + 1 else _best(probabilities(odds[start:end]))
        yield from ((start + s, start + e, label) for s, e, label in found)


def _single(odds: Numbers) -> list[Name]:
    """What ``_best`` finds in one word, as most words that may be a name stand alone."""
    single = odds[4::4]
    label = int(single.argmax())
    return [(0, 1, LABELS[label])] if single[label] > THRESHOLD * (odds[0] + single.sum()) else []


def probabilities(odds: Numbers) -> Numbers:
    """Of each span from word to word (the last one included) under each label; ``odds`` are those of marks by word."""
    within = _within(odds)
    spans = within.sum(axis=2)
    before, after = _before(odds[:, 0], spans), _before(odds[::-1, 0], spans[::-1, ::-1].T)[::-1]
    shares: Numbers = before[:-1, None, None] * within * after[None, 1:, None] / before[-1]
    return shares


def _within(odds: Numbers) -> Numbers:
    """Of each span, if nothing is said of the words around it."""
    begin, inside, end, single = odds[:, 1:].reshape(len(odds), len(LABELS), 4).transpose(2, 0, 1)
    places = np.arange(len(odds))
    passed = np.zeros((len(odds) + 1, len(LABELS)))
    np.cumsum(np.log(np.maximum(inside, _NOTHING)), axis=0, out=passed[1:])
    between = np.exp(np.minimum(passed[None, :-1] - passed[1:, None], 0.0))
    found: Numbers = begin[:, None] * between * end[None] * (places[:, None] < places)[..., None]
    found[places, places] = single
    return found


def _before(outside: Numbers, spans: Numbers) -> Numbers:
    """Of all permitted orders of the marks of the words before each place, and before the end."""
    found = np.ones(len(outside) + 1)
    for place in range(len(outside)):
        found[place + 1] = found[place] * outside[place] + found[: place + 1] @ spans[: place + 1, place]
    return found


def _best(shares: Numbers) -> list[Name]:
    """The spans with the highest sum of probability above the threshold."""
    labels, gains = shares.argmax(axis=2), shares.max(axis=2) - THRESHOLD
    sums: list[float] = [0.0]
    begins: list[int | None] = []
    for last in range(len(gains)):
        ways = np.asarray(sums) + gains[: last + 1, last]
        begin = int(ways.argmax())
        begins.append(begin if ways[begin] > sums[-1] else None)
        sums.append(max(sums[-1], float(ways[begin])))
    found, end = [], len(gains)
    while end:
        first = begins[end - 1]
        if first is not None:
            found.append((first, end, LABELS[labels[first, end - 1]]))
        end = end - 1 if first is None else first
    return found[::-1]
