"""A link as triples: what an entity is, may be or is not, and ``tg:Link`` with the score and what it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import MappingProxyType

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model import REVIEWED, Link, Standing
from kg.namespaces import ID
from kg.rdf import terms as t
from kg.rdf.terms import term

REFERENCE = "reference data"
"""What the links derive from that a build makes."""

REVIEW = "review"
"""What the links derive from that a person decided."""

PREDICATES = MappingProxyType(
    {Standing.SURE: t.SAME_AS, Standing.POSSIBLE: t.CLOSE_MATCH, Standing.DECLINED: t.DIFFERENT_FROM}
)

_HERE = DefaultGraph()


def link_quads(subject: NamedNode, link: Link, source: str, base: str = ID) -> Iterator[Quad]:
    """The triples; ``source`` is what the link derives from. The node is named by what it joins."""
    yield from _quads(subject, item_node(link.target), link, source, base)


def apart_quads(one: NamedNode, other: NamedNode, base: str = ID) -> Iterator[Quad]:
    """The triples that two entities of the graph are not one, as a reviewer decided; each says it of the other."""
    for subject, item in ((one, other), (other, one)):
        yield from _quads(subject, item, Link(item.value, 0.0, REVIEWED, Standing.DECLINED), REVIEW, base)


def _quads(subject: NamedNode, item: NamedNode, link: Link, source: str, base: str) -> Iterator[Quad]:
    predicate = PREDICATES[link.standing]
    digest = hashlib.sha256(f"{subject.value}\x1f{item.value}".encode()).hexdigest()[:16]
    node = NamedNode(f"{base}link/{digest}")
    yield Quad(subject, predicate, item, _HERE)
    yield Quad(node, t.TYPE, term("Link"), _HERE)
    yield Quad(node, t.SUBJECT, subject, _HERE)
    yield Quad(node, t.PREDICATE, predicate, _HERE)
    yield Quad(node, t.OBJECT, item, _HERE)
    yield Quad(node, term("score"), t.decimal(link.score), _HERE)
    yield Quad(node, term("because"), Literal(link.because), _HERE)
    yield Quad(node, t.SOURCE, t.source(source), _HERE)


def item_node(target: str) -> NamedNode:
    """The IRI of a candidate: an item of Wikidata, or the IRI that another service gives."""
    return t.wikidata(target) if not target.startswith("http") else NamedNode(target)
