"""What follows from other facts of the same document without further reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.page import LocalEntity
from kg.model import ClassRef, EntityRef, Modality, PartialDate, Passage

_DENOUNCE = "denounce-treaty"
_EXCHANGES = frozenset({"exchange-of-ratifications", "ratifications-exchanged"})
_OF_SIGNING = frozenset({"signedOn", "signedAt", "signatory"})


def complete_signings(events: Iterable[DraftEvent], facts: Iterable[DraftFact]) -> None:
    """Those who signed a treaty, when nothing else says so, are its parties but those who acceded; adds them."""
    events = list(events)
    joined = {
        (t, a) for e in events if e.cls == "Accession" for t in e.values("concernsTreaty") for a in e.values("agent")
    }
    told = (f for f in facts if f.predicate == "party" and f.modality is Modality.ACTUAL)
    parties = [f for f in told if (EntityRef(f.subject), f.object) not in joined]
    for event in events:
        if event.cls != "Signing" or event.modality is not Modality.ACTUAL or event.values("participant"):
            continue
        treaties = _ids(event, "concernsTreaty")
        event.properties += [replace(f, subject="#", predicate="participant") for f in parties if f.subject in treaties]


def exchanged(events: list[DraftEvent], facts: list[DraftFact]) -> tuple[list[DraftEvent], list[DraftFact]]:
    """With each party that ratified where ratifications were exchanged, if the text tells of two or more parties."""
    every, told = [], list(facts)
    for event in events:
        first, treaties = event.properties[0], _ids(event, "concernsTreaty")
        took_place = first.pattern in _EXCHANGES and event.modality is Modality.ACTUAL and not event.values("agent")
        known = {f.object: f for f in facts if took_place and f.predicate == "party" and f.subject in treaties}
        parties = [party for party, fact in known.items() if fact.modality is Modality.ACTUAL]
        if len(parties) < 2:
            every.append(event)
            continue
        for party in parties:
            own = replace(first, predicate="agent", object=party)
            every.append(replace(event, properties=[*event.properties, own]))
            told += [replace(own, subject=treaty, predicate="ratifiedBy") for treaty in sorted(treaties)]
    return every, told


def without_bare(events: list[DraftEvent]) -> list[DraftEvent]:
    """The events without mere mentions of one: "is being ratified", where the same text tells who ratified when."""
    told = {(e.cls, treaty) for e in events if not _is_bare(e) for treaty in e.values("concernsTreaty")}
    return [e for e in events if not _is_bare(e) or told.isdisjoint((e.cls, t) for t in e.values("concernsTreaty"))]


def without_outsiders(
    events: list[DraftEvent],
    facts: list[DraftFact],
    entities: dict[str, LocalEntity],
    lineage: Callable[[str], str],
) -> tuple[list[DraftEvent], list[DraftFact]]:
    """Without the denunciations by those who are no parties: "denounced by France" is then said of a treaty only.

    ``lineage`` gives for the id of a record one that states have in common with those that they followed.
    """
    denounced = [e for e in events if e.properties[0].pattern == _DENOUNCE]
    outside = [e for e in denounced if _by_outsiders(e, facts, entities, lineage)]
    passages = {e.properties[0].passage for e in outside}
    kept = [f for f in facts if f.pattern != _DENOUNCE or f.passage not in passages]
    return [e for e in events if e not in outside], kept


def _by_outsiders(
    event: DraftEvent, facts: list[DraftFact], entities: dict[str, LocalEntity], lineage: Callable[[str], str]
) -> bool:
    agents, treaties = _ids(event, "agent"), _ids(event, "concernsTreaty")
    parties = {party for treaty in treaties for party in entities[treaty].parties}
    told = (f.object for f in facts if f.predicate == "party" and f.subject in treaties and f.pattern != _DENOUNCE)
    parties |= {o.id for o in told if isinstance(o, EntityRef)}
    families = [{lineage(entities[key].record or key) for key in keys if key in entities} for keys in (agents, parties)]
    return len(families[1]) > 1 and families[0].isdisjoint(families[1])


def _ids(event: DraftEvent, predicate: str) -> set[str]:
    """The entities that are values of a property."""
    return {value.id for value in event.values(predicate) if isinstance(value, EntityRef)}


def _is_bare(event: DraftEvent) -> bool:
    return event.modality is Modality.ACTUAL and {p.predicate for p in event.properties} == {"type", "concernsTreaty"}


def enacted(
    events: list[DraftEvent], facts: list[DraftFact], entities: dict[str, LocalEntity], acts_for: dict[str, str]
) -> list[DraftFact]:
    """The facts, where a head of state signs what was signed and voted on before told as ratification, not as signing.

    "Both signed the treaty in January. The Duma ratified it on 8 April; Putin signed it on 21 April": the last event
    becomes a Ratification, in place. ``acts_for`` gives the state of a person.
    """
    voted = [e for e in events if e.cls == "Ratification" and e.modality is Modality.ACTUAL]
    for event in (e for e in events if e.cls == "Signing" and e.modality is Modality.ACTUAL):
        signer = _one_person(event, entities) if _signed_before(event, facts) else ""
        for state in (_voting_state(vote, entities) for vote in voted if signer and _follows(event, vote)):
            if state and acts_for.get(signer, state) == state:
                facts = _as_ratification(event, state, facts)
                break
    return facts


def _signed_before(event: DraftEvent, facts: list[DraftFact]) -> bool:
    """Whether the treaty is told to have been signed on an earlier day."""
    treaties = _ids(event, "concernsTreaty")
    told = [f.object for f in facts if f.predicate == "signedOn" and f.subject in treaties]
    days = [d for d in event.values("date") if isinstance(d, PartialDate)]
    return bool(days) and any(isinstance(d, PartialDate) and d.latest < days[0].earliest for d in told)


def _one_person(event: DraftEvent, entities: dict[str, LocalEntity]) -> str:
    """Who takes part, if that is one person alone."""
    signers = [v.id for v in event.values("participant") if isinstance(v, EntityRef)]
    return signers[0] if len(signers) == 1 and entities[signers[0]].cls == "Person" else ""


def _voting_state(vote: DraftEvent, entities: dict[str, LocalEntity]) -> str:
    """The state whose body ratifies."""
    bodies = [entities[v.id] for v in vote.values("agent") if isinstance(v, EntityRef)]
    return next((body.of for body in bodies if body.cls == "GovernmentBody" and body.of), "")


def _follows(signing: DraftEvent, vote: DraftEvent) -> bool:
    """Whether a treaty is signed after a vote on it."""
    if set(signing.values("concernsTreaty")).isdisjoint(vote.values("concernsTreaty")):
        return False
    days = [[d for d in e.values("date") if isinstance(d, PartialDate)] for e in (vote, signing)]
    return all(days) and days[0][0].earliest <= days[1][0].earliest


def _as_ratification(event: DraftEvent, state: str, facts: list[DraftFact]) -> list[DraftFact]:
    treaties = _ids(event, "concernsTreaty")
    passage = event.properties[0].passage
    event.cls, event.properties = "Ratification", [_of_ratification(p) for p in event.properties]
    event.properties.append(replace(event.properties[0], predicate="agent", object=EntityRef(state)))
    kept = [
        f for f in facts if not (f.subject in treaties and f.predicate in _OF_SIGNING and _same(f.passage, passage))
    ]
    told = replace(event.properties[0], predicate="ratifiedBy", object=EntityRef(state))
    return [*kept, *(replace(told, subject=treaty) for treaty in sorted(treaties))]


def _of_ratification(told: DraftFact) -> DraftFact:
    return replace(told, object=ClassRef("Ratification")) if told.predicate == "type" else told


def _same(one: Passage, other: Passage) -> bool:
    """Whether they overlap."""
    return one.span.start < other.span.end and other.span.start < one.span.end
