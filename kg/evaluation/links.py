"""Links to Wikidata by what is linked: people, states, organisations, places and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from kg.evaluation.gold import GoldEntity
from kg.model import ORGANISATIONS, POLITIES, Entity

KINDS = ("people", "states", "organisations", "places", "treaties", "conflicts")
_KIND_OF = {
    "Person": "people",
    "Place": "places",
    "Treaty": "treaties",
    "Conflict": "conflicts",
    **dict.fromkeys(POLITIES, "states"),
    **dict.fromkeys(ORGANISATIONS, "organisations"),
}


@dataclass(frozen=True, slots=True)
class Linked:
    """Gold entities with an id: ``right`` and ``wrong`` links, found without a link, and not found in the reading."""

    right: int = 0
    wrong: int = 0
    unlinked: int = 0
    unread: int = 0

    def __add__(self, other: Linked) -> Linked:
        return Linked(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def gold(self) -> int:
        return sum(astuple(self))


def linked(pairs: Iterable[tuple[GoldEntity, Entity | None]]) -> tuple[tuple[str, Linked], ...]:
    """The counts of each kind of one document; a pair is an annotated entity with an id and what was read of it."""
    return tuple(
        (kind, _one(told.qid, own)) for told, own in pairs if told.qid and (kind := _KIND_OF.get(told.type)) is not None
    )


def by_kind(counts: Iterable[tuple[str, Linked]]) -> dict[str, Linked]:
    """The sums, in the order of ``KINDS``."""
    found: dict[str, Linked] = {}
    for kind, each in counts:
        found[kind] = found.get(kind, Linked()) + each
    return {kind: found[kind] for kind in KINDS if kind in found}


def _one(qid: str, own: Entity | None) -> Linked:
    if own is None:
        return Linked(unread=1)
    return Linked(right=own.qid == qid, wrong=bool(own.qid) and own.qid != qid, unlinked=not own.qid)
