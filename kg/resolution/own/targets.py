"""What the entries of a user's files may refer to: one another and the packaged records, the user's own first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set

from kg.model import ORGANISATIONS, POLITIES
from kg.resolution.folding import fold
from kg.resolution.own.entries import Entry, Wrong, wikidata_id
from kg.resolution.records import Record
from kg.resolution.reference import Reference

OWNERS = POLITIES | ORGANISATIONS


class Packaged:
    """The packaged records, by Wikidata id too."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.by_qid = {each.qid: each for each in reference if each.qid}

    def get(self, id: str) -> Record | None:
        return self.reference.get(id)


class Targets:
    """Finds the entity that an id, a Wikidata id, an IRI or a name in a file means."""

    def __init__(self, packaged: Packaged, assigned: Iterable[tuple[Entry, str]] = ()) -> None:
        self.packaged = packaged
        self._classes: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for entry, id in assigned:
            self.add(entry, id)

    def add(self, entry: Entry, id: str) -> None:
        """Let an entry be found under its id."""
        self._classes[id] = entry.record.cls
        self._exact |= {key: id for key in (id, entry.key, entry.record.qid) if key}
        self._names[fold(entry.record.name)].add(id)
        for alias in entry.record.aliases:
            self._aliases[fold(alias)].add(id)

    def seek(self, value: str, classes: Set[str] = OWNERS) -> str | None:
        """The id that is meant, ``None`` where that cannot be told."""
        try:
            return self.find(value, classes, "")
        except Wrong:
            return None

    def find(self, value: str, classes: Set[str], what: str) -> str:
        """The id of the one entity of these classes that is meant; ``Wrong`` for none, for several, for another one."""
        exact = self._exactly(value)
        if exact is not None:
            if self._class(exact) not in classes:
                raise Wrong(f"{what} {value!r} is a {self._class(exact)}")
            return exact
        named = self.packaged.reference.by_name(value)
        known = (
            self._names.get(fold(value), set()),
            self._aliases.get(fold(value), set()),
            {each.id for each in named if fold(each.name) == fold(value)},
            {each.id for each in named},
        )
        fitting = ({id for id in ids if self._class(id) in classes} for ids in known)
        found = next(filter(None, fitting), set())
        if len(found) > 1:
            raise Wrong(f"{what} {value!r} may be {' or '.join(sorted(found))}: give the id")
        if not found:
            raise Wrong(f"{what} {value!r} is in none of the files and not in the packaged data")
        return found.pop()

    def _exactly(self, value: str) -> str | None:
        if value in self._exact:
            return self._exact[value]
        if self.packaged.get(value):
            return value
        try:
            qid = wikidata_id(value)
        except Wrong:
            return None
        record = self.packaged.by_qid.get(qid or "")
        return self._exact.get(qid or "") or (record.id if record else None)

    def _class(self, id: str) -> str:
        record = self.packaged.get(id)
        return self._classes.get(id) or (record.cls if record else "")
