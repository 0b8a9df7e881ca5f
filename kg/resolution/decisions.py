"""What a reviewer decided about a graph, kept in a file that can be shared and versioned: ``docs/review.md``.

A table of tabs with the columns of ``COLUMNS``, one decision a line, sorted. Entities are named by their ids, so that
the file serves graphs of any base.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import astuple, dataclass, field
from enum import StrEnum
from pathlib import Path

from kg.errors import InputError
from kg.resolution.selection import Selection
from kg.writing import write_text

COLUMNS = ("decision", "entity", "other", "value", "by", "on")

_ID = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)+")
_TARGET = re.compile(r"Q[1-9]\d*|https?://[^\s<>\"{}|\\^`]+")
_PROPERTY = re.compile(r"[a-z][A-Za-z]*")


class Kind(StrEnum):
    """What was decided: of two entities, of one that held two, of an entity and an item, of the value of a property."""

    SAME = "same"
    DIFFERENT = "different"
    SPLIT = "split"
    ONE = "one"
    LINK = "link"
    NO_LINK = "no-link"
    HOLDS = "holds"


_PAIRS = frozenset({Kind.SAME, Kind.DIFFERENT})
_LINKS = frozenset({Kind.LINK, Kind.NO_LINK})
_VALUED = frozenset({Kind.HOLDS, Kind.SPLIT})
_OTHER = {
    **dict.fromkeys((Kind.SAME, Kind.DIFFERENT, Kind.SPLIT), (_ID, "id of an entity")),
    **dict.fromkeys((Kind.LINK, Kind.NO_LINK), (_TARGET, "Q-id or web address")),
    Kind.HOLDS: (_PROPERTY, "property"),
    Kind.ONE: (_PROPERTY, "reason"),
}


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """``other`` is the second entity, a Q-id or IRI, or a property; ``value`` is that of the property, or says which
    mentions of the entity are the other one; ``by`` and ``on`` are who decided and when, where that was told."""

    kind: Kind
    entity: str
    other: str
    value: str = ""
    by: str = ""
    on: str = ""

    def __str__(self) -> str:
        return " ".join(cell for cell in astuple(self)[:4] if cell)

    @property
    def about(self) -> tuple[str, ...]:
        """What it answers: a further decision about the same takes its place."""
        if self.kind in _PAIRS:
            return ("pair", *sorted((self.entity, self.other)))
        if self.kind is Kind.SPLIT:
            return (self.kind, self.entity, self.value)
        return ("link" if self.kind in _LINKS else self.kind, self.entity, self.other)

    @property
    def where(self) -> Selection:
        """The mentions that a split is about."""
        return Selection.parse(self.value)

    @property
    def ignored(self) -> str:
        """What is told where it cannot be respected."""
        return f"{self}: {'no such mention' if self.kind is Kind.SPLIT else 'not in the graph'}, ignored"


def is_id(text: str) -> bool:
    """Whether an entity may have this id, as ``person/sergey-lavrov``."""
    return bool(_ID.fullmatch(text))


@dataclass(slots=True)
class Decisions:
    """All decisions of a file, one for each question."""

    made: dict[tuple[str, ...], Decision] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> Decisions:
        return cls({each.about: each for each in decisions})

    def __iter__(self) -> Iterator[Decision]:
        return iter(sorted(self.made.values()))

    def of_kind(self, kind: Kind) -> Iterator[Decision]:
        """The decisions of a kind, sorted."""
        return (each for each in self if each.kind is kind)

    def add(self, decision: Decision) -> Decision | None:
        """Enter a decision; the one that it replaces."""
        before = self.made.get(decision.about)
        self.made[decision.about] = decision
        return before

    def merged(
        self, there: Container[str], preferred: Container[str] = (), coming: Container[str] = ()
    ) -> dict[str, str]:
        """For each entity that is one with others the id of them all: of those that are there one that is
        ``preferred``, else the longest; ``coming`` are those that a split makes."""
        found = {}
        for group in self._groups():
            present = [id for id in group if id in there]
            meant = [id for id in group if id in there or id in coming]
            if present and len(meant) > 1:
                kept = min(present, key=lambda id: (id not in preferred, -len(id), id))
                found.update(dict.fromkeys(meant, kept))
        return found

    def links(self) -> dict[str, str]:
        """The item of each entity that was linked."""
        return {each.entity: each.other for each in self.of_kind(Kind.LINK)}

    def declined(self) -> frozenset[tuple[str, str]]:
        """Entities and items that are not one."""
        return frozenset((each.entity, each.other) for each in self.of_kind(Kind.NO_LINK))

    def held(self) -> dict[tuple[str, str], str]:
        """The value that is held true, by entity and property."""
        return {(each.entity, each.other): each.value for each in self.of_kind(Kind.HOLDS)}

    def apart(self) -> frozenset[tuple[str, str]]:
        """The pairs of entities that are two, by whatever decision, each in order."""
        pairs = (*self.of_kind(Kind.DIFFERENT), *self.of_kind(Kind.SPLIT))
        return frozenset((min(each.entity, each.other), max(each.entity, each.other)) for each in pairs)

    def missing(self, there: Container[str]) -> Iterator[Decision]:
        """The decisions about an entity that is not there; for a split the one that it makes."""
        for each in self:
            wanted = {each.other} if each.kind is Kind.SPLIT else {each.entity}
            wanted |= {each.other} if each.kind in _PAIRS else set()
            if not all(id in there for id in wanted):
                yield each

    def _groups(self) -> list[frozenset[str]]:
        groups: list[set[str]] = []
        for each in self.of_kind(Kind.SAME):
            pair = {each.entity, each.other}
            touching = [group for group in groups if group & pair]
            groups = [group for group in groups if not group & pair] + [pair.union(*touching)]
        return [frozenset(group) for group in groups]

    def contradiction(self) -> str | None:
        """Two entities that are the same by some decisions and different by another, or that would give each other the
        same mentions, in words."""
        for group in self._groups():
            for one, other in sorted(self.apart()):
                if one in group and other in group:
                    return f"{one} and {other} are the same by some decisions and different by another"
        for each in self.of_kind(Kind.SPLIT):
            back = self.made.get((Kind.SPLIT, each.other, each.value))
            if back is not None and back.other == each.entity:
                return f"{each.value} is split from {each.entity} to {each.other} and back by another decision"
        return None


def read(path: Path) -> Decisions:
    """The decisions of a file. Raises ``InputError`` with the line for what is none, and for contradictions."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"not UTF-8: {error}") from error
    found = Decisions()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#") or line.split("\t") == list(COLUMNS):
            continue
        try:
            decision = _decision(line)
        except ValueError as error:
            raise InputError(str(path), f"line {number}: {error}") from None
        before = found.add(decision)
        if before is not None and (difference := _differ(decision, before)):
            raise InputError(str(path), f"line {number}: {difference} in another line")
    if cause := found.contradiction():
        raise InputError(str(path), cause)
    return found


def _differ(decision: Decision, before: Decision) -> str:
    """How two answers to one question differ, in words; empty when they do not."""
    if decision.kind is not before.kind:
        return f"{decision.kind}, but {before.kind}"
    if decision.kind is Kind.SPLIT and decision.other != before.other:
        return f"{decision.value} is split to {decision.other}, but to {before.other}"
    return ""


def write(path: Path, decisions: Decisions) -> None:
    """Write the file, sorted, whole or not at all. Raises ``OutputError``."""
    out = io.StringIO()
    out.write("# Decisions of a review, one a line: docs/review.md of treatygraph says what they mean.\n")
    rows = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None, escapechar=None)
    rows.writerow(COLUMNS)
    rows.writerows(_trimmed(each) for each in decisions)
    write_text(path, out.getvalue())


def _trimmed(decision: Decision) -> list[str]:
    cells = [_cell(str(cell)) for cell in astuple(decision)]
    while not cells[-1]:
        del cells[-1]
    return cells


def _cell(text: str) -> str:
    return " ".join(text.split())


def _decision(line: str) -> Decision:
    cells = [cell.strip() for cell in line.split("\t")]
    if not 3 <= len(cells) <= len(COLUMNS):
        raise ValueError(f"{len(cells)} columns, parted by tabs; there are {', '.join(COLUMNS)}")
    if cells[0] not in set(Kind):
        raise ValueError(f"{cells[0]!r} is no decision: {', '.join(Kind)}")
    made = Decision(Kind(cells[0]), *cells[1:])
    form, what = _OTHER[made.kind]
    if not is_id(made.entity):
        raise ValueError(f"{made.entity!r} is no id of an entity, as person/sergey-lavrov is")
    if not form.fullmatch(made.other):
        raise ValueError(f"{made.other!r} is no {what}")
    if made.entity == made.other:
        raise ValueError(f"{made.entity} twice")
    if (made.kind in _VALUED) != bool(made.value):
        raise ValueError(f"{made.kind} {'needs a' if made.kind in _VALUED else 'has no'} value")
    if made.kind is Kind.SPLIT:
        Selection.parse(made.value)
    return made
