"""A node of the graph at its own address: a page for people, Turtle and its like for programs."""

from __future__ import annotations

from collections.abc import Mapping

from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views import document, entity
from kg.serve.views.described import FORMS, described
from kg.serve.views.render import page


def resource(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The node ``iri``, or the one at ``path`` behind the graph's origin, as ``form`` (html, turtle, ...)."""
    iri = arguments.get("iri") or graph.index.origin + arguments.get("path", "")
    if not graph.has(iri):
        return page("missing.html", 404, iri=iri)
    if arguments["form"] in FORMS:
        return described(graph, iri, arguments["form"])
    if graph.cls(iri) == "Document":
        return document.document(graph, iri)
    return entity.entity(graph, iri)
