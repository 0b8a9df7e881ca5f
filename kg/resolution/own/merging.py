"""Entries to records: references resolved, the entries of one entity united, and laid over the packaged record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from kg.model import POLITIES, PartialDate
from kg.resolution.folding import fold
from kg.resolution.own.entries import DATED, Wrong
from kg.resolution.own.targets import OWNERS, Targets
from kg.resolution.records import Membership, Record, Term
from kg.resolution.reference import Reference

T = TypeVar("T")


def resolved(record: Record, id: str, targets: Targets) -> Record:
    """The record with ids for all that it refers to; ``Wrong`` for what is not known or of another class."""
    within = OWNERS | {"Place"} if record.cls == "Place" else OWNERS
    found = replace(
        record,
        id=id,
        country=record.country and targets.find(record.country, within, "the owner"),
        place=record.place and targets.find(record.place, {"Place"}, "the place"),
        successors=_ids(record.successors, POLITIES, "the successor", targets),
        parties=_ids(record.parties, OWNERS, "the party", targets),
        terms=tuple(replace(t, of=targets.find(t.of, OWNERS, "the office of")) for t in record.terms),
        memberships=tuple(
            replace(m, organisation=targets.find(m.organisation, {"InternationalOrganisation"}, "the organisation"))
            for m in record.memberships
        ),
        lineage=record.lineage and _lineage(record.lineage, targets),
    )
    if record.cls == "HistoricalState" and not (record.start or record.end) and _other_meaning(record, id, targets):
        raise Wrong(f"{record.name!r} has other meanings: a historical state of this name needs a start or an end")
    if id in (found.country, *found.successors, *found.parties):
        raise Wrong("it refers to itself")
    known = targets.packaged.get(id)
    if found.lineage and not found.start and not (known and known.since):
        raise Wrong("a state in a line needs a start")
    return found


def _other_meaning(record: Record, id: str, targets: Targets) -> bool:
    """Whether the name of a state that the packaged data lacks means something else there."""
    return targets.packaged.get(id) is None and bool(targets.packaged.reference.by_name(record.name))


def _ids(values: Iterable[str], classes: frozenset[str], what: str, targets: Targets) -> tuple[str, ...]:
    return tuple(sorted({targets.find(value, classes, what) for value in values}))


def _lineage(value: str, targets: Targets) -> str:
    if value.startswith("lineage/"):
        return value
    id = targets.find(value, POLITIES, "the line of")
    record = targets.packaged.get(id)
    return (record.lineage if record else None) or f"lineage/{id.split('/')[1]}"


def united(records: Sequence[Record]) -> Record:
    """One record of those that entries of one entity give, which do not contradict one another."""
    name = min(r.name for r in records)
    first = min(records, key=lambda r: (r.name, repr(r)))
    lists = ("demonyms", "seats", "surnames", "successors", "parties", "terms", "memberships", "sources")
    scalars = ("qid", "country", "place", "lineage", *DATED)
    values: dict[str, Any] = {f: max((getattr(r, f) or "" for r in records), key=_exactness) or None for f in scalars}
    values |= {f: tuple(sorted({v for r in records for v in getattr(r, f)}, key=repr)) for f in lists}
    aliases = sorted({n for r in records for n in (r.name, *r.aliases)} - {name})
    return replace(first, name=name, aliases=tuple(aliases), **values)


def laid_over(own: Record, packaged: Reference) -> Record:
    """The record that is used: what the user gives replaces single values and comes first in lists."""
    known = packaged.get(own.id)
    if known is None:
        return replace(own, since=own.start if own.lineage else None)
    other = _known_otherwise(known, packaged)
    aliases = [name for name in own.aliases if fold(name) not in other]
    names = {own.name, *aliases}
    values: dict[str, Any] = {f: getattr(own, f) or getattr(known, f) for f in ("qid", "country", "place", "lineage")}
    values |= {f: _date(getattr(own, f), getattr(known, f)) for f in DATED}
    if known.country and (own.country or "").startswith("place/"):
        values["country"] = known.country  # within which place says less than in which state
    if own.start and known.since and PartialDate(known.since).agrees(PartialDate(own.start)):
        values["start"] = known.start
    return replace(
        known,
        cls=own.cls,
        name=own.name,
        aliases=tuple(n for n in _joined(aliases, (known.name, *known.aliases)) if n != own.name),
        demonyms=_joined(own.demonyms, known.demonyms),
        seats=_joined(own.seats, known.seats),
        surnames=_joined([s for s in own.surnames if fold(s) not in other], known.surnames),
        weak=tuple(name for name in known.weak if name not in names),
        successors=_replaced(own.successors, known.successors),
        parties=_replaced(own.parties, known.parties),
        terms=_terms(own.terms, known.terms),
        memberships=_memberships(own.memberships, known.memberships),
        sources=_joined(own.sources, known.sources),
        prior=own.prior,
        **values,
    )


def names_taken(given: Record, packaged: Reference) -> frozenset[str]:
    """The folded names that mean this record alone, whatever the packaged data calls so.

    Not those of treaties and of states with dates: of two such of one name the year tells which is meant. Nor what the
    packaged record has as a demonym, capital or surname.
    """
    known = packaged.get(given.id)
    dated = given.start or given.end or (known and (known.start or known.since or known.end))
    if given.cls == "Treaty" or (given.cls in POLITIES and dated):
        return frozenset()
    other = _known_otherwise(known, packaged) if known else set()
    return frozenset(map(fold, (given.name, *given.aliases))) - other


def _known_otherwise(known: Record, packaged: Reference) -> set[str]:
    """What a name of the record's line or its demonym, capital or surname already stands for."""
    line = packaged.lineage(known.id)
    names = [n for r in line for n in (*r.demonyms, *r.seats, *r.surnames)]
    names += [n for r in line if r.id != known.id for n in (r.name, *r.aliases)]
    return {fold(n) for n in names}


def _exactness(value: str) -> tuple[int, str]:
    return len(value), value


def _date(own: str | None, known: str | None) -> str | None:
    """The user's date; the packaged one where it says the same more exactly."""
    if own and known and len(known) > len(own) and PartialDate(known).agrees(PartialDate(own)):
        return known
    return own or known


def _replaced(own: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    return own if own and set(own) != set(known) else known


def _joined(first: Iterable[T], then: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *then)))


def _terms(own: Sequence[Term], known: Sequence[Term]) -> tuple[Term, ...]:
    """The user's terms, and the packaged ones of other offices or another year; a term without dates adds no second."""
    there = {(t.office, t.of) for t in known}
    kept = [t for t in own if t.start or t.end or (t.office, t.of) not in there]
    years = {(t.office, t.of, (t.start or "")[:4]) for t in kept}
    return _joined(kept, (t for t in known if (t.office, t.of, (t.start or "")[:4]) not in years))


def _memberships(own: Sequence[Membership], known: Sequence[Membership]) -> tuple[Membership, ...]:
    there = {m.organisation for m in known}
    kept = [m for m in own if m.start or m.end or m.organisation not in there]
    replaced = {m.organisation for m in kept}
    return _joined(kept, (m for m in known if m.organisation not in replaced))
