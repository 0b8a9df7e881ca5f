"""What was read in one document held against its gold annotation: entities, links, facts, events, quotations, modality.

Gold entities are found among those read by Wikidata id, then by name, then by most of the words of a name; a treaty
also by its parties and year, or by the day that it is dated. Facts and events are then compared by gold keys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from kg.evaluation.gold import FACTS, RECALL_ONLY, Fact, Gold, GoldEntity, GoldEvent
from kg.evaluation.links import Linked, by_kind, linked
from kg.language.evaluate import Score as Tally
from kg.model import (
    ORGANISATIONS,
    POLITIES,
    Claim,
    Concept,
    Document,
    Duration,
    Entity,
    EntityRef,
    Knowledge,
    Modality,
    PartialDate,
    Value,
)

ENTITIES = POLITIES | ORGANISATIONS | {"Person", "Treaty", "Place", "Conflict"}
DATES = {"signedOn", "inForceFrom", "terminatedOn"}
_PAIR = ("agent", "target")
PEOPLE = ("participant", "agent", "target", "host")
_NONE = Tally()


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one or several documents.

    ``links`` are Wikidata ids among the gold entities that were found, ``slots`` who took part in the events found and
    where, when and within what; ``interactions`` and ``further`` facts count for recall only. ``told_as_actual`` of
    ``unreal`` facts that gold calls planned, possible or negated were told as actual. ``wrong`` and ``missed`` say
    which facts, for people.
    """

    entities: Tally = _NONE
    links: Tally = _NONE
    facts: Tally = _NONE
    further: Tally = _NONE
    events: Tally = _NONE
    slots: Tally = _NONE
    interactions: Tally = _NONE
    quotes: Tally = _NONE
    told_as_actual: int = 0
    unreal: int = 0
    by_property: tuple[tuple[str, Tally], ...] = ()
    by_kind: tuple[tuple[str, Linked], ...] = ()
    missed: tuple[Fact, ...] = ()
    wrong: tuple[Fact, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in Score.__dataclass_fields__))

    def __str__(self) -> str:
        facts = f"facts P {self.facts.precision:.3f} R {self.facts.recall:.3f} F1 {self.facts.f1:.3f}"
        return (
            f"entities F1 {self.entities.f1:.3f}  {facts}  events F1 {self.events.f1:.3f}  "
            f"quotes {self.quotes.right}/{self.quotes.gold}  told as actual {self.told_as_actual}/{self.unreal}"
        )

    def kinds(self) -> dict[str, Linked]:
        """The links to Wikidata by kind of entity, over all documents."""
        return by_kind(self.by_kind)

    def properties(self) -> dict[str, Tally]:
        """The tally of each property, over all documents."""
        found: dict[str, Tally] = {}
        for name, tally in self.by_property:
            found[name] = found.get(name, Tally()) + tally
        return dict(sorted(found.items()))


def total(scores: Iterable[Score]) -> Score:
    """All documents as one."""
    return reduce(Score.__add__, scores, Score())


def score(gold: Gold, document: Document, knowledge: Knowledge) -> Score:
    """The figures of one document, of which ``knowledge`` is all that was read in it."""
    read = _Read(document, knowledge)
    found = align(gold, read)
    keys = {id: key for key, id in found.items()}
    hits, wrong, missed, told_as_actual, unreal = _facts(gold, read, keys)
    further, further_missed = _further(gold, read, keys)
    events, slots = _events(gold, read, keys)
    return Score(
        entities=_entities(gold, read, found),
        links=_links(gold, read, found),
        facts=Tally(len(hits), len(hits) + len(wrong), len(hits) + len(missed)),
        further=Tally(len(further), len(further), len(further) + len(further_missed)),
        events=events,
        slots=slots,
        interactions=_interactions(gold, read, keys),
        quotes=_quotes(gold, read, keys),
        told_as_actual=told_as_actual,
        unreal=unreal,
        by_property=tuple(_by_property(hits | further, wrong, missed | further_missed)),
        by_kind=linked((each, read.entities.get(found.get(key, ""))) for key, each in gold.entities.items()),
        missed=tuple(sorted(missed)),
        wrong=tuple(sorted(wrong)),
    )


def _facts(gold: Gold, read: _Read, keys: dict[str, str]) -> tuple[set[Fact], set[Fact], set[Fact], int, int]:
    """Facts that are right, wrong and missed; how many unreal ones were told as actual, of how many."""
    want = {fact: modality for fact, modality in gold.facts.items() if fact[1] in FACTS}
    told = dict(read.facts(keys, FACTS))
    actual = {f for f, m in want.items() if m is Modality.ACTUAL}
    hits = {f for f in actual if told.get(_match(f, told) or f) is Modality.ACTUAL}
    matched = {_match(f, told) or f for f in want} | _years(gold)
    wrong = {f for f, m in told.items() if m is Modality.ACTUAL and f not in matched}
    unreal = set(want) - actual
    lies = sum(told.get(_match(f, told) or f) is Modality.ACTUAL for f in unreal)
    return hits, wrong, actual - hits, lies, len(unreal)


def _further(gold: Gold, read: _Read, keys: dict[str, str]) -> tuple[set[Fact], set[Fact]]:
    want = {f for f, m in gold.facts.items() if f[1] in RECALL_ONLY and m is Modality.ACTUAL}
    told = {f for f, m in read.facts(keys, RECALL_ONLY) if m is Modality.ACTUAL}
    belongs = {(keys[e.id], keys[e.of]) for e in read.knowledge.entities if e.id in keys and e.of in keys}
    told |= {(one, of, other) for one, other in belongs for of in ("bodyOf", "officeOf")}
    return want & told, want - told


def _by_property(hits: set[Fact], wrong: set[Fact], missed: set[Fact]) -> Iterator[tuple[str, Tally]]:
    for name in sorted({fact[1] for fact in hits | wrong | missed}):
        right, extra, lost = (sum(fact[1] == name for fact in group) for group in (hits, wrong, missed))
        yield name, Tally(right, right + extra, right + lost)


def plain(text: str) -> str:
    """The words of a name that count, in lower case."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", text))
    return " ".join(w for w in words if w not in {"the", "a", "an", "of"})


@dataclass
class _Read:
    """Look-ups into what was read."""

    document: Document
    knowledge: Knowledge
    entities: dict[str, Entity] = field(init=False)
    names: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.entities = {e.id: e for e in self.knowledge.entities}
        self.names = {e.id: {plain(n) for n in (e.name, *e.aliases)} for e in self.knowledge.entities}

    def mentioned(self) -> set[str]:
        found = {m.entity for m in self.knowledge.mentions} | {c.subject for c in self.knowledge.claims}
        found |= {c.object.id for c in self.knowledge.claims if isinstance(c.object, EntityRef)}
        return {id for id in found if id in self.entities and self.entities[id].cls in ENTITIES}

    def facts(self, keys: dict[str, str], properties: frozenset[str]) -> Iterator[tuple[Fact, Modality]]:
        """Facts by gold keys (``?id`` for entities that gold does not have), actual ones last so that they win."""
        claims = [c for c in self.knowledge.claims if c.predicate in properties]
        for claim in sorted(claims, key=lambda c: c.modality is Modality.ACTUAL):
            yield self._fact(claim, keys), claim.modality

    def _fact(self, claim: Claim, keys: dict[str, str]) -> Fact:
        subject = keys.get(claim.subject, f"?{claim.subject}")
        if claim.predicate == "holdsOffice" and isinstance(claim.object, EntityRef):
            office = self.entities[claim.object.id]
            names = plain(" ".join([office.name, *sorted(office.aliases)]))
            return subject, claim.predicate, names, keys.get(office.of or "", f"?{office.of}")
        return subject, claim.predicate, key_of(claim.object, keys)


def key_of(value: Value, keys: dict[str, str]) -> str:
    match value:
        case EntityRef(id):
            return keys.get(id, f"?{id}")
        case PartialDate(text) | Duration(text):
            return text
        case Concept(_, id):
            return id
        case _:
            return repr(value)


# entities


def compatible(kind: str, cls: str) -> bool:
    """Whether an entity of class ``cls`` may be what gold calls ``kind``."""
    return any(kind in group and cls in group for group in (POLITIES, ORGANISATIONS)) or kind == cls


def align(gold: Gold, read: _Read) -> dict[str, str]:
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


def _may_be(told: GoldEntity, id: str, read: _Read) -> bool:
    return compatible(told.type, read.entities[id].cls)


def _names(told: GoldEntity) -> set[str]:
    return {plain(name) for name in told.names}


def _alike(one: str, other: str) -> bool:
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.6 * len(a | b) > 0


def _treaties_by_facts(gold: Gold, read: _Read, found: dict[str, str]) -> dict[str, str]:
    keys = {id: key for key, id in found.items()}
    more: dict[str, str] = {}
    for key, told in gold.entities.items():
        if told.type != "Treaty" or key in found:
            continue
        dates = {f[2] for f in gold.facts if f[0] == key and f[1] in DATES}
        parties = {f[2] for f in gold.facts if f[:2] == (key, "party")}
        years = {date[:4] for date in dates} | {told.year}
        for id, entity in sorted(read.entities.items()):
            if entity.cls != "Treaty" or id in keys or id in more.values():
                continue
            claims = [c for c in read.knowledge.claims if c.subject == id]
            theirs = {key_of(c.object, keys) for c in claims if c.predicate == "party"}
            dated = {c.object.text for c in claims if isinstance(c.object, PartialDate) and c.predicate in DATES}
            same_day = any(len(date) == 10 for date in dates & dated)
            same_parties = bool(parties) and parties <= theirs and (bool({d[:4] for d in dated} & years) or not dated)
            if same_day or same_parties:
                more[key] = id
                break
    return more


def _entities(gold: Gold, read: _Read, found: dict[str, str]) -> Tally:
    wanted = {key for key, told in gold.entities.items() if told.type in ENTITIES}
    mentioned = read.mentioned()
    return Tally(sum(found.get(key) in mentioned for key in wanted), len(mentioned), len(wanted))


def _links(gold: Gold, read: _Read, found: dict[str, str]) -> Tally:
    """Of the gold entities with an id: how many carry it, how many carry one, how many there are and were found."""
    ids = [
        (told.qid, read.entities[found[key]].qid) for key, told in gold.entities.items() if told.qid and key in found
    ]
    return Tally(sum(want == own for want, own in ids), sum(bool(own) for _, own in ids), len(ids))


# facts


def _match(fact: Fact, told: Iterable[Fact]) -> Fact | None:
    """The fact as it was read; an office by its words and whose it is."""
    if fact[1] != "holdsOffice":
        return fact if fact in told else None
    role = set(plain(fact[2]).split())
    return next((t for t in told if t[:2] == fact[:2] and role <= set(t[2].split()) and fact[3:] in ((), t[3:])), None)


def _years(gold: Gold) -> set[Fact]:
    """The year in a treaty's name may also be read as when it was signed."""
    return {(key, "signedOn", told.year) for key, told in gold.entities.items() if told.year}


# events


def _events(gold: Gold, read: _Read, keys: dict[str, str]) -> tuple[Tally, Tally]:
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
    everyone = set().union(*(roles.get(role, set()) for role in PEOPLE))
    right = len(event.actors & everyone) + sum(value in roles.get(slot, set()) for slot, value in event.slots)
    return Tally(right, right, len(event.actors) + len(event.slots))


def _interactions(gold: Gold, read: _Read, keys: dict[str, str]) -> Tally:
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


def _is_told(id: str, read: _Read) -> bool:
    claims = [c for c in read.knowledge.claims if c.subject == id and c.modality is Modality.ACTUAL]
    return any(c.predicate in {"date", "location", *PEOPLE} for c in claims)


def _roles(id: str, read: _Read, keys: dict[str, str]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for claim in read.knowledge.claims:
        if claim.subject == id:
            roles.setdefault(claim.predicate, set()).add(key_of(claim.object, keys))
    return roles


def _fit(gold: GoldEvent, cls: str, roles: dict[str, set[str]]) -> float:
    """How well an event is the one that gold means; half of who takes part, or its treaty, is enough."""
    if cls != gold.type:
        return 0.0
    theirs = set().union(*(roles.get(role, set()) for role in PEOPLE))
    shared = len(gold.actors & theirs)
    about = gold.treaty in roles.get("concernsTreaty", set())
    circumstances = sum(v in roles.get(k, set()) for k, v in gold.slots if k in ("date", "location"))
    return (shared / len(gold.actors) if gold.actors else 0.5) + 0.5 * about + 0.5 * (shared >= 2) + 0.3 * circumstances


# speech


def _quotes(gold: Gold, read: _Read, keys: dict[str, str]) -> Tally:
    text = read.document.text
    told = [
        (keys.get(s.attribution.speaker or ""), plain(" ".join(text[q.span.start : q.span.end] for q in s.quotations)))
        for s in read.knowledge.statements
        if s.quotations
    ]
    right = sum(
        any(who == speaker and plain(quote) in words for who, words in told) for speaker, quote in gold.statements
    )
    return Tally(right, len(told), len(gold.statements))
