"""Of which of our classes an item is: the rules of ``kg/data/wikidata/kinds.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg.resolution.judging.items import Item
from kg.wikidata.items import settings

_MANY = 9
"""More wiki pages than any rule asks for."""

Condition = tuple[str, str | None]
"""A property, and the value that it must have."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One rule: what the item must be, and what besides for the index to keep it."""

    name: str
    alternatives: tuple[tuple[Condition, ...], ...]
    exceptions: tuple[Condition, ...]
    kept_with: tuple[tuple[Condition, ...], ...]
    sitelinks: int
    marks: tuple[frozenset[bytes], ...]
    kept_marks: tuple[frozenset[bytes], ...]

    def covers(self, item: Item) -> bool:
        """Whether the item is of this kind."""
        if any(_holds(each, item) for each in self.exceptions):
            return False
        return _one_holds(self.alternatives, item)

    def keeps(self, item: Item) -> bool:
        """Whether the index keeps the item as one of this kind."""
        return item.sitelinks >= self.sitelinks and _one_holds(self.kept_with, item) and self.covers(item)

    def may_keep(self, ids: Set[bytes], sitelinks: int) -> bool:
        """False only where :meth:`keeps` would be, seen from the ids that occur in the entity alone."""
        return sitelinks >= self.sitelinks and _one_occurs(self.marks, ids) and _one_occurs(self.kept_marks, ids)


@cache
def kinds() -> tuple[Kind, ...]:
    """The rules, in the order of the file."""
    return tuple(_kind(name, rule) for name, rule in settings()["kinds"].items())


def kinds_of(item: Item) -> frozenset[str]:
    """The classes of the ontology that the item is of, as far as the rules can tell."""
    return frozenset(kind.name for kind in kinds() if kind.covers(item))


def kept_as(item: Item) -> tuple[str, ...]:
    """The kinds that the index keeps the item for; empty when it does not."""
    return tuple(kind.name for kind in kinds() if kind.keeps(item))


def may_be_kept(line: bytes) -> bool:
    """A quick look at an entity's JSON before it is parsed; no entity that the index keeps is turned away."""
    ids = frozenset(id for pattern in _ids() for id in pattern.findall(line))
    return _may_be_kept(ids, min(line.count(b'"site"'), _MANY))


@lru_cache(maxsize=65536)
def _may_be_kept(ids: frozenset[bytes], sitelinks: int) -> bool:
    return any(kind.may_keep(ids, sitelinks) for kind in kinds())


@cache
def _ids() -> tuple[re.Pattern[bytes], ...]:
    """The ids that the rules speak of, as they stand in JSON; apart by letter: a fixed beginning is found fast."""
    marks = frozenset().union(*(each for kind in kinds() for each in (*kind.marks, *kind.kept_marks)))
    return tuple(
        re.compile(b'"(' + letter + b"(?:" + b"|".join(sorted(id[1:] for id in marks if id[:1] == letter)) + b'))"')
        for letter in (b"P", b"Q")
    )


def _kind(name: str, rule: Mapping[str, Any]) -> Kind:
    alternatives, kept_with = _lists(rule["any"]), _lists(rule.get("keep", ()))
    exceptions = tuple(map(_condition, rule.get("unless", ())))
    pages = rule.get("sitelinks", 0)
    return Kind(name, alternatives, exceptions, kept_with, pages, _marks(alternatives), _marks(kept_with))


def _lists(given: Iterable[Iterable[str]]) -> tuple[tuple[Condition, ...], ...]:
    return tuple(tuple(map(_condition, each)) for each in given)


def _condition(text: str) -> Condition:
    prop, _, value = text.partition("=")
    return prop, value or None


def _one_holds(alternatives: tuple[tuple[Condition, ...], ...], item: Item) -> bool:
    return not alternatives or any(all(_holds(each, item) for each in every) for every in alternatives)


def _holds(condition: Condition, item: Item) -> bool:
    prop, value = condition
    said = item.claims.get(prop, ())
    return bool(said) if value is None else any(each.value == value for each in said)


def _one_occurs(alternatives: tuple[frozenset[bytes], ...], tokens: Set[bytes]) -> bool:
    return not alternatives or any(marks <= tokens for marks in alternatives)


def _marks(alternatives: tuple[tuple[Condition, ...], ...]) -> tuple[frozenset[bytes], ...]:
    """The ids that stand in the JSON of an item for which an alternative holds, one set for each."""
    return tuple(
        frozenset(id.encode() for condition in every for id in condition if id is not None) for every in alternatives
    )
