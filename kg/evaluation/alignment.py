"""Which entity that was read is which of the gold annotation.

They are found by Wikidata id, then by name, then by most of the words of a name; a treaty also by its parties and year,
or by the day that it is dated.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.evaluation.gold import Gold, GoldEntity
from kg.evaluation.lookup import Read, key_of, plain
from kg.model import ORGANISATIONS, POLITIES, PartialDate

_DATES = {"signedOn", "inForceFrom", "terminatedOn"}


def align(gold: Gold, read: Read) -> dict[str, str]:
    """Gold key -> id of the entity that was read."""
    found: dict[str, str] = {}
    ways: tuple[Callable[[GoldEntity, str], bool], ...] = (
        lambda told, id: told.qid != "" and told.qid == read.entities[id].qid,
        lambda told, id: bool(_names(told) & read.names[id]),
        lambda told, id: any(_alike(n, m) for n in _names(told) for m in read.names[id]),
    )
    for way in ways:
        for key, told in gold.entities.items():
            fits = (id for id in sorted(read.entities) if id not in found.values() and _may_be(told, id, read))
            id = next((id for id in fits if way(told, id)), None) if key not in found else None
            if id is not None:
                found[key] = id
    return found | _treaties_by_facts(gold, read, found)


def _may_be(told: GoldEntity, id: str, read: Read) -> bool:
    """Whether their classes allow it; which kind of polity or organisation it is does not matter."""
    cls = read.entities[id].cls
    return told.type == cls or any(told.type in group and cls in group for group in (POLITIES, ORGANISATIONS))


def _names(told: GoldEntity) -> set[str]:
    return {plain(name) for name in told.names}


def _alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.6 * len(a | b) > 0


def _treaties_by_facts(gold: Gold, read: Read, found: dict[str, str]) -> dict[str, str]:
    keys = {id: key for key, id in found.items()}
    more: dict[str, str] = {}
    for key, told in gold.entities.items():
        if told.type != "Treaty" or key in found:
            continue
        dates = {f[2] for f in gold.facts if f[0] == key and f[1] in _DATES}
        parties = {f[2] for f in gold.facts if f[:2] == (key, "party")}
        years = {date[:4] for date in dates} | {told.year}
        for id, entity in sorted(read.entities.items()):
            if entity.cls != "Treaty" or id in keys or id in more.values():
                continue
            claims = [c for c in read.knowledge.claims if c.subject == id]
            theirs = {key_of(c.object, keys) for c in claims if c.predicate == "party"}
            dated = {c.object.text for c in claims if isinstance(c.object, PartialDate) and c.predicate in _DATES}
            same_day = any(len(date) == 10 for date in dates & dated)
            same_parties = bool(parties) and parties <= theirs and (bool({d[:4] for d in dated} & years) or not dated)
            if same_day or same_parties:
                more[key] = id
                break
    return more
