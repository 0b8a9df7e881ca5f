"""Which states followed the historical ones that the texts name, from the reference data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Entity
from kg.namespaces import REFERENCE_GRAPH
from kg.rdf import terms as t
from kg.rdf.terms import Terms, term

DOCUMENT = "document/reference"
TITLE = "Reference data of treatygraph"

_GRAPH = NamedNode(REFERENCE_GRAPH)


class ReferenceRecord(Protocol):
    """What is needed of a record of the reference data."""

    @property
    def id(self) -> str: ...
    @property
    def cls(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def successors(self) -> Sequence[str]: ...


class Reference(Protocol):
    """The reference data: a record by entity id, ``None`` for an id that it does not hold."""

    def get(self, id: str, /) -> ReferenceRecord | None: ...


def succession(entities: Iterable[Entity], reference: Reference, terms: Terms) -> list[Quad]:
    """``tg:succeededBy`` from each historical state of ``entities`` to the states of today, in ``tg:reference``.

    The states on the way that are not among ``entities`` come with class and label, and the graph with the document
    it derives from. Empty where there is no historical state with a successor.
    """
    known = {entity.id for entity in entities}
    links = list(_links((e.id for e in entities if e.cls == "HistoricalState"), reference))
    quads = [Quad(terms.node(old), term("succeededBy"), terms.node(new.id), _GRAPH) for old, new in links]
    for _, state in links:
        if state.id not in known:
            quads += _described(state, terms)
    return quads + _document(terms) if quads else []


def _links(start: Iterable[str], reference: Reference) -> Iterator[tuple[str, ReferenceRecord]]:
    ahead, seen = sorted(start, reverse=True), set[str]()
    while ahead:
        id = ahead.pop()
        record = reference.get(id)
        if id in seen or record is None:
            continue
        seen.add(id)
        for successor in map(reference.get, record.successors):
            if successor is not None:
                yield id, successor
                ahead.append(successor.id)


def _described(state: ReferenceRecord, terms: Terms) -> list[Quad]:
    node = terms.node(state.id)
    return [Quad(node, t.TYPE, term(state.cls), _GRAPH), Quad(node, t.LABEL, t.english(state.name), _GRAPH)]


def _document(terms: Terms) -> list[Quad]:
    node = terms.node(DOCUMENT)
    return [
        Quad(node, t.TYPE, term("Document"), _GRAPH),
        Quad(node, t.TITLE, t.english(TITLE), _GRAPH),
        Quad(node, t.SOURCE, Literal("ontology/reference"), _GRAPH),
        Quad(_GRAPH, t.DERIVED_FROM, node, _GRAPH),
    ]
