"""The explanation of one entity: its mentions, what made them one, its links, and the candidates as they compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Quad

from kg.explain.joins import one
from kg.explain.judged import Judged, judged
from kg.explain.wordings import Wording, wordings
from kg.namespaces import DCTERMS, OWL, RDF, SKOS, WD
from kg.resolution.judging.context import Candidates, Context, lineages
from kg.resolution.judging.known import known
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.resolution.reference import Reference
from kg.wikidata.linking import base_of
from kg.wikidata.passages import Passages
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
    """``one`` says why the mentions are one entity; ``judged`` what it may be by each source of candidates, the
    reference data first."""

    iri: str
    subject: Subject
    wordings: tuple[Wording, ...]
    one: str
    links: tuple[Told, ...]
    judged: tuple[Judged, ...]


def explain(quads: Sequence[Quad], iri: str, reference: Reference, candidates: Candidates | None = None) -> Explanation:
    """Explain the entity of this IRI, which must be among :func:`kg.wikidata.subjects.subjects`; ``candidates`` are
    asked besides the reference data."""
    return _Explainer(quads, reference).of(iri, candidates)


class _Explainer:
    def __init__(self, quads: Sequence[Quad], reference: Reference) -> None:
        self.facts, self.base, self.reference = Facts.of(quads), base_of(quads), reference
        self.every = {subject.iri: subject for subject in subjects(self.facts)}
        self.passages = Passages(self.facts, self.base)

    def of(self, iri: str, candidates: Candidates | None) -> Explanation:
        subject, record = self.every[iri], self._record(iri)
        line = self.reference.lineage(record.id) if record is not None else ()
        links = tuple(self._links(iri, record))
        possible = any(link.predicate == "skos:closeMatch" for link in links)
        told = tuple(wordings(self.passages, subject, record, line))
        documents = {place.document for place, _ in self.passages.of(iri)}
        joined = one(subject, record, possible, told, len(documents) == 1, self.facts)
        found = [self._by_reference(subject, links)]
        found += [self._by(candidates, subject, links)] if candidates is not None else []
        return Explanation(iri, subject, told, joined, links, tuple(found))

    def _record(self, iri: str) -> Record | None:
        return self.reference.get(iri.removeprefix(self.base))

    def _by_reference(self, subject: Subject, links: Sequence[Told]) -> Judged:
        """What it may be by the records, as names in texts are judged."""
        records = known(self.reference)
        identified = [replace(each, same_as=self._record_id(each.iri)) for each in self.every.values()]
        context = Context(identified, records, records.kin)
        apart = {link.target: _reason(link) for link in links if link.predicate == "owl:differentFrom"}
        items = records.search(subject, context)
        refused = {
            item.id: apart[iri] for item in items for iri in (self.base + item.id, self._item(item.id)) if iri in apart
        }
        return judged(records.source, subject, items, context, refused)

    def _by(self, candidates: Candidates, subject: Subject, links: Sequence[Told]) -> Judged:
        """What it may be by other candidates, as ``kg link`` judges."""
        context = Context(self.every.values(), candidates, lineages(self.reference))
        apart = {self._same_as(link.target): _reason(link) for link in links if link.predicate == "owl:differentFrom"}
        return judged(candidates.source, subject, candidates.search(subject, context), context, apart)

    def _same_as(self, iri: str) -> str:
        """The item that an IRI is of, or that an entity of the graph is."""
        found = self.every.get(iri)
        return (found.same_as if found else None) or iri.removeprefix(WD)

    def _item(self, id: str) -> str | None:
        record = self.reference.get(id)
        return WD + record.qid if record and record.qid else None

    def _record_id(self, iri: str) -> str | None:
        record = self._record(iri)
        return record.id if record else None

    def _links(self, iri: str, record: Record | None) -> Iterator[Told]:
        """The links with what the graph says of them, the surest first."""
        made = frozenset(self.facts.instances("Link"))
        nodes = {self.facts.one(n, RDF + "object"): n for n in self.facts.subjects(RDF + "subject", iri) if n in made}
        found = [
            self._told(name, target, nodes.get(target), record)
            for predicate, name in PREDICATES.items()
            for target in self.facts.all(iri, predicate)
        ]
        yield from sorted(found, key=lambda link: (link.predicate, -(link.score or 0.0), link.target))

    def _told(self, predicate: str, target: str, node: str | None, record: Record | None) -> Told:
        if node is None:
            of_record = record is not None and record.qid is not None and target == WD + record.qid
            return Told(predicate, target, None, f"the item of the record {record.id}" if of_record and record else "")
        score = next(iter(self.facts.told(node, "score")), "")
        because = next(iter(self.facts.told(node, "because")), "")
        return Told(predicate, target, _decimal(score), because, self.facts.one(node, DCTERMS + "source") or "")


def _reason(link: Told) -> str:
    return link.because or "the graph says that it is different"


def _decimal(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
