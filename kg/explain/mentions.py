"""By which words the texts refer to an entity, and what ties each of them to it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.namespaces import ITSRDF, NIF
from kg.resolution.folding import fold, is_acronym
from kg.resolution.judging.spelling import most_alike
from kg.resolution.records import Record
from kg.wikidata.subjects import Facts

_SPELLING = 0.9


class Tie(StrEnum):
    """Why words stand for the entity, in words."""

    NAME = "its name"
    ACRONYM = "its acronym"
    SURNAME = "a part of its name"
    DEMONYM = "the word for its people and things"
    SEAT = "the seat of its government"
    KNOWN = "another name, by the reference data"
    SPELLING = "another spelling of a name"
    FURTHER = "another name, by the texts"
    DESCRIBED = "a description, group or pronoun, by the words around it"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words, how often they stand for the entity, in how many documents, and why."""

    text: str
    tie: Tie
    times: int
    documents: int


def wordings(facts: Facts, iri: str, names: Sequence[str], record: Record | None) -> list[Wording]:
    """All wordings, the most frequent first; ``names`` are label and other names as the graph has them."""
    times: Counter[str] = Counter()
    documents: dict[str, set[str]] = defaultdict(set)
    for passage in facts.subjects(ITSRDF + "taIdentRef", iri):
        text = " ".join((facts.one(passage, NIF + "anchorOf") or "").split())
        times[text] += 1
        documents[text] |= set(facts.all(passage, NIF + "referenceContext"))
    ordered = sorted(times, key=lambda text: (-times[text], text))
    return [Wording(text, tie(text, names, record), times[text], len(documents[text])) for text in ordered]


def tie(text: str, names: Sequence[str], record: Record | None) -> Tie:
    """What ties the words to an entity of these names, label first, that is perhaps a record of the reference data."""
    key = fold(text)
    known = _known(key, record) if record is not None else None
    if key in {fold(name) for name in (*names[:1], *([record.name] if record else ()))}:
        return Tie.NAME
    if known is not None:
        return known
    if is_acronym(text) and key in map(fold, names):
        return Tie.ACRONYM
    if text[:1].isupper() and len(text.split()) == 1 and fold(text) in map(fold, names[0].split() if names else ()):
        return Tie.SURNAME
    if text[:1].isupper() and most_alike([text], names[:1]) >= _SPELLING:
        return Tie.SPELLING
    return Tie.FURTHER if key in map(fold, names) and text[:1].isupper() else Tie.DESCRIBED


def _known(key: str, record: Record) -> Tie | None:
    for tie, given in (
        (Tie.KNOWN, record.aliases),
        (Tie.SURNAME, record.surnames),
        (Tie.DEMONYM, record.demonyms),
        (Tie.SEAT, record.seats),
    ):
        found = next((name for name in given if fold(name) == key), None)
        if found is not None:
            return Tie.ACRONYM if tie is Tie.KNOWN and is_acronym(found) else tie
    return None
