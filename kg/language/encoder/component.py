"""The spaCy component that runs the network: tags, parts of speech, dependencies, sentences and names in one pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from kg.language import MODEL
from kg.language.encoder.features import features
from kg.language.encoder.names import best_names
from kg.language.encoder.trees import best_tree
from kg.language.encoder.windows import windows
from kg.language.encoder.wordpiece import WordPieces
from kg.language.sentences import StartRules

NAME = "treatygraph_encoder"
LABELS, VOCABULARY = "labels.json", "vocab.txt"
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
    """Annotates a Doc. Each run of words goes through the network alone: no other text can change the result."""

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
        self._rules(doc)
        words: list[Token] = [token for token in doc if not token.is_space]
        forms = [word.text for word in words]
        may_start = [word.is_sent_start is not False for word in words]
        spaces = [_blank_after(doc, word.i) for word in words]
        sizes = [len(self._pieces_of(form)) for form in forms]
        columns = Columns.empty(len(words))
        for start, end in windows(forms, sizes, may_start):
            self._read(columns, start, forms[start:end], spaces[start:end], may_start[start:end])
        _write(doc, np.asarray([word.i for word in words], dtype=np.int64), columns, self._vocab)
        return doc

    def _read(
        self, columns: Columns, start: int, forms: Sequence[str], spaces: Sequence[bool], may_start: Sequence[bool]
    ) -> None:
        tags, pos, starts, names, arcs, left, right = self._run(forms, spaces)
        tables, end = self._tables, start + len(forms)
        columns.tags[start:end] = tables.tags[tags.argmax(axis=1)]
        columns.pos[start:end] = tables.pos[pos.argmax(axis=1)]
        columns.names += [(start + s, start + e, label) for s, e, label in best_names(names)]
        begins = (starts > 0) & np.asarray(may_start)
        begins[0] = True
        heads = _heads(arcs, np.flatnonzero(begins))
        scores = np.einsum("wlk,wk->wl", left[1:], right[heads])
        scores[:, tables.root] = np.where(heads == 0, np.inf, -np.inf)
        columns.relations[start:end] = tables.relations[scores.argmax(axis=1)]
        places = np.arange(len(forms))
        columns.heads[start:end] = np.where(heads == 0, places, heads - 1) + start

    def _run(self, forms: Sequence[str], spaces: Sequence[bool]) -> list[Any]:
        """The outputs of the network; word 0 (the root) is dropped where it says nothing."""
        read = features(self._pieces_of, forms, spaces)
        inputs: dict[str, Any] = {
            "pieces": read.pieces,
            "shapes": read.shapes,
            "spacings": read.spacings,
            "pool": read.pool(),
        }
        outputs = [output[0] for output in self._session.run(None, {name: x[None] for name, x in inputs.items()})]
        return [output[1:] for output in outputs[:4]] + outputs[4:]


@dataclass(slots=True)
class Columns:
    """What was found, by word that is no blank; heads are words, a root heads itself."""

    tags: NDArray[np.uint64]
    pos: NDArray[np.uint64]
    relations: NDArray[np.uint64]
    heads: Numbers
    names: list[tuple[int, int, str]]

    @classmethod
    def empty(cls, length: int) -> Columns:
        tags, pos, relations = (np.zeros(length, dtype=np.uint64) for _ in range(3))
        return cls(tags, pos, relations, np.zeros(length, dtype=np.int64), [])


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _blank_after(doc: Doc, place: int) -> bool:
    return bool(doc[place].whitespace_) or (place + 1 < len(doc) and doc[place + 1].is_space)


def _heads(arcs: Floats, starts: Numbers) -> Numbers:
    """Heads counted from 1, 0 for roots: one tree for each sentence."""
    heads = np.zeros(len(arcs) - 1, dtype=np.int64)
    for start, end in zip(starts, [*starts[1:], len(heads)], strict=True):
        rows = np.concatenate([[0], np.arange(start + 1, end + 1)])
        own = best_tree(arcs[np.ix_(rows, rows)])[1:]
        heads[start:end] = np.where(own == 0, 0, own + start)
    return heads


def _write(doc: Doc, places: Numbers, columns: Columns, vocab: Vocab) -> None:
    """Sets everything at once; a blank hangs on the word before it, or on the one after at the start of a text."""
    heads = np.zeros(len(doc), dtype=np.int64)
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
