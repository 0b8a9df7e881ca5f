"""What passes from matching a pattern to writing: the fillers of its roles and what is told with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extraction.drafts import DraftEvent
from kg.extraction.frames import Frame
from kg.extraction.page import Paragraph
from kg.extraction.patterns import Pattern
from kg.extraction.times import Told
from kg.model import Attribution, Modality, Passage, Span


@dataclass
class Match:
    """A pattern that fired: what fills its roles, as entity keys or, for events, as drafts."""

    pattern: Pattern
    frame: Frame
    paragraph: Paragraph
    fillers: dict[str, tuple[str, ...]]
    events: dict[str, DraftEvent]
    passage: Passage
    modality: Modality
    attribution: Attribution
    date: Told | None
    place: tuple[str, ...]
    duration: Told | None


def each(match: Match) -> list[Match]:
    """One match for each filler of the role that makes separate events: every parliament ratifies for itself."""
    role = match.pattern.each
    keys = match.fillers.get(role, ())
    if len(keys) < 2:
        return [match]
    return [replace(match, fillers={**match.fillers, role: (key,)}) for key in keys]


def around(one: Passage, other: Passage) -> Passage:
    """The shortest passage that holds both, unless they are far apart."""
    start, end = min(one.span.start, other.span.start), max(one.span.end, other.span.end)
    return Passage(one.document, Span(start, end)) if end - start < 600 else one
