"""What the endpoint says of itself: SPARQL 1.1 Service Description."""

from __future__ import annotations

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple, serialize

from kg.namespaces import RDF
from kg.serve.evaluate import GRAPHS, RESULTS
from kg.serve.reply import Reply
from kg.serve.views.described import FORMS

SD = "http://www.w3.org/ns/sparql-service-description#"


def description(endpoint: str, form: str) -> Reply:
    """The description of the endpoint at this address, in one of ``described.FORMS``."""
    node = NamedNode(endpoint)
    formats = sorted({form.iri for form in _formats()})
    triples = [
        Triple(node, NamedNode(RDF + "type"), NamedNode(SD + "Service")),
        Triple(node, NamedNode(SD + "endpoint"), node),
        Triple(node, NamedNode(SD + "supportedLanguage"), NamedNode(SD + "SPARQL11Query")),
        Triple(node, NamedNode(SD + "feature"), NamedNode(SD + "UnionDefaultGraph")),
        *(Triple(node, NamedNode(SD + "resultFormat"), NamedNode(iri)) for iri in formats),
    ]
    syntax, media_type = FORMS[form]
    return Reply(200, media_type, serialize(triples, format=syntax, prefixes={"sd": SD}) or b"")


def _formats() -> list[QueryResultsFormat | RdfFormat]:
    return [*RESULTS.values(), *GRAPHS.values()]
