"""Which states followed the historical ones that the texts name, from the reference data."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, parse

from kg import resources
from kg.model import Entity
from kg.rdf import terms as t
from kg.rdf.terms import Terms, term

DOCUMENT = "document/reference"


class ReferenceRecord(Protocol):
    """What is needed of a record of the reference data."""

    @property
    def id(self) -> str: ...
    @property
    def cls(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def qid(self) -> str | None: ...
    @property
    def successors(self) -> Sequence[str]: ...


class Reference(Protocol):
    """The reference data: a record by entity id, ``None`` for an id that it does not hold, and whose it is."""

    def get(self, id: str, /) -> ReferenceRecord | None: ...
    def is_own(self, id: str, /) -> bool: ...


def succession(entities: Iterable[Entity], reference: Reference, terms: Terms) -> list[Quad]:
    """``tg:succeededBy`` from each historical state of ``entities`` to the states of today, in ``tg:reference``.

    The states on the way that are not among ``entities`` come with class, label and Wikidata id, and the graph with
    the document it derives from. What a user's own data say derives from no document of ours: it is in the default
    graph. Empty where there is no historical state with a successor.
    """
    known = {entity.id for entity in entities}
    quads: list[Quad] = []
    for old, new in _links((e.id for e in entities if e.cls == "HistoricalState"), reference):
        graph = DefaultGraph() if reference.is_own(old) else t.REFERENCE
        quads.append(Quad(terms.node(old), term("succeededBy"), terms.node(new.id), graph))
        if new.id not in known:
            quads += _described(new, terms, DefaultGraph() if reference.is_own(new.id) else t.REFERENCE)
    return quads + _document(terms) if any(quad.graph_name == t.REFERENCE for quad in quads) else quads


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


def _described(state: ReferenceRecord, terms: Terms, graph: NamedNode | DefaultGraph) -> list[Quad]:
    node = terms.node(state.id)
    quads = [
        Quad(node, t.TYPE, term(state.cls), graph),
        Quad(node, t.LABEL, t.english(state.name), graph),
    ]
    return [*quads, Quad(node, t.SAME_AS, t.wikidata(state.qid), graph)] if state.qid else quads


def _document(terms: Terms) -> list[Quad]:
    node = terms.node(DOCUMENT)
    described = resources.ontology() / "reference.ttl"
    return [
        *(Quad(node, told.predicate, told.object, t.REFERENCE) for told in parse(path=described)),
        Quad(node, term("sha256"), Literal(_digest()), t.REFERENCE),
        Quad(t.REFERENCE, t.DERIVED_FROM, node, t.REFERENCE),
    ]


@lru_cache(maxsize=1)
def _digest() -> str:
    """SHA-256 of the text of the reference data, as of any document; how it is compressed makes no difference."""
    with gzip.open(resources.data("reference.jsonl.gz")) as file:
        return hashlib.sha256(file.read()).hexdigest()
