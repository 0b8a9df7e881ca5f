"""Values of properties for entities (data extension), and which properties entities of a type have."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.namespaces import OWL, RDFS, SKOS, TG, WD, XSD
from kg.serve.graph import Graph
from kg.serve.reconcile.asked import BadRequest
from kg.serve.reconcile.matching import property_iri
from kg.serve.vocabulary import word

_MOST = 500
_SAMPLE = 200
_ALWAYS = {"label": RDFS + "label", "altLabel": SKOS + "altLabel", "sameAs": OWL + "sameAs"}
_NUMBERS = {XSD + "integer": int, XSD + "decimal": float, XSD + "double": float}


def asked(told: Any) -> tuple[list[str], list[str]]:
    """The ids and the names of the properties of a data extension query; raises ``BadRequest``."""
    ids = told.get("ids") if isinstance(told, dict) else None
    properties = told.get("properties") if isinstance(told, dict) else None
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise BadRequest("a data extension query has arrays of ids and properties")
    if len(ids) > _MOST:
        raise BadRequest(f"at most {_MOST} ids at once", 413)
    if not all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in properties):
        raise BadRequest("each property is an object with an id")
    return [str(each) for each in ids], [each["id"] for each in properties]


def meta(names: list[str]) -> list[dict[str, str]]:
    """The properties with their names."""
    return [{"id": name, "name": word(property_iri(name))} for name in names]


def values(graph: Graph, iri: str, name: str) -> list[dict[str, Any]]:
    """The values of a property; Wikidata items as their ids, other entities with their names."""
    return [_value(graph, term) for term in graph.objects(iri, property_iri(name))]


def _value(graph: Graph, term: NamedNode | Literal) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        if term.value in graph.index.by_iri:
            return {"id": term.value, "name": graph.label(term.value)}
        return {"str": term.value.removeprefix(WD) if term.value.startswith(WD) else graph.label(term.value)}
    number = _NUMBERS.get(term.datatype.value)
    if number is int:
        return {"int": int(term.value)}
    if number is float:
        return {"float": float(term.value)}
    return {"date": f"{term.value}T00:00:00Z"} if term.datatype.value == XSD + "date" else {"str": term.value}


def properties_of(graph: Graph, cls: str) -> list[dict[str, str]]:
    """The properties that entities of a class have, the most frequent first, after the names and Wikidata's id."""
    counts: Counter[str] = Counter()
    for entry in graph.index.of_class(cls)[:_SAMPLE]:
        counts.update({predicate for predicate, _ in graph.facts(entry.iri) if predicate.startswith(TG)})
    found = sorted(counts, key=lambda iri: (-counts[iri], iri))
    return meta([*_ALWAYS, *(iri.removeprefix(TG) for iri in found)])
