"""By which words the texts refer to an entity, how often, and why each of them is taken for it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.explain.mentions import Mentions
from kg.explain.reasons import Reasons
from kg.explain.ties import Tie
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.wikidata.passages import Passages

_TOLD = 2
"""Reasons that are told of one wording."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words, how often they stand for the entity, in how many documents, and why; ``by`` says what else in the text
    shows it, empty where the words suffice."""

    text: str
    tie: Tie
    times: int
    documents: int
    by: str = ""


@dataclass(slots=True)
class _Told:
    """What is counted of one wording."""

    documents: list[str] = field(default_factory=list)
    by: Counter[str] = field(default_factory=Counter)


def wordings(passages: Passages, subject: Subject, record: Record | None, line: Sequence[Record]) -> list[Wording]:
    """All wordings, the most frequent first; ``line`` are the states before and after a state."""
    mentions = Mentions(passages, subject, record, line)
    reasons = Reasons(mentions)
    found: dict[tuple[str, Tie], _Told] = defaultdict(_Told)
    for place, iri in mentions.every:
        tied, by = reasons.reason(place, iri)
        told = found[mentions.words(iri), tied]
        told.documents.append(place.document)
        told.by[by] += 1
    return [
        Wording(text, tied, len(told.documents), len({*told.documents}), _reasons(told.by))
        for (text, tied), told in sorted(found.items(), key=lambda each: (-len(each[1].documents), each[0]))
    ]


def _reasons(by: Counter[str]) -> str:
    told = sorted((text for text in by if text), key=lambda text: (-by[text], text))
    return "; ".join((*told[:_TOLD], *(["…"] if len(told) > _TOLD else [])))
