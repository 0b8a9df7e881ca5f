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
from kg.extraction.topics import topic
from kg.model import NOBODY, POLITIES, ClassRef, Duration, EntityRef, Modality, Passage, Value

_LINE = re.compile(
    r"^[^\w\n]*(?P<label>[A-Za-z][A-Za-z ]{2,30}?)[*_ \t]*[:|][*_ \t]*(?P<value>\S[^\n]*)$", re.MULTILINE
)
_PATTERN = "field"
_MEMBERS = POLITIES | {"InternationalOrganisation"}
_CLASSES: dict[str, frozenset[str]] = {
    "person": frozenset({"Person"}),
    "member": _MEMBERS,
    "treaty": frozenset({"Treaty"}),
    "conflict": frozenset({"Conflict"}),
}
_OF_SIGNING = {"signedOn": "date", "signedAt": "location", "signatory": "participant"}


@dataclass(frozen=True, slots=True)
class _Field:
    """What lines of some names tell: a property of what the text is about, and the kind of its values."""

    of: str
    property: str
    value: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its name, where its value stands in the paragraph, and the passage of the whole line."""

    paragraph: Paragraph
    label: str
    start: int
    end: int
    passage: Passage

    @property
    def text(self) -> str:
        """The value as written."""
        return self.paragraph.doc.text[self.start : self.end]


class FieldReader:
    """Notes what such lines tell of the treaty or organisation that the text or its section is about."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.page, self.resolved = notes, notes.page, notes.resolved
        self._signings: dict[str, DraftEvent] = {}

    def read(self) -> None:
        """Read all lines of the page; those of a treaty's signing make one event."""
        for paragraph in self.page.paragraphs:
            for line in self._lines(paragraph):
                for field in (f for f in _fields() if line.label in f.labels):
                    for subject in topic(self.page, self.resolved, paragraph, {field.of})[:1]:
                        self._note(subject, field, line)
        self.notes.events += self._signings.values()

    def _lines(self, paragraph: Paragraph) -> Iterator[_Line]:
        if paragraph.block.kind == "title":
            return
        for found in _LINE.finditer(paragraph.doc.text):
            span = paragraph.doc.char_span(found.start("label"), found.end("value"), alignment_mode="expand")
            if span is not None:
                passage = self.notes.passage(paragraph.index, span.start, span.end)
                yield _Line(paragraph, plain(found["label"]), found.start("value"), found.end("value"), passage)

    def _note(self, subject: str, field: _Field, line: _Line) -> None:
        for value in self._values(subject, field, line):
            if field.property == "memberOf" and isinstance(value, EntityRef):
                self.notes.add(value.id, field.property, EntityRef(subject), line.passage, _PATTERN)
                continue
            self.notes.add(subject, field.property, value, line.passage, _PATTERN)
            if field.property in _OF_SIGNING:
                self._sign(subject, _OF_SIGNING[field.property], value, line)

    def _values(self, subject: str, field: _Field, line: _Line) -> list[Value]:
        match field.value:
            case "date":
                days = [resolve(expr, None) for expr in find_times(line.text)[:1]]
                return [day for day in days if day is not None]
            case "duration":
                return [Duration(found.iso) for found in find_durations(line.text)[:1]]
            case "place":
                keys = self._entities(line, frozenset({"Place"}))[:1]
            case "ratifier":
                keys = self._entities(line, frozenset({"GovernmentBody"})) or self._entities(line, _MEMBERS)
            case "party":
                keys = list(self.resolved.entities[subject].parties)
            case _:
                keys = self._entities(line, _CLASSES[field.value])
        return [EntityRef(key) for key in keys if key != subject]

    def _sign(self, treaty: str, predicate: str, value: Value, line: _Line) -> None:
        """Let what a line tells of the signing be told of its event too."""
        if treaty not in self._signings:
            event = DraftEvent("Signing", "", line.paragraph.index, 0, Modality.ACTUAL)
            self._signings[treaty] = event
            self._add(event, "type", ClassRef("Signing"), line)
            self._add(event, "concernsTreaty", EntityRef(treaty), line)
        self._add(self._signings[treaty], predicate, value, line)

    def _add(self, event: DraftEvent, predicate: str, value: Value, line: _Line) -> None:
        event.properties.append(DraftFact("#", predicate, value, line.passage, Modality.ACTUAL, NOBODY, 0.9, _PATTERN))

    def _entities(self, line: _Line, classes: frozenset[str]) -> list[str]:
        """The entities of these classes that the value names, in its order."""
        doc, found = line.paragraph.doc, []
        for k, mention in enumerate(self.resolved.mentions):
            if mention.paragraph != line.paragraph.index or mention.form is Form.DEMONYM:
                continue
            if line.start <= doc[mention.start].idx < line.end:
                keys = self.resolved.referents.get(k, ())
                found += [(mention.start, key) for key in keys if self.resolved.entities[key].cls in classes]
        return list(dict.fromkeys(key for _, key in sorted(found)))


@lru_cache(maxsize=1)
def _fields() -> tuple[_Field, ...]:
    """The names of lines in kg/data/lexicon/fields.toml."""
    rows = load("lexicon/fields")["field"]
    return tuple(_Field(row["of"], row["property"], row["value"], frozenset(row["labels"])) for row in rows)
