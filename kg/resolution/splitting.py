"""Mentions that a reviewer gave to another entity than the texts do: which they are, and what that makes of the ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import PartialDate, Passage, Span
from kg.resolution.corpus import DocumentReading
from kg.resolution.decisions import Decision, Decisions, Kind
from kg.resolution.identities import Identities, Local
from kg.resolution.reference import Reference


@dataclass(slots=True)
class Splits:
    """``moved`` is to be read again, by document; ``fixed`` are the ids that entities have then, those that stay
    included; ``unmet`` are the decisions that no mention fits any more, ``parted`` which entity became which other."""

    moved: dict[str, dict[tuple[Span, str], str]] = field(default_factory=lambda: defaultdict(dict))
    fixed: dict[Local, str] = field(default_factory=dict)
    unmet: tuple[Decision, ...] = ()
    parted: set[tuple[str, str]] = field(default_factory=set)

    def settled(self, readings: Iterable[DocumentReading]) -> dict[Local, str]:
        """The fixed ids, by what the readings tell now: a treaty that no decision names goes to the second one where it
        tells the year of that, and the first has another year."""
        found, told = dict(self.fixed), dict(_years(readings))
        for one, other in sorted(self.parted):
            theirs = {year for local, years in told.items() if self.fixed.get(local) == other for year in years}
            mine = {local: years for local, years in told.items() if self.fixed.get(local) == one}
            apart = any(years and years.isdisjoint(theirs) for years in mine.values())
            found |= {local: other for local, years in mine.items() if apart and years and years <= theirs}
        return found


def splits(readings: Sequence[DocumentReading], reference: Reference, decisions: Decisions) -> Splits:
    """What the decisions make of the readings; only what they name moves, whatever documents there are besides."""
    made = [_Split(each) for each in decisions.of_kind(Kind.SPLIT)]
    if not made:
        return Splits()
    return _Splitter(readings, Identities(readings, reference, decisions), made).run()


class _Split:
    def __init__(self, decision: Decision) -> None:
        self.decision, self.where, self.met = decision, decision.where, False


class _Splitter:
    def __init__(self, readings: Sequence[DocumentReading], ids: Identities, made: Sequence[_Split]) -> None:
        self.readings, self.ids, self.made = readings, ids, made
        self.found = Splits()

    def run(self) -> Splits:
        for reading in self.readings:
            self._read(reading)
        self.found.unmet = tuple(split.decision for split in self.made if not split.met)
        return self.found

    def _read(self, reading: DocumentReading) -> None:
        document = reading.document
        here = {key: self.ids.of(document.id, key) for key in reading.entities}
        self.found.fixed.update({(document.id, key): id for key, id in here.items()})
        made = [split for split in self.made if split.where.document == document.id]
        for passage, key in _mentioned(reading) if made else ():
            words = document.text[passage.span.start : passage.span.end]
            other = self._follow(here[key], passage, words, made)
            if other != here[key]:
                new = _key(other, here)
                here.setdefault(new, other)
                self.found.fixed[document.id, new] = other
                self.found.moved[document.id][passage.span, key] = new
                self.found.parted.add((here[key], other))

    def _follow(self, id: str, passage: Passage, words: str, made: Sequence[_Split]) -> str:
        """The id of the entity that a mention is of, after one decision upon the other; the most precise goes first."""
        open_ = [split for split in made if split.where.holds(passage, words)]
        while fitting := [split for split in open_ if self._now(split.decision.entity) == id]:
            split = max(fitting, key=lambda each: (each.where.precision, each.decision))
            split.met, id = True, self._now(split.decision.other)
            open_.remove(split)
        return id

    def _now(self, id: str) -> str:
        """The id under which reviewers have seen it: that of all that are the same."""
        return self.ids.merged.get(id, id)


def _years(readings: Iterable[DocumentReading]) -> Iterator[tuple[Local, frozenset[int]]]:
    """The years in which each treaty of each document was signed, by that document."""
    for reading in readings:
        for key, entity in reading.entities.items():
            if entity.cls == "Treaty":
                signed = (fact for fact in reading.facts if fact.subject == key and fact.predicate == "signedOn")
                years = {f.object.year for f in signed if isinstance(f.object, PartialDate)} | {entity.year}
                yield (reading.document.id, key), frozenset(year for year in years if year)


def _mentioned(reading: DocumentReading) -> Iterator[tuple[Passage, str]]:
    return ((passage, key) for passage, keys in reading.mentions for key in keys)


def _key(id: str, here: Mapping[str, str]) -> str:
    """The key that the entity has in the document, else its id, or one like it that is free."""
    key = next((key for key, its in here.items() if its == id), id)
    while here.get(key, id) != id:
        key += "-2"
    return key
