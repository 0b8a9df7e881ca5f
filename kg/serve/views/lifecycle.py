"""The life of a treaty: negotiated, signed, ratified, in force, ended, and what of it is only planned or was denied."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.namespaces import RDF, TG
from kg.serve.graph import Claim, Graph, Thing
from kg.serve.views.facts import Property, Told
from kg.serve.views.related import ACTORS
from kg.serve.vocabulary import MODALITIES
from kg.serve.words import date_words, duration_words

STEPS = {
    "Negotiation": "Negotiated",
    "Signing": "Signed",
    "Ratification": "Ratified",
    "EntryIntoForce": "In force",
    "Termination": "Ended",
}
"""The classes of events that a treaty goes through, and what it then is."""

_TOLD_BY = {
    "Signing": ("signedOn", "signedAt", "signatory"),
    "Ratification": ("ratifiedBy",),
    "EntryIntoForce": ("inForceFrom",),
    "Termination": ("terminatedOn",),
}
_DATED = {"Signing": "signedOn", "EntryIntoForce": "inForceFrom", "Termination": "terminatedOn"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``modality`` is empty when nothing is told of it; ``dates``, ``who`` and ``notes`` are words."""

    name: str
    modality: str
    dates: list[str]
    who: list[Thing]
    notes: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def life(graph: Graph, treaty: str, properties: list[Property]) -> list[Step]:
    """The five steps in their order, from the facts about the treaty and the events that concern it."""
    told = {p.predicate.iri.removeprefix(TG): p.told for p in properties}
    events = _events(graph, treaty)
    steps = []
    for cls, name in STEPS.items():
        direct = [t for p in _TOLD_BY.get(cls, ()) for t in told.get(p, ()) if t.direct]
        claims = [c for p in _TOLD_BY.get(cls, ()) for t in told.get(p, ()) for c in t.claims] + events.get(cls, [])
        happened = bool(direct) or any(claim.modality == "Actual" for claim in claims)
        modality = "Actual" if happened else _most(claims)
        chosen = [claim for claim in claims if claim.modality == modality]
        dates = _dates(graph, treaty, cls) or _event_dates(chosen, graph)
        who = _who(direct)
        steps.append(Step(name, modality, dates, who, _notes(graph, treaty, cls), chosen[:6]))
    return steps


def _events(graph: Graph, treaty: str) -> dict[str, list[Claim]]:
    """The claims that an event of a class took place, for the events that concern the treaty."""
    found: dict[str, list[Claim]] = {}
    concerned = {graph.value(c, RDF + "subject") for c in graph.subjects(RDF + "object", treaty) if _concerns(graph, c)}
    for event in sorted(filter(None, concerned | set(graph.subjects(TG + "concernsTreaty", treaty)))):
        for claim in graph.claims_about(event):
            if claim.predicate.iri == RDF + "type":
                found.setdefault(claim.value.raw.removeprefix(TG), []).append(claim)
    return found


def _concerns(graph: Graph, claim: str) -> bool:
    return graph.value(claim, RDF + "predicate") == TG + "concernsTreaty"


def _most(claims: list[Claim]) -> str:
    return max(MODALITIES, key=lambda m: sum(claim.modality == m for claim in claims)) if claims else ""


def _dates(graph: Graph, treaty: str, cls: str) -> list[str]:
    predicate = _DATED.get(cls)
    return [date_words(o.value) for o in graph.objects(treaty, TG + predicate)] if predicate else []


def _event_dates(claims: list[Claim], graph: Graph) -> list[str]:
    """The dates of the events that claims tell of, each once."""
    found = {}
    for claim in claims:
        for dated in graph.claims_about(claim.subject.iri):
            if dated.predicate.iri == TG + "date" and dated.modality == claim.modality:
                found[dated.value.raw] = dated.value.words
    return [found[raw] for raw in sorted(found)]


def _who(direct: list[Told]) -> list[Thing]:
    found = {t.value.thing.iri: t.value.thing for t in direct if t.value.thing and t.value.thing.cls in ACTORS}
    return [found[iri] for iri in sorted(found)]


def _notes(graph: Graph, treaty: str, cls: str) -> list[str]:
    if cls == "Signing":
        return [f"in {graph.label(place)}" for place in graph.iris(treaty, TG + "signedAt")]
    if cls == "EntryIntoForce":
        return [f"for {duration_words(o.value)}" for o in graph.objects(treaty, TG + "duration")]
    return []
