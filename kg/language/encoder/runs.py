"""The runs of words of many texts, put together by length, so that the network reads several in one pass.

A run is padded to a length that depends on nothing but the run, and stands in a batch only with runs of that length. As
all scales of the network are fixed, each has the same sums as alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.encoder.features import Features, Inputs, features, stacked
from kg.language.encoder.windows import windows
from kg.language.encoder.wordpiece import WordPieces

STEP = 8
MOST_PIECES = 512


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``start`` to ``end`` of the text of that number, and whether a sentence can begin with each."""

    text: int
    start: int
    end: int
    may_start: Sequence[bool]
    features: Features

    @property
    def length(self) -> int:
        """Pieces, the padding counted; there are fewer words."""
        return -(-len(self.features.pieces) // STEP) * STEP


def runs(
    pieces_of: WordPieces, text: int, forms: Sequence[str], spaces: Sequence[bool], may_start: Sequence[bool]
) -> Iterator[Run]:
    """The runs of the words of one text; ``spaces`` says whether a blank follows each."""
    sizes = [len(pieces_of(form)) for form in forms]
    for start, end in windows(forms, sizes, may_start):
        read = features(pieces_of, forms[start:end], spaces[start:end])
        yield Run(text, start, end, may_start[start:end], read)


def batches(found: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs, shortest first, those of one length together, up to ``MOST_PIECES`` pieces in all."""
    batch: list[Run] = []
    for run in sorted(found, key=lambda run: run.length):
        if batch and (run.length != batch[0].length or (len(batch) + 1) * run.length > MOST_PIECES):
            yield batch
            batch = []
        batch.append(run)
    if batch:
        yield batch


def inputs(batch: Sequence[Run]) -> Inputs:
    """What the network reads of runs of one length."""
    length = batch[0].length
    return stacked([run.features for run in batch], length, length)
