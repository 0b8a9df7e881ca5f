"""Documents to all that each says: annotate, find mentions, resolve them, read facts, complete them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType

from spacy.language import Language

from kg import language
from kg.extraction.completing import complete_signings, enacted, exchanged, without_bare, without_outsiders
from kg.extraction.details import read_details
from kg.extraction.facts import FactReader
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.names import find_names
from kg.extraction.nominals import find_nominals
from kg.extraction.notes import Notes
from kg.extraction.offices import find_offices
from kg.extraction.page import Found, OfficePhrase, Page, Paragraph
from kg.extraction.truecase import truecased
from kg.model import Document
from kg.reading.markdown import unlinked
from kg.resolution.corpus import DocumentReading
from kg.resolution.document import resolve_document
from kg.resolution.epochs import epochs
from kg.resolution.moving import Moved
from kg.resolution.places import countries_of
from kg.resolution.reference import Reference
from kg.resolution.representation import represented, with_known_offices
from kg.resolution.timing import InTime

Job = tuple[Document, Moved]
"""What to read, and which mentions in it a reviewer gave to other entities."""


class Reader:
    """Reads documents with a language pipeline and the reference data."""

    def __init__(self, nlp: Language, reference: Reference) -> None:
        self.nlp, self.reference = nlp, reference
        self.gazetteer = Gazetteer((name, record.id, kind) for name, record, kind in reference.names())

    def read(self, document: Document, moved: Moved = MappingProxyType({})) -> DocumentReading:
        """Everything that the document says. ``moved`` are mentions that a reviewer gave to other entities."""
        return next(self.read_all([(document, moved)]))

    def read_all(self, jobs: Sequence[Job]) -> Iterator[DocumentReading]:
        """What each document says, in order; the same for the same document, whatever else is read with it.

        The paragraphs of several go through the language pipeline together.
        """
        texts = (text for document, _ in jobs for text in self._texts(document))
        docs = language.annotate(self.nlp, texts)
        for document, moved in jobs:
            paragraphs = (Paragraph(i, block, next(docs)) for i, block in enumerate(document.blocks))
            yield self._read(Page(document, tuple(paragraphs)), moved)

    def _read(self, page: Page, moved: Moved) -> DocumentReading:
        document = page.document
        mentions, phrases = self._mentions(page)
        resolved = resolve_document(page, mentions, phrases, self.reference, moved)
        times = epochs(page)
        acts_for = with_known_offices(represented(resolved, phrases), resolved, phrases, self.reference, times)
        facts = FactReader(page, resolved, acts_for, times, countries_of(resolved.entities, self.reference), phrases)
        read = facts.read()
        notes = Notes(page, resolved)
        in_time = InTime(resolved.entities, self.reference, {} if document.issued else times)
        acted = in_time.persons(read.facts, read.events)

        def owner_then(owner: str, person: str) -> str:
            return in_time.owner(owner, acted.get(person))

        read_details(notes, phrases, facts.speech, facts.mention_at, acts_for, list(read.facts), owner_then)
        told = [*read.facts, *notes.facts]
        years = in_time.years(told)
        happened = without_bare([*read.events, *notes.events])
        every = in_time.cessions(in_time.facts(told, years), happened, years)
        for event in happened:
            in_time.event(event, years)
        happened, every = without_outsiders(happened, every, resolved.entities, self.reference.lineage_id)
        happened, every = exchanged(happened, every)
        every = enacted(happened, every, resolved.entities, acts_for)
        complete_signings(happened, every)
        return DocumentReading(
            document,
            resolved.entities,
            tuple(
                (page.paragraphs[m.paragraph].passage(document.id, m.start, m.end), resolved.referents[k])
                for k, m in enumerate(resolved.mentions)
                if k in resolved.referents
            ),
            tuple(every),
            tuple(happened),
            read.statements,
            sum(len(list(p.doc.sents)) for p in page.paragraphs),
        )

    def _texts(self, document: Document) -> list[str]:
        return [unlinked(text) for text in truecased(document, self.gazetteer)]

    def _class_of(self, id: str) -> str:
        record = self.reference.get(id)
        return record.cls if record else ""

    def _mentions(self, page: Page) -> tuple[list[Found], list[OfficePhrase]]:
        mentions: list[Found] = []
        phrases: list[OfficePhrase] = []
        for paragraph in page.paragraphs:
            found = find_names(paragraph, self.gazetteer, self._class_of)
            found, offices = find_offices(paragraph, found)
            found = find_nominals(paragraph, found)
            first = len(mentions)
            mentions += [replace(m, of=_moved(m.of, first)) for m in found]
            phrases += [
                replace(o, of=_moved(o.of, first), to=_moved(o.to, first), persons=tuple(k + first for k in o.persons))
                for o in offices
            ]
        return mentions, phrases


def _moved(index: int | None, by: int) -> int | None:
    return None if index is None else index + by
