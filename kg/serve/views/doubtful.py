"""What the sources disagree on, and what was planned, possible or denied and never told as having happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from kg.namespaces import RDF, TG
from kg.serve.graph import Claim, Graph, Thing, Value
from kg.serve.reply import Reply
from kg.serve.views import related
from kg.serve.views.render import page
from kg.serve.vocabulary import MODALITIES, word
from kg.serve.words import date_words

_PAGE = 100

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that sources give, with the claims that give it."""

    value: Value
    chosen: bool
    claims: list[Claim]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A property of a thing for which sources give several values."""

    thing: Thing
    subject: Thing
    predicate: Thing
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Unrealised:
    """An event that is only planned, possible or denied."""

    thing: Thing
    kind: str
    modality: str
    date: str
    who: list[Thing]
    treaty: list[Thing]
    claim: Claim | None


def disagreements(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page of all disagreements; ``page`` counts from 1."""
    found = graph.subjects(RDF + "type", TG + "Disagreement")
    shown, number, pages = paged(found, arguments)
    return page(
        "disagreements.html",
        total=len(found),
        disputes=[dispute(graph, each) for each in shown],
        number=number,
        pages=pages,
    )


def dispute(graph: Graph, iri: str) -> Dispute:
    """One disagreement by its IRI."""
    subject = graph.value(iri, RDF + "subject") or ""
    predicate = graph.value(iri, RDF + "predicate") or ""
    claims = [c for c in graph.claims_about(subject) if c.predicate.iri == predicate and c.modality == "Actual"]
    sides = [
        Side(graph.shown(term), role == "chosen", [c for c in claims if c.value.raw == term.value])
        for role in ("chosen", "alternative")
        for term in graph.objects(iri, TG + role)
    ]
    return Dispute(graph.thing(iri), graph.thing(subject), graph.thing(predicate), sides)


def unrealised(graph: Graph, arguments: Mapping[str, str]) -> Reply:
    """The page of events that are no more than told of as planned, possible or denied, by ``modality``."""
    wanted = arguments.get("modality", "")
    events = [_unrealised(graph, entry.iri) for entry in graph.index.of_class("UnrealisedEvent")]
    counts = {m: sum(event.modality == m for event in events) for m in MODALITIES[1:]}
    found = [event for event in events if wanted in ("", event.modality)]
    shown, number, pages = paged(found, arguments)
    return page(
        "unrealised.html", total=len(events), counts=counts, modality_=wanted, events=shown, number=number, pages=pages
    )


def _unrealised(graph: Graph, iri: str) -> Unrealised:
    by_predicate: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in graph.claims_about(iri):
        by_predicate[claim.predicate.iri.removeprefix(TG)].append(claim)
    kinds = by_predicate[RDF + "type"]
    modality = max(MODALITIES, key=lambda m: sum(c.modality == m for c in kinds)) if kinds else "Planned"
    return Unrealised(
        graph.thing(iri),
        word(TG + related.event_type_claims(graph, iri)),
        modality,
        ", ".join(sorted({date_words(c.value.raw) for c in by_predicate["date"]})),
        _things(by_predicate["participant"]),
        _things(by_predicate["concernsTreaty"]),
        next((c for c in kinds if c.modality == modality), None),
    )


def _things(claims: list[Claim]) -> list[Thing]:
    found = {claim.value.thing.iri: claim.value.thing for claim in claims if claim.value.thing}
    return [found[iri] for iri in sorted(found)]


def paged(found: list[_T], arguments: Mapping[str, str]) -> tuple[list[_T], int, int]:
    """The part of a list that ``page`` asks for, its number and the number of pages."""
    pages = max(1, -(-len(found) // _PAGE))
    asked = arguments.get("page", "1")
    number = min(pages, max(1, int(asked))) if asked.isdecimal() and len(asked) < 7 else 1
    return found[(number - 1) * _PAGE : number * _PAGE], number, pages
