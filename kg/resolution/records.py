"""One entity that is known beforehand: its names, dates, offices, memberships, and what it belongs to.

Dates are partial ISO 8601 (``1813``, ``1813-10``, ``1813-10-24``), ``None`` where unknown or still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kg.model import PartialDate
from kg.resolution.folding import words_in


@dataclass(frozen=True, slots=True)
class Term:
    """A term of office: the role in canonical words (``President``), and the id of what it is an office of."""

    office: str
    of: str
    start: str | None = None
    end: str | None = None

    def covers(self, when: PartialDate) -> bool:
        """Whether the term lies, in part at least, in that time; not when its start is not known."""
        if self.start is None or PartialDate(self.start).earliest > when.latest:
            return False
        return self.end is None or when.earliest <= PartialDate(self.end).latest


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's membership of an organisation (its id)."""

    organisation: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One entity that is known beforehand.

    ``cls`` is a class of the contract. ``since`` is the date from which a polity is the state of its ``lineage``
    (which may end before the polity does: the RSFSR lived on inside the Soviet Union). ``seats`` are capitals and
    palaces that stand for a polity's government. ``prior`` (0 to 1) says how likely a bare name means this record;
    the names in ``weak`` are also ordinary words or other well-known names and need further evidence.
    ``code`` is a state's ISO 3166-1 alpha-3 code; ``country`` is what a place lies in or a body belongs to. A person's
    ``start`` is the birth. ``signed``, ``in_force``, ``parties`` and ``concludes``
    are those of treaties, whose ``end`` is the day they ended.
    """

    id: str
    cls: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    qid: str | None = None
    start: str | None = None
    end: str | None = None
    since: str | None = None
    lineage: str | None = None
    successors: tuple[str, ...] = ()
    country: str | None = None
    seats: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    memberships: tuple[Membership, ...] = ()
    weak: tuple[str, ...] = ()
    prior: float = 0.5
    kind: str | None = None
    code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    signed: str | None = None
    in_force: str | None = None
    parties: tuple[str, ...] = ()
    place: str | None = None
    concludes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """The words of all its names, in lower case."""
        return frozenset(w for name in (self.name, *self.aliases) for w in words_in(name))


def record(row: dict[str, Any]) -> Record:
    """A record from its JSON object; raises ``TypeError`` for a field that a record does not have."""
    values: dict[str, Any] = {key: tuple(value) if type(value) is list else value for key, value in row.items()}
    if "terms" in values:
        values["terms"] = tuple(Term(*term) for term in values["terms"])
    if "memberships" in values:
        values["memberships"] = tuple(Membership(*each) for each in values["memberships"])
    return Record(**values)
