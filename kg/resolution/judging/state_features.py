"""The features by which names of states and capitals in a text are judged (:mod:`kg.resolution.judging.features`)."""

from __future__ import annotations

from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import CONTRADICTS
from kg.resolution.judging.subject import Subject

_LATER = 0.7
_FORMER = 0.5
_OF_ITS_LINE = 0.5
_WORDS = 3
_ONLY_A_PLACE = 0.25


def then(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the state or organisation was there at the time told; less for one that was no more, or was not yet.

    Of a land texts tell by the name of its later state. A capital stands for no government that was not there, which
    contradicts.
    """
    if subject.then is None or "Place" in context.kinds(item):
        return None
    if item.id in subject.then:
        return 1.0
    return CONTRADICTS if subject.cls == "Seat" else _LATER if "State" in context.kinds(item) else _FORMER


def stance(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the sentence has a capital as who acts, its government, or as where things happen."""
    if subject.located is None:
        return None
    place = "Place" in context.kinds(item)
    if subject.located:
        return 1.0 if place else CONTRADICTS
    return _ONLY_A_PLACE if place else 1.0


def company(subject: Subject, item: Item, context: Context) -> float | None:
    """By how many other words the texts name the state or organisation; half for its line.

    Three words are enough, two for what sits in a capital. Of a city whether they name its state, of a province another
    one. A province that has the name of a state is not meant where its own state is not named, which contradicts.
    """
    if "Place" not in context.kinds(item):
        line = max(map(subject.near.count, context.kin((item.id,))))
        enough = _WORDS - (subject.cls == "Seat")
        return min(1.0, max(subject.near.count(item.id), _OF_ITS_LINE * line) / enough)
    where = item.first("P17")
    if subject.cls == "Seat":
        return 1.0 if where in subject.near else 0.0
    if where not in subject.near:
        return CONTRADICTS
    others = (each for each in context.items(subject.near) if each.id != item.id)
    like = (where, item.first("P31"))
    return 1.0 if any((each.first("P17"), each.first("P31")) == like for each in others) else 0.0
