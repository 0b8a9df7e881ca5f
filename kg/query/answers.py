"""Answers and how they are written: a table to be read, SPARQL 1.1 CSV or JSON results, Turtle."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from rich.console import Console
from rich.table import Table

from kg.errors import SettingsError
from kg.namespaces import ID, PREFIXES
from kg.query.layout import Layout
from kg.rdf.turtle import turtle

Term = NamedNode | BlankNode | Literal | Triple

_RESULTS = {"csv": QueryResultsFormat.CSV, "json": QueryResultsFormat.JSON}
_UNBOUNDED = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: ``kind`` is ``rows`` (SELECT), ``boolean`` (ASK) or ``graph`` (CONSTRUCT, DESCRIBE).

    ``data`` is SPARQL JSON results, for a graph sorted N-Triples.
    """

    kind: str
    data: bytes

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [variable.value for variable in self._solutions().variables]

    @property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The solutions, ``None`` for what is unbound."""
        return [tuple(solution) for solution in self._solutions()]

    def __bool__(self) -> bool:
        """Whether the answer is yes, or anything was found."""
        if self.kind == "boolean":
            return bool(self._results())
        return bool(self.rows if self.kind == "rows" else self.data)

    def written(self, layout: Layout | None = None, width: int | None = None) -> bytes:
        """The answer in a layout, by default a table, for a graph Turtle.

        ``width`` are the columns of a terminal that a table has to fit. Raises ``SettingsError`` for a layout that
        cannot hold the answer.
        """
        layout = layout or (Layout.TURTLE if self.kind == "graph" else Layout.TABLE)
        if (self.kind == "graph") != (layout is Layout.TURTLE):
            fitting = "turtle" if self.kind == "graph" else "table, csv and json"
            raise SettingsError(f"--format {layout}: the answer to this query can be written as {fitting}")
        if layout is Layout.TURTLE:
            return self._turtle()
        if layout is Layout.TABLE:
            return (self._table(width) if self.kind == "rows" else f"{str(bool(self)).lower()}\n").encode()
        written = self._results().serialize(format=_RESULTS[layout]) or b""
        return written if written.endswith(b"\n") else written + b"\n"

    def _turtle(self) -> bytes:
        """In sections, with prefixes; a graph with blank nodes as N-Triples, which are Turtle."""
        try:
            return turtle(parse(self.data, format=RdfFormat.N_TRIPLES), ID).encode()
        except TypeError:
            return self.data

    def _results(self) -> QuerySolutions | QueryBoolean:
        return parse_query_results(self.data, format=QueryResultsFormat.JSON)

    def _solutions(self) -> QuerySolutions:
        found = self._results()
        if not isinstance(found, QuerySolutions):
            raise TypeError(f"an answer of the kind {self.kind} has no rows")
        return found

    def _table(self, width: int | None) -> str:
        table = Table(box=None, pad_edge=False, header_style="")
        columns = list(zip(*self.rows, strict=True)) or [()] * len(self.names)
        for name, values in zip(self.names, columns, strict=True):
            table.add_column(name, justify="right" if _is_numeric(values) else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*map(shown, row))
        out = io.StringIO()
        Console(file=out, width=width or _UNBOUNDED, markup=False, emoji=False, highlight=False).print(table)
        return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def shown(term: Term | None) -> str:
    """A term as a person reads it: ids and known IRIs short, literals without their type, nothing that acts."""
    match term:
        case None:
            return ""
        case NamedNode():
            return visible(_short(term.value))
        case Literal():
            return visible(term.value)
        case _:
            return visible(str(term))


def visible(text: str) -> str:
    """A text on one line; controls and invisible characters, which could act on a terminal, are written out."""
    return "".join(_escaped(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")))


def _escaped(text: str) -> Iterator[str]:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co"):
            yield f"\\u{ord(character):04X}"
        else:
            yield character


def _short(iri: str) -> str:
    if iri.startswith(ID):
        return iri.removeprefix(ID)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _is_numeric(values: Sequence[Term | None]) -> bool:
    numeric = ("integer", "decimal", "double")
    given = [value for value in values if value is not None]
    return bool(given) and all(isinstance(v, Literal) and v.datatype.value.endswith(numeric) for v in given)
