"""What a graph says of the entities that are to be linked: names, class, dates, offices, states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.model import PartialDate
from kg.namespaces import DCTERMS, ITSRDF, NIF, OWL, PROV, RDF, RDFS, SKOS, TG, WD
from kg.resolution.judging.subject import HeldOffice, Subject
from kg.resolution.offices import canonical

LINKED = (
    "State",
    "HistoricalState",
    "InternationalOrganisation",
    "Organisation",
    "GovernmentBody",
    "Place",
    "Office",
    "Person",
    "Treaty",
    "Conflict",
)
"""The classes whose entities are linked, in this order: what comes first is context for what comes later."""

_TAKES_PART = ("participant", "agent", "target", "host")


@dataclass(slots=True)
class Facts:
    """The triples of a graph by subject and predicate; named nodes and the text of literals."""

    out: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    of_class: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Facts:
        facts = cls()
        for subject, predicate, value in sorted({plain(quad) for quad in quads}):
            facts.out[subject][predicate].append(value)
            if predicate == RDF + "type":
                facts.of_class[value].append(subject)
        return facts

    def all(self, subject: str, predicate: str) -> Sequence[str]:
        """The values, sorted."""
        found: Mapping[str, list[str]] = self.out.get(subject, {})
        return found.get(predicate, ())

    def one(self, subject: str, predicate: str) -> str | None:
        """The first value."""
        return next(iter(self.all(subject, predicate)), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """What has this value, sorted; reads all there is."""
        return [subject for subject, values in self.out.items() if value in values.get(predicate, ())]

    def told(self, subject: str, name: str) -> Sequence[str]:
        """The values of a property of the ontology."""
        return self.all(subject, TG + name)

    def instances(self, name: str) -> Sequence[str]:
        """The IRIs of the entities of a class of the ontology, sorted."""
        return self.of_class.get(TG + name, ())


def subjects(facts: Facts) -> list[Subject]:
    """The entities that can be linked, in the order to link them in."""
    told = _Told(_years(facts), _said(facts), _signed(facts), _near(facts))
    return [_subject(facts, iri, cls, told) for cls in LINKED for iri in facts.instances(cls)]


class _Told(NamedTuple):
    years: Mapping[str, tuple[int, int]]
    said: Mapping[tuple[str, str], str]
    signed: Mapping[str, list[tuple[str, tuple[str, ...]]]]
    near: Mapping[str, tuple[str, ...]]


def _subject(facts: Facts, iri: str, cls: str, told: _Told) -> Subject:
    same = next((v.removeprefix(WD) for v in facts.all(iri, OWL + "sameAs") if v.startswith(WD)), None)
    names = (*facts.all(iri, RDFS + "label"), *facts.all(iri, SKOS + "altLabel"))
    offices = tuple(
        HeldOffice(
            facts.one(office, RDFS + "label") or "",
            next(iter(facts.told(office, "officeOf")), None),
            told.said.get((iri, office)),
        )
        for office in facts.told(iri, "holdsOffice")
    )
    states = [v for name in ("represents", "bodyOf", "officeOf", "locatedIn") for v in facts.told(iri, name)]
    states += [held.of for held in offices if held.of]
    return Subject(
        iri,
        cls,
        tuple(dict.fromkeys([*names, *(_in_full(names) if cls == "Office" else ())])),
        same,
        tuple(dict.fromkeys(states)),
        tuple(facts.told(iri, "party")),
        tuple(told.signed.get(iri, ())),
        offices,
        told.years.get(iri),
        next(_dates([*facts.told(iri, "signedOn"), *facts.told(iri, "date")]), None),
        told.near.get(iri, ()),
    )


def _near(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The states and international organisations that the documents name in which an entity is named."""
    owners = {iri for cls in LINKED[:3] for iri in facts.instances(cls)}
    named: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for values in facts.out.values():
        for iri in values.get(ITSRDF + "taIdentRef", ()):
            for document in values.get(NIF + "referenceContext", ()):
                documents[iri].add(document)
                if iri in owners:
                    named[document].add(iri)
    return {iri: tuple(sorted(set().union(*(named[d] for d in its)) - {iri})) for iri, its in documents.items()}


def _years(facts: Facts) -> dict[str, tuple[int, int]]:
    """The first and the last year of the dated events and treaties that each entity takes part in."""
    found: dict[str, list[int]] = defaultdict(list)
    for subject, values in facts.out.items():
        for year in (int(y) for y in values.get(TG + "year", ()) if y.isascii() and y.isdigit() and len(y) < 5):
            found[subject].append(year)
            for name in (*_TAKES_PART, "party", "signatory"):
                for value in values.get(TG + name, ()):
                    found[value].append(year)
    return {iri: (min(years), max(years)) for iri, years in found.items()}


def _signed(facts: Facts) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The treaties that each person signed."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for treaty in facts.instances("Treaty"):
        for day in islice(_dates(facts.told(treaty, "signedOn")), 1):
            for person in facts.told(treaty, "signatory"):
                found[person].append((day, tuple(facts.told(treaty, "party"))))
    return found


def _said(facts: Facts) -> dict[tuple[str, str], str]:
    """When it was first said, by the day of the document, that a person holds an office."""
    found: dict[tuple[str, str], str] = {}
    for claim in facts.instances("Claim"):
        if facts.one(claim, RDF + "predicate") != TG + "holdsOffice" or TG + "Actual" not in facts.told(
            claim, "modality"
        ):
            continue
        person, office = facts.one(claim, RDF + "subject"), facts.one(claim, RDF + "object")
        for day in _issued(facts, claim):
            if person and office:
                found[person, office] = min(day, found.get((person, office), day))
    return found


def _issued(facts: Facts, claim: str) -> Iterator[str]:
    for passage in facts.all(claim, PROV + "wasDerivedFrom"):
        document = facts.one(passage, NIF + "referenceContext") or passage
        yield from _dates(facts.all(document, DCTERMS + "issued"))


def _dates(texts: Iterable[str]) -> Iterator[str]:
    """Those that are dates: a graph may hold anything."""
    for text in texts:
        with suppress(ValueError):
            yield PartialDate(text).text


def _in_full(names: Iterable[str]) -> Iterator[str]:
    """An office as it is called officially: "Foreign Minister of Iran" is the Minister of Foreign Affairs of Iran."""
    for name in names:
        role, of, state = name.rpartition(" of ")
        if of:
            yield f"{canonical(role)} of {state}"


def plain(quad: Quad) -> tuple[str, str, str]:
    """A triple as text: IRIs, the characters of literals, names of blank nodes."""
    return _text(quad.subject), quad.predicate.value, _text(quad.object)


def _text(term: object) -> str:
    match term:
        case NamedNode(value=text) | Literal(value=text):
            return text
        case BlankNode(value=text):
            return f"_:{text}"
    return str(term)
