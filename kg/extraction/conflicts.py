"""Who fights, and where, by the name of a conflict."""

from __future__ import annotations

import re

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.lexicon import lexicon
from kg.extraction.notes import Notes
from kg.model import NOBODY, POLITIES, ClassRef, EntityRef, Modality, Value


class ConflictReader:
    """Notes the conflicts that the text names as events."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved

    def read(self) -> None:
        """Who fights or where, by the conflict's own name: "Russo-Persian War", "conflict in Gaza"."""
        for k, mention in enumerate(self.resolved.mentions):
            keys = self.resolved.referents.get(k, ())
            if mention.cls != "Conflict" or not keys:
                continue
            inside = [
                (m.form, key)
                for n, m in enumerate(self.resolved.mentions)
                if n != k and mention.holds(m)
                for key in self.resolved.referents.get(n, ())
            ]
            sides = [key for _, key in inside if self.resolved.entities[key].cls in POLITIES]
            sides = self._combining(mention.text) + sides
            if " in " in mention.text:
                self._conflict(k, keys[0], [("location", x) for _, x in inside])
            elif len(set(sides)) >= 2:
                self._conflict(k, keys[0], [("participant", x) for x in dict.fromkeys(sides)])

    def _combining(self, text: str) -> list[str]:
        """The state behind the first part of "Russo-Persian"."""
        first = re.match(r"([A-Z]\w+)[-–]", text)
        key = lexicon().combining.get(first.group(1).lower()) if first else None
        return [key] if key in self.resolved.entities else []

    def _conflict(self, k: int, key: str, properties: list[tuple[str, str]]) -> None:
        mention = self.resolved.mentions[k]
        passage = self.notes.passage(mention.paragraph, mention.start, mention.end)
        event = DraftEvent("Conflict", "", mention.paragraph, mention.start, Modality.ACTUAL, entity=key)
        values: list[tuple[str, Value]] = [("type", ClassRef("Conflict")), *((p, EntityRef(x)) for p, x in properties)]
        for predicate, value in values:
            event.properties.append(
                DraftFact("#", predicate, value, passage, Modality.ACTUAL, NOBODY, 0.8, "conflict-name")
            )
        self.notes.events.append(event)
