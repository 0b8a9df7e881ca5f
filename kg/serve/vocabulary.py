"""The words for classes and properties, as the ontology gives them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, parse

from kg import resources
from kg.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, TG

ENTITY_CLASSES = (
    "Treaty",
    "Person",
    "State",
    "HistoricalState",
    "InternationalOrganisation",
    "GovernmentBody",
    "Organisation",
    "Office",
    "Place",
    "Conflict",
)
"""The classes of entities, in the order in which they are shown."""

EVENT_CLASSES = (
    "Negotiation",
    "Signing",
    "Ratification",
    "EntryIntoForce",
    "Termination",
    "Meeting",
    "Visit",
    "Summit",
    "Accession",
    "Cession",
    "Interaction",
    "Event",
)
MODALITIES = ("Actual", "Planned", "Possible", "Negated")


@dataclass(frozen=True, slots=True)
class Word:
    """A class or property: its IRI, its name and what it means."""

    iri: str
    label: str
    definition: str = ""
    kind: str = ""
    broader: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Word]:
    """All classes and properties of the ontology by IRI."""
    facts: dict[str, dict[str, list[str]]] = {}
    for told in parse(path=resources.ontology() / "treatygraph.ttl"):
        if isinstance(told.subject, NamedNode) and isinstance(told.object, Literal | NamedNode):
            facts.setdefault(told.subject.value, {}).setdefault(told.predicate.value, []).append(told.object.value)
    return {iri: _word(iri, of) for iri, of in facts.items() if RDFS + "label" in of}


def _word(iri: str, facts: dict[str, list[str]]) -> Word:
    kinds = facts.get(RDF + "type", [])
    kind = next((k.removeprefix(OWL) for k in kinds if k.startswith(OWL)), "")
    definition = facts.get(SKOS + "definition", [""])[0]
    broader = tuple(b for b in facts.get(RDFS + "subClassOf", []) if b.startswith(TG))
    return Word(iri, facts[RDFS + "label"][0], definition, kind, broader)


def word(iri: str) -> str:
    """The name of a class or property; its prefixed name where the ontology does not know it."""
    if iri == RDF + "type":
        return "kind"
    known = vocabulary().get(iri)
    return known.label if known else short(iri)


def short(iri: str) -> str:
    """An IRI with a prefix where one fits, whole elsewhere."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def local(iri: str) -> str:
    """The last part of an IRI: ``Treaty`` of ``tg:Treaty``."""
    return iri.rpartition("#")[2].rpartition("/")[2]
