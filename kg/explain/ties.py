"""What ties words to an entity: a name of some kind, or what a description says of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kg.resolution.folding import fold, is_acronym
from kg.resolution.judging.spelling import most_alike
from kg.resolution.records import Record

_SPELLING = 0.9


class Tie(StrEnum):
    """Why words stand for the entity, in words."""

    NAME = "its name"
    ACRONYM = "its acronym"
    SURNAME = "a part of its name"
    DEMONYM = "the word for its people and things"
    SEAT = "the seat of its government"
    KNOWN = "another name, by the reference data"
    LINE = "the name of its line, by the time told of"
    SPELLING = "another spelling of a name, or its words in another order"
    FURTHER = "another name, by the texts"
    PRONOUN = "a pronoun"
    GROUP = "a group that it is of"
    OFFICE = "a description by an office"
    ACTING = "what acts for it"
    TREATY = "a description of a treaty"
    HELD = "told with who holds it"
    DESCRIBED = "a description"


def tie(text: str, names: Sequence[str], record: Record | None, line: Sequence[Record] = ()) -> Tie:
    """What ties the words to an entity of these names, label first, that is perhaps a record of the reference data;
    ``line`` are the states before and after it. ``DESCRIBED`` for what is no name."""
    key = fold(text)
    known = _known(key, record) if record is not None else None
    if key in {fold(name) for name in (*names[:1], *([record.name] if record else ()))}:
        return Tie.NAME
    if known is not None:
        return known
    if any(key == fold(each.name) or _known(key, each) for each in line):
        return Tie.LINE
    if is_acronym(text) and key in map(fold, names):
        return Tie.ACRONYM
    if text[:1].isupper() and len(text.split()) == 1 and fold(text) in map(fold, names[0].split() if names else ()):
        return Tie.SURNAME
    named = text[:1].isupper() or text[:1].isdigit()
    if named and most_alike([text], names[:1]) >= _SPELLING:
        return Tie.SPELLING
    return Tie.FURTHER if named and key in map(fold, names) else Tie.DESCRIBED


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
