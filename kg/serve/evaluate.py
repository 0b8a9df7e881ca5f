"""One SPARQL query on a store, in a form that a client accepts and within the limit of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, cast

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from kg.namespaces import PREFIXES
from kg.serve.guard import Dataset, Refused

_FIRST_CHECK = 1 << 20
# What is quoted is no row; a check in the midst of writing may meet a quotation that has not ended yet.
_IN_QUOTES = {
    QueryResultsFormat.JSON: re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)', re.DOTALL),
    QueryResultsFormat.CSV: re.compile(rb'"[^"]*(?:"|\Z)'),
}
_ROW = {
    QueryResultsFormat.JSON: re.compile(rb"[\[,]\{"),
    QueryResultsFormat.CSV: re.compile(rb"\n"),
    QueryResultsFormat.TSV: re.compile(rb"\n"),
    QueryResultsFormat.XML: re.compile(rb"<result>"),
}

_MAY_BE = {
    QueryResultsFormat.JSON: b"{",
    QueryResultsFormat.CSV: b"\n",
    QueryResultsFormat.TSV: b"\n",
    QueryResultsFormat.XML: b"<result>",
}


class TooManyRows(Exception):
    """The result is longer than allowed; nothing of it is sent, so that no part passes for the whole."""


class BadQuery(Exception):
    """The engine cannot read the query; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A result as it is sent."""

    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the dataset of the request (or its own) and the media types that the client prefers, best first.

    ``results`` are the types for SELECT and ASK, ``graphs`` those for CONSTRUCT and DESCRIBE.
    """

    query: str
    dataset: Dataset
    results: str | None
    graphs: str | None


class NotAcceptable(Exception):
    """The client accepts no form that a result of this kind has."""


RESULTS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""The media types of bindings, the preferred first."""

GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/json": RdfFormat.JSON_LD,
    "text/plain": RdfFormat.N_TRIPLES,
}
"""The media types of triples, the preferred first."""


def evaluate(store: Store, asked: Asked, rows: int) -> Answer:
    """The result of a query, whole.

    Where the query and the request name no dataset, the default graph is the union of all graphs.
    Raises ``BadQuery``, ``Refused`` for a graph that is not in the store, ``NotAcceptable`` and ``TooManyRows``.
    """
    result = _run(store, asked)
    if isinstance(result, QueryTriples):
        return _triples(result, asked.graphs, rows)
    if asked.results is None:
        raise NotAcceptable("a result of SELECT and ASK comes as " + ", ".join(RESULTS))
    form = RESULTS[asked.results]
    if isinstance(result, QueryBoolean) and form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV):
        return Answer(asked.results, b"true" if result else b"false")
    out = _Counted(form, rows)
    result.serialize(cast(IO[bytes], out), form)
    return Answer(asked.results, out.whole())


def _run(store: Store, asked: Asked) -> QuerySolutions | QueryTriples | QueryBoolean:
    default, named = (_graphs(store, iris) for iris in (asked.dataset.default, asked.dataset.named))
    try:
        if asked.dataset:
            return store.query(asked.query, prefixes=PREFIXES, default_graph=default, named_graphs=named)
        return store.query(asked.query, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError) as error:
        raise BadQuery(str(error)) from error


def _graphs(store: Store, iris: Sequence[str]) -> list[Any]:
    found = []
    for iri in iris:
        try:
            graph = NamedNode(iri)
        except ValueError as error:
            raise BadQuery(f"not the IRI of a graph: {iri!r}") from error
        if not store.contains_named_graph(graph):
            raise Refused(f"<{iri}> is not a graph of this store, and nothing is fetched from elsewhere")
        found.append(graph)
    return found


def _triples(result: QueryTriples, accepted: str | None, rows: int) -> Answer:
    if accepted is None:
        raise NotAcceptable("a result of CONSTRUCT and DESCRIBE comes as " + ", ".join(GRAPHS))
    triples = list(islice(result, rows + 1))
    if len(triples) > rows:
        raise TooManyRows
    body = serialize(triples, format=GRAPHS[accepted], prefixes=PREFIXES)
    return Answer(accepted, body or b"")


class _Counted:
    """Collects a result as the engine writes it, and stops when it has more rows than allowed.

    Raising in ``write`` ends the evaluation: rows that nobody gets are not computed.
    """

    def __init__(self, form: QueryResultsFormat, rows: int) -> None:
        self._form = form
        self._rows = rows
        self._parts: list[bytes] = []
        self._size = 0
        self._next = _FIRST_CHECK

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        self._size += len(part)
        if self._size > self._next:
            self._check()
            self._next = 2 * self._size
        return len(part)

    def flush(self) -> None:
        """Nothing is buffered elsewhere."""

    def whole(self) -> bytes:
        self._check()
        return b"".join(self._parts)

    def _check(self) -> None:
        data = b"".join(self._parts)
        self._parts = [data]
        # Counting what may be a row is fast, and most results have fewer of these than the limit.
        if data.count(_MAY_BE[self._form]) > self._rows and rows_in(data, self._form) > self._rows:
            raise TooManyRows


def rows_in(data: bytes, form: QueryResultsFormat) -> int:
    """How many rows serialised results have (the SPARQL 1.1 formats, as the engine writes them)."""
    quoted = _IN_QUOTES.get(form)
    bare = quoted.sub(b"", data) if quoted else data
    head = 1 if form in (QueryResultsFormat.CSV, QueryResultsFormat.TSV) else 0
    found = len(_ROW[form].findall(bare)) - head
    return max(0, found)
