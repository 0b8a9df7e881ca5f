"""States in their time: what is dated before a state existed is its predecessor's, after its end its heir's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.page import LocalEntity
from kg.model import EntityRef, PartialDate, Value
from kg.resolution.reference import Reference

_TREATY_FACTS = {"party", "ratifiedBy", "transfersTerritory"}


class InTime:
    """Moves the facts of one document from states of today to those of the time that the facts tell of.

    ``told`` is the time that each paragraph of a text tells of which is not dated itself.
    """

    def __init__(
        self, entities: dict[str, LocalEntity], reference: Reference, told: Mapping[int, PartialDate | None]
    ) -> None:
        self.entities, self.reference, self.told = entities, reference, told

    def facts(self, facts: list[DraftFact], years: dict[str, PartialDate]) -> list[DraftFact]:
        """Facts about treaties by the year of the treaty."""
        return [self._moved(f, years.get(f.subject)) if f.predicate in _TREATY_FACTS else f for f in facts]

    def event(self, event: DraftEvent, years: dict[str, PartialDate]) -> None:
        """An event by its own date or its treaty's; a conflict by the treaty that ended it, else by its text's."""
        when = self._when(event, years)
        event.properties = [self._moved(p, when) for p in event.properties]

    def cessions(
        self, facts: list[DraftFact], events: list[DraftEvent], years: dict[str, PartialDate]
    ) -> list[DraftFact]:
        """Which state ceded land to which, by the time of the cession that the same words tell."""
        told = [(p.passage, self._when(e, years)) for e in events if e.cls == "Cession" for p in e.properties]
        times = dict(told)
        return [self._ceded(f, times.get(f.passage)) if f.predicate == "cededTerritoryTo" else f for f in facts]

    def _ceded(self, fact: DraftFact, when: PartialDate | None) -> DraftFact:
        subject = self._then(EntityRef(fact.subject), when)
        return self._moved(replace(fact, subject=subject.id) if isinstance(subject, EntityRef) else fact, when)

    def _when(self, event: DraftEvent, years: dict[str, PartialDate]) -> PartialDate | None:
        dates = [v for v in event.values("date") if isinstance(v, PartialDate)]
        treaties = [years[v.id] for v in event.values("concernsTreaty") if isinstance(v, EntityRef) and v.id in years]
        own = next(iter([*dates, *treaties, *self._named_years(event)]), None)
        if own or event.cls != "Conflict":
            return own
        return years.get(event.entity or "") or self.told.get(event.paragraph)

    def _named_years(self, event: DraftEvent) -> list[PartialDate]:
        """The years in a conflict's own name."""
        entity = self.entities.get(event.entity) if event.entity else None
        names = [entity.name, *sorted(entity.aliases)] if entity else []
        return [PartialDate(y) for name in names for y in re.findall(r"\b(?:1[5-9]|20)\d\d\b", name)]

    def persons(self, facts: Iterable[DraftFact], events: Iterable[DraftEvent]) -> dict[str, PartialDate]:
        """When each person of the document acted last: the date of a treaty signed, else of an event taken part in."""
        facts = list(facts)
        years = self.years(facts)
        found: dict[str, PartialDate] = {}
        told = [(v, self._when(e, years)) for e in events for v in e.values("participant", "agent")]
        told += [(f.object, years.get(f.subject)) for f in facts if f.predicate == "signatory"]
        for value, when in told:
            if isinstance(value, EntityRef) and when is not None and self.entities[value.id].cls == "Person":
                found[value.id] = when
        return found

    def owner(self, key: str, when: PartialDate | None) -> str:
        """The state that an office was of at that time; anything else stays what it is."""
        value = self._then(EntityRef(key), when)
        return value.id if isinstance(value, EntityRef) else key

    def years(self, facts: list[DraftFact]) -> dict[str, PartialDate]:
        """The year of each treaty of the document that has one, and of each conflict that such a one ended, by key."""
        found = {k: PartialDate(str(e.year)) for k, e in self.entities.items() if e.cls == "Treaty" and e.year}
        for fact in facts:
            if (
                fact.predicate == "signedOn"
                and isinstance(fact.object, PartialDate)
                and fact.modality.value == "Actual"
            ):
                found[fact.subject] = fact.object
        for fact in facts:
            if fact.predicate == "concludes" and isinstance(fact.object, EntityRef) and fact.subject in found:
                found.setdefault(fact.object.id, found[fact.subject])
        return found

    def _moved(self, fact: DraftFact, when: PartialDate | None) -> DraftFact:
        value = self._then(fact.object, when)
        return fact if value == fact.object else replace(fact, object=value)

    def _then(self, value: Value, when: PartialDate | None) -> Value:
        if when is None or not isinstance(value, EntityRef) or value.id not in self.entities:
            return value
        entity = self.entities[value.id]
        if entity.record is None or not (entity.cls == "State" or self._ended(entity.record, when)):
            return value
        record = self.reference.at(entity.record, when)
        if record.id == entity.record:
            return value
        self.entities.setdefault(record.id, LocalEntity(record.id, record.cls, record.name, record.id))
        return EntityRef(record.id)

    def _ended(self, record: str, when: PartialDate) -> bool:
        """Whether a historical state was no more by then: "Persia" in 1927 is not that of the Qajars."""
        known = self.reference.get(record)
        if known is None or known.cls != "HistoricalState" or known.end is None:
            return False
        return when.earliest > PartialDate(known.end).latest
