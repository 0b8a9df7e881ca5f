"""The features by which a candidate is judged: functions of subject, item and context, by name.

Each returns 0 to 1, ``None`` where nothing is known, or ``CONTRADICTS``. Weights are in
``kg/data/judging/features.toml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kg.model import POLITIES, PartialDate
from kg.resolution.judging import office_match
from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item
from kg.resolution.judging.rules import CONTRADICTS, rules_of
from kg.resolution.judging.state_features import company, stance, then
from kg.resolution.judging.subject import Subject
from kg.resolution.judging.treaty_features import between, number, place, words, written

_CALENDARS = 13
"""Days by which the calendars, old and new, differ in the nineteenth century and after."""
_OLDEST = 70
_OWNERS = ("P1001", "P17", "P27", "P749", "P361", "P131")
_MANY_PAGES = math.log1p(150)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")

Feature = Callable[[Subject, Item, Context], float | None]


def type_(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the item is of a fitting kind; little when its kind is not known."""
    kinds = context.kinds(item)
    if not kinds:
        return 0.3
    return 1.0 if kinds & rules_of(subject.cls).kinds else CONTRADICTS


def pages(subject: Subject, item: Item, context: Context) -> float | None:
    """How many wikis have a page about it: the likelier is the one that more people write about."""
    return min(1.0, math.log1p(item.sitelinks) / _MANY_PAGES)


def lifetime(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person lived when the subject took part in something.

    Whose birth is not known took the first office at seventy years of age at most.
    """
    born = _year(item.first("P569"))
    if born is None:
        took = [year for each in item.claims.get("P39", ()) if (year := _year(each.qualifier("P580"))) is not None]
        born = min(took) - _OLDEST if took else None
    return _within(subject.years, born, _year(item.first("P570")), slack=1)


def existed(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the state or organisation existed when the subject took part in something.

    A state of today is also told of when its forerunner is meant, so that this alone does not contradict.
    """
    value = _within(subject.years, _year(item.first("P571")), _year(item.first("P576")), slack=2)
    return 0.0 if value == CONTRADICTS and subject.cls == "State" else value


def near(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the texts that name the subject also name what the item belongs to, or a state of the same line."""
    named = context.kin(context.qids(subject.near))
    held = context.items(each.value for each in item.claims.get("P39", ()))
    theirs = {owner for each in (item, *held) for owner in each.values(*_OWNERS)}
    if not named or not theirs:
        return None
    return 1.0 if named & context.kin(theirs) else 0.0


def active(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person held an office in the years of the subject; half for a decade before and after."""
    terms = [each for each in item.claims.get("P39", ()) if _year(each.qualifier("P580")) is not None]
    if subject.years is None or not terms:
        return None
    gaps = [_gap(subject.years, _year(each.qualifier("P580")), _year(each.qualifier("P582"))) for each in terms]
    return 1.0 if min(gaps) == 0 else 0.5 if min(gaps) <= 10 else 0.0


def country(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the item belongs to a state or body that the subject belongs to, or is that state."""
    ours = context.kin(context.qids(subject.states))
    theirs = item.values(*_OWNERS) or (() if context.kinds(item).isdisjoint(POLITIES) else (item.id,))
    if not ours or not theirs:
        return None
    if ours & context.kin(theirs):
        return 1.0
    polity = any(context.is_polity(iri) for iri in subject.states)
    return CONTRADICTS if polity and subject.cls in ("GovernmentBody", "Office", "Place") else 0.0


def office(subject: Subject, item: Item, context: Context) -> float | None:
    """Whether the person held an office that the texts name: then, once, or only afterwards, which contradicts."""
    found = [office_match.held(each, item, context) for each in subject.offices]
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
    return 0.3 if one.year == other.year and subject.cls != "Conflict" else CONTRADICTS


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
        "near": near,
        "then": then,
        "stance": stance,
        "company": company,
        "active": active,
        "office": office,
        "served": served,
        "role": role,
        "date": date,
        "parties": parties,
        "words": words,
        "between": between,
        "written": written,
        "place": place,
        "number": number,
    }
)
"""All but ``name`` and ``share``, which :mod:`kg.resolution.judging.deciding` works out for all candidates together."""


def _within(years: tuple[int, int] | None, start: int | None, end: int | None, slack: int) -> float | None:
    if years is None or (start is None and end is None):
        return None
    if start is not None and years[1] < start - slack:
        return CONTRADICTS
    if end is not None and years[0] > end + slack:
        return CONTRADICTS
    return 1.0


def _gap(years: tuple[int, int], start: int | None, end: int | None) -> int:
    """By how many years a term missed these years."""
    return max(0, (start or years[0]) - years[1], years[0] - (end or years[0]))


def _year(text: str | None) -> int | None:
    return int(text[:4]) if text and text[:4].isdigit() else None


def _named_year(item: Item) -> str | None:
    found = _YEAR.search(item.label)
    return found[0] if found else None
