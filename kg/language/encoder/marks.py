"""Names as marks on words (begin, inside, end, single, outside) and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.language.entities import LABELS, UNKNOWN, Sample

MISSING = "?"
MARKS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BIES"))


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
