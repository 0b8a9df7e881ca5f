"""The features by which a candidate is judged: functions of subject, item and context, by name.

Each returns 0 to 1, ``None`` where nothing is known, or ``CONTRADICTS``. Weights are in
``kg/data/wikidata/features.toml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.model import PartialDate
from kg.wikidata import office_match
from kg.wikidata.context import Context
from kg.wikidata.items import Item
from kg.wikidata.kinds import kinds_of
from kg.wikidata.rules import rules_of
from kg.wikidata.subjects import Subject

CONTRADICTS = -1.0
_CALENDARS = 13
"""Days by which the calendars, old and new, differ in the nineteenth century and after."""
_MANY_PAGES = math.log1p(150)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")

Feature = Callable[[Subject, Item, Context], float | None]


def type_(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the item is of a fitting kind; little when its kind is not known."""
    kinds = kinds_of(item)
    if not kinds:
        return 0.3
    return 1.0 if kinds & rules_of(subject.cls).kinds else CONTRADICTS


def pages(subject: Subject, item: Item, context: Context) -> float | None:
    """How many wikis have a page about it: the likelier is the one that more people write about."""
    return min(1.0, math.log1p(item.sitelinks) / _MANY_PAGES)


def lifetime(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person lived when the subject took part in something."""
    return _within(subject.years, _year(item.first("P569")), _year(item.first("P570")), slack=1)


def existed(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the state or organisation existed when the subject took part in something.

    A state of today is also told of when its forerunner is meant, so that this alone does not contradict.
    """
    value = _within(subject.years, _year(item.first("P571")), _year(item.first("P576")), slack=2)
    return 0.0 if value == CONTRADICTS and subject.cls == "State" else value


def country(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the item belongs to a state or body that the subject belongs to."""
    ours = context.kin(context.qids(subject.states))
    theirs = item.values("P1001", "P17", "P27", "P749", "P361", "P131")
    if not ours or not theirs:
        return None
    if ours & context.kin(theirs):
        return 1.0
    polity = any(context.is_polity(iri) for iri in subject.states)
    return CONTRADICTS if polity and subject.cls in ("GovernmentBody", "Office", "Place") else 0.0


def office(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person held an office that the texts name: then, once, or only afterwards, which contradicts."""
    found = [office_match.held(each, item, context) for each in subject.offices if each.of]
    known = [value for value in found if value is not None]
    if not known:
        return None
    return max(known) if max(known) > 0 else min(known)


def served(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person held an office of a party when a treaty that the subject signed was signed."""
    found = [office_match.served(day, parties, item, context) for day, parties in subject.signed]
    return max((value for value in found if value is not None), default=None)


def role(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether two offices are the same one, of whatever state."""
    return 1.0 if any(office_match.same_role(name, item.names) for name in subject.names) else 0.0


def date(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the treaty or conflict is of the same day; another year contradicts."""
    theirs = item.first("P585", "P580", "P571") or _named_year(item)
    ours = subject.date or (str(subject.years[0]) if subject.years else None)
    if not ours or not theirs:
        return None
    one, other = PartialDate(ours), PartialDate(theirs)
    if one.agrees(other):
        return 1.0 if "day" in (one.precision, other.precision) and one.precision == other.precision else 0.9
    if one.precision == other.precision == "day" and abs((one.earliest - other.earliest).days) <= _CALENDARS:
        return 0.9
    return 0.3 if one.year == other.year and subject.cls == "Treaty" else CONTRADICTS


def parties(subject: Subject, item: Item, context: Context) -> float | None:
    """How many of the treaty's parties signed the item; none of them contradicts."""
    ours = [context.kin((qid,)) for qid in context.qids(subject.parties)]
    theirs = context.kin(item.values("P1891", "P710"))
    if not ours or not theirs:
        return None
    common = sum(bool(each & theirs) for each in ours)
    return common / len(ours) if common else CONTRADICTS


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        "type": type_,
        "pages": pages,
        "lifetime": lifetime,
        "existed": existed,
        "country": country,
        "office": office,
        "served": served,
        "role": role,
        "date": date,
        "parties": parties,
    }
)
"""All but ``name`` and ``share``, which :mod:`kg.wikidata.judging` works out for all candidates together."""


def _within(years: tuple[int, int] | None, start: int | None, end: int | None, slack: int) -> float | None:
    if years is None or (start is None and end is None):
        return None
    if start is not None and years[1] < start - slack:
        return CONTRADICTS
    if end is not None and years[0] > end + slack:
        return CONTRADICTS
    return 1.0


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text and text[:4].isdigit() else None


def _named_year(item: Item) -> str | None:
    found = _YEAR.search(item.label)
    return found[0] if found else None
