"""From the files of a user to the records that go before the packaged ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.own import nodes, table
from kg.resolution.own.entries import Entry, Reading, Wrong, folders
from kg.resolution.own.identity import Assigned, Identities
from kg.resolution.own.merging import laid_over, names_taken, resolved, united
from kg.resolution.own.targets import Packaged, Targets
from kg.resolution.records import Record
from kg.resolution.reference import Own, Reference

STAGES = (POLITIES, ORGANISATIONS - {"GovernmentBody"}, frozenset({"GovernmentBody", "Place"}))
"""Classes in the order in which ids are given: what an entity belongs to comes first, all other classes last."""


def load(files: Sequence[Path], packaged: Reference, base: str) -> tuple[Own, tuple[InputError, ...]]:
    """The records of the files (``.csv``, ``.tsv``, ``.ttl``), the same for any order, and the entries that are wrong.

    ``base`` is the IRI that ids stand behind in graphs. Raises ``SettingsError`` for a file that cannot be used at all.
    """
    readings = [_read(path, base) for path in dict.fromkeys(files)]
    errors = [error for reading in readings for error in reading.errors]
    found = Packaged(packaged)
    assigned = _identified([e for reading in readings for e in reading.entries], found, errors)
    records = _resolved(assigned, found, errors)
    given = [united(records[id]) for id in sorted(records)]
    own = tuple(laid_over(each, packaged) for each in given)
    taken = frozenset(name for each in given for name in names_taken(each, packaged))
    errors.sort(key=lambda e: (e.source, *_line(e.cause)))
    return Own(own, taken), tuple(errors)


def _line(cause: str) -> tuple[int, str]:
    words = cause.split(":")[0].split()
    return (int(words[1]) if words[0] == "line" else 0, cause)


def _read(path: Path, base: str) -> Reading:
    return nodes.read(path, base) if path.suffix.lower() == ".ttl" else table.read(path)


def _identified(entries: Sequence[Entry], packaged: Packaged, errors: list[InputError]) -> Assigned:
    rest = frozenset(folders()) - frozenset().union(*STAGES)
    assigned: Assigned = []
    for classes in (*STAGES, rest):
        targets = Targets(packaged, assigned)
        fitting = [entry for entry in entries if entry.record.cls in classes]
        found, wrong = Identities(fitting, targets).run()
        assigned += found
        errors += wrong
    return assigned


def _resolved(assigned: Assigned, packaged: Packaged, errors: list[InputError]) -> dict[str, list[Record]]:
    """The records by id. What refers to an entry that is wrong is wrong too, so it is done until all is right."""
    while True:
        targets = Targets(packaged, assigned)
        records: dict[str, list[Record]] = defaultdict(list)
        right: Assigned = []
        for entry, id in assigned:
            try:
                record = resolved(entry.record, id, targets)
            except Wrong as wrong:
                errors.append(entry.wrong(str(wrong)))
                continue
            records[id].append(record)
            right.append((entry, id))
        circle = set(_in_circles(records, packaged))
        errors += [e.wrong("its successors lead back to itself") for e, id in right if id in circle]
        right = [(e, id) for e, id in right if id not in circle]
        if len(right) == len(assigned):
            return records
        assigned = right


def _in_circles(records: dict[str, list[Record]], packaged: Packaged) -> Iterator[str]:
    """The ids of own states that come after themselves."""
    for id in records:
        ahead, seen = [id], set[str]()
        while ahead:
            known = packaged.get(at := ahead.pop())
            own = [s for each in records.get(at, ()) for s in each.successors]
            following = set(own or (known.successors if known else ())) - seen
            seen |= following
            ahead += following
        if id in seen:
            yield id
