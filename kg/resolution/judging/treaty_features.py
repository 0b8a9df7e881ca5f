"""The features by which what a text tells of a treaty is judged (:mod:`kg.resolution.judging.features`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.resolution.folding import words_in
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import CONTRADICTS
from kg.resolution.judging.spelling import name
from kg.resolution.judging.subject import Subject

_ENOUGH = 2
_PART = 0.6
_SOME = 0.3
_YEAR = re.compile(r"[(,\s]*(1[5-9]|20)\d\d\)?$")


def words(subject: Subject, item: Item, context: Context) -> float | None:
    """How many of the describing words are in the treaty's names, two are enough; half where none is told."""
    if not subject.words:
        return 0.5
    ours, theirs = _words(subject.words), _words(item.names)
    return min(1.0, len(ours & theirs) / _ENOUGH)


def between(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the parties are the same, states of one line being one; less if only some are; none contradicts."""
    ours = [context.kin((id,)) for id in context.qids(subject.parties)]
    theirs = [context.kin((id,)) for id in item.values("P1891")]
    if not ours or not theirs:
        return None
    lacking = [sum(not any(a & b for b in others) for a in these) for these, others in ((ours, theirs), (theirs, ours))]
    if lacking[0] == len(ours):
        return CONTRADICTS
    return 1.0 if not any(lacking) else _SOME if all(lacking) else _PART


def written(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the text, which gives no year, is of the time of the signing; half for one that is not dated."""
    signed = item.first("P585")
    if subject.date or not signed:
        return None
    if subject.written is None:
        return 0.5
    return 1.0 if abs(subject.written - int(signed[:4])) <= 1 else 0.0


def place(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether it was signed at the same place."""
    theirs = item.first("P276")
    return float(theirs == subject.place) if theirs and subject.place else None


def number(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the names end in the same number ("Protocol No. 1", "SALT II"); another one contradicts."""
    ours, theirs = _numbers(subject.names), _numbers(item.names)
    if not ours or not theirs:
        return None
    return 1.0 if ours & theirs else CONTRADICTS


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for each in names for word in words_in(each))


def _numbers(names: Iterable[str]) -> frozenset[str]:
    """The last words of names, years aside, that are numbers."""
    last = ((found, found.words[-1]) for each in names if (found := name(_YEAR.sub("", each))).words)
    return frozenset(word for found, word in last if word in found.numbers)
