"""The first page: what the graph holds and the ways into it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.namespaces import RDF, TG
from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views.render import page
from kg.serve.vocabulary import ENTITY_CLASSES, EVENT_CLASSES


def home(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """Counts by class, the treaties and people that are mentioned most, and the latest documents."""
    counts = graph.index.counts
    return page(
        "home.html",
        triples=graph.index.triples,
        entities=[(name, counts[name]) for name in ENTITY_CLASSES if name in counts],
        events=[(name, counts[name]) for name in EVENT_CLASSES if name in counts],
        documents=counts.get("Document", 0),
        unrealised=counts.get("UnrealisedEvent", 0),
        disputes=len(graph.subjects(RDF + "type", TG + "Disagreement")),
        treaties=_most_mentioned(graph, "Treaty"),
        people=_most_mentioned(graph, "Person"),
        states=_most_mentioned(graph, "State"),
    )


def _most_mentioned(graph: Graph, cls: str, limit: int = 8) -> list[tuple[object, int]]:
    entries = (entry for entry in graph.index.entries if entry.cls == cls)
    best = sorted(entries, key=lambda e: (-e.mentions, e.label))[:limit]
    return [(graph.thing(entry.iri), entry.mentions) for entry in best]
