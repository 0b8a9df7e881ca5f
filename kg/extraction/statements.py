"""Statements: each utterance of a quotation, and each clause under a verb of saying."""

from __future__ import annotations

from kg.extraction.grammar import SUBJECTS
from kg.extraction.page import Page, Resolved
from kg.extraction.quotations import Quotation
from kg.extraction.speech import Speech
from kg.model import Attribution, Passage, Span, Statement


class Statements:
    """The statements of one document, from its speech."""

    def __init__(self, page: Page, resolved: Resolved, speech: Speech) -> None:
        self.page, self.resolved, self.speech = page, resolved, speech

    def read(self) -> list[Statement]:
        """One statement for each utterance: neighbouring parts of one speaker's quotation belong together."""
        found: list[Statement] = []
        last: tuple[int, Attribution, int] | None = None
        for quotation in self.speech.quotations:
            if quotation not in self.speech.attributions or quotation.end <= quotation.start:
                continue
            who = self.speech.attributions[quotation]
            passage = Passage(self.page.document.id, Span(quotation.start, quotation.end))
            if last is not None and last[1] == who and who and self._goes_on(last, quotation):
                previous = found.pop()
                quotations = (*previous.quotations, passage)
                found.append(self._statement(who, quotations))
            else:
                found.append(self._statement(who, (passage,)))
            last = (quotation.paragraph, who, quotation.end)
        return [*found, *self._reported()]

    def _goes_on(self, last: tuple[int, Attribution, int], quotation: Quotation) -> bool:
        if quotation.continues:
            return True
        if quotation.start < last[2]:
            return False
        gap = self.page.document.text[last[2] : quotation.start]
        return (
            last[0] == quotation.paragraph
            and len(gap) < 80
            and ". " not in gap.strip(" .”\"'")
            and quotation.kind == "sentence"
        )

    def _statement(self, who: Attribution, quotations: tuple[Passage, ...]) -> Statement:
        mentioned = {key for q in quotations for key in self._mentioned(q.span.start, q.span.end)}
        whole = Passage(self.page.document.id, Span(quotations[0].span.start, quotations[-1].span.end))
        return Statement("", whole, who, quotations, tuple(sorted(mentioned)))

    def _mentioned(self, start: int, end: int) -> set[str]:
        found: set[str] = set()
        for k, mention in enumerate(self.resolved.mentions):
            paragraph = self.page.paragraphs[mention.paragraph]
            passage = paragraph.passage(self.page.document.id, mention.start, mention.end)
            if start <= passage.span.start and passage.span.end <= end:
                found.update(self.resolved.referents.get(k, ()))
        return found

    def _reported(self) -> list[Statement]:
        """Clauses under a verb of saying, outside of quotations."""
        found: list[Statement] = []
        for paragraph in self.page.paragraphs:
            for token in paragraph.doc:
                if (
                    token.dep_ != "ccomp"
                    or not self.speech.sources.is_saying(token.head)
                    or self.speech.quoted(paragraph, token)
                ):
                    continue
                who = self.speech.attribution(paragraph, token)
                left, right = token.left_edge.i, token.right_edge.i + 1
                if not who or left <= token.head.i < right:
                    continue
                speakers = (c.left_edge.i for c in token.head.children if c.dep_ in SUBJECTS)
                right = min([right, *(place for place in speakers if place > token.i)])
                while paragraph.doc[left].is_punct:
                    left += 1
                while paragraph.doc[right - 1].text == ",":
                    right -= 1
                passage = paragraph.passage(self.page.document.id, left, right)
                mentions = tuple(sorted(self._mentioned(passage.span.start, passage.span.end)))
                found.append(Statement("", passage, who, (), mentions))
        return found
