"""The facts about a thing with the claims that they rest on, and the claims that are no facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.namespaces import DCTERMS, NIF, OWL, RDF, RDFS, SKOS, TG
from kg.serve.graph import Claim, Graph, Thing, Value
from kg.serve.vocabulary import MODALITIES, vocabulary

_ELSEWHERE = frozenset(
    {RDF + "type", RDFS + "label", SKOS + "altLabel", OWL + "sameAs", SKOS + "closeMatch", DCTERMS + "title"}
    | {NIF + "isString", TG + "earliest", TG + "latest", TG + "year", TG + "sha256", TG + "succeededBy"}
)
"""What a page shows in its head or not at all."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a property. ``direct`` says that it is a fact of the graph; claims may tell it otherwise too."""

    value: Value
    direct: bool
    claims: list[Claim] = field(default_factory=list)

    @property
    def modality(self) -> str:
        """``Actual`` for a fact, else the modality that most claims have."""
        if self.direct or not self.claims:
            return "Actual"
        return max(MODALITIES, key=lambda m: sum(claim.modality == m for claim in self.claims))

    @property
    def key(self) -> str:
        """What the value is known by within its property."""
        return self.value.thing.iri if self.value.thing else self.value.raw


@dataclass(frozen=True, slots=True)
class Property:
    """A property with all values that are told of it, facts first."""

    predicate: Thing
    told: list[Told]


def properties(graph: Graph, iri: str, claims: Iterable[Claim]) -> list[Property]:
    """Facts and claims about a thing, by property."""
    found: defaultdict[str, dict[str, Told]] = defaultdict(dict)
    claims = list(claims)
    elsewhere = _ELSEWHERE - {claim.predicate.iri for claim in claims}
    for predicate, term in graph.facts(iri):
        if predicate not in elsewhere:
            told = Told(graph.shown(term), True)
            found[predicate][told.key] = told
    for claim in claims:
        told = Told(claim.value, False)
        values = found[claim.predicate.iri]
        values.setdefault(_fuller(told, values, claim.modality), told).claims.append(claim)
    return [
        Property(graph.thing(predicate), sorted(values.values(), key=_rank))
        for predicate, values in sorted(found.items(), key=lambda pair: _place(pair[0]))
    ]


def _fuller(told: Told, values: dict[str, Told], modality: str) -> str:
    """The key of the fact that a claim tells, be it less precisely: ``2025-01`` tells ``2025-01-17``."""
    if told.value.is_date and modality == "Actual" and told.key not in values:
        fuller = (key for key, other in values.items() if other.direct and key.startswith(f"{told.key}-"))
        return next(fuller, told.key)
    return told.key


def _rank(told: Told) -> tuple[bool, int, str, str]:
    return (
        not told.direct,
        MODALITIES.index(told.modality),
        told.value.raw if told.value.is_date else "",
        told.value.words,
    )


def _place(predicate: str) -> tuple[int, str]:
    """What kind of thing it is comes first, then the order of the ontology, then what others say."""
    if predicate == RDF + "type":
        return (0, predicate)
    known = list(vocabulary())
    return (known.index(predicate) + 1 if predicate in known else len(known) + 1, predicate)
