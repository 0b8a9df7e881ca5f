"""The built-in reference data: states and their predecessors, organisations, places, persons, treaties, conflicts.

``Reference.load()`` reads ``kg/data/reference.jsonl.gz`` (one record a line, sorted by id; written by
``python -m tools.reference``). Names are found by :func:`kg.resolution.folding.fold`.
"""

from __future__ import annotations

import datetime as dt
import gc
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg import resources
from kg.model import PartialDate
from kg.resolution.folding import fold, is_acronym
from kg.resolution.offices import canonical
from kg.resolution.records import Record, Term, record

_PROPER = frozenset({"name", "acronym"})


def middle(when: PartialDate) -> dt.date:
    """The day that stands for a year or month when it must be on one side of a border: its middle."""
    return when.earliest + (when.latest - when.earliest) / 2


@dataclass(frozen=True, slots=True)
class Own:
    """A user's own records, which take the place of the packaged ones with their ids and come first among all.

    The folded ``names`` mean them alone. Demonyms, capitals and surnames are shared with packaged records.
    """

    records: tuple[Record, ...] = ()
    names: frozenset[str] = frozenset()


class Reference:
    """All records, and the ways to find them. Immutable; an index is made when it is first asked for."""

    def __init__(self, records: Iterable[Record], own: Own = Own()) -> None:
        self._own = frozenset(each.id for each in own.records)
        self._taken = own.names
        self._records = {each.id: each for each in own.records}
        self._records |= {each.id: each for each in records if each.id not in self._own}
        self._treaties: tuple[Record, ...] | None = None
        self._keys: dict[str, dict[str, tuple[Record, ...]]] = {}
        self._lineages: dict[str, tuple[Record, ...]] = {}
        self._predecessors: dict[str, list[Record]] = {}
        self._terms: dict[tuple[str, str], list[tuple[Term, Record]]] = {}

    @classmethod
    def load(cls) -> Reference:
        """The packaged records."""
        with _uncollected():
            return cls(_packaged())

    def with_own(self, own: Own) -> Reference:
        """These records behind a user's own."""
        return Reference(self, own) if own.records else self

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __contains__(self, id: object) -> bool:
        return id in self._records

    def get(self, id: str) -> Record | None:
        """The record of this id."""
        return self._records.get(id)

    def is_own(self, id: str) -> bool:
        """Whether a user's own record has this id."""
        return id in self._own

    def by_name(self, name: str) -> tuple[Record, ...]:
        """The records that go by this name or acronym, the likeliest first."""
        return self._index("name").get(fold(name), ())

    def by_demonym(self, word: str) -> tuple[Record, ...]:
        """The polities and places whose people or adjective this word is: "Iranian", "Soviets"."""
        return self._index("demonym").get(fold(word), ())

    def by_seat(self, name: str) -> tuple[Record, ...]:
        """The polities and organisations for which this capital or palace stands: "Tehran", "the Kremlin"."""
        return self._index("seat").get(fold(name), ())

    def persons_by_surname(self, surname: str) -> tuple[Record, ...]:
        """The persons who are called by this word alone, the likeliest first."""
        return self._index("surname").get(fold(surname), ())

    def names(self) -> Iterator[tuple[str, Record, str]]:
        """Every name as written, its record and its kind: name, acronym, demonym, seat or surname.

        The names and acronyms of a user's own records come first, all else in the order of ids.
        """
        for each in self._records.values():
            if each.id not in self._own:
                break
            yield from ((name, each, kind) for name, kind in _names(each) if kind in _PROPER)
        for each in sorted(self, key=lambda r: r.id) if self._own else self:
            for name, kind in _names(each):
                proper = kind in _PROPER
                if not proper or not (each.id in self._own or (self._taken and fold(name) in self._taken)):
                    yield name, each, kind

    def lineage(self, id: str) -> tuple[Record, ...]:
        """The states that followed one another where this one is, the oldest first; itself alone without a lineage."""
        found = self._records[id]
        if not self._lineages:
            members: dict[str, list[Record]] = defaultdict(list)
            for each in self._records.values():
                if each.lineage:
                    members[each.lineage].append(each)
            self._lineages = {key: tuple(sorted(v, key=lambda r: r.since or "")) for key, v in members.items()}
        return self._lineages[found.lineage] if found.lineage else (found,)

    def lineage_id(self, id: str) -> str:
        """What tells states that followed one another from others; the id itself where nothing is known of it."""
        found = self.get(id)
        return (found.lineage or found.id) if found else id

    def treaties(self) -> tuple[Record, ...]:
        """All known treaties."""
        if self._treaties is None:
            self._treaties = tuple(each for each in self if each.cls == "Treaty")
        return self._treaties

    def at(self, state_id: str, when: PartialDate) -> Record:
        """The state of this one's lineage at that time; a bare year or month counts as its middle.

        Before a state without a lineage it is the one of the same name that it came from ("Korea" in 1883); before
        the oldest state of a lineage it is the oldest. Raises ``KeyError`` for an unknown id.
        """
        day = middle(when).isoformat()
        members = self.lineage(state_id)
        there = next((each for each in reversed(members) if (each.since or "") <= day), members[0])
        return self._undivided(there, day) or there

    def _undivided(self, state: Record, day: str) -> Record | None:
        """The state of the same name that a state without a lineage came from, if it was there on that day."""
        if state.lineage or not state.start or state.start <= day:
            return None
        names = {state.name, *state.aliases}
        before = (
            each
            for each in self._before().get(state.id, ())
            if (each.start or "") <= day <= (each.end or day) and names & {each.name, *each.aliases}
        )
        return next(before, None)

    def _before(self) -> dict[str, list[Record]]:
        """The states that each state came from, as far as they name it among their successors."""
        if not self._predecessors:
            found: dict[str, list[Record]] = defaultdict(list)
            for each in self._records.values():
                for successor in each.successors:
                    found[successor].append(each)
            self._predecessors = dict(found)
        return self._predecessors

    def holders(self, office: str, of: str, when: PartialDate | None = None) -> tuple[Record, ...]:
        """Who held an office ("foreign minister") of a state or organisation (then, or ever), the latest first.

        A term whose start is not known is found only without ``when``.
        """
        found = [
            (term.start or "", each)
            for term, each in self._offices().get((canonical(office), of), ())
            if when is None or term.covers(when)
        ]
        ordered = sorted(found, key=lambda pair: (pair[0], pair[1].id), reverse=True)
        return tuple(dict.fromkeys(each for _, each in ordered))

    def holder(self, office: str, of: str, when: PartialDate) -> Record | None:
        """Who held an office then: the last to take it up by that time."""
        return next(iter(self.holders(office, of, when)), None)

    def _offices(self) -> dict[tuple[str, str], list[tuple[Term, Record]]]:
        if not self._terms:
            terms: dict[tuple[str, str], list[tuple[Term, Record]]] = defaultdict(list)
            for each in self._records.values():
                for term in each.terms:
                    terms[term.office, term.of].append((term, each))
            self._terms = dict(terms)
        return self._terms

    def _index(self, kind: str) -> dict[str, tuple[Record, ...]]:
        if kind not in self._keys:
            found: dict[str, dict[str, Record]] = defaultdict(dict)
            for name, each, its_kind in self.names():
                if its_kind == kind or (its_kind == "acronym" and kind == "name"):
                    found[fold(name)][each.id] = each
            self._keys[kind] = {
                key: tuple(sorted(records.values(), key=lambda r: (r.id not in self._own, -r.prior, r.id)))
                for key, records in found.items()
            }
        return self._keys[kind]


def _names(each: Record) -> Iterator[tuple[str, str]]:
    for name in (each.name, *each.aliases):
        yield name, "acronym" if is_acronym(name) else "name"
    for kind, names in (("demonym", each.demonyms), ("seat", each.seats), ("surname", each.surnames)):
        for name in names:
            yield name, kind


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: it would take a third of the time, and all that is made is kept."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _packaged() -> list[Record]:
    text = gzip.decompress(resources.data("reference.jsonl.gz").read_bytes()).decode("utf-8")
    return [record(row) for row in json.loads(f"[{','.join(text.splitlines())}]")]
