"""Persons whom one text knows by surname alone and another in full: one, if office, state and time leave no other.

The table of features decides, with the persons of the texts as candidates: those of the reference data with their known
terms of office, the others with what the texts say of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extraction.page import LocalEntity
from kg.model import AGENTS, Document, EntityRef, Modality
from kg.resolution.epochs import YEAR
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Judgement, decide
from kg.resolution.judging.items import Item, Said
from kg.resolution.judging.known import known
from kg.resolution.judging.spelling import name
from kg.resolution.judging.subject import HeldOffice, Subject
from kg.resolution.reference import Reference

if TYPE_CHECKING:
    from kg.resolution.corpus import DocumentReading

Key = Callable[[str, str], str]
"""The id of an entity, by document and key in it."""


@dataclass
class _Person:
    """What all texts tell of somebody whom they name in full."""

    names: set[str] = field(default_factory=set)
    offices: set[tuple[str, str]] = field(default_factory=set)
    years: list[int] = field(default_factory=list)
    documents: int = 0


class SurnameLinker:
    """Finds who is meant by those who have one name only; ``key`` gives the ids so far."""

    def __init__(self, readings: Sequence[DocumentReading], reference: Reference, key: Key) -> None:
        self.readings, self.reference, self.key = readings, reference, key
        self.known = known(reference)
        self.persons: dict[str, _Person] = defaultdict(_Person)
        self.called: dict[str, set[str]] = defaultdict(set)

    def run(self) -> dict[tuple[str, str], str]:
        """(document, key) of one known by surname -> the id of the person that it surely is."""
        bare = [(r, k, e) for r in self.readings for k, e in sorted(r.entities.items()) if _is_bare(e)]
        for reading in self.readings if bare else ():
            self._learn(reading)
        found = ((r.document.id, k, self._one(r, k, e)) for r, k, e in bare)
        return {(document, k): id for document, k, id in found if id is not None}

    def _learn(self, reading: DocumentReading) -> None:
        document = reading.document
        for key, entity in reading.entities.items():
            words = name(entity.name).words
            if entity.cls != "Person" or len(words) < 2:
                continue
            id = self.key(document.id, key)
            person = self.persons[id]
            self.called[words[-1]].add(id)
            person.names.add(entity.name)
            person.offices |= {(o.words, self.key(document.id, o.of)) for o in _offices(reading, key) if o.of}
            person.years += _years(document)
            person.documents += 1

    def _one(self, reading: DocumentReading, key: str, entity: LocalEntity) -> str | None:
        """The one person of this surname, if the text tells enough of who has it."""
        offices = tuple(_offices(reading, key))
        candidates = sorted(self.called.get(name(entity.name).words[-1], ()))
        if not offices or not candidates:
            return None
        years = _years(reading.document)
        agents = [each for each in reading.entities.values() if each.cls in AGENTS and each.cls != "Person"]
        subject = Subject(
            "",
            "Surname",
            (entity.name,),
            offices=offices,
            years=(min(years), max(years)) if years else None,
            near=tuple(each.key for each in agents),
        )
        around = (Subject(each.key, each.cls, (each.name,), each.key) for each in agents)
        decision = decide(subject, map(self._item, candidates), Context(around, self.known, self.known.kin))
        return decision.candidates[0].id if decision.judgement is Judgement.POSITIVE else None

    def _item(self, id: str) -> Item:
        """Somebody with the offices that the texts tell, in the years that they tell of, and those that are known."""
        record, person = self.reference.get(id), self.persons[id]
        told = (("P580", str(min(person.years))), ("P582", str(max(person.years)))) if person.years else ()
        held = tuple(Said(f"{words}@{of}", told) for words, of in sorted(person.offices))
        if record is not None:
            item = self.known.item(record)
            return replace(item, claims={**item.claims, "P39": (*item.claims["P39"], *held)})
        names = sorted(person.names)
        surnames = (each.split()[-1] for each in names)
        return Item(id, names[0], (*names, *surnames), "", person.documents, {"P39": held})


def _is_bare(entity: LocalEntity) -> bool:
    return entity.cls == "Person" and not entity.record and not entity.links and len(name(entity.name).words) == 1


def _offices(reading: DocumentReading, key: str) -> Iterator[HeldOffice]:
    """The offices that a document says somebody holds or held."""
    for fact in reading.facts:
        if fact.subject == key and fact.predicate == "holdsOffice" and fact.modality is Modality.ACTUAL:
            office = reading.entities.get(fact.object.id) if isinstance(fact.object, EntityRef) else None
            if office is not None:
                yield HeldOffice(office.name, office.of)


def _years(document: Document) -> list[int]:
    """The year of a text that is dated, else those that it names."""
    return [document.issued.year] if document.issued else [int(year) for year in YEAR.findall(document.text)]
