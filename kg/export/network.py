"""The graph as a network: entities and events as nodes, facts between two of them as edges. No claim, no passage.

Only facts are edges, so nothing that is merely planned, possible or denied; ``claims`` counts those that tell a fact.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.namespaces import ID, OWL, PREFIXES, TG

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HIDDEN = ("Document", "Claim", "Statement", "Disagreement", "UnrealisedEvent")
_DATES = ("earliest", "latest", "year")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity or event: ``details`` are its Wikidata entity and its dates, where it has them."""

    id: str
    label: str
    cls: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A fact between two nodes and how many claims tell it."""

    source: str
    property: str
    target: str
    claims: int


DETAILS = ("wikidata", *_DATES)


def network(store: Store) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges of a graph whose default graph holds all of it, both in order."""
    nodes = {node.id: node for node in _nodes(store)}
    told = Counter((row[0], row[1], row[2]) for row in _rows(store, _CLAIMS))
    edges = [
        Edge(source, name.removeprefix(TG), target, told[source, name, target])
        for source, name, target in _rows(store, _FACTS)
        if source in nodes and target in nodes
    ]
    return [nodes[id] for id in sorted(nodes)], sorted(set(edges))


def graphml(nodes: Iterable[Node], edges: Iterable[Edge]) -> str:
    """GraphML 1.0 (http://graphml.graphdrawing.org/), as Gephi and networkx read it."""
    keys = [("label", "node", "string"), ("class", "node", "string"), ("wikidata", "node", "string")]
    keys += [("earliest", "node", "string"), ("latest", "node", "string"), ("year", "node", "int")]
    keys += [("property", "edge", "string"), ("claims", "edge", "int")]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{n}" for="{of}" attr.name="{n}" attr.type="{kind}"/>' for n, of, kind in keys]
    lines.append('<graph edgedefault="directed">')
    for node in nodes:
        told = {"label": node.label, "class": node.cls, **node.details}
        lines.append(f"<node id={quoteattr(_xml(node.id))}>{_data(told)}</node>")
    for edge in edges:
        ends = f"source={quoteattr(_xml(edge.source))} target={quoteattr(_xml(edge.target))}"
        lines.append(f"<edge {ends}>{_data({'property': edge.property, 'claims': str(edge.claims)})}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def node_table(nodes: Iterable[Node]) -> str:
    """``nodes.csv`` with the headers of ``neo4j-admin database import``."""
    head = ["id:ID", "label", ":LABEL", "wikidata", "earliest:date", "latest:date", "year:int"]
    return _table(head, ([n.id, n.label, n.cls, *(n.details.get(name, "") for name in DETAILS)] for n in nodes))


def edge_table(edges: Iterable[Edge]) -> str:
    """``edges.csv`` with the headers of ``neo4j-admin database import``."""
    head = [":START_ID", ":END_ID", ":TYPE", "claims:int"]
    return _table(head, ([e.source, e.target, e.property, e.claims] for e in edges))


_LABELLED = "SELECT ?x ?label ?class { ?x rdfs:label ?label ; a ?class }"
_DETAILS = "SELECT ?x ?p ?v { VALUES ?p { owl:sameAs tg:earliest tg:latest tg:year } ?x ?p ?v }"
_FACTS = f'SELECT ?s ?p ?o {{ ?s ?p ?o FILTER(ISIRI(?o) && STRSTARTS(STR(?p), "{TG}")) }}'
_CLAIMS = """SELECT ?s ?p ?o { ?c a tg:Claim ; tg:modality tg:Actual ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o
    FILTER(ISIRI(?o)) }"""


def _nodes(store: Store) -> Iterator[Node]:
    details: dict[str, dict[str, str]] = {}
    for subject, name, value in sorted(_rows(store, _DETAILS), reverse=True):
        key = "wikidata" if name == OWL + "sameAs" else name.removeprefix(TG)
        details.setdefault(subject, {})[key] = value
    hidden = {TG + name for name in _HIDDEN}
    for subject, label, cls in sorted(_rows(store, _LABELLED), reverse=True):
        if cls.startswith(TG) and cls not in hidden:
            told = details.get(subject, {})
            yield Node(_short(subject), label, cls.removeprefix(TG), {k: told[k] for k in DETAILS if k in told})


def _rows(store: Store, query: str) -> Iterator[tuple[str, str, str]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    shorten = query in (_FACTS, _CLAIMS)
    for row in found:
        first, second, third = (term.value if isinstance(term, NamedNode | Literal) else str(term) for term in row)
        yield (_short(first), second, _short(third)) if shorten else (first, second, third)


def _short(iri: str) -> str:
    return iri.removeprefix(ID)


def _data(told: Mapping[str, str]) -> str:
    return "".join(f'<data key="{key}">{escape(_xml(value))}</data>' for key, value in told.items())


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _table(head: list[str], rows: Iterable[list[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
