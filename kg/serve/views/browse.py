"""Lists of all things of a class."""

from __future__ import annotations

from collections.abc import Mapping

from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views.render import page

_PAGE = 200


def browse(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """A page of the things of ``class``, by name; ``page`` counts from 1."""
    cls = arguments.get("class", "")
    entries = graph.index.of_class(cls)
    pages = max(1, -(-len(entries) // _PAGE))
    number = min(pages, max(1, int(arguments.get("page", "1")) if arguments.get("page", "1").isdecimal() else 1))
    shown = entries[(number - 1) * _PAGE : number * _PAGE]
    return page(
        "browse.html",
        cls=cls,
        total=len(entries),
        rows=[(graph.thing(entry.iri), entry.mentions) for entry in shown],
        number=number,
        pages=pages,
    )
