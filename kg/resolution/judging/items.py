"""Something that an entity may be: an item of Wikidata, or a record of the reference data in the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

UNKNOWN = "?"
"""The value of a statement that says there is one but not which (``somevalue``)."""


class Said(NamedTuple):
    """The value of a statement (Q-id, partial date or text) and its qualifiers, property and value, sorted."""

    value: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    def qualifier(self, prop: str) -> str | None:
        """The first value of a qualifier."""
        return next((value for name, value in self.qualifiers if name == prop), None)


@dataclass(frozen=True, slots=True)
class Item:
    """``names`` begin with the label; ``claims`` are those of the properties in ``kg/data/wikidata/kinds.toml``, in the
    order of the entity and without deprecated ones; ``sitelinks`` is how many wikis have a page about it."""

    id: str
    label: str
    names: tuple[str, ...] = ()
    description: str = ""
    sitelinks: int = 0
    claims: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)

    def values(self, *props: str) -> tuple[str, ...]:
        """The known values of these properties."""
        return tuple(said.value for prop in props for said in self.claims.get(prop, ()) if said.value != UNKNOWN)

    def first(self, *props: str) -> str | None:
        """The first known value of the first of these properties that has one."""
        return next(iter(self.values(*props)), None)
