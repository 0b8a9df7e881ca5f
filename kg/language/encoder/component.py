"""The spaCy component that runs the network: tags, parts of speech, dependencies, sentences and names in one pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span
from spacy.util import minibatch
from spacy.vocab import Vocab

from kg.language import BATCH, MODEL
from kg.language.encoder.names import best_names
from kg.language.encoder.runs import Run, batches, inputs, runs
from kg.language.encoder.trees import best_tree
from kg.language.encoder.wordpiece import WordPieces
from kg.language.sentences import NEVER, StartRules

NAME = "treatygraph_encoder"
LABELS, VOCABULARY = "labels.json", "vocab.txt"
INPUTS = ("pieces", "shapes", "spacings", "pool")
Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tables:
    """The labels of the network as numbers of spaCy's."""

    tags: NDArray[np.uint64]
    pos: NDArray[np.uint64]
    relations: NDArray[np.uint64]
    root: int

    @classmethod
    def of(cls, labels: dict[str, list[str]], vocab: Vocab) -> Tables:
        numbers = {name: [vocab.strings.add(label) for label in table] for name, table in labels.items()}
        tags, pos, relations = (np.asarray(numbers[name], np.uint64) for name in ("tags", "pos", "relations"))
        return cls(tags, pos, relations, labels["relations"].index("root"))


class Encoder:
    """Annotates Docs. No text changes what is read in another, whatever stands in the batch (``runs``)."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self._rules = StartRules()
        self._files: dict[str, bytes] = {}
        self._session: Any = None

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> Encoder:
        """Reads what ``to_disk`` or the export wrote. Raises ``OSError``, ``ValueError``."""
        return self.from_bytes_of({name: (Path(path) / name).read_bytes() for name in (MODEL, LABELS, VOCABULARY)})

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Writes the network, its labels and its vocabulary into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name, content in self._files.items():
            (Path(path) / name).write_bytes(content)

    def from_bytes_of(self, files: dict[str, bytes]) -> Encoder:
        """Loads the content of the three files."""
        self._files = files
        self._session = _session(files[MODEL])
        self._tables = Tables.of(json.loads(files[LABELS]), self._vocab)
        self._pieces_of = WordPieces(files[VOCABULARY].decode("utf-8").splitlines())
        return self

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotates the documents in their order, ``batch_size`` at a time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            columns = [Columns.empty(np.flatnonzero(doc.to_array("IS_SPACE") == 0)) for doc in docs]
            for batch in batches([run for n, doc in enumerate(docs) for run in self._runs(n, doc, columns[n].places)]):
                for run, scores in zip(batch, self._scores(batch), strict=True):
                    self._read(run, columns[run.text], scores)
            for doc, own in zip(docs, columns, strict=True):
                _write(doc, own, self._vocab)
            yield from docs

    def _runs(self, text: int, doc: Doc, places: Numbers) -> Iterator[Run]:
        starts, blanks, are_blanks = self._rules(doc).to_array(["SENT_START", "SPACY", "IS_SPACE"]).T
        blanks[:-1] |= are_blanks[1:]
        forms = [token.text for token in doc if not token.is_space]
        may_start, spaces = (starts != NEVER)[places].tolist(), (blanks[places] != 0).tolist()
        return runs(self._pieces_of, text, forms, spaces, may_start)

    def _scores(self, batch: Sequence[Run]) -> Iterator[Scores]:
        """The outputs of the network for each run of a batch of one length."""
        outputs = self._session.run(None, dict(zip(INPUTS, inputs(batch), strict=True)))
        for row, run in enumerate(batch):
            yield Scores.of([output[row] for output in outputs], run.end - run.start)

    def _read(self, run: Run, columns: Columns, scores: Scores) -> None:
        tables, start, end = self._tables, run.start, run.end
        columns.tags[start:end] = tables.tags[scores.tags.argmax(axis=1)]
        columns.pos[start:end] = tables.pos[scores.pos.argmax(axis=1)]
        columns.names += [(start + s, start + e, label) for s, e, label in best_names(scores.names)]
        begins = (scores.starts > 0) & np.asarray(run.may_start)
        begins[0] = True
        heads = _heads(scores.arcs, np.flatnonzero(begins))
        relations = np.einsum("wlk,wk->wl", scores.left, scores.right[heads])
        relations[:, tables.root] = np.where(heads == 0, np.inf, -np.inf)
        columns.relations[start:end] = tables.relations[relations.argmax(axis=1)]
        places = np.arange(end - start)
        columns.heads[start:end] = np.where(heads == 0, places, heads - 1) + start


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of each word of a run; of arcs and ``right``, row and column 0 are the root."""

    tags: Floats
    pos: Floats
    starts: Floats
    names: Floats
    arcs: Floats
    left: Floats
    right: Floats

    @classmethod
    def of(cls, outputs: Sequence[Floats], words: int) -> Scores:
        """From the network's outputs by root and words, without those of padding."""
        tags, pos, starts, names, arcs, left, right = (output[: words + 1] for output in outputs)
        return cls(tags[1:], pos[1:], starts[1:], names[1:], arcs[:, : words + 1], left[1:], right)


@dataclass(slots=True)
class Columns:
    """What was found, by word that is no blank; ``places`` are those of the words in the Doc.

    Heads are words, a root heads itself.
    """

    places: Numbers
    tags: NDArray[np.uint64]
    pos: NDArray[np.uint64]
    relations: NDArray[np.uint64]
    heads: Numbers
    names: list[tuple[int, int, str]]

    @classmethod
    def empty(cls, places: Numbers) -> Columns:
        tags, pos, relations = (np.zeros(len(places), dtype=np.uint64) for _ in range(3))
        return cls(places, tags, pos, relations, np.zeros(len(places), dtype=np.int64), [])


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _heads(arcs: Floats, starts: Numbers) -> Numbers:
    """Heads counted from 1, 0 for roots: one tree for each sentence."""
    heads = np.zeros(len(arcs) - 1, dtype=np.int64)
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        rows = np.concatenate([[0], np.arange(start + 1, end + 1)])
        own = best_tree(arcs[np.ix_(rows, rows)])[1:]
        heads[start:end] = np.where(own == 0, 0, own + start)
    return heads


def _write(doc: Doc, columns: Columns, vocab: Vocab) -> None:
    """Sets everything at once; a blank hangs on the word before it, or on the one after at the start of a text."""
    places, heads = columns.places, np.zeros(len(doc), dtype=np.int64)
    owner = np.searchsorted(places, np.arange(len(doc)), side="right") - 1
    if len(places):
        heads = places[np.maximum(owner, 0)] - np.arange(len(doc))
        heads[places] = places[columns.heads] - places
    array: Any = np.empty((len(doc), 4), dtype=np.uint64)
    array[:] = [0, *(vocab.strings.add(label) for label in ("dep", "_SP", "SPACE"))]
    array[places, 1:] = np.stack([columns.relations, columns.tags, columns.pos], axis=1)
    array[heads == 0, 1] = vocab.strings.add("ROOT")
    array[:, 0] = heads.astype(np.uint64)
    doc.from_array(["HEAD", "DEP", "TAG", "POS"], array)
    doc.set_ents([Span(doc, int(places[s]), int(places[e - 1]) + 1, label) for s, e, label in columns.names])
