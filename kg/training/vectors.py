"""The words' vectors of the fast pipeline: which words have one, and how long it is.

A word that was read often enough has the mean of what was read; a name that was not has what was read of it alone. Of
that the principal components are kept. A word without a row of its own takes that of another letter case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

SIZE = 96
FEWEST = 3
SHIFT_FROM = 5
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordVectors:
    """A row of ``table`` for each of ``words``."""

    words: list[str]
    table: Floats

    def put(self, nlp: Language) -> None:
        """Gives them to a pipeline."""
        vectors = nlp.vocab.vectors
        vectors.resize(self.table.shape)
        vectors.data = self.table
        for word, row in self.keys():
            vectors.add(word, row=row)

    def keys(self) -> Iterator[tuple[str, int]]:
        """Each word with its row, then forms in other letter case that have none."""
        rows = {word: row for row, word in enumerate(self.words)}
        yield from rows.items()
        for change in (str.lower, str.capitalize, str.upper):
            for word, row in list(rows.items()):
                other = change(word)
                if other not in rows:
                    rows[other] = row
                    yield other, row

    def save(self, path: Path) -> None:
        """Writes them with 16 bits a number. Raises ``OSError``."""
        with path.open("wb") as file:
            np.savez(file, words=np.asarray(self.words), table=self.table.astype(np.float16))

    @classmethod
    def load(cls, path: Path) -> WordVectors:
        """Raises ``OSError``, ``ValueError``, ``KeyError``."""
        with np.load(path) as arrays:
            return cls(arrays["words"].tolist(), arrays["table"].astype(np.float32))


@dataclass(frozen=True, slots=True)
class Means:
    """By word, in the order in which they were met: the mean of what was read, and how often it was met."""

    words: list[str]
    rows: Floats
    counts: NDArray[np.int64]


def joined(read: Means, alone: Means) -> tuple[list[str], Floats]:
    """The words met often enough, then the names that were not, moved as far as words differ that are in both."""
    kept = np.flatnonzero(read.counts >= FEWEST)
    words = [read.words[place] for place in kept]
    known, places = set(words), {word: place for place, word in enumerate(alone.words)}
    both = [i for i, word in enumerate(read.words) if read.counts[i] >= SHIFT_FROM and word in places]
    shift = (read.rows[both] - alone.rows[[places[read.words[i]] for i in both]]).sum(axis=0) / max(1, len(both))
    further = [place for place, word in enumerate(alone.words) if word not in known]
    rows = np.concatenate([read.rows[kept], alone.rows[further] + shift])
    return [*words, *(alone.words[place] for place in further)], rows


def reduced(words: list[str], rows: Floats) -> WordVectors:
    """Principal components of both halves, which weigh the same; the mean square of the numbers is 1."""
    halves = [half - half.mean(axis=0) for half in np.split(rows, 2, axis=1)]
    whole = np.concatenate([half / np.sqrt((half**2).sum(axis=1).mean()) for half in halves], axis=1)
    _, directions = np.linalg.eigh(whole.T @ whole)
    table = whole @ directions[:, ::-1][:, :SIZE]
    table /= np.sqrt((table**2).mean())
    return WordVectors(words, table.astype(np.float16).astype(np.float32))
