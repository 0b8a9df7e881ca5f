"""Word vectors of the fast pipeline: a table of spaCy's that is half as large on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from spacy.util import registry
from spacy.vectors import Vectors  # type: ignore[import-not-found]
from spacy.vocab import Vocab

NAME = "treatygraph.Vectors.v1"


class HalfVectors(Vectors):  # type: ignore[misc]
    """spaCy's table of words (several may share a row), written with 16 bits a number and read back with 32."""

    data: Any

    def to_disk(self, path: Path | str, *, exclude: Any = ()) -> None:
        """As spaCy's. Raises ``OSError``."""
        full, self.data = self.data, self.data.astype(np.float16)
        try:
            super().to_disk(path, exclude=exclude)
        finally:
            self.data = full

    def from_disk(self, path: Path | str, *, exclude: Any = ()) -> HalfVectors:
        """As spaCy's. Raises ``OSError``, ``ValueError``."""
        super().from_disk(path, exclude=exclude)
        self.data = np.asarray(self.data, dtype=np.float32)
        return self


def register_vectors() -> None:
    """Makes the table known to spaCy; twice does no harm."""
    if NAME not in registry.vectors:
        registry.vectors.register(NAME, func=_maker)


def _maker() -> Any:
    return _empty


def _empty(vocab: Vocab) -> HalfVectors:
    return HalfVectors(strings=vocab.strings)
