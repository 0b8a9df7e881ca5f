"""Which entity an entry is: one of the packaged data, one of another entry, or a new one; and its id.

An entry with an id is that entity. Without one it is the packaged entity with its Wikidata id, else the one packaged
entity of its kind and name that nothing tells apart, else another entry's in the same way, else a new one with an id
made of its name. What tells apart: another Wikidata id, another year, another owner, offices of other states. Nothing
here depends on the order of rows and files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.errors import InputError
from kg.model import ORGANISATIONS, POLITIES, PartialDate
from kg.resolution.folding import fold
from kg.resolution.own.entries import DATED, Entry, Wrong, folders
from kg.resolution.own.targets import OWNERS, Targets
from kg.resolution.records import Record
from kg.slugs import slug

Assigned = list[tuple[Entry, str]]


class Identities:
    """Gives the entries of some classes their ids; what they belong to must be among ``targets`` before."""

    def __init__(self, entries: Iterable[Entry], targets: Targets) -> None:
        self.targets, self.packaged = targets, targets.packaged
        self.entries = sorted(entries, key=lambda e: (not e.record.id, repr(e)))
        self.identified: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.records: dict[str, list[Record]] = defaultdict(list)
        self.twins: dict[tuple[str, str], set[str]] = defaultdict(set)

    def run(self) -> tuple[Assigned, list[InputError]]:
        """The entries with their ids, and those that cannot have one."""
        assigned: Assigned = []
        errors: list[InputError] = []
        for entry in self.entries:
            if entry.record.qid and not entry.record.id:
                self.twins[_kind(entry.record), entry.record.qid].add(entry.record.name)
        for entry in self.entries:
            try:
                id = self._given(entry.record) if entry.record.id else self._found(entry.record)
                assigned.append((entry, id))
            except Wrong as wrong:
                errors.append(entry.wrong(str(wrong)))
                continue
            if entry.record.id:
                self._remember(entry.record)
        return self._agreeing(assigned, errors), errors

    def _remember(self, record: Record) -> None:
        self.records[record.id].append(record)
        for key in (fold(record.name), record.qid):
            if key:
                self.identified[_kind(record), key].add(record.id)

    def _given(self, record: Record) -> str:
        known = self.packaged.get(record.id)
        if known is not None and _family(known.cls) != _family(record.cls):
            raise Wrong(f"{record.id} is a {known.cls} in the packaged data, not a {record.cls}")
        fitting = {folder for cls, folder in folders().items() if _family(cls) == _family(record.cls)}
        if record.id.split("/")[0] not in fitting:
            raise Wrong(
                f"the id of a {record.cls} begins with {' or '.join(sorted(fitting))}/, not as {record.id!r} does"
            )
        same = self.packaged.by_qid.get(record.qid) if record.qid else None
        if same is not None and same.id != record.id:
            raise Wrong(f"{record.qid} is {same.id} in the packaged data, not {record.id}: leave one of the two out")
        return record.id

    def _found(self, record: Record) -> str:
        same = self.packaged.by_qid.get(record.qid) if record.qid else None
        if same is not None:
            if _family(same.cls) != _family(record.cls):
                raise Wrong(f"{record.qid} is the {same.cls} {same.id} in the packaged data, not a {record.cls}")
            return same.id
        packaged = self.packaged.reference.by_name(record.name)
        fitting = [r for r in packaged if _kind(r) == _kind(record) and not self._apart(record, r)]
        fitting = [r for r in fitting if fold(r.name) == fold(record.name)] or [
            r for r in fitting if fold(record.name) not in {fold(name) for name in r.weak}
        ]
        ids = {r.id for r in fitting} or set(self._other_entries(record))
        if len(ids) > 1:
            raise Wrong(f"{record.name!r} may be {' or '.join(sorted(ids))}: give the id")
        return ids.pop() if ids else self._new(record)

    def _other_entries(self, record: Record) -> Iterator[str]:
        """The ids of entries that have one and are of the same Wikidata id, else of the same name."""
        by_qid = self.identified.get((_kind(record), record.qid or ""), set())
        for id in by_qid or self.identified.get((_kind(record), fold(record.name)), set()):
            if by_qid or not any(self._apart(record, other) for other in self.records[id]):
                yield id

    def _new(self, record: Record) -> str:
        name = min(self.twins.get((_kind(record), record.qid or ""), {record.name}))
        id = f"{folders()[record.cls]}/{slug(name)}"
        year = (record.signed or record.start or "")[:4]
        if record.cls == "Treaty" and year and year not in id:
            id += f"-{year}"
        if self._taken(id) and year and not id.endswith(year):
            id += f"-{year}"
        if self._taken(id) and record.qid:
            id += f"-{record.qid.lower()}"
        if self._taken(id):
            raise Wrong(f"{id} is another {record.cls} of this name: give an id")
        return id

    def _taken(self, id: str) -> bool:
        return self.packaged.get(id) is not None or id in self.records

    def _apart(self, one: Record, other: Record) -> bool:
        """Whether two records of one name are known to be two entities."""
        years = (("start", "start"), ("end", "end"), ("signed", "signed"))
        owners = {self._owner(t.of) for t in one.terms}, {self._owner(t.of) for t in other.terms}
        return (
            bool(one.qid and other.qid and one.qid != other.qid)
            or any(_years_differ(getattr(one, a), getattr(other, b)) for a, b in years)
            or bool(one.country and other.country and self._state(one.country) != self._state(other.country))
            or bool(all(owners) and not owners[0] & owners[1])
        )

    def _owner(self, value: str) -> str:
        return self.targets.seek(value, OWNERS | {"Place"}) or value

    def _state(self, value: str) -> str:
        """The owner, of a packaged place what that lies in: Moscow and Russia do not tell apart."""
        id = self._owner(value)
        record = self.packaged.get(id)
        return record.country if record is not None and record.cls == "Place" and record.country else id

    def _agreeing(self, assigned: Assigned, errors: list[InputError]) -> Assigned:
        """Those that no other entry contradicts: of two that do, which is right is not for us to say."""
        by_id: dict[str, list[Entry]] = defaultdict(list)
        by_qid: dict[str, set[str]] = defaultdict(set)
        for entry, id in assigned:
            by_id[id].append(entry)
            if entry.record.qid:
                by_qid[entry.record.qid].add(id)
        kept: Assigned = []
        for entry, id in assigned:
            cause = next(filter(None, (self._against(id, entry, other) for other in by_id[id])), None)
            ids = by_qid.get(entry.record.qid or "", set())
            if len(ids) > 1:
                cause = f"{entry.record.qid} is given to {' and '.join(sorted(ids))}"
            if cause:
                errors.append(entry.wrong(cause))
            else:
                kept.append((entry, id))
        return kept

    def _against(self, id: str, entry: Entry, other: Entry) -> str | None:
        one, two = entry.record, other.record
        new = not (one.id or two.id or one.qid or self.packaged.get(id))
        if new and fold(one.name) != fold(two.name):
            return f"its id would be {id}, as that of {other.file}, {other.place}: give ids"
        for name in ("cls", "qid", *DATED, "country", "place"):
            mine, theirs = getattr(one, name), getattr(two, name)
            if not mine or not theirs or mine == theirs:
                continue
            if name in DATED and PartialDate(mine).agrees(PartialDate(theirs)):
                continue
            if name in ("country", "place") and self._owner(mine) == self._owner(theirs):
                continue
            what = {"cls": "class", "country": "owner"}.get(name, name.replace("_", " "))
            return f"the {what} is {mine}, but {theirs} in {other.file}, {other.place}: give ids if they are two"
        return None


def _kind(record: Record) -> str:
    """Names are compared among what shares a folder of ids: organisations of all kinds are one."""
    return folders().get(record.cls, record.cls)


def _family(cls: str) -> str:
    return "polity" if cls in POLITIES else "organisation" if cls in ORGANISATIONS else cls


def _years_differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one[:4] != other[:4])
