"""Candidates for a query, with scores from 0 to 100 and the features that they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.namespaces import OWL, RDFS, SKOS, TG, WD
from kg.serve.folding import fold
from kg.serve.graph import Graph
from kg.serve.names import Names, Similar
from kg.serve.reconcile.asked import Asked, Condition
from kg.serve.vocabulary import ENTITY_CLASSES, vocabulary, word

_NAME_SHARE = 0.7
_SURE = 90.0
_AHEAD = 8.0
_SPECIAL = {"label": RDFS + "label", "altLabel": SKOS + "altLabel", "sameAs": OWL + "sameAs"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant: how near its name comes (0 to 1), and which conditions hold."""

    found: Similar
    name: float
    properties: tuple[tuple[str, bool], ...]

    @property
    def score(self) -> float:
        """From 0 to 100."""
        if not self.properties:
            return round(100 * self.name, 1)
        held = sum(holds for _, holds in self.properties) / len(self.properties)
        return round(100 * (_NAME_SHARE * self.name + (1 - _NAME_SHARE) * held), 1)


def candidates(graph: Graph, names: Names, asked: Asked) -> list[dict[str, Any]]:
    """The best candidates as both versions write them; the first is a match where it is sure and well ahead."""
    classes = _classes(asked.types)
    similar = [found for name in asked.names for found in names.similar(name, classes)]
    if not asked.names:
        similar = [Similar(entry, entry.label, 1.0) for entry in _with_property(graph, asked, classes)]
    judged = (_judged(graph, found, asked) for found in _once(similar))
    ranked = sorted((c for c in judged if c), key=lambda c: (-c.score, -c.found.entry.mentions, c.found.entry.iri))
    shown = ranked[: asked.limit]
    return [_written(candidate, index == 0 and _sure(ranked)) for index, candidate in enumerate(shown)]


def property_iri(name: str) -> str:
    """The IRI of a property by the id that it has in the API."""
    return _SPECIAL.get(name, name if ":" in name else TG + name)


def type_of(cls: str) -> dict[str, str]:
    """A class as the API writes types."""
    return {"id": cls, "name": word(TG + cls)}


def _classes(types: Iterable[str]) -> frozenset[str]:
    wanted = {t.rpartition("#")[2] for t in types}
    return frozenset(cls for cls in ENTITY_CLASSES if not wanted or wanted & {cls, *_broader(cls)})


def _broader(cls: str) -> set[str]:
    known = vocabulary().get(TG + cls)
    above = {iri.removeprefix(TG) for iri in known.broader} if known else set()
    return above | {higher for each in above for higher in _broader(each)}


def _with_property(graph: Graph, asked: Asked, classes: frozenset[str]) -> list[Any]:
    """Where no name is given, the entities that have one of the values."""
    iris = {
        subject
        for condition in asked.conditions
        for value in condition.values
        for subject in graph.subjects(property_iri(condition.property), _as_iri(value))
    }
    return [graph.index.by_iri[i] for i in sorted(iris) if i in graph.index.by_iri and graph.cls(i) in classes]


def _once(similar: Iterable[Similar]) -> list[Similar]:
    best: dict[str, Similar] = {}
    for found in similar:
        best[found.entry.iri] = max(best.get(found.entry.iri, found), found, key=lambda s: s.nearness)
    return list(best.values())


def _judged(graph: Graph, found: Similar, asked: Asked) -> Candidate | None:
    held = tuple((each.property, _holds(graph, found.entry.iri, each)) for each in asked.conditions)
    if any(each.required and not holds for each, (_, holds) in zip(asked.conditions, held, strict=True)):
        return None
    return Candidate(found, found.nearness, held)


def _holds(graph: Graph, iri: str, condition: Condition) -> bool:
    told = _told(graph, iri, condition.property)
    matches = [any(_same(value, each) for each in told) for value in condition.values]
    match condition.quantifier:
        case "all":
            return all(matches)
        case "none":
            return not any(matches)
    return any(matches)


def _told(graph: Graph, iri: str, name: str) -> set[str]:
    told = set()
    for term in graph.objects(iri, property_iri(name)):
        shown = graph.shown(term)
        told |= {shown.raw, shown.words}
        if shown.thing:
            told |= {o.value for o in graph.objects(shown.thing.iri, SKOS + "altLabel")}
    return told


def _same(value: str, told: str) -> bool:
    """The same text, the same Wikidata item, or a date told less precisely."""
    date = value[:4].isdigit() and told.startswith(f"{value}-")
    return value == told or _as_iri(value) == told or date or (bool(fold(value)) and fold(value) == fold(told))


def _as_iri(value: str) -> str:
    return WD + value if value[:1] == "Q" and value[1:].isdecimal() else value


def _sure(ranked: list[Candidate]) -> bool:
    second = ranked[1].score if len(ranked) > 1 else 0.0
    return ranked[0].score >= _SURE and ranked[0].score - second >= _AHEAD


def _written(candidate: Candidate, match: bool) -> dict[str, Any]:
    entry = candidate.found.entry
    also = f"also {candidate.found.name}, " if candidate.found.name != entry.label else ""
    features = [{"id": "name", "name": "likeness of the name", "value": round(candidate.name, 3)}]
    features += [{"id": name, "name": word(property_iri(name)), "value": holds} for name, holds in candidate.properties]
    return {
        "id": entry.iri,
        "name": entry.label,
        "description": f"{also}{entry.mentions} mentions",
        "score": candidate.score,
        "match": match,
        "type": [type_of(entry.cls)],
        "features": features,
    }
