"""Where the readers of details put what they read: facts and events of one document."""

from __future__ import annotations

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.page import Page, Resolved
from kg.model import NOBODY, Attribution, Modality, Passage, Value


class Notes:
    """The facts and events read so far, beside the page and its entities."""

    def __init__(self, page: Page, resolved: Resolved) -> None:
        self.page, self.resolved = page, resolved
        self.facts: list[DraftFact] = []
        self.events: list[DraftEvent] = []

    def passage(self, paragraph: int, start: int, end: int) -> Passage:
        """The passage of the tokens ``[start, end)`` of a paragraph."""
        return self.page.paragraphs[paragraph].passage(self.page.document.id, start, end)

    def add(
        self,
        subject: str,
        predicate: str,
        value: Value,
        passage: Passage,
        pattern: str,
        told: Modality = Modality.ACTUAL,
        attribution: Attribution = NOBODY,
        confidence: float = 0.9,
    ) -> None:
        """Note a fact; ``told`` is how it is told, ``attribution`` who says so."""
        self.facts.append(DraftFact(subject, predicate, value, passage, told, attribution, confidence, pattern))
