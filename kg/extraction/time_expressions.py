"""Time expressions in English prose: where they are and what they say, not yet which day that is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.extraction.calendar_days import exists
from kg.extraction.time_grammar import CONTEXT, Form, Grammar, grammar

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_INSIDE = re.compile(r"(?<![\w$£€#/-])(?<!\d[.,:])")
_PROMISING = re.compile(r"(?!\d)|\d{4}|\d{1,3}[^A-Za-z/.]{0,12}[A-Za-z/.]")  # no number in a table of numbers
_COORDINATION = re.compile(r",? (?:and|or|to|until)(?: [A-Z]?\w+){0,3} ?")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """What the words ``[start, end)`` of a text say about a time, nothing added.

    ``kind``: ``absolute`` (names a month, a year or more), ``relative`` (counts from another date), ``weekday``,
    ``range`` (``to_…`` is its end), ``era`` (a decade or century, which is no date).
    ``weekday`` counts from Monday, 0. ``offset`` counts in ``unit`` (``day``, ``week``, ``month``, ``year``) from
    ``basis``: ``anchor`` the day of the text, ``previous`` the date told before, ``either`` the first of them known.
    ``part`` is ``early``, ``mid``, ``end``, ``summer`` and the like. ``julian``: given in the Old Style only.
    ``between``: some time in the range, not all of it. ``form`` is the id of the rule in ``kg/data/dates.toml``.
    """

    start: int
    end: int
    kind: str
    form: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    to_year: int | None = None
    to_month: int | None = None
    to_day: int | None = None
    weekday: int | None = None
    unit: str | None = None
    offset: int | None = None
    basis: str = "anchor"
    part: str | None = None
    julian: bool = False
    between: bool = False


def find_times(text: str) -> list[TimeExpression]:
    """All time expressions of a text in its order, none overlapping, the longest reading at each place.

    Conservative: numbers with a unit or currency, resolution and page numbers, ambiguous numeric dates
    ("03/04/2025") and month names that may be verbs or people are left out.
    """
    return _share_years(list(_scan(text, grammar())), text)


def _scan(text: str, rules: Grammar) -> Iterator[TimeExpression]:
    read = 0
    named = {start for found in rules.names.finditer(text) for start in range(*found.span())}
    for token in _TOKEN.finditer(text):
        start = token.start()
        kind = "digit" if token.group()[0].isdecimal() else rules.starters.get(token.group())
        if kind is None or start < read or start in named:
            continue
        if not (_INSIDE.match(text, start) and _PROMISING.match(text, start)):
            continue
        if found := _longest(text, start, rules.forms[kind], rules):
            read = found.end
            yield found


def _longest(text: str, start: int, forms: tuple[Form, ...], rules: Grammar) -> TimeExpression | None:
    before = text[max(0, start - CONTEXT) : start]
    matches = [(form, found) for form in forms if (found := form.pattern.match(text, start)) and form.fits(before)]
    for form, found in sorted(matches, key=lambda match: -match[1].end()):
        if expression := _expression(form, found, before, rules):
            return expression
    return None


def _expression(form: Form, found: re.Match[str], before: str, rules: Grammar) -> TimeExpression | None:
    fields: dict[str, Any] = dict(form.fixed)
    for name, words in found.groupdict().items():
        if words is not None:
            field = name.rstrip("_")
            fields[field] = _value(field, words, rules)
    if "offset" in fields:
        fields["offset"] *= form.sign
    if form.dual:
        fields = _new_style(fields)
    fields["between"] = form.kind == "range" and bool(re.search(r"\bbetween\s$", before, re.IGNORECASE))
    expression = TimeExpression(found.start(), found.end(), form.kind, form.id, **fields)
    return _whole(expression)


def _value(field: str, words: str, rules: Grammar) -> int | str:
    match field.removeprefix("to_"):
        case "day":
            return int(words.rstrip("stndrhSTNDRH"))
        case "month":
            return int(words) if words.isdecimal() else rules.months[words.rstrip(".").lower()]
        case "weekday":
            return rules.weekdays[words.rstrip(".").lower()]
        case "offset":
            return rules.offsets[words.lower()] if words.lower() in rules.offsets else rules.number(words)
        case "unit":
            return words.lower().rstrip("s").replace("weekend", "week")
        case "part":
            return words.lower()
        case _:
            return int(words)


def _new_style(fields: dict[str, Any]) -> dict[str, Any]:
    """``10/22 February``: the two calendars were ten to thirteen days apart, anything else is no such pair."""
    old, new = sorted((fields["day"], fields.pop("to_day")))
    return fields | {"day": new if 10 <= new - old <= 13 else 0}


def _whole(expression: TimeExpression) -> TimeExpression | None:
    """The expression with the years that its other end implies; None where it names a day that does not exist."""
    if expression.kind == "range":
        if (filled := _range(expression)) is None:
            return None
        expression = filled
    first = exists(expression.year, expression.month, expression.day)
    return expression if first and exists(expression.to_year, expression.to_month, expression.to_day) else None


def _range(given: TimeExpression) -> TimeExpression | None:
    to_month = given.to_month or (given.month if given.to_day else None)
    year, to_year = given.year, given.to_year
    if year and to_year and to_year < 100:
        to_year += year - year % 100
    wraps = (given.month or 0, given.day or 0) > (to_month or 0, given.to_day or 0)
    if to_year is None and year is not None:
        to_year = year + wraps
    elif year is None and to_year is not None:
        year = to_year - wraps
    forwards = (year or 0, given.month or 0, given.day or 0) < (to_year or 0, to_month or 0, given.to_day or 0)
    if not forwards and (year or not wraps or given.month == to_month):
        return None
    return replace(given, year=year, to_year=to_year, to_month=to_month)


def _share_years(found: list[TimeExpression], text: str) -> list[TimeExpression]:
    """ "on 4 April and from 5 to 6 April 2016": a date without a year has that of the one it is coordinated with."""
    for index in range(len(found) - 2, -1, -1):
        first, second = found[index], found[index + 1]
        lacks_year = first.kind == "absolute" and first.month is not None and first.year is None
        follows = second.kind in ("absolute", "range") and (second.month or 0) >= (first.month or 13)
        if lacks_year and follows and second.year and _COORDINATION.fullmatch(text[first.end : second.start]):
            found[index] = replace(first, year=second.year)
    return found
