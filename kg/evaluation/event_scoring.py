"""Events that were read held against those of the gold annotation: what happened, who took part, where and when."""

from __future__ import annotations

from kg.evaluation.gold import Gold, GoldEvent
from kg.evaluation.lookup import Read, key_of
from kg.language.evaluate import Score as Tally
from kg.model import Modality

_PEOPLE = ("participant", "agent", "target", "host")


def events(gold: Gold, read: Read, keys: dict[str, str]) -> tuple[Tally, Tally]:
    """Events that are right, and the slots of those."""
    told = {e.id: (e.cls, _roles(e.id, read, keys)) for e in read.knowledge.events if e.modality is Modality.ACTUAL}
    told |= {
        id: ("Conflict", _roles(id, read, keys))
        for id, e in read.entities.items()
        if e.cls == "Conflict" and _is_told(id, read)
    }
    told = {id: event for id, event in told.items() if event[0] != "Interaction"}
    wanted = [e for e in gold.events if e.modality is Modality.ACTUAL and e.type != "Interaction"]
    used: set[str] = set()
    slots = Tally()
    for event in wanted:
        ranked = sorted(((_fit(event, *told[id]), id) for id in told if id not in used), key=lambda x: (-x[0], x[1]))
        fits = ranked[0][1] if ranked and ranked[0][0] >= 0.5 else None
        slots += _slots(event, told[fits][1] if fits else {})
        used |= {fits} if fits else set()
    return Tally(len(used), len(told), len(wanted)), slots


def _slots(event: GoldEvent, roles: dict[str, set[str]]) -> Tally:
    everyone = set().union(*(roles.get(role, set()) for role in _PEOPLE))
    right = len(event.actors & everyone) + sum(value in roles.get(slot, set()) for slot, value in event.slots)
    return Tally(right, right, len(event.actors) + len(event.slots))


def interactions(gold: Gold, read: Read, keys: dict[str, str]) -> Tally:
    """Interactions with the right agent and target; of the same pair as many as were read."""
    told = [_roles(e.id, read, keys) for e in read.knowledge.events if e.cls == "Interaction"]
    wanted = [e for e in gold.events if e.type == "Interaction" and e.modality is Modality.ACTUAL]
    right = 0
    for event in wanted:
        fits = (
            i for i, r in enumerate(told) if event.agent in r.get("agent", ()) and event.target in r.get("target", ())
        )
        place = next(fits, None)
        if place is not None:
            right += 1
            del told[place]
    return Tally(right, right, len(wanted))


def _is_told(id: str, read: Read) -> bool:
    claims = [c for c in read.knowledge.claims if c.subject == id and c.modality is Modality.ACTUAL]
    return any(c.predicate in {"date", "location", *_PEOPLE} for c in claims)


def _roles(id: str, read: Read, keys: dict[str, str]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for claim in read.knowledge.claims:
        if claim.subject == id:
            roles.setdefault(claim.predicate, set()).add(key_of(claim.object, keys))
    return roles


def _fit(gold: GoldEvent, cls: str, roles: dict[str, set[str]]) -> float:
    """How well an event is the one that gold means; half of who takes part, or its treaty, is enough."""
    if cls != gold.type:
        return 0.0
    theirs = set().union(*(roles.get(role, set()) for role in _PEOPLE))
    shared = len(gold.actors & theirs)
    about = gold.treaty in roles.get("concernsTreaty", set())
    circumstances = sum(v in roles.get(k, set()) for k, v in gold.slots if k in ("date", "location"))
    return (shared / len(gold.actors) if gold.actors else 0.5) + 0.5 * about + 0.5 * (shared >= 2) + 0.3 * circumstances
