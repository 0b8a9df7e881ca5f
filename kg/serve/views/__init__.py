"""The views of the explorer: each takes the graph and the parameters of a request, and gives a page or data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.query import questions
from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views import browse, doubtful, geography, home, network, querying, render, resource, search, timeline
from kg.serve.vocabulary import vocabulary

Arguments = Mapping[str, str]

PAGES: dict[str, Callable[[Graph, Arguments], Reply]] = {
    "browse": browse.browse,
    "disagreements": doubtful.disagreements,
    "map": geography.geography,
    "network": network.network,
    "network/data": network.network_data,
    "query": querying.querying,
    "search": search.search,
    "suggest": search.suggest,
    "timeline": timeline.timeline,
    "unrealised": doubtful.unrealised,
}
"""The views that have a path of their own, by it; each takes what the query string says."""

VIEWS = PAGES | {"home": home.home, "resource": resource.resource}
"""With those that the server finds by more than their path."""


def prepare() -> None:
    """Read all that a view needs from files: the templates, the ontology and the questions."""
    render.environment()
    vocabulary()
    questions.load()
