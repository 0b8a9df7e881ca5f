"""Names as marks on words (begin, inside, end, single, outside) and back, with the best permitted order of marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.language.entities import LABELS, UNKNOWN, Sample

MISSING = "?"
MARKS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))
_NEVER = -1e9


def marks_of(sample: Sample) -> list[str]:
    """The mark of each token; ``MISSING`` where the sample is not annotated."""
    marks = ["O"] * len(sample.tokens)
    for start, end, label in sample.spans:
        if label == UNKNOWN:
            marks[start:end] = [MISSING] * (end - start)
        elif end - start == 1:
            marks[start] = f"S-{label}"
        else:
            marks[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 2), f"E-{label}"]
    return marks


def spans_of(marks: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names (start, end, label) of a permitted order of marks."""
    start = 0
    for place, mark in enumerate(marks):
        if mark[0] in "BS":
            start = place
        if mark[0] in "ES":
            yield start, place + 1, mark[2:]


def _follows(first: str, second: str) -> bool:
    """Whether a name that is open goes on, and none goes on that is not."""
    is_open, goes_on = first[0] in "BI", second[0] in "IE"
    return first[2:] == second[2:] if is_open and goes_on else is_open == goes_on


def transitions() -> NDArray[np.float32]:
    """What is added to the score of each mark after each other one: 0, or so much less that it never wins."""
    rows = [[0.0 if _follows(first, second) else _NEVER for second in MARKS] for first in MARKS]
    return np.asarray(rows, dtype=np.float32)


def best_marks(scores: NDArray[np.float32], between: NDArray[np.float32]) -> list[str]:
    """The marks of the highest sum of ``scores`` (words by marks) in a permitted order (Viterbi)."""
    best = scores.argmax(axis=1)
    if not best.any():
        return ["O"] * len(scores)
    total = scores[0] + between[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for place in range(1, len(scores)):
        ways = total[:, None] + between
        back[place] = ways.argmax(axis=0)
        total = ways.max(axis=0) + scores[place]
    place = int((total + between[:, 0]).argmax())
    path = [place]
    for row in back[:0:-1]:
        path.append(int(row[path[-1]]))
    return [MARKS[mark] for mark in reversed(path)]
