"""What the default network makes of words in their contexts, for the word vectors of the fast pipeline.

Needs the extra ``treatygraph[train]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import torch

from kg.language import tokenizer
from kg.language.encoder.component import VOCABULARY
from kg.language.encoder.wordpiece import WordPieces
from kg.training import batches
from kg.training.examples import Example
from kg.training.names import Names
from kg.training.network import WIDTH, Network, padding
from kg.training.silver import Silver
from kg.training.vectors import Floats, Means, WordVectors, joined, reduced

LAYER = 2


def learn(trained: Path, silver: Iterable[Silver], names: Names) -> WordVectors:
    """The vectors of the network in ``trained``, of the words of the silver texts and of the names."""
    reader = _Reader(trained)
    samples = (record.sample() for record in silver)
    read = reader.read([Example(sample.tokens, sample.spaces, []) for sample in samples])
    alone = reader.read(list(_alone(names)))
    return reduced(*joined(read, alone))


def _alone(names: Names) -> Iterator[Example]:
    nlp = tokenizer.blank()
    tables = (names.plain[label] for label in ("PERSON", "PLACE", "ORG", "INITIALS"))
    for name in dict.fromkeys(name for table in tables for name in table):
        doc = nlp.tokenizer(name)
        yield Example([token.text for token in doc], [bool(token.whitespace_) for token in doc], [])


class _Reader:
    """Reads texts with a trained network."""

    def __init__(self, trained: Path) -> None:
        self._network = Network.load(trained).eval()
        self._network.set_dropout(0.0, 0.0, 0.0)
        self._pieces_of = WordPieces((trained / VOCABULARY).read_text(encoding="utf-8").splitlines())

    def read(self, texts: list[Example]) -> Means:
        numbers: dict[str, int] = {}
        for form in (form for text in texts for form in text.forms):
            numbers.setdefault(form, len(numbers))
        sums, counts = np.zeros((len(numbers), 2 * WIDTH), np.float32), np.zeros(len(numbers), np.int64)
        for run in batches.runs(sorted(texts, key=lambda text: len(text.forms))):
            for text, rows in zip(run, self._run(run), strict=True):
                places = [numbers[form] for form in text.forms]
                np.add.at(sums, places, rows[1 : 1 + len(places)])
                np.add.at(counts, places, 1)
        sums /= counts[:, None]
        return Means(list(numbers), sums, counts)

    @torch.no_grad()
    def _run(self, run: list[Example]) -> Floats:
        """What the head for names reads of each word, and a layer in which words are still more themselves."""
        inputs = batches.inputs(run, self._pieces_of)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            *columns, pool = inputs
            read = self._network.read(*columns, padding(inputs[0]))
            both = pool @ torch.cat([self._network.mix_names(read), read[LAYER]], dim=-1)
        found: Floats = both.float().numpy()
        return found
