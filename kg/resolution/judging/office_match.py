"""Whether a position at Wikidata is the office that a text names, and when a person held it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from kg.model import PartialDate
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import UNKNOWN, Item, Said
from kg.resolution.judging.rules import general_roles
from kg.resolution.judging.spelling import most_alike, respelled
from kg.resolution.judging.subject import HeldOffice
from kg.resolution.offices import canonical

AFTERWARDS = -1.0
LONG_AGO = 0.8
ANYWHERE = 0.8
GENERAL = 0.7
OTHER = 0.4
_ALIKE = 0.94
_ELECT = dt.timedelta(days=60)
"""Who was appointed is called by the office for so long before taking it."""


def held(office: HeldOffice, person: Item, context: Context) -> float | None:
    """Whether the person held the office when the text says so.

    1 is this office of this state then. Less are, in this order: the term was over long ago, the state is not told;
    the office has no name of its own ("counterpart"), another office of the state, none of it. -1 is that it began only
    after the text, None that nothing follows: the state is not known at Wikidata, the offices of the person are not, or
    the office is of something else than a state, whose offices few data have.
    """
    if office.of and not context.qid(office.of):
        return None
    said = person.claims.get("P39", ())
    positions = {item.id: item for item in context.items(s.value for s in said)}
    found = [(_alike(office, positions[s.value], s, context), s) for s in said if s.value in positions]
    best = max((degree for degree, _ in found), default=0.0)
    if best == 0.0:
        told = office.of is not None and context.is_polity(office.of)
        return 0.0 if told and not any(s.value == UNKNOWN for s in said) else None
    then = max(_then(office.said, s) for degree, s in found if degree == best)
    return AFTERWARDS if then == AFTERWARDS and best >= GENERAL else max(0.0, best * then)


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
    """The canonical words of an office with and without what it is of, in one spelling."""
    return frozenset(respelled(canonical(text)) for text in _heads(label))


def _heads(label: str) -> Iterator[str]:
    """The label, and what is left of it before each "of", not down to a bare "Minister" that had more behind it."""
    parts = label.replace(" for ", " of ").split(" of ")
    yield label
    for end in range(len(parts) - 1, 0, -1):
        head = " of ".join(parts[:end])
        if end > 1 or head.lower() not in ("minister", "secretary", "secretary of state", "head", "member"):
            yield head


def _alike(office: HeldOffice, position: Item, said: Said, context: Context) -> float:
    """How much the office is the position, whenever that was."""
    same = same_role(office.words, position.names)
    if office.of is None:
        return ANYWHERE if same else 0.0
    if not _is_of(office, position, said, context):
        return 0.0
    return 1.0 if same else GENERAL if office.words.lower() in general_roles() else OTHER


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
