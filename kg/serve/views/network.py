"""Who has to do with whom: states, organisations and people joined by the treaties and events that they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import NamedNode

from kg.namespaces import TG
from kg.serve.graph import Graph
from kg.serve.reply import Reply
from kg.serve.views.related import ACTORS
from kg.serve.views.render import page
from kg.serve.words import year_of

NODES = (50, 150, 500, 2000)
"""How many nodes a view may have; the second is the first choice."""

KINDS = {
    "treaties": ("Treaties", ("party",)),
    "events": ("Meetings and other events", ("participant",)),
    "offices": ("Offices and members", ("represents", "memberOf", "bodyOf", "officeOf")),
}
_CROWD = 30
_EDGES_PER_NODE = 4

Pairs = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is to show: around one node or of all, joined by what, in which years, how many nodes."""

    centre: str
    kind: str
    size: int
    first: int | None
    last: int | None

    @classmethod
    def of(cls, graph: Graph, arguments: Mapping[str, str]) -> Asked:
        """What the parameters of a request say; what makes no sense is as if it were not there."""
        centre, kind, size = (arguments.get(name, "") for name in ("centre", "kind", "nodes"))
        return cls(
            centre if centre in graph.index.by_iri else "",
            kind if kind in KINDS else "",
            int(size) if size.isdecimal() and int(size) in NODES else NODES[1],
            _year(arguments.get("from", "")),
            _year(arguments.get("to", "")),
        )

    def holds(self, day: str) -> bool:
        """Whether something of this day is to be shown; what is undated only where all years are."""
        if self.first is None and self.last is None:
            return True
        year = year_of(day)
        return year is not None and (self.first or year) <= year <= (self.last or year)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Nodes, the weightiest first; edges as (node, node, weight) by their numbers; and how much is left out."""

    nodes: list[dict[str, object]]
    edges: list[tuple[int, int, int]]
    more: int
    edges_more: int


def network(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page; the picture is drawn from ``network_data`` with the same parameters."""
    asked = Asked.of(graph, arguments)
    thing = graph.thing(asked.centre) if asked.centre else None
    return page("network.html", asked=asked, thing=thing, kinds=KINDS, sizes=NODES, chosen=_chosen(graph, asked))


def network_data(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """Nodes and edges as JSON."""
    chosen = _chosen(graph, Asked.of(graph, arguments))
    return Reply.of_json({"nodes": chosen.nodes, "edges": chosen.edges, "more": chosen.more})


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 5 else None


def _chosen(graph: Graph, asked: Asked) -> Chosen:
    pairs = _pairs(graph, asked)
    near = _near(pairs, asked.centre) if asked.centre else _weights(pairs)
    ranked = sorted((n for n in near if n != asked.centre), key=lambda n: (-near[n], graph.label(n), n))
    kept = ([asked.centre] if asked.centre else []) + ranked
    kept = kept[: asked.size]
    number = {iri: index for index, iri in enumerate(kept)}
    edges = sorted(
        ((c, number[a], number[b]) for (a, b), c in pairs.items() if a in number and b in number), reverse=True
    )
    budget = max(len(kept) * _EDGES_PER_NODE, 200)
    return Chosen(
        [_node(graph, iri, near[iri]) for iri in kept],
        [(a, b, count) for count, a, b in edges[:budget]],
        len(near) - len(kept),
        max(0, len(edges) - budget),
    )


def _node(graph: Graph, iri: str, weight: int) -> dict[str, object]:
    thing = graph.thing(iri)
    return {"label": thing.label, "cls": thing.cls, "href": thing.href, "iri": iri, "weight": weight}


def _weights(pairs: Pairs) -> Counter[str]:
    weights: Counter[str] = Counter()
    for (a, b), count in pairs.items():
        weights[a] += count
        weights[b] += count
    return weights


def _near(pairs: Pairs, centre: str) -> Counter[str]:
    """The neighbours of a node with what joins each to it; the node itself has the sum."""
    near: Counter[str] = Counter({centre: 0})
    for (a, b), count in pairs.items():
        if centre in (a, b):
            near[b if a == centre else a] += count
            near[centre] += count
    return near


def _pairs(graph: Graph, asked: Asked) -> Pairs:
    pairs: Pairs = Counter()
    for kind, (_, predicates) in KINDS.items():
        if asked.kind in ("", kind):
            for predicate in predicates:
                pairs.update(_joined(graph, predicate, asked))
    return pairs


def _joined(graph: Graph, predicate: str, asked: Asked) -> Iterator[tuple[str, str]]:
    """The pairs that a property joins: subject and object, or the objects that share a treaty or event."""
    shared: defaultdict[str, set[str]] = defaultdict(set)
    for quad in graph.store.quads_for_pattern(None, NamedNode(TG + predicate), None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            shared[quad.subject.value].add(quad.object.value)
    for subject in sorted(shared):
        if not asked.holds(graph.index.dates.get(subject, ("", ""))[0]):
            continue
        actors = sorted(o for o in shared[subject] if graph.cls(o) in ACTORS)
        if graph.cls(subject) in ACTORS:
            yield from (_pair(subject, other) for other in actors if other != subject)
        elif len(actors) <= _CROWD:
            yield from combinations(actors, 2)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
