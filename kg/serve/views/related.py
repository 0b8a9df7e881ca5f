"""What else is told of a thing: what points to it, its events, whom it met, what it said, where it is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from kg.namespaces import DCTERMS, ITSRDF, PROV, RDF, TG
from kg.serve.graph import Graph, Place, Source, Thing
from kg.serve.vocabulary import EVENT_CLASSES
from kg.serve.words import date_words

_EVENT_ROLES = frozenset(TG + role for role in ("participant", "agent", "target", "host", "location", "concernsTreaty"))
_INVERSE_SHOWN = 12
_EVENTS_SHOWN = 40
_EVENTS_READ = 5000
_SAID_SHOWN = 20
_ENCOUNTERS = frozenset({"Meeting", "Visit", "Summit", "Negotiation", "Signing"})
ACTORS = frozenset(
    {"Person", "State", "HistoricalState", "InternationalOrganisation", "GovernmentBody", "Organisation"}
)


@dataclass(frozen=True, slots=True)
class Inverse:
    """Things that have this one as the object of a property: the first of them, and how many more there are."""

    predicate: Thing
    things: list[Thing]
    more: int
    query: str


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its date as people read it and as it sorts, and who else took part."""

    thing: Thing
    date: str
    raw: str
    others: list[Thing]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its words, whether they are a quotation, and where they stand."""

    thing: Thing
    words: list[str]
    direct: bool
    source: Source
    place: Place | None


@dataclass(frozen=True, slots=True)
class Named:
    """A document that names the thing, with the passages that do."""

    document: Thing
    date: str
    raw: str
    places: list[Place]


def inverse(graph: Graph, iri: str) -> list[Inverse]:
    """The facts of other entities that point here, by property; events, claims and passages have lists of their own."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for quad in graph.store.quads_for_pattern(None, None, graph.node(iri)):
        subject, predicate = getattr(quad.subject, "value", ""), quad.predicate.value
        if predicate.startswith(TG) and predicate not in _EVENT_ROLES and subject in graph.index.by_iri:
            found[predicate].add(subject)
    return [_inverse(graph, iri, predicate, sorted(found[predicate])) for predicate in sorted(found)]


def _inverse(graph: Graph, iri: str, predicate: str, subjects: list[str]) -> Inverse:
    ranked = sorted(subjects, key=lambda s: (-graph.index.by_iri[s].mentions, graph.index.by_iri[s].label))
    pattern = f"?thing <{predicate}> <{iri}> ; rdfs:label ?name ."
    query = f"SELECT DISTINCT ?thing ?name WHERE {{\n  {pattern}\n}}\nORDER BY ?name"
    shown = [graph.thing(subject) for subject in ranked[:_INVERSE_SHOWN]]
    return Inverse(graph.thing(predicate), shown, len(subjects) - len(shown), f"/query?query={quote(query)}")


def events(graph: Graph, iri: str) -> tuple[list[Happening], int, list[str]]:
    """The latest events that it has a part in, how many more there are, and the IRIs of all of them."""
    found = sorted(
        {s for role in sorted(_EVENT_ROLES) for s in graph.subjects(role, iri) if graph.cls(s) in EVENT_CLASSES}
    )
    dated = sorted(found, key=lambda event: (graph.index.dates.get(event, ("", ""))[0], event), reverse=True)
    shown = [happening(graph, event, iri) for event in dated[:_EVENTS_SHOWN]]
    return shown, len(found) - len(shown), dated[:_EVENTS_READ]


def happening(graph: Graph, event: str, seen_from: str = "") -> Happening:
    """An event, with the participants other than ``seen_from``."""
    raw = graph.value(event, TG + "date") or graph.value(event, TG + "signedOn") or ""
    parties = graph.iris(event, TG + "participant") or graph.iris(event, TG + "party")
    return Happening(graph.thing(event), date_words(raw), raw, [graph.thing(p) for p in parties if p != seen_from])


def met(graph: Graph, iri: str, found: Iterable[str]) -> list[tuple[Thing, int]]:
    """With whom it took part in meetings, visits, summits, talks and signings, and in how many, most often first."""
    counts: Counter[str] = Counter()
    for event in found:
        if graph.cls(event) in _ENCOUNTERS:
            counts.update(p for p in graph.iris(event, TG + "participant") if p != iri and graph.cls(p) in ACTORS)
    best = sorted(counts, key=lambda other: (-counts[other], graph.label(other)))
    return [(graph.thing(other), counts[other]) for other in best]


def statements(graph: Graph, iri: str, role: str) -> tuple[list[Said], int]:
    """What it said (``role`` ``speaker``), or what was said of it (``mentions``): the first, and how many more."""
    found = graph.subjects(TG + role, iri)
    return [said(graph, statement) for statement in found[:_SAID_SHOWN]], max(0, len(found) - _SAID_SHOWN)


def said(graph: Graph, statement: str) -> Said:
    """A statement by its IRI."""
    quoted = [o.value for o in graph.objects(statement, TG + "quotation")]
    reported = [o.value for o in graph.objects(statement, TG + "reportedSpeech")]
    places = [place for p in graph.iris(statement, PROV + "wasDerivedFrom") if (place := graph.place(p))]
    whole = max(places, key=lambda place: place.end - place.begin, default=None)
    at = {place.anchor: place.begin for place in places}
    words = sorted(quoted or reported, key=lambda text: at.get(text, 0))
    return Said(graph.thing(statement), words, bool(quoted), graph.source(statement, "speaker"), whole)


def named(graph: Graph, iri: str) -> list[Named]:
    """The documents that name it, the latest first, each with its passages in order."""
    by_document: defaultdict[str, list[Place]] = defaultdict(list)
    for passage in graph.subjects(ITSRDF + "taIdentRef", iri):
        place = graph.place(passage)
        if place:
            by_document[place.document.iri].append(place)
    found = [_named(graph, document, places) for document, places in by_document.items()]
    return sorted(sorted(found, key=lambda each: each.document.label), key=lambda each: each.raw, reverse=True)


def _named(graph: Graph, document: str, places: list[Place]) -> Named:
    raw = graph.value(document, DCTERMS + "issued") or ""
    return Named(
        graph.thing(document), date_words(raw), raw, sorted(places, key=lambda place: (place.begin, place.end))
    )


def successors(graph: Graph, iri: str) -> list[Thing]:
    """The states of today that followed a historical one."""
    ahead, seen = [iri], {iri}
    while ahead:
        for later in graph.iris(ahead.pop(), TG + "succeededBy"):
            if later not in seen:
                seen.add(later)
                ahead.append(later)
    today = (graph.thing(state) for state in sorted(seen - {iri}) if graph.cls(state) == "State")
    return sorted(today, key=lambda thing: thing.label)


def event_type_claims(graph: Graph, event: str) -> str:
    """The class that claims give an event, which one that never happened does not have itself."""
    kinds = {value for claim in graph.subjects(RDF + "subject", event) for value in _types(graph, claim)}
    return min(kinds, default="")


def _types(graph: Graph, claim: str) -> list[str]:
    if graph.value(claim, RDF + "predicate") != RDF + "type":
        return []
    return [iri.rpartition("#")[2] for iri in graph.iris(claim, RDF + "object")]
