"""From what was read to the graph: quads, each in the named graph of the document that says it.

What a document says is in the graph named by the document, what the reference data and the SKOS
schemes say in ``tg:reference``, and what follows from them (entities, events, facts, disagreements) in the default
graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pyoxigraph import DefaultGraph, Quad

from kg.model import Disagreement, Entity, Event, Knowledge, Modality, PartialDate, surest
from kg.namespaces import ID
from kg.rdf import terms as t
from kg.rdf.concepts import concepts
from kg.rdf.evidence import Evidence
from kg.rdf.facts import Fact, dated, facts_of
from kg.rdf.iris import disagreement_id
from kg.rdf.links import REFERENCE, apart_quads, link_quads
from kg.rdf.succession import Reference, succession
from kg.rdf.terms import Terms, term

BELONGING = {"Office": "officeOf", "GovernmentBody": "bodyOf"}
"""What ``Entity.of`` means, by class. Where a place lies is for a text to say."""

UNREALISED = "UnrealisedEvent"
"""The class of an event that is only planned, possible or denied: a query for signings must not find it."""

_HERE = DefaultGraph()


def to_quads(
    knowledge: Knowledge, base: str = ID, reference: Reference | None = None, *, keep_text: bool = True
) -> list[Quad]:
    """The graph of ``knowledge``, each quad once.

    ``base`` is put before every id, ``reference`` tells which states followed the historical ones, and ``keep_text``
    says whether the documents' texts may be part of the graph (the words of the passages always are).

    Raises ``SettingsError`` for a base that is none, ``ValueError`` for an id that gives no IRI and for a passage
    that is not in its document.
    """
    terms = Terms(base)
    told = chain(
        _said(knowledge, terms, keep_text),
        _following(knowledge, terms),
        succession(knowledge.entities, reference, terms) if reference else (),
    )
    quads = list(dict.fromkeys(told))
    return quads + concepts(quads)


def _said(k: Knowledge, terms: Terms, keep_text: bool) -> Iterator[Quad]:
    evidence = Evidence(k.documents, terms)
    for document in k.documents:
        yield from evidence.document(document, keep_text)
    yield from chain.from_iterable(map(evidence.mention, k.mentions))
    yield from chain.from_iterable(map(evidence.claim, surest(k.claims)))
    yield from chain.from_iterable(map(evidence.statement, k.statements))


def _following(k: Knowledge, terms: Terms) -> Iterator[Quad]:
    facts = facts_of(k)
    for entity in k.entities:
        yield from _entity(entity, terms)
    for one, other in k.different:
        yield from apart_quads(terms.node(one), terms.node(other), terms.base)
    for event in k.events:
        yield from _event(event, terms)
    for fact in facts:
        yield _fact(fact, terms)
    for id, date in dated(facts).items():
        yield from _dates(id, date, terms)
    for disagreement in k.disagreements:
        yield from _disagreement(disagreement, terms)


def _entity(entity: Entity, terms: Terms) -> Iterator[Quad]:
    node = terms.node(entity.id)
    yield Quad(node, t.TYPE, term(entity.cls), _HERE)
    yield Quad(node, t.LABEL, t.english(entity.name), _HERE)
    for alias in sorted({*entity.aliases} - {entity.name, ""}):
        yield Quad(node, t.ALT_LABEL, t.english(alias), _HERE)
    if entity.qid:
        yield Quad(node, t.SAME_AS, t.wikidata(entity.qid), _HERE)
    for link in entity.links:
        yield from link_quads(node, link, REFERENCE, terms.base)
    if entity.of and entity.cls in BELONGING:
        yield Quad(node, term(BELONGING[entity.cls]), terms.node(entity.of), _HERE)


def _event(event: Event, terms: Terms) -> Iterator[Quad]:
    cls = event.cls if event.modality is Modality.ACTUAL else UNREALISED
    yield Quad(terms.node(event.id), t.TYPE, term(cls), _HERE)
    yield Quad(terms.node(event.id), t.LABEL, t.english(event.label), _HERE)


def _fact(fact: Fact, terms: Terms) -> Quad:
    subject, predicate, value = fact
    return Quad(terms.node(subject), t.predicate(predicate), terms.value(value), _HERE)


def _dates(id: str, date: PartialDate, terms: Terms) -> Iterator[Quad]:
    yield Quad(terms.node(id), term("earliest"), t.day(date.earliest), _HERE)
    yield Quad(terms.node(id), term("latest"), t.day(date.latest), _HERE)
    yield Quad(terms.node(id), term("year"), t.integer(date.year), _HERE)


def _disagreement(disagreement: Disagreement, terms: Terms) -> Iterator[Quad]:
    node = terms.node(disagreement_id(disagreement))
    yield Quad(node, t.TYPE, term("Disagreement"), _HERE)
    yield Quad(node, t.SUBJECT, terms.node(disagreement.subject), _HERE)
    yield Quad(node, t.PREDICATE, t.predicate(disagreement.predicate), _HERE)
    yield Quad(node, term("chosen"), terms.value(disagreement.chosen), _HERE)
    for other in disagreement.others:
        yield Quad(node, term("alternative"), terms.value(other), _HERE)
