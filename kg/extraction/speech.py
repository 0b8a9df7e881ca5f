"""Who says what: quotations with their speakers, and the source of each clause that is reported."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extraction.grammar import is_verb
from kg.extraction.mention_at import MentionAt
from kg.extraction.page import Page, Paragraph, Resolved
from kg.extraction.quotations import Quotation, find_quotations, inner_quotations
from kg.extraction.sources import Sources
from kg.model import NOBODY, Attribution


class Speech:
    """The speech of one document: ``quotations`` in its order, those inside of others behind all, and who says each."""

    def __init__(self, page: Page, resolved: Resolved, mention_at: MentionAt) -> None:
        self.page = page
        outer = find_quotations(page.document.text, [p.block for p in page.paragraphs])
        inner = [q for o in outer if o.kind == "sentence" for q in inner_quotations(page.document.text, o)]
        self.quotations = [*outer, *inner]
        self.sources = Sources(page, resolved, mention_at, self.quotations)
        self.attributions: dict[Quotation, Attribution] = {}
        self._attribute(outer)
        self._attribute_inner(inner)

    def attribution(self, paragraph: Paragraph, token: Token) -> Attribution:
        """Who says the clause of this predicate: by the verbs above it, then by the quotations around it."""
        told = self.sources.above(paragraph, token)
        around = [self.attributions[q] for q in self.sources.speeches(paragraph, token) if q in self.attributions]
        return told.passed_on(around[-1]) if around else told

    def quoted(self, paragraph: Paragraph, token: Token) -> bool:
        """Whether the token stands inside of a quotation."""
        return self.sources.level(paragraph, token) > 0

    def _attribute(self, quotations: list[Quotation]) -> None:
        last = NOBODY
        for quotation in quotations:
            if quotation.kind == "name":
                continue
            told = last if quotation.continues else self._speaker(quotation)
            if not told and quotation.unmarked:
                told = self._introducer(quotation)
            if not told and quotation.kind == "sentence":
                told = self._introducer(quotation) or last
            self.attributions[quotation] = told
            last = told or last

    def _attribute_inner(self, quotations: list[Quotation]) -> None:
        """Who is quoted inside of a quotation, as told by those who say the outer one: "'We won't', he told me"."""
        told = dict(self.attributions)
        for quotation in quotations:
            outer = next(who for q, who in told.items() if q.start <= quotation.start and quotation.end <= q.end)
            verb = next(self._verbs(quotation), None)
            if verb is not None:
                paragraph = self.page.paragraphs[quotation.paragraph]
                own = self.sources.of_oneself(verb)
                who = outer if own else self.sources.of_verb(paragraph, verb)
                known = own or (bool(who) and who.speaker != outer.speaker)  # "he" is not who speaks
                self.attributions[quotation] = who.passed_on(outer) if known else Attribution(None, "", outer.tellers)

    def _verbs(self, quotation: Quotation) -> Iterator[Token]:
        """The verbs of saying in the sentences of a quotation, right outside of it, the nearest first."""
        paragraph = self.page.paragraphs[quotation.paragraph]
        span = _span(paragraph, quotation)
        if span is None:
            return
        doc, start, end = paragraph.doc, span[0].sent.start, span[-1].sent.end
        after = next((s for s in doc.sents if s.start == end), None)
        near = after is not None and after.start < len(doc) and doc[after.start].lower_ in {"he", "she"}
        limit = after.end if after is not None and (near or _cut(doc, end)) else end
        level = self.sources.level(paragraph, span[0]) - 1
        outside = [t for t in doc[start:limit] if not span.start <= t.i < span.end and self.sources.is_saying(t)]
        distance = {t.i: span.start - t.i if t.i < span.start else t.i - span.end for t in outside}
        for token in sorted(outside, key=lambda t: (max(distance[t.i], 0), t.i)):
            if self.sources.level(paragraph, token) == level:
                yield token

    def _speaker(self, quotation: Quotation) -> Attribution:
        """Who says a quotation: the subject of the nearest verb of saying that has one, else as its sentence tells."""
        paragraph = self.page.paragraphs[quotation.paragraph]
        for verb in self._verbs(quotation):
            told = self.sources.of_verb(paragraph, verb)
            if told:
                return told.passed_on(self.sources.above(paragraph, verb))
        span = _span(paragraph, quotation)
        if span is None:
            return NOBODY
        source = self.sources.according_to(paragraph, span[0].sent.start, span[-1].sent.end)
        if source:
            return source
        if quotation.kind == "sentence" and span.start > span[0].sent.start + 3:
            return self._clause_subject(paragraph, span[0])
        return self._clause_subject(paragraph, span.root) if quotation.kind == "fragment" else NOBODY

    def _clause_subject(self, paragraph: Paragraph, token: Token) -> Attribution:
        """The subject of the clause that a quoted phrase stands in: "he hailed a 'turning point'"."""
        for node in (token, *token.ancestors):
            if is_verb(node) and not self.quoted(paragraph, node):
                subject = self.sources.subject(paragraph, node)
                if subject:
                    return subject
        return NOBODY

    def _introducer(self, quotation: Quotation) -> Attribution:
        """The subject of a verb of saying that ends the paragraph before: "A spokesman said:"."""
        before = self.page.paragraphs[quotation.paragraph - 1] if quotation.paragraph else None
        if before is not None and _introduces(before):
            for sentence in list(before.doc.sents)[-1:]:
                told = self.sources.subject(before, sentence.root)
                told = told or self.sources.agent_before(before, before.doc[-1])
                if told:
                    return told
        for index in range(quotation.paragraph, max(quotation.paragraph - 2, -1), -1):
            paragraph = self.page.paragraphs[index]
            for verb in reversed([t for t in paragraph.doc if self.sources.is_saying(t)]):
                told = NOBODY if self.quoted(paragraph, verb) else self.sources.of_verb(paragraph, verb)
                if not told and (_introduces(paragraph) or index == quotation.paragraph):
                    told = self.sources.agent_before(paragraph, verb)
                if told:
                    return told
        return NOBODY


def _span(paragraph: Paragraph, quotation: Quotation) -> Span | None:
    offset = paragraph.block.span.start
    found = paragraph.doc.char_span(quotation.start - offset, quotation.end - offset, alignment_mode="contract")
    return found if found is not None and len(found) else None


def _introduces(paragraph: Paragraph) -> bool:
    return paragraph.doc.text.rstrip().endswith(":")


def _cut(doc: Doc, end: int) -> bool:
    """Whether the parser ended the sentence inside: at a comma or before a small letter."""
    return end < len(doc) and (doc[end - 1].text in {",", '"', "”", "’"} or doc[end].text[:1].islower())
