"""Examples as padded tensors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from kg.language.corpus import Sentence, Word
from kg.language.encoder.features import features, stacked
from kg.language.encoder.marks import MARKS
from kg.language.encoder.wordpiece import WordPieces
from kg.training.examples import Example
from kg.training.network import padding

SIZE = 700
_POOL = 400


Inputs = tuple[Tensor, Tensor, Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Labels:
    """The label of each number: tags, parts of speech and relations of the treebanks, marks of names."""

    tags: list[str]
    pos: list[str]
    relations: list[str]
    names: list[str]

    @classmethod
    def of(cls, documents: list[list[Sentence]]) -> Labels:
        words = [word for document in documents for sentence in document for word in sentence]
        columns = ({w.xpos for w in words}, {w.upos for w in words}, {w.deprel for w in words})
        tags, pos, relations = (sorted(column - {"_"}) for column in columns)
        return cls(tags, pos, relations, list(MARKS))

    def tables(self) -> dict[str, list[str]]:
        return {"tags": self.tags, "pos": self.pos, "relations": self.relations, "names": self.names}

    def sizes(self) -> dict[str, int]:
        return {name: len(table) for name, table in self.tables().items()}


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs of the network, gold by word (-1 where there is none; word 0 is the root), sentence of each word."""

    inputs: Inputs
    tags: Tensor
    pos: Tensor
    starts: Tensor
    names: Tensor
    heads: Tensor
    relations: Tensor
    sentences: Tensor
    words: int

    def mask(self) -> Tensor:
        """What attention adds to the scores."""
        return padding(self.inputs[0])

    def other_sentence(self) -> Tensor:
        """By word and head, whether the head is neither the root nor in the sentence of the word."""
        other = self.sentences[:, :, None] != self.sentences[:, None, :]
        other[:, :, 0] = False
        return other


def batches(examples: list[Example], labels: Labels, pieces_of: WordPieces, rng: Random) -> Iterator[Batch]:
    """Batches of about ``SIZE`` words, of examples of about the same length, in random order."""
    maker = _Maker(labels, pieces_of)
    rng.shuffle(examples)
    for start in range(0, len(examples), _POOL):
        found = list(runs(sorted(examples[start : start + _POOL], key=lambda example: len(example.forms))))
        rng.shuffle(found)
        yield from (maker.batch(run) for run in found)


def runs(examples: Iterable[Example]) -> Iterator[list[Example]]:
    """The examples, shortest first, as runs of about ``SIZE`` words each."""
    run: list[Example] = []
    for example in examples:
        if run and (len(run) + 1) * len(example.forms) > SIZE:
            yield run
            run = []
        run.append(example)
    if run:
        yield run


def inputs(run: list[Example], pieces_of: WordPieces) -> Inputs:
    """What the network reads of a run: pieces, shapes, blanks, and the matrix that makes words of pieces."""
    read = [features(pieces_of, example.forms, example.spaces) for example in run]
    words = 1 + max(len(example.forms) for example in run)
    arrays = stacked(read, max(len(one.pieces) for one in read), words)
    pieces, shapes, spacings, pool = map(torch.from_numpy, arrays)
    return pieces, shapes, spacings, pool


class _Maker:
    def __init__(self, labels: Labels, pieces_of: WordPieces) -> None:
        self._pieces_of = pieces_of
        self._numbers = {
            name: {label: number for number, label in enumerate(table)} for name, table in labels.tables().items()
        }

    def batch(self, run: list[Example]) -> Batch:
        words = 1 + max(len(example.forms) for example in run)
        columns = {name: _padded([[-1, *self._column(name, e)] for e in run], words, -1) for name in _COLUMNS}
        return Batch(inputs=inputs(run, self._pieces_of), words=sum(len(example.forms) for example in run), **columns)

    def _column(self, name: str, example: Example) -> list[int]:
        if name == "names":
            return [self._numbers["names"].get(mark, -1) for mark in example.names]
        if example.words is None:
            return [-1] * len(example.forms)
        if name in {"starts", "sentences"}:
            return _sentences(example.words) if name == "sentences" else _starts(example.words)
        if name == "heads":
            return [0 if word.head == i else word.head + 1 for i, word in enumerate(example.words)]
        given = {"tags": "xpos", "pos": "upos", "relations": "deprel"}[name]
        return [self._numbers[name].get(getattr(word, given), -1) for word in example.words]


_COLUMNS = ("tags", "pos", "starts", "names", "heads", "relations", "sentences")


def _sentences(words: list[Word]) -> list[int]:
    """The number of the root above each word."""
    found = []
    for place in range(len(words)):
        above = place
        while words[above].head != above:
            above = words[above].head
        found.append(above)
    return found


def _starts(words: list[Word]) -> list[int]:
    roots = _sentences(words)
    return [int(i == 0 or roots[i] != roots[i - 1]) for i in range(len(words))]


def _padded(rows: Sequence[Sequence[int]], length: int, empty: int) -> Tensor:
    return torch.tensor([[*row, *[empty] * (length - len(row))] for row in rows], dtype=torch.long)
