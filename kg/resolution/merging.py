"""Events that are one happening told several times, in one document or in several."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extraction.drafts import DraftEvent
from kg.model import EntityRef, PartialDate, Value

_WHO = ("participant", "agent", "target")
_ABOUT_TREATY = {"Signing", "Ratification", "EntryIntoForce", "Termination", "Negotiation"}


_ONCE = {"EntryIntoForce", "Signing"}


def place_of(event: DraftEvent) -> str:
    """Where the event is first told, as other events refer to it: "@" document, paragraph and token."""
    return f"@{event.properties[0].passage.document}.{event.paragraph}.{event.token}"


def merge_events(events: Iterable[DraftEvent]) -> tuple[list[DraftEvent], dict[str, DraftEvent]]:
    """Join those that agree; the events that remain, and for each place of the texts the event it now belongs to.

    Two tellings are one happening when they are of one class and kind, share who takes part and what it is about, and
    differ neither in date nor in place. One state may cede land to another more than once: cessions of two documents
    must both have a date.
    """
    kept: list[DraftEvent] = []
    at: dict[str, DraftEvent] = {}
    for event in sorted(events, key=lambda e: (-_richness(e), place_of(e))):
        place = place_of(event)
        same = next((k for k in kept if _one(k, event)), None)
        if same is None:
            kept.append(event)
            same = event
        else:
            same.properties += [p for p in event.properties if p not in same.properties]
            same.modality = min(same.modality, event.modality, key=lambda m: m.value != "Actual")
            same.name = same.name or event.name
        at.setdefault(place, same)
    kept.sort(key=place_of)
    return kept, at


def _richness(event: DraftEvent) -> int:
    return len({(p.predicate, p.object) for p in event.properties})


def _one(kept: DraftEvent, other: DraftEvent) -> bool:
    if (kept.cls, kept.kind) != (other.cls, other.kind):
        return False
    if kept.entity or other.entity:
        return kept.entity == other.entity
    if (kept.modality.value == "Actual") != (other.modality.value == "Actual") and kept.cls != "Signing":
        return False
    if kept.cls in _ONCE and _same_treaty(kept, other):
        return True
    if not _dates_agree(kept.values("date"), other.values("date")) or not _places_agree(kept, other):
        return False
    if kept.cls in _ABOUT_TREATY:
        return _same_treaty(kept, other)
    if kept.cls == "Visit":
        return _refs(kept, "agent") == _refs(other, "agent") and _targets_agree(kept, other)
    if kept.cls == "Cession" and (_treaties_differ(kept, other) or not _together(kept, other)):
        return False
    if kept.cls in {"Interaction", "Accession", "Cession"}:
        return _refs(kept, "agent") == _refs(other, "agent") and _refs(kept, "target") == _refs(other, "target")
    if kept.cls == "Summit":
        return _summits_agree(kept, other)
    mine, theirs = _refs(kept, *_WHO), _refs(other, *_WHO)
    return bool(theirs) and (theirs <= mine or mine <= theirs)


def _refs(event: DraftEvent, *predicates: str) -> frozenset[str]:
    return frozenset(v.id for v in event.values(*predicates) if isinstance(v, EntityRef))


def _dates_agree(mine: list[Value], theirs: list[Value]) -> bool:
    pairs = [(a, b) for a in mine for b in theirs if isinstance(a, PartialDate) and isinstance(b, PartialDate)]
    return not pairs or any(a.agrees(b) for a, b in pairs)


def _together(kept: DraftEvent, other: DraftEvent) -> bool:
    """Whether one document tells both, or both have a date."""
    return _in_one_text(kept, other) or bool(kept.values("date") and other.values("date"))


def _in_one_text(kept: DraftEvent, other: DraftEvent) -> bool:
    mine, theirs = ({p.passage.document for p in event.properties} for event in (kept, other))
    return bool(mine & theirs)


def _treaties_differ(kept: DraftEvent, other: DraftEvent) -> bool:
    mine, theirs = _refs(kept, "concernsTreaty"), _refs(other, "concernsTreaty")
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _places_agree(kept: DraftEvent, other: DraftEvent) -> bool:
    mine, theirs = _refs(kept, "location"), _refs(other, "location")
    return not mine or not theirs or bool(mine & theirs)


def _in_a_month(event: DraftEvent) -> bool:
    """Whether a month or a day is told of it."""
    return any(isinstance(d, PartialDate) and d.precision != "year" for d in event.values("date"))


def _targets_agree(kept: DraftEvent, other: DraftEvent) -> bool:
    mine, theirs = _refs(kept, "target"), _refs(other, "target")
    return not mine or not theirs or bool(mine & theirs)


def _same_treaty(kept: DraftEvent, other: DraftEvent) -> bool:
    mine, theirs = _refs(kept, "concernsTreaty"), _refs(other, "concernsTreaty")
    if mine != theirs:
        return False
    if kept.cls == "Ratification":
        return _refs(kept, "agent") == _refs(other, "agent")
    if kept.cls == "Negotiation" and not mine:
        return _refs(kept, *_WHO) == _refs(other, *_WHO)
    return bool(mine)


def _summits_agree(kept: DraftEvent, other: DraftEvent) -> bool:
    words = [
        {w.lower() for w in re.findall(r"[A-Z]\w+", e.name)} - {"summit", "conference", "forum"} for e in (kept, other)
    ]
    if not words[0] or not words[1]:  # "the summit" of another text is another one
        here = bool(_refs(kept, "location") & _refs(other, "location"))
        near = [_in_a_month(e) for e in (kept, other)]
        bare = any(not e.values("date", "location") for e in (kept, other))
        return here or all(near) or (_in_one_text(kept, other) and (bare or any(near)))
    return bool(words[0] & words[1])
