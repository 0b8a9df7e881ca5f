"""Whether a position at Wikidata is the office that a text names, and when a person held it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from kg.model import PartialDate
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import UNKNOWN, Item, Said
from kg.resolution.judging.spelling import most_alike
from kg.resolution.judging.subject import HeldOffice
from kg.resolution.offices import canonical

AFTERWARDS = -1.0
LONG_AGO = 0.8
_ALIKE = 0.94
_ELECT = dt.timedelta(days=60)
"""Who was appointed is called by the office for so long before taking it."""


def held(office: HeldOffice, person: Item, context: Context) -> float | None:
    """1 when the person held the office when the text says so, less when the term was over, 0 when never, -1 when it
    began only after the text; None when the office is not known to be of a state at Wikidata."""
    if not office.of or not context.qid(office.of):
        return None
    said = person.claims.get("P39", ())
    positions = {item.id: item for item in context.items(s.value for s in said)}
    found = [s for s in said if s.value in positions and _is(office, positions[s.value], s, context)]
    return max((_then(office.said, s) for s in found), default=0.0)


def served(day: str, parties: Iterable[str], person: Item, context: Context) -> float | None:
    """1 when the person held, that day, an office of one of the polities; None when nothing is known of theirs."""
    qids = context.kin(context.qids(parties))
    terms = [s for s in person.claims.get("P39", ()) if s.qualifier("P580")]
    if not qids or not terms:
        return None
    then = {s.value for s in terms if _then(day, s) == 1.0}
    theirs = (item.values("P1001", "P17") for item in context.items(then))
    return 1.0 if any(qids & context.kin(values) for values in theirs) else None


def same_role(ours: str, theirs: Iterable[str]) -> bool:
    """Whether the role in front of "of ..." is one: "Foreign Minister of Iran", "minister of foreign affairs"."""
    wanted = roles(ours)
    return any(wanted & roles(other) for other in theirs)


def roles(label: str) -> frozenset[str]:
    """The canonical words of an office with and without what it is of."""
    return frozenset(canonical(text) for text in _heads(label))


def _heads(label: str) -> Iterator[str]:
    """The label, and what is left of it before each "of", not down to a bare "Minister" that had more behind it."""
    parts = label.replace(" for ", " of ").split(" of ")
    yield label
    for end in range(len(parts) - 1, 0, -1):
        head = " of ".join(parts[:end])
        if end > 1 or head.lower() not in ("minister", "secretary", "secretary of state", "head", "member"):
            yield head


def _is(office: HeldOffice, position: Item, said: Said, context: Context) -> bool:
    return same_role(office.words, position.names) and _is_of(office, position, said, context)


def _is_of(office: HeldOffice, position: Item, said: Said, context: Context) -> bool:
    qid = context.qid(office.of or "")
    theirs = [*position.values("P1001", "P17"), *filter(None, [said.qualifier("P1001")])]
    if theirs:
        return qid is not None and bool(context.kin((qid,)) & context.kin(theirs))
    tails = [name.rpartition(" of ")[2] for name in position.names if " of " in name]
    return most_alike(context.names(office.of or ""), tails) >= _ALIKE


def _then(day: str | None, said: Said) -> float:
    start, end = said.qualifier("P580"), said.qualifier("P582")
    if day is None:
        return 1.0
    when = PartialDate(day)
    if start and start[0] != UNKNOWN and PartialDate(start).earliest > when.latest + _ELECT:
        return AFTERWARDS
    return LONG_AGO if end and end[0] != UNKNOWN and PartialDate(end).latest.year + 1 < when.year else 1.0
