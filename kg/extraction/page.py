"""One document under reading: its parsed paragraphs and what has been found in them so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.model import Block, Document, Link, Passage, Span


class Form(StrEnum):
    """By what a mention refers."""

    NAME = "name"
    ACRONYM = "acronym"
    DEMONYM = "demonym"
    SEAT = "seat"
    SURNAME = "surname"
    NOMINAL = "nominal"
    GROUP = "group"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block with its parse; character ``i`` of ``doc`` is character ``block.span.start + i`` of the document."""

    index: int
    block: Block
    doc: Doc

    def passage(self, document: str, start: int, end: int) -> Passage:
        """The passage of the tokens ``[start, end)``."""
        first, last = self.doc[start], self.doc[end - 1]
        offset = self.block.span.start
        return Passage(document, Span(offset + first.idx, offset + last.idx + len(last)))


@dataclass(frozen=True)
class Page:
    """A document and its paragraphs in the order of the text."""

    document: Document
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def heading_of(self) -> dict[int, int]:
        """Paragraph index -> index of the heading above it."""
        starts = {p.block.span.start: p.index for p in self.paragraphs}
        return {
            p.index: starts[p.block.heading.start]
            for p in self.paragraphs
            if p.block.heading is not None and p.block.heading.start in starts
        }


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it is resolved: tokens ``[start, end)`` of a paragraph.

    ``cls`` is the contract's class, or empty for what only context can tell. ``candidates`` are ids of the reference
    data, best first. ``role`` and ``of`` describe a person by office ("the Iranian president"): the role words and the
    mention that says of what.
    """

    paragraph: int
    start: int
    end: int
    cls: str
    form: Form
    text: str
    candidates: tuple[str, ...] = ()
    role: str = ""
    of: int | None = None
    plural: bool = False

    @property
    def key(self) -> tuple[int, int, int]:
        return (self.paragraph, self.start, self.end)

    def holds(self, other: Found) -> bool:
        """Whether the other mention lies within this one; each lies within itself."""
        return self.paragraph == other.paragraph and self.start <= other.start and other.end <= self.end

    def head(self, doc: Doc) -> Token:
        """The token by which the mention hangs in the sentence."""
        return doc[self.start : self.end].root


@dataclass(frozen=True, slots=True)
class OfficePhrase:
    """A role and who has it: ``persons``, ``of`` (of what) and ``to`` (sent where) are indexes into the mentions."""

    paragraph: int
    start: int
    end: int
    role: str
    of: int | None
    persons: tuple[int, ...]
    former: bool = False
    to: int | None = None


@dataclass
class LocalEntity:
    """An entity of one document; ``record`` is its id in the reference data, ``parties`` are those of a treaty, and
    ``links`` what was judged of its identity."""

    key: str
    cls: str
    name: str
    record: str | None = None
    aliases: set[str] = field(default_factory=set)
    of: str | None = None
    year: int | None = None
    parties: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def judged(self, links: tuple[Link, ...]) -> None:
        """Keep what is said of its identity, or what was said of it already, if that is surer."""
        known = bool(self.record)
        fitting = [each for each in (self.links, links) if any(link.sure for link in each) is known and each]
        self.links = max(fitting, key=lambda each: each[0].score, default=())


@dataclass
class Resolved:
    """Which entities each mention stands for (several for "both leaders"), and the entities.

    ``shown_parties`` and ``shown_years`` are what the mention of a treaty itself tells of it, by index of the mention.
    """

    mentions: list[Found]
    referents: dict[int, tuple[str, ...]]
    entities: dict[str, LocalEntity]
    shown_parties: dict[int, tuple[str, ...]] = field(default_factory=dict)
    shown_years: dict[int, int] = field(default_factory=dict)
