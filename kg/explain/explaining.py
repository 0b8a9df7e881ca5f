"""The explanation of one entity: its mentions, what made them one, its links, and the candidates as they compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Quad

from kg.explain.mentions import Wording, wordings
from kg.model import ORGANISATIONS
from kg.namespaces import DCTERMS, OWL, RDF, SKOS, WD
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Decision, decide, why
from kg.resolution.judging.items import Item
from kg.resolution.judging.known import known
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.resolution.reference import Reference
from kg.wikidata.linking import base_of
from kg.wikidata.subjects import Facts, subjects

PREDICATES = {
    OWL + "sameAs": "owl:sameAs",
    SKOS + "closeMatch": "skos:closeMatch",
    OWL + "differentFrom": "owl:differentFrom",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A link as the graph has it: ``predicate`` is one of ``PREDICATES``."""

    predicate: str
    target: str
    score: float | None = None
    because: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """``one`` says why the mentions are one entity, ``verdict`` what the reference data says of it and why;
    ``decision`` has the candidates, the best first, compared by all that the graph tells."""

    iri: str
    subject: Subject
    wordings: tuple[Wording, ...]
    one: str
    links: tuple[Told, ...]
    decision: Decision
    verdict: str


def explain(quads: Sequence[Quad], iri: str, reference: Reference) -> Explanation:
    """Explain the entity of this IRI; it must be among :func:`kg.wikidata.subjects.subjects`."""
    facts, base = Facts.of(quads), base_of(quads)
    every = {subject.iri: subject for subject in subjects(facts)}
    subject = every[iri]
    record = reference.get(iri.removeprefix(base))
    candidates = known(reference)
    identified = [replace(each, same_as=_record_id(each, base, reference)) for each in every.values()]
    context = Context(identified, candidates, candidates.kin)
    links = _links(facts, iri)
    apart = {link.target for link in links if link.predicate == "owl:differentFrom"}
    items = [item for item in candidates.search(subject, context) if _identity(item, reference) not in apart]
    decision = decide(subject, items, context)
    return Explanation(
        iri,
        subject,
        tuple(wordings(facts, iri, subject.names, record)),
        _one(subject, record, links, decision),
        links,
        decision,
        why(decision),
    )


def _identity(item: Item, reference: Reference) -> str | None:
    record = reference.get(item.id)
    return WD + record.qid if record and record.qid else None


def _record_id(subject: Subject, base: str, reference: Reference) -> str | None:
    id = subject.iri.removeprefix(base)
    return id if id in reference else None


def _one(subject: Subject, record: Record | None, links: Sequence[Told], decision: Decision) -> str:
    """Why mentions, in one text or in several, were joined in this node."""
    possible = any(link.predicate == "skos:closeMatch" for link in links)
    if record is not None and not possible:
        return f"each text means the record {record.id} of the reference data"
    if record is not None:
        return f"each text may mean the record {record.id} of the reference data, and none says more"
    match subject.cls:
        case "Treaty":
            return "the texts agree in parties, in the day or the year and in the kind, whatever the name"
        case "Office":
            return "it is one role of one state or organisation"
        case "GovernmentBody":
            return "it is one kind of body of one state or organisation"
        case cls if cls in ORGANISATIONS:
            return "the texts have one name, or a name and the acronym behind it"
        case _:
            return "the texts have one name, of which shorter ones are a part"


def _links(facts: Facts, iri: str) -> tuple[Told, ...]:
    """The links with what the graph says of them, and those without more."""
    made = frozenset(facts.instances("Link"))
    nodes = {facts.one(n, RDF + "object"): n for n in facts.subjects(RDF + "subject", iri) if n in made}
    found = [
        _told(facts, name, target, nodes.get(target))
        for predicate, name in PREDICATES.items()
        for target in facts.all(iri, predicate)
    ]
    return tuple(sorted(found, key=lambda link: (link.predicate, -(link.score or 0.0), link.target)))


def _told(facts: Facts, predicate: str, target: str, node: str | None) -> Told:
    if node is None:
        return Told(predicate, target)
    score = next(iter(facts.told(node, "score")), "")
    because = next(iter(facts.told(node, "because")), "")
    return Told(predicate, target, _decimal(score), because, facts.one(node, DCTERMS + "source") or "")


def _decimal(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
