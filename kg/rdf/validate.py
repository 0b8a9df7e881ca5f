"""Whether a graph is well-formed and conforms to the shapes.

>>> report = validate(Path("graph.ttl"))
>>> report.conforms(Severity.WARNING)
True
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pyoxigraph import BlankNode, Quad, RdfFormat, Store, parse

from kg.errors import InputError
from kg.rdf.findings import Finding, Report, Severity, sorted_findings
from kg.rdf.shacl import shacl_findings
from kg.rdf.wellformed import ill_formed
from kg.settings import ENDINGS

_T = TypeVar("_T")

__all__ = ["Finding", "Report", "Severity", "read_quads", "validate"]


def validate(graph: Path | Iterable[Quad]) -> Report:
    """Check a file in any RDF syntax, told by its ending, or quads at hand: first the terms, then the shapes.

    All named graphs are checked together. Raises ``InputError`` for a file that cannot be read.
    """
    quads = read_quads(graph) if isinstance(graph, Path) else list(graph)
    union = Store()
    union.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in quads)
    triples = len(union)
    return Report(sorted_findings(ill_formed(quads) + shacl_findings(union)), triples)


def read_quads(path: Path) -> list[Quad]:
    """The quads of a file. IRIs and language tags are taken as they are, so that all bad ones can be reported.

    Raises ``InputError`` for an unknown ending, a missing or unreadable file, a syntax error, and for a document type
    declaration in RDF/XML, by which a small file can grow without bounds.
    """
    ending = path.suffix.removeprefix(".").lower()
    syntax = RdfFormat.from_extension(ending)
    if syntax is None or f".{ending}" not in ENDINGS:
        raise InputError(str(path), f"no RDF syntax is known by the ending {path.suffix!r}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    if syntax == RdfFormat.RDF_XML and b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise InputError(str(path), "RDF/XML with a document type declaration is not read")
    try:
        return _named(parse(data, format=syntax, lenient=True))
    except (SyntaxError, ValueError) as error:
        raise InputError(str(path), f"not {syntax.name}: {error}") from error


def _named(quads: Iterable[Quad]) -> list[Quad]:
    """The quads with blank nodes numbered as they come, since the parser's names differ from run to run."""
    names: dict[BlankNode, BlankNode] = {}

    def name(term: _T) -> _T | BlankNode:
        return names.setdefault(term, BlankNode(f"b{len(names)}")) if isinstance(term, BlankNode) else term

    return [Quad(name(q.subject), q.predicate, name(q.object), name(q.graph_name)) for q in quads]
