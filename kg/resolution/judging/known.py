"""The reference data as candidates: its records in the form of items, with Wikidata's properties and our own ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from kg.model import POLITIES
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import UNKNOWN, Item, Said
from kg.resolution.judging.rules import rules_of, thresholds
from kg.resolution.judging.spelling import WHOLE, keys, most_alike
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record, Term
from kg.resolution.reference import Reference

_MOST_PAGES = 150
"""Of wikis: a prior of 1 stands for so many, 0.5 for their square root."""
_AT = "@"
_DATES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Person": {"start": "P569"},
        "Treaty": {"signed": "P585"},
        "Conflict": {"start": "P580", "end": "P582"},
        "": {"start": "P571", "end": "P576"},
    }
)


class Known:
    """The records of the reference data by name, and the offices that they held."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.kin = _Lines(reference)
        self._items: dict[str, Item] = {}
        self._by_key: dict[str, dict[str, list[str]]] = {}

    @property
    def source(self) -> str:
        return "reference data"

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        """The records of a fitting class that share the key of a name, other spellings of one sound included."""
        kinds = sorted(rules_of(subject.cls).kinds)
        wanted = {key for name in subject.names for key in keys(name)}
        ids = {id for kind in kinds for key in wanted for id in self._keys(kind).get(key, ())}
        return [self.item(found) for found in map(self.reference.get, sorted(ids)) if found]

    def spelled_alike(self, name: str, cls: str) -> list[Record]:
        """The records of a class that have a name like this in another spelling, all of its words included."""
        ids = {id for key in keys(name) if key.startswith(WHOLE) for id in self._keys(cls).get(key, ())}
        found = [record for id in sorted(ids) if (record := self.reference.get(id)) is not None]
        return [each for each in found if most_alike([name], (each.name, *each.aliases)) >= thresholds().spelling]

    def with_initials(self, name: str) -> list[Record]:
        """The persons of this surname whose other names begin with the initials of this name: "S. Jaishankar"."""
        records = self.reference.persons_by_surname(name.split()[-1])
        return [each for each in records if most_alike([name], (each.name, *each.aliases)) >= thresholds().initials]

    def get(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Records, and offices as the claims of persons name them."""
        found = {}
        for id in ids:
            record = self.reference.get(id)
            if record is not None:
                found[id] = self.item(record)
            elif _AT in id:
                found[id] = _position(id)
        return found

    def kinds(self, item: Item) -> frozenset[str]:
        record = self.reference.get(item.id)
        return frozenset({record.cls if record else "Office"})

    def _keys(self, cls: str) -> dict[str, list[str]]:
        if cls not in self._by_key:
            self._by_key[cls] = _keys(each for each in self.reference if each.cls == cls)
        return self._by_key[cls]

    def item(self, record: Record) -> Item:
        """The record as an item."""
        if record.id not in self._items:
            self._items[record.id] = _item(record, self._called(record))
        return self._items[record.id]

    def _called(self, record: Record) -> tuple[str, ...]:
        """By what texts call it: of a state that is no more also the names of today's state of its line."""
        today = self.reference.lineage(record.id)[-1]
        names = (*_names(record), *record.demonyms, *record.seats)
        return (*names, *_names(today), *today.demonyms, *today.seats) if today is not record else names


class _Lines(Mapping[str, frozenset[str]]):
    """The states of one line and the only heir, by the id of each; worked out for those that are asked for."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def __getitem__(self, id: str) -> frozenset[str]:
        record = self._reference.get(id)
        if record is None:
            raise KeyError(id)
        heir = record.successors if len(record.successors) == 1 else ()
        return frozenset((*(each.id for each in self._reference.lineage(id)), *heir))

    def __iter__(self) -> Iterator[str]:
        return (each.id for each in self._reference)

    def __len__(self) -> int:
        return len(self._reference)


@lru_cache(maxsize=2)
def known(reference: Reference) -> Known:
    """The records of this reference data, whose indexes are made once."""
    return Known(reference)


def _keys(records: Iterable[Record]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        for name in _names(record):
            for key in keys(name):
                found[key].setdefault(record.id)
    return {key: list(ids) for key, ids in found.items()}


def _names(record: Record) -> tuple[str, ...]:
    return tuple(dict.fromkeys((record.name, *record.aliases, *record.surnames)))


def _item(record: Record, names: tuple[str, ...]) -> Item:
    claims = {prop: tuple(said) for prop, said in _claims(record).items() if said}
    return Item(record.id, record.name, tuple(dict.fromkeys(names)), "", round(_MOST_PAGES**record.prior), claims)


def _claims(record: Record) -> dict[str, list[Said]]:
    dates = _DATES.get(record.cls, _DATES[""])
    owner = {"Place": "P17", "GovernmentBody": "P1001"}.get(record.cls, "P749")
    return {
        **{prop: [Said(value)] for name, prop in dates.items() if (value := getattr(record, name))},
        "P39": [_held(term) for term in record.terms] or [Said(UNKNOWN)],
        owner: [Said(record.country)] if record.country else [],
        "P276": [Said(record.place)] if record.place else [],
        "P31": [Said(record.kind)] if record.kind else [],
        "P1891": [Said(party) for party in record.parties] if record.cls == "Treaty" else [],
        "P463": [Said(each.organisation) for each in record.memberships] if record.cls in POLITIES else [],
    }


def _held(term: Term) -> Said:
    times = (("P580", term.start), ("P582", term.end))
    return Said(f"{term.office}{_AT}{term.of}", tuple((prop, day) for prop, day in times if day))


def _position(id: str) -> Item:
    office, _, of = id.rpartition(_AT)
    return Item(id, office, (office,), claims={"P1001": (Said(of),)})
