"""What is known while linking: the identities found so far, states that followed one another, items by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from kg.resolution.judging.items import UNKNOWN, Item
from kg.resolution.judging.subject import Subject
from kg.resolution.reference import Reference

POLITIES = ("State", "HistoricalState")


class Candidates(Protocol):
    """Where candidates come from: an index, the API."""

    @property
    def source(self) -> str:
        """What the links derive from: a file name or an address."""

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        """The items that the subject may be, in a fixed order; too many rather than too few."""

    def get(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """These items, as far as they are known."""

    def kinds(self, item: Item) -> frozenset[str]:
        """The classes of the ontology that the item is of, as far as they are known."""


class Context:
    """``subjects`` by IRI, the identities of known ones, and what ``source`` tells about offices.

    ``kin`` are for a state those that it succeeded or that succeeded it, itself included.
    """

    def __init__(
        self,
        subjects: Iterable[Subject],
        source: Candidates,
        kin: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        self._subjects = {subject.iri: subject for subject in subjects}
        self._qids = {s.iri: s.same_as for s in self._subjects.values() if s.same_as}
        self._source = source
        self._kin = kin
        self._items: dict[str, Item | None] = {}

    def link(self, iri: str, qid: str) -> None:
        """From now on this entity is known to be that item."""
        self._qids[iri] = qid

    def qid(self, iri: str) -> str | None:
        """The sure identity of an entity."""
        return self._qids.get(iri)

    def qids(self, iris: Iterable[str]) -> list[str]:
        """The sure identities of those that have one."""
        return [qid for iri in iris if (qid := self._qids.get(iri))]

    def kin(self, qids: Iterable[str]) -> frozenset[str]:
        """These items and the states before and after them in their line."""
        return frozenset().union(*(self._kin.get(qid) or (qid,) for qid in qids))

    def kinds(self, item: Item) -> frozenset[str]:
        """The classes of the ontology that the item is of."""
        return self._source.kinds(item)

    def is_polity(self, iri: str) -> bool:
        """Whether the entity is a state, of today or not."""
        found = self._subjects.get(iri)
        return found is not None and found.cls in POLITIES

    def names(self, iri: str) -> tuple[str, ...]:
        """The names of an entity of the graph."""
        found = self._subjects.get(iri)
        return found.names if found else ()

    def items(self, ids: Iterable[str]) -> list[Item]:
        """Items by id, each asked for once."""
        wanted = [id for id in dict.fromkeys(ids) if id != UNKNOWN]
        missing = [id for id in wanted if id not in self._items]
        if missing:
            found = self._source.get(missing)
            self._items.update({id: found.get(id) for id in missing})
        return [item for id in wanted if (item := self._items[id])]


def lineages(reference: Reference) -> dict[str, frozenset[str]]:
    """The items of the states that followed one another, by each of them."""
    lines: dict[str, set[str]] = {}
    for record in reference:
        if record.lineage and record.qid:
            lines.setdefault(record.lineage, set()).add(record.qid)
    return {qid: frozenset(qids) for qids in lines.values() for qid in qids}
