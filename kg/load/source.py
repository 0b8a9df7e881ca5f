"""The graph to load: read twice as a stream, first to see that all of it can be read, then in chunks."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from pyoxigraph import BlankNode, DefaultGraph, Quad, RdfFormat, Triple, parse

from kg.errors import InputError
from kg.namespaces import ID

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
}
DEFAULT = ""

Row = tuple[str, str]
"""The graph to go to, as in N-Quads or ``DEFAULT``, and a triple, as in N-Triples without the full stop."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose every line was read: its SHA-256, its distinct triples by graph, and how many nodes were blank.

    ``default`` is the graph that the triples outside any graph go to.
    """

    path: Path
    digest: str
    default: str
    counts: Mapping[str, int]
    blank: int

    @property
    def triples(self) -> int:
        """The distinct triples of all graphs."""
        return sum(self.counts.values())

    def rows(self) -> Iterator[Row]:
        """The triples in the order of the file; the same for every call, blank nodes too."""
        return _rows(self.path, _Names(self.digest), self.default)

    def chunks(self, size: int) -> Iterator[list[Row]]:
        """The rows in pieces of about ``size`` bytes; the same pieces for every call."""
        chunk: list[Row] = []
        room = size
        for row in self.rows():
            room -= len(row[0]) + len(row[1].encode()) + 4
            if room < 0 and chunk:
                yield chunk
                chunk, room = [], size
            chunk.append(row)
        if chunk:
            yield chunk


def survey(path: Path, default: str = DEFAULT) -> Source:
    """Read the whole file and count; triples outside any graph are to go to ``default``.

    Turtle, TriG, N-Triples and N-Quads are read, told by the ending, each also as ``.gz``. A blank node becomes an IRI
    (RDF 1.1 Concepts, 3.5) made of the file's hash and its place in it, for chunks cannot share blank nodes. Raises
    ``InputError`` for a file that is missing, broken anywhere, or has no triples.
    """
    digest = _digest(path)
    names = _Names(digest)
    seen: dict[str, array[int]] = defaultdict(lambda: array("q"))
    for graph, triple in _rows(path, names, default):
        seen[graph].append(hash(triple))
    if not seen:
        raise InputError(str(path), "holds no triples: loading it would only empty the graph")
    return Source(path, digest, default, {graph: _distinct(seen[graph]) for graph in sorted(seen)}, len(names))


def _distinct(hashes: array[int]) -> int:
    return len(np.unique(np.frombuffer(hashes, np.int64)))


class _Names(dict[BlankNode, str]):
    """From a blank node to its IRI, numbered as they come."""

    def __init__(self, digest: str) -> None:
        super().__init__()
        self._prefix = f"{ID}genid/{digest[:16]}/"

    def __missing__(self, node: BlankNode) -> str:
        self[node] = f"<{self._prefix}{len(self) + 1}>"
        return self[node]


def _rows(path: Path, names: _Names, default: str) -> Iterator[Row]:
    try:
        with _opened(path) as file:
            for quad in parse(file, _format(path)):
                yield _row(quad, names, default)
    except SyntaxError as error:
        raise InputError(str(path), f"is not the RDF that its ending says: {error.msg}") from None
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise InputError(str(path), getattr(error, "strerror", None) or str(error)) from None


def _row(quad: Quad, names: _Names, default: str) -> Row:
    subject, predicate, value, graph = quad.subject, quad.predicate, quad.object, quad.graph_name
    if isinstance(value, Triple):
        raise ValueError(f"the object of {subject} {predicate} is a triple term of RDF 1.2, which not all stores take")
    start = names[subject] if isinstance(subject, BlankNode) else str(subject)
    end = names[value] if isinstance(value, BlankNode) else str(value)
    if isinstance(graph, DefaultGraph):
        return default, f"{start} {predicate} {end}"
    return names[graph] if isinstance(graph, BlankNode) else str(graph), f"{start} {predicate} {end}"


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() == ".gz":
        with gzip.open(path) as unpacked:
            yield unpacked  # type: ignore[misc]
    else:
        with path.open("rb") as plain:
            yield plain


def _format(path: Path) -> RdfFormat:
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    try:
        return FORMATS[name.suffix.lower()]
    except KeyError:
        known = " ".join(FORMATS)
        raise InputError(
            str(path), f"the ending names no format that can be loaded ({known}, or these with .gz)"
        ) from None


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from None
