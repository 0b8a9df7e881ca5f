"""The concepts of our SKOS schemes that a graph names, described, so that it can be read without the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import NamedNode, Quad, parse

from kg import resources
from kg.namespaces import SKOS
from kg.rdf import terms as t

_CONCEPT = NamedNode(f"{SKOS}Concept")
_COPIED = frozenset({NamedNode(f"{SKOS}prefLabel"), NamedNode(f"{SKOS}inScheme")})


def concepts(quads: Iterable[Quad]) -> list[Quad]:
    """Type, labels and scheme of each concept that is an object of ``quads``, for the graph ``tg:reference``."""
    known = _described()
    used = known.keys() & {quad.object for quad in quads}
    return [quad for concept in sorted(used, key=str) for quad in known[concept]]


@lru_cache(maxsize=1)
def _described() -> dict[object, list[Quad]]:
    described: dict[object, list[Quad]] = defaultdict(list)
    for path in sorted((resources.ontology() / "schemes").glob("*.ttl")):
        for quad in parse(path=path):
            if quad.predicate in _COPIED or quad.object == _CONCEPT:
                described[quad.subject].append(Quad(quad.subject, quad.predicate, quad.object, t.REFERENCE))
    return dict(described)
