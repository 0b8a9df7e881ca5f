"""Facts and events as they are read, before entities are joined across documents."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Attribution, Modality, Passage, Statement, Value


@dataclass(frozen=True, slots=True)
class DraftFact:
    """One fact about an entity of the document as one passage tells it."""

    subject: str
    predicate: str
    object: Value
    passage: Passage
    modality: Modality
    attribution: Attribution
    confidence: float
    pattern: str


@dataclass(slots=True)
class DraftEvent:
    """A happening as one or several passages tell it.

    ``properties`` are facts with the event as subject, ``type`` included. ``entity`` is the Conflict entity that the
    event is, when it is one that the text names.
    """

    cls: str
    kind: str
    paragraph: int
    token: int
    modality: Modality
    properties: list[DraftFact] = field(default_factory=list)
    entity: str | None = None
    name: str = ""

    def values(self, *predicates: str) -> list[Value]:
        """Distinct values of the properties, in the order read."""
        return list(dict.fromkeys(p.object for p in self.properties if p.predicate in predicates))


@dataclass(frozen=True)
class Reading:
    """All that was read in one document."""

    facts: tuple[DraftFact, ...]
    events: tuple[DraftEvent, ...]
    statements: tuple[Statement, ...]
