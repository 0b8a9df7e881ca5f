"""Ids and labels of events, made of what they are: class, treaty or participants, place, date."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kg.extraction.drafts import DraftEvent
from kg.extraction.page import LocalEntity
from kg.model import (
    EntityRef,
    Event,
    Modality,
    PartialDate,
    Value,
)
from kg.slugs import slug

_LABELS = {"EntryIntoForce": "Entry into force"}


class EventNames:
    """Names the events of a corpus; ``entities`` are its entities by key."""

    def __init__(self, entities: dict[str, LocalEntity]) -> None:
        self.entities = entities

    def ids(self, events: Sequence[DraftEvent]) -> dict[int, str]:
        """The id of each event by ``id()`` of the draft; a digest of where it is told tells namesakes apart."""
        found: dict[int, str] = {}
        taken: Counter[str] = Counter()
        for event in sorted(events, key=self._order):
            base = event.entity or self._id(event)
            taken[base] += 1
            found[id(event)] = base if taken[base] == 1 or event.entity else f"{base}-{self._digest(event)}"
        return found

    def _order(self, event: DraftEvent) -> tuple[str, str, str]:
        return (self._id(event), str(event.properties[0].passage.document), self._digest(event))

    def _digest(self, event: DraftEvent) -> str:
        first = min((p.passage.document, p.passage.span.start) for p in event.properties)
        return hashlib.sha256(repr(first).encode()).hexdigest()[:6]

    def _id(self, event: DraftEvent) -> str:
        """Readable and made of what the event is: class, treaty or participants, date."""
        treaties = [v.id.split("/")[-1] for v in event.values("concernsTreaty") if isinstance(v, EntityRef)]
        people = [
            v.id.split("/")[-1] for v in event.values("agent", "participant", "target") if isinstance(v, EntityRef)
        ]
        dates = _dates(event)
        who = treaties[:1] + (
            people[:2] if event.cls in {"Ratification", "Accession", "Cession"} or not treaties else []
        )
        named = [slug(event.name)] if event.name and event.cls == "Summit" else []
        places = [v.id.split("/")[-1] for v in event.values("location") if isinstance(v, EntityRef)]
        unrealised = [] if event.modality is Modality.ACTUAL else [event.modality.value.lower()]
        kind = [event.kind.lower()] if event.kind else []
        parts = [
            *kind,
            *unrealised,
            *(named or who[:3]),
            *(places[:1] if event.cls in {"Meeting", "Visit", "Summit"} else []),
            *dates[:1],
        ]
        cls = re.sub(r"(?<!^)(?=[A-Z])", "-", event.cls).lower()
        return f"event/{cls}-{slug(' '.join(parts))}"[:120].rstrip("-")

    def node(self, event: DraftEvent, id: str) -> Event:
        """The event under an id, with its label."""
        modality = strongest(p.modality for p in event.properties if p.predicate == "type")
        return Event(id, event.cls, self._text(event), modality)

    def _text(self, event: DraftEvent) -> str:
        names = [self._label(v) for v in event.values("concernsTreaty")]
        who = [self._label(v) for v in event.values("agent", "participant")]
        target = [self._label(v) for v in event.values("target")]
        cls = _LABELS.get(event.cls, event.cls)
        date = next(iter(_dates(event)), "")
        if event.name:
            return event.name
        if event.cls == "Interaction":
            cls = event.kind.capitalize()
        joint = "under" if event.cls == "Cession" else "on" if event.cls == "Negotiation" else "of"
        head = f"{cls} {joint} {names[0]}" if names and event.cls != "Interaction" else cls
        by = " and ".join(dict.fromkeys(x for x in who[:2] if x))
        to = next((x for x in target if x and x not in who), "")
        text = head + (f": {by}" if by else "") + (f" to {to}" if to else "")
        return f"{text}, {date}" if date else text

    def _label(self, value: Value) -> str:
        return self.entities[value.id].name if isinstance(value, EntityRef) and value.id in self.entities else ""


def _dates(event: DraftEvent) -> list[str]:
    """The dates that are told of it as it is told itself: not the day on which a planned one did not come."""
    told_as = strongest(p.modality for p in event.properties if p.predicate == "type")
    told = (p for p in event.properties if p.predicate == "date" and p.modality is told_as)
    return list(dict.fromkeys(p.object.text for p in told if isinstance(p.object, PartialDate)))


def strongest(modalities: Iterable[Modality]) -> Modality:
    """The modality that says most: what took place before what is planned, possible, denied."""
    order = [Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE, Modality.NEGATED]
    return min(modalities, key=order.index, default=Modality.ACTUAL)
