"""What was read in one document, to be looked up by the keys of its gold annotation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.evaluation.gold import Fact
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
"""The classes of entities that are counted."""


@dataclass
class Read:
    """All that was read in a document; ``names`` are the plain names of each entity."""

    document: Document
    knowledge: Knowledge
    entities: dict[str, Entity] = field(init=False)
    names: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.entities = {e.id: e for e in self.knowledge.entities}
        self.names = {e.id: {plain(n) for n in (e.name, *e.aliases)} for e in self.knowledge.entities}

    def mentioned(self) -> set[str]:
        """The ids of the entities that the document mentions or tells something of."""
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
    """A value as gold writes it: the key of an entity (``?id`` where gold has none), a date, the id of a concept."""
    match value:
        case EntityRef(id):
            return keys.get(id, f"?{id}")
        case PartialDate(text) | Duration(text):
            return text
        case Concept(_, id):
            return id
        case _:
            return repr(value)


def plain(text: str) -> str:
    """The words of a name that count, in lower case."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", text))
    return " ".join(w for w in words if w not in {"the", "a", "an", "of"})
