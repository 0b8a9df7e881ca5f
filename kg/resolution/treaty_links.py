"""Treaties across documents: the same parties, year and kind are one treaty, whatever its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.lexicon import lexicon
from kg.extraction.page import LocalEntity
from kg.model import EntityRef, Modality, PartialDate
from kg.resolution.folding import words_in
from kg.resolution.reference import Reference
from kg.resolution.treaty_judging import agreement, dates, treaty_judge
from kg.slugs import slug

if TYPE_CHECKING:
    from kg.resolution.corpus import DocumentReading


@dataclass
class _Told:
    """One treaty as one document tells it."""

    document: str
    key: str
    name: str
    words: frozenset[str]
    between: frozenset[str]
    parties: frozenset[str]
    years: frozenset[int]
    days: frozenset[str]
    written: PartialDate | None
    place: str | None
    record: str | None
    members: list[tuple[str, str]] = field(default_factory=list)


class TreatyLinker:
    """Gives each treaty of each document its id in the graph."""

    def __init__(self, readings: Sequence[DocumentReading], reference: Reference) -> None:
        self.reference, self.judge = reference, treaty_judge(reference)
        self.told = [
            self._tell(r, key, entity)
            for r in readings
            for key, entity in sorted(r.entities.items())
            if entity.cls == "Treaty"
        ]

    def run(self) -> dict[tuple[str, str], str]:
        """(document, local key) -> id, for those whose id differs from the local key."""
        clusters: list[_Told] = []
        for told in sorted(
            self.told, key=lambda t: (t.record is None, -len(t.words), -len(t.parties), t.document, t.key)
        ):
            told.record = told.record or self._known(told)
            same = next((c for c in clusters if self._one(c, told)), None)
            if same is None:
                clusters.append(told)
                same = told
            else:
                same.parties |= told.parties if not same.parties else frozenset()
                same.years |= told.years
                same.days |= told.days
                same.words |= told.words
            same.members.append((told.document, told.key))
        renamed: dict[tuple[str, str], str] = {}
        taken: set[str] = set()
        for cluster in sorted(clusters, key=lambda c: min(c.members)):
            id = cluster.record or self._id(cluster)
            if id in taken and not cluster.record:
                id += "-" + slug(min(cluster.members)[0].split("/", 1)[1])
            while id in taken and not cluster.record:
                id += "-2"
            taken.add(id)
            renamed.update(dict.fromkeys(cluster.members, id))
        return renamed

    def _tell(self, reading: DocumentReading, key: str, entity: LocalEntity) -> _Told:
        facts = [f for f in reading.facts if f.subject == key]
        parties = {
            f.object.id
            for f in facts
            if f.predicate == "party" and isinstance(f.object, EntityRef) and f.modality is Modality.ACTUAL
        }
        parties |= set(entity.parties)
        dates = {
            f.object
            for f in facts
            if f.predicate == "signedOn" and isinstance(f.object, PartialDate) and f.modality is Modality.ACTUAL
        }
        places = [f.object.id for f in facts if f.predicate == "signedAt" and isinstance(f.object, EntityRef)]
        years = {d.year for d in dates} | ({entity.year} if entity.year else set())
        names = [entity.name, *sorted(entity.aliases)]
        words = {w for n in names for w in words_in(n)} - lexicon().treaty_generic - lexicon().treaty_heads
        states = {w for p in parties for w in words_in(self._name(p))}
        return _Told(
            reading.document.id,
            key,
            entity.name,
            frozenset(w for w in words - states if len(w) > 3),
            frozenset(parties),
            frozenset(self.reference.lineage_id(p) for p in parties),
            frozenset(years),
            frozenset(d.text for d in dates if d.precision == "day"),
            reading.document.issued,
            next(iter(places), None),
            entity.record,
        )

    def _name(self, id: str) -> str:
        record = self.reference.get(id)
        return " ".join([record.name, *record.demonyms]) if record else id.split("/")[-1].replace("-", " ")

    def _known(self, told: _Told) -> str | None:
        """The known treaty that it is, by what is told in all its facts."""
        date = dates(told.years, told.days)
        asked = agreement((told.name,), told.between, date, told.words, told.written, told.place)
        named = [each for each in self.reference.by_name(told.name) if each.cls == "Treaty"]
        record = self.judge.sure(self.judge.decide(asked, named))
        return record.id if record else None

    def _one(self, one: _Told, other: _Told) -> bool:
        if one.record or other.record:
            return one.record == other.record
        if one.document == other.document:
            return False
        if one.years and other.years and not one.years & other.years:
            return False
        if one.parties and other.parties and not (one.parties <= other.parties or other.parties <= one.parties):
            return False
        alike = bool(one.words & other.words) or not one.words or not other.words
        if one.days & other.days and alike:
            return True
        if one.parties and other.parties and one.parties != other.parties:
            return False
        named = len(one.words) > 1 or bool(one.parties and one.parties == other.parties)
        if slug(one.name) == slug(other.name) and named:
            return True
        same_parties = len(one.parties) > 1 and one.parties == other.parties
        return same_parties and bool(one.years & other.years) and alike

    def _id(self, told: _Told) -> str:
        parties = sorted(p.split("/")[-1] for p in told.parties)
        name = slug(told.name)
        parts = [p for p in parties[:3] if p not in name] if len(parties) <= 3 else []
        year = str(min(told.years)) if told.years and str(min(told.years)) not in name else ""
        return "treaty/" + "-".join(x for x in (*parts, name, year) if x)[:110].strip("-")
