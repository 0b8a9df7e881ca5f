"""Lines that name what they tell: "Signed: 26 February 1921, Moscow", as tables of facts have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.dates import find_durations, find_times, resolve
from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.lexicon import load, plain
from kg.extraction.notes import Notes
from kg.extraction.page import Form, Paragraph
from kg.model import ORGANISATIONS, POLITIES, ClassRef, Duration, EntityRef, Modality, PartialDate, Passage, Value

_LINE = re.compile(
    r"^[^\w\n]*(?P<label>[A-Za-z][A-Za-z ]{2,30}?)[*_ \t]*[:|][*_ \t]*(?P<value>\S[^\n]*)$", re.MULTILINE
)
_PATTERN = "field"


@dataclass(frozen=True, slots=True)
class _Field:
    """One line: what it tells, where its value stands in the paragraph, and the passage of the whole line."""

    paragraph: Paragraph
    label: str
    start: int
    end: int
    passage: Passage


class FieldReader:
    """Notes what such lines tell of the treaty or organisation that the text or its section is about."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved

    def read(self) -> None:
        """Read all lines of the page; those of a treaty's signing make one event."""
        signings: dict[str, DraftEvent] = {}
        for paragraph in self.page.paragraphs:
            for field in self._fields(paragraph):
                subject = self._subject(paragraph, {"Treaty"})
                if subject is not None:
                    self._treaty(subject, field, signings)
                organisation = self._subject(paragraph, set(ORGANISATIONS))
                if organisation is not None and field.label in _labels("organisation", "members"):
                    for member in self._entities(field, set(POLITIES)):
                        self.notes.add(member, "memberOf", EntityRef(organisation), field.passage, _PATTERN)
        self.notes.events += signings.values()

    def _fields(self, paragraph: Paragraph) -> Iterator[_Field]:
        if paragraph.block.kind == "title":
            return
        for line in _LINE.finditer(paragraph.doc.text):
            span = paragraph.doc.char_span(line.start("label"), line.end("value"), alignment_mode="expand")
            if span is not None:
                passage = self.notes.passage(paragraph.index, span.start, span.end)
                yield _Field(paragraph, plain(line["label"]), line.start("value"), line.end("value"), passage)

    def _subject(self, paragraph: Paragraph, classes: set[str]) -> str | None:
        """What the heading above is about, else the title."""
        for index in (self.page.heading_of.get(paragraph.index), 0):
            if index is None or self.page.paragraphs[index].block.kind not in {"title", "heading"}:
                continue
            for k, mention in enumerate(self.resolved.mentions):
                keys = self.resolved.referents.get(k, ()) if mention.paragraph == index else ()
                if len(keys) == 1 and self.resolved.entities[keys[0]].cls in classes:
                    return keys[0]
        return None

    def _treaty(self, treaty: str, field: _Field, signings: dict[str, DraftEvent]) -> None:
        told: list[tuple[str, Value]] = []
        label, states = (
            field.label,
            [EntityRef(k) for k in self._entities(field, set(POLITIES) | {"InternationalOrganisation"})],
        )
        if label in _labels("treaty", "signed"):
            told += [("signedOn", day) for day in self._dates(field)]
        if label in _labels("treaty", "signed") | _labels("treaty", "place"):
            told += [("signedAt", EntityRef(k)) for k in self._entities(field, {"Place"})[:1]]
        if label in _labels("treaty", "signatories"):
            told += [("signatory", EntityRef(k)) for k in self._entities(field, {"Person"})]
        if label in _labels("treaty", "signatories") | _labels("treaty", "parties"):
            told += [("party", state) for state in states]
        if label in _labels("treaty", "force"):
            told += [("inForceFrom", day) for day in self._dates(field)]
        if label in _labels("treaty", "end"):
            told += [("terminatedOn", day) for day in self._dates(field)]
        if label in _labels("treaty", "ratified"):
            bodies = [EntityRef(k) for k in self._entities(field, {"GovernmentBody"})]
            told += [("ratifiedBy", one) for one in bodies or states]
        if label in _labels("treaty", "exchanged"):
            told += [("ratifiedBy", EntityRef(k)) for k in self.resolved.entities[treaty].parties]
        if label in _labels("treaty", "duration"):
            text = field.paragraph.doc.text[field.start : field.end]
            told += [("duration", Duration(found.iso)) for found in find_durations(text)[:1]]
        if label in _labels("treaty", "replaced"):
            told += [("replaces", EntityRef(k)) for k in self._entities(field, {"Treaty"}) if k != treaty]
        if label in _labels("treaty", "wars"):
            told += [("concludes", EntityRef(k)) for k in self._entities(field, {"Conflict"})]
        for predicate, value in told:
            self.notes.add(treaty, predicate, value, field.passage, _PATTERN)
            self._sign(treaty, predicate, value, field, signings)

    def _sign(self, treaty: str, predicate: str, value: Value, field: _Field, signings: dict[str, DraftEvent]) -> None:
        """Let what a line tells of the signing be told of its event too."""
        told = {"signedOn": "date", "signedAt": "location", "signatory": "participant"}.get(predicate)
        if told is None:
            return
        if treaty not in signings:
            signings[treaty] = DraftEvent(
                "Signing", "", field.paragraph.index, field.paragraph.doc[0].i, Modality.ACTUAL
            )
            self._add(signings[treaty], "type", ClassRef("Signing"), field)
            self._add(signings[treaty], "concernsTreaty", EntityRef(treaty), field)
        self._add(signings[treaty], told, value, field)

    def _add(self, event: DraftEvent, predicate: str, value: Value, field: _Field) -> None:
        event.properties.append(DraftFact("#", predicate, value, field.passage, Modality.ACTUAL, None, 0.9, _PATTERN))

    def _dates(self, field: _Field) -> list[PartialDate]:
        text = field.paragraph.doc.text[field.start : field.end]
        found = [resolve(expr, None) for expr in find_times(text)[:1]]
        return [day for day in found if day is not None]

    def _entities(self, field: _Field, classes: set[str]) -> list[str]:
        """The entities of these classes that the value names, in its order."""
        doc, found = field.paragraph.doc, []
        for k, mention in enumerate(self.resolved.mentions):
            if mention.paragraph != field.paragraph.index or mention.form is Form.DEMONYM:
                continue
            if field.start <= doc[mention.start].idx < field.end:
                keys = self.resolved.referents.get(k, ())
                found += [(mention.start, key) for key in keys if self.resolved.entities[key].cls in classes]
        return list(dict.fromkeys(key for _, key in sorted(found)))


@lru_cache(maxsize=32)
def _labels(table: str, name: str) -> frozenset[str]:
    return frozenset(load("lexicon/fields")[table][name])
