"""What the graph says of a node, as RDF: its own facts, its claims and their passages."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kg.namespaces import NIF, PREFIXES, PROV, RDF
from kg.serve.graph import Graph
from kg.serve.reply import Reply

FORMS = {
    "turtle": (RdfFormat.TURTLE, "text/turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "application/n-triples"),
    "jsonld": (RdfFormat.JSON_LD, "application/ld+json"),
    "rdfxml": (RdfFormat.RDF_XML, "application/rdf+xml"),
}
"""The syntaxes and media types by the names that requests give them."""


def described(graph: Graph, iri: str, form: str) -> Reply:
    """The description of a node, sorted, in one of ``FORMS``."""
    syntax, media_type = FORMS[form]
    triples = sorted(set(_triples(graph, iri)), key=str)
    body = serialize(triples, format=syntax, prefixes=PREFIXES)
    return Reply(200, media_type, body or b"")


def _triples(graph: Graph, iri: str) -> Iterator[Triple]:
    yield from _about(graph, iri)
    for claim in graph.subjects(RDF + "subject", iri):
        yield from _about(graph, claim)
        for passage in graph.iris(claim, PROV + "wasDerivedFrom"):
            yield from _about(graph, passage)
    for passage in graph.subjects(NIF + "referenceContext", iri):
        yield from _about(graph, passage)


def _about(graph: Graph, iri: str) -> Iterator[Triple]:
    return (quad.triple for quad in graph.store.quads_for_pattern(NamedNode(iri), None, None))
