"""What the phrase that names a treaty tells of it: parties, duration, year."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extraction import grammar, modality
from kg.extraction.dates import find_durations, find_times, resolve
from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.lexicon import lexicon
from kg.extraction.mention_at import MentionAt
from kg.extraction.notes import Notes
from kg.extraction.page import Form
from kg.extraction.speech import Speech
from kg.model import NOBODY, POLITIES, ClassRef, Duration, EntityRef, Modality, PartialDate, Passage

_THROUGH = frozenset({"by", "in", "through", "under", "with"})


class TreatyPhrases:
    """Notes what the mentions of treaties show."""

    def __init__(self, notes: Notes, speech: Speech, mention_at: MentionAt) -> None:
        self.speech, self.mention_at = speech, mention_at
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved

    def read(self, read: list[DraftFact]) -> None:
        """``read`` are the facts that the patterns read: a year in a name counts only where they give no date."""
        dated = {
            f.subject for f in read if f.predicate in {"signedOn", "inForceFrom"} and f.modality is Modality.ACTUAL
        }
        for k, mention in enumerate(self.resolved.mentions):
            for key in self.resolved.referents.get(k, ()):
                if self.resolved.entities[key].cls != "Treaty":
                    continue
                passage = self.notes.passage(mention.paragraph, mention.start, mention.end)
                paragraph = self.page.paragraphs[mention.paragraph]
                head = mention.head(paragraph.doc)
                told = modality.of_object(head), self.speech.attribution(paragraph, head)
                shown = self._wide(mention.paragraph, mention.start, mention.end)
                for party in self.resolved.shown_parties.get(k, ()):
                    self.notes.add(key, "party", EntityRef(party), shown, "treaty-name", *told)
                for party, clause in self._parties_of_clause(head, mention.paragraph):
                    self.notes.add(key, "party", EntityRef(party), clause, "treaty-clause", *told)
                for found in find_durations(mention.text):
                    self.notes.add(key, "duration", Duration(found.iso), passage, "treaty-name")
                for party, heading in self._section_parties(k):
                    self.notes.add(key, "party", EntityRef(party), heading, "treaty-section")
                year = self.resolved.shown_years.get(k)
                if year is not None and key not in dated:
                    self._year(key, year, k)

    def _parties_of_clause(self, head: Token, paragraph: int) -> list[tuple[str, Passage]]:
        """Who acts in "the agreement by which A and B settled": its parties."""
        found = []
        for clause in (c for c in head.children if c.dep_ == "acl:relcl"):
            marked = any(
                t.tag_ == "WDT" and grammar.preposition(t) in _THROUGH for t in clause.subtree if t.i < clause.i
            )
            for token in (c for c in clause.children if c.dep_ in {"nsubj", "nsubj:pass"}) if marked else ():
                passage = self.notes.passage(paragraph, head.i, clause.i + 1)
                for each in grammar.conjuncts(token):
                    keys = self.mention_at(self.page.paragraphs[paragraph], each)
                    found += [(k, passage) for k in keys if self.resolved.entities[k].cls in POLITIES]
        return found

    def _section_parties(self, k: int) -> list[tuple[str, Passage]]:
        """Parties from the heading above a treaty's own heading: "Historical treaties between Russia and Iran"."""
        own = self.resolved.mentions[k].paragraph
        above = self.page.heading_of.get(own)
        if self.page.paragraphs[own].block.kind != "heading" or above is None:
            return []
        block = self.page.paragraphs[above]
        if not any(t.lower_ in lexicon().treaty_heads for t in block.doc):
            return []
        passage = self.notes.passage(above, 0, len(block.doc))
        keys = [
            x
            for n, m in enumerate(self.resolved.mentions)
            if m.paragraph == above and m.cls in POLITIES
            for x in self.resolved.referents.get(n, ())
        ]
        return [(x, passage) for x in dict.fromkeys(keys)] if len(set(keys)) == 2 else []

    def _wide(self, paragraph: int, start: int, end: int) -> Passage:
        doc = self.page.paragraphs[paragraph].doc
        head = doc[start:end].root
        left = min(start, head.left_edge.i)
        right = max(end, min(head.right_edge.i + 1, end + 14))
        return self.notes.passage(paragraph, left, right)

    def _year(self, key: str, year: int, k: int) -> None:
        mention = self.resolved.mentions[k]
        doc = self.page.paragraphs[mention.paragraph].doc
        end = next((t.i + 1 for t in doc[mention.start : mention.end + 4] if t.text.startswith(str(year))), mention.end)
        start = min(mention.start, end - 1)
        if str(year) not in doc[start:end].text and mention.start and str(year) in doc[mention.start - 1].text:
            start = mention.start - 1
        passage = self.notes.passage(mention.paragraph, start, end)
        date, passage = self._exact(k) or (PartialDate(str(year)), passage)
        self.notes.add(key, "signedOn", date, passage, "treaty-year", confidence=0.7)
        block = self.page.paragraphs[mention.paragraph].block.kind
        if block == "heading" or mention.form is Form.NOMINAL:
            event = DraftEvent("Signing", "", mention.paragraph, mention.start, Modality.ACTUAL)
            for predicate, value in (("type", ClassRef("Signing")), ("concernsTreaty", EntityRef(key)), ("date", date)):
                event.properties.append(
                    DraftFact("#", predicate, value, passage, Modality.ACTUAL, NOBODY, 0.7, "treaty-year")
                )
            self.notes.events.append(event)

    def _exact(self, k: int) -> tuple[PartialDate, Passage] | None:
        """The day or month right behind the noun: "the treaty of 12 March 2001", "the agreement dated May 1995"."""
        mention = self.resolved.mentions[k]
        doc = self.page.paragraphs[mention.paragraph].doc
        last = doc[mention.end - 1]
        after = last.idx + len(last)
        for expr in find_times(doc.text[after : after + 60]):
            if re.fullmatch(r"\s*\(?(of|signed on|signed in|dated|from|,)?\s*", doc.text[after : after + expr.start]):
                date = resolve(expr, None)
                span = doc.char_span(after + expr.start, after + expr.end, alignment_mode="expand")
                if date is not None and span is not None and date.precision != "year":
                    return date, self.notes.passage(mention.paragraph, mention.start, span.end)
            break
        return None
