"""What a reading says, in words that a test can compare: ``party Iran``, ``Signing participant Iran``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from doc_builder import ISSUED, reference

from kg import language
from kg.extraction.drafts import DraftFact
from kg.model import (
    Block,
    ClassRef,
    Concept,
    Document,
    Duration,
    EntityRef,
    Modality,
    PartialDate,
    Span,
    Value,
)
from kg.reader import Reader
from kg.resolution.corpus import DocumentReading


@cache
def reader() -> Reader:
    """The reader with the shipped pipeline, loaded once for all tests."""
    return Reader(language.load(), reference())


def written(*paragraphs: str, name: str = "example") -> Document:
    """A document of 1 June 2025 with these paragraphs and nothing else."""
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(f"document/{name}", f"{name}.txt", text, digest, issued=PartialDate(ISSUED), blocks=tuple(blocks))


def read(*paragraphs: str) -> DocumentReading:
    """What the shipped pipeline reads in these paragraphs."""
    return reader().read(written(*paragraphs))


def label(reading: DocumentReading, value: Value) -> str:
    """The value with the name that the reading has for an entity."""
    return shown(value, lambda id: reading.entities[id].name if id in reading.entities else id)


def shown(value: Value, name: Callable[[str], str]) -> str:
    """The name of an entity, the text of a date or duration, the id of a concept, a class."""
    match value:
        case EntityRef(id):
            return name(id)
        case PartialDate(text) | Duration(text):
            return text
        case Concept(_, id):
            return id
        case ClassRef(cls):
            return cls


def facts(reading: DocumentReading, *modalities: Modality) -> set[str]:
    """Facts of these modalities (actual ones unless given) as ``property object``."""
    return {f"{f.predicate} {label(reading, f.object)}" for f in _of(reading.facts, modalities)}


def triples(reading: DocumentReading, *modalities: Modality) -> set[str]:
    """Facts as ``subject property object``."""
    told = _of(reading.facts, modalities)
    return {f"{reading.entities[f.subject].name} {f.predicate} {label(reading, f.object)}" for f in told}


def events(reading: DocumentReading, *modalities: Modality) -> set[str]:
    """Properties of events of these modalities as ``Class property value``."""
    return {
        f"{event.cls} {told.predicate} {label(reading, told.object)}"
        for event in reading.events
        for told in _of(event.properties, modalities)
    }


def said(reading: DocumentReading, *modalities: Modality) -> set[str]:
    """Facts and events together."""
    return facts(reading, *modalities) | events(reading, *modalities)


def modality(reading: DocumentReading, told: str) -> set[Modality]:
    """In which modalities something is told."""
    return {m for m in Modality if told in said(reading, m)}


def _of(told: Iterable[DraftFact], modalities: tuple[Modality, ...]) -> Iterator[DraftFact]:
    wanted = modalities or (Modality.ACTUAL,)
    return (f for f in told if f.modality in wanted)
