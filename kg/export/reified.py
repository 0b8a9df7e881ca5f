"""RDF 1.2: each claim as a reifier of its triple (``claim rdf:reifies <<( s p o )>>``) instead of three properties.

https://www.w3.org/TR/rdf12-concepts/#section-triple-terms-reification
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from kg.namespaces import RDF

REIFIES = NamedNode(RDF + "reifies")
_PARTS = tuple(RDF + name for name in ("subject", "predicate", "object"))


def reified(triples: Iterable[Triple]) -> list[Triple]:
    """The triples, sorted, with the whole reifications among them rewritten; a part of one stays as it is."""
    parts: dict[object, dict[str, list[Triple]]] = defaultdict(lambda: defaultdict(list))
    rest: set[Triple] = set()
    for triple in triples:
        if triple.predicate.value in _PARTS:
            parts[triple.subject][triple.predicate.value].append(triple)
        else:
            rest.add(triple)
    for told in parts.values():
        rest.update(_joined([told[part] for part in _PARTS]))
    return sorted(rest, key=str)


def _joined(told: list[list[Triple]]) -> list[Triple]:
    if [len(part) for part in told] == [1, 1, 1]:
        subject, predicate, value = (part[0].object for part in told)
        if isinstance(predicate, NamedNode) and not isinstance(subject, Literal | Triple):
            return [Triple(told[0][0].subject, REIFIES, Triple(subject, predicate, value))]
    return [triple for part in told for triple in part]
