"""Finding things by any of their names."""

from __future__ import annotations

from collections.abc import Mapping

from kg.namespaces import TG
from kg.serve.graph import Graph
from kg.serve.index import Hit
from kg.serve.reply import Reply
from kg.serve.views.render import page
from kg.serve.vocabulary import word

_SUGGESTED = 10
_LISTED = 200


def search(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page of what is called ``q``, all classes or one (``class``)."""
    text = arguments.get("q", "").strip()
    cls = arguments.get("class", "")
    hits = graph.index.search(text, _LISTED + 1, [cls] if cls else ())
    return page("search.html", q=text, cls=cls, hits=[_row(graph, h) for h in hits[:_LISTED]], more=len(hits) > _LISTED)


def suggest(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The first ten of the same, as JSON, for the search box."""
    hits = graph.index.search(arguments.get("q", ""), _SUGGESTED)
    return Reply.of_json([_row(graph, hit) for hit in hits])


def _row(graph: Graph, hit: Hit) -> dict[str, object]:
    entry = hit.entry
    return {
        "label": entry.label,
        "also": hit.name if hit.name != entry.label else "",
        "class": entry.cls,
        "kind": word(TG + entry.cls),
        "href": graph.href(entry.iri),
        "mentions": entry.mentions,
    }
