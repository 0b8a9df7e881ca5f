"""Which day, month or year a time expression means.

Finding and resolving are apart, because what "Friday" or "the following month" means depends on the date of the
document and on the date told before, which only the caller knows.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction import calendar_days as days
from kg.extraction.durations import DurationExpression, find_durations
from kg.extraction.time_expressions import TimeExpression, find_times
from kg.model import PartialDate

__all__ = ["DurationExpression", "TimeExpression", "find_durations", "find_times", "resolve", "resolve_end"]

_FUTURE = "future"
_LEAP_CYCLE = 8  # years in which any day comes again


def resolve(
    expr: TimeExpression, anchor: PartialDate | None, previous: PartialDate | None = None, tense: str | None = None
) -> PartialDate | None:
    """The date that an expression means, never more precise than its words; of a range, the beginning.

    ``anchor`` is the day of the text, ``previous`` the date told last before the expression, ``tense`` ``future``
    where the verb speaks of what is to come: a weekday or a month without a year is then the next one, otherwise the
    last one, the day or month of the anchor itself included. A range told with "between" is the month or year that
    holds it whole. None for a decade, a century, a number of days from a date that is only a month, and where the
    date to count from is missing.
    """
    match expr.kind:
        case "absolute":
            return _absolute(expr, anchor, previous, tense)
        case "range":
            return _range(expr, anchor, previous, tense)
        case "weekday":
            return _weekday(expr, _basis(expr, anchor, previous), tense)
        case "relative":
            return _relative(expr, _basis(expr, anchor, previous))
    return None


def resolve_end(
    expr: TimeExpression, anchor: PartialDate | None, previous: PartialDate | None = None, tense: str | None = None
) -> PartialDate | None:
    """The end of a range, as :func:`resolve` gives its beginning; None for what is no range."""
    if expr.kind != "range" or (first := _absolute(expr, anchor, previous, tense)) is None:
        return None
    wraps = (expr.month or 0) > (expr.to_month or 0)
    return days.partial(expr.to_year or first.year + wraps, expr.to_month, expr.to_day)


def _basis(expr: TimeExpression, anchor: PartialDate | None, previous: PartialDate | None) -> PartialDate | None:
    return {"anchor": anchor, "previous": previous, "either": anchor or previous}[expr.basis]


def _absolute(
    expr: TimeExpression, anchor: PartialDate | None, previous: PartialDate | None, tense: str | None
) -> PartialDate | None:
    if expr.year is not None:
        date = days.partial(expr.year, expr.month, expr.day)
        return days.gregorian(date) if date and expr.julian else date
    if anchor is not None:
        return _nearest(expr, anchor, tense)
    return days.partial(previous.year, expr.month, expr.day) if previous else None


def _nearest(expr: TimeExpression, anchor: PartialDate, tense: str | None) -> PartialDate | None:
    """The last such day or month that had begun by the anchor, or the next that had not ended."""
    step = 1 if tense == _FUTURE else -1
    years = range(anchor.year, anchor.year + step * (_LEAP_CYCLE + 1), step)
    dates = (days.partial(year, expr.month, expr.day) for year in years)
    if tense == _FUTURE:
        return _first(date for date in dates if date and date.latest >= anchor.earliest)
    return _first(date for date in dates if date and date.earliest <= anchor.latest)


def _first(dates: Iterable[PartialDate]) -> PartialDate | None:
    return next(iter(dates), None)


def _range(
    expr: TimeExpression, anchor: PartialDate | None, previous: PartialDate | None, tense: str | None
) -> PartialDate | None:
    first = _absolute(expr, anchor, previous, tense)
    if not expr.between or first is None:
        return first
    last = resolve_end(expr, anchor, previous, tense)
    return last and days.common(first, last)


def _weekday(expr: TimeExpression, base: PartialDate | None, tense: str | None) -> PartialDate | None:
    if base is None or base.precision != "day" or expr.weekday is None:
        return None
    if expr.unit == "week":
        return days.week_day(base, expr.offset or 0, expr.weekday)
    ahead = (expr.weekday - base.earliest.weekday()) % 7
    if expr.offset is None:
        return days.shift_days(base, ahead if tense == _FUTURE or ahead == 0 else ahead - 7)
    return days.shift_days(base, {-1: ahead - 7, 0: ahead, 1: ahead or 7}[expr.offset])


def _relative(expr: TimeExpression, base: PartialDate | None) -> PartialDate | None:
    if base is None or expr.offset is None:
        return None
    if expr.month is not None:
        return _month_of(expr, base, expr.month, expr.offset)
    match expr.unit:
        case "day":
            return base if expr.offset == 0 else days.shift_days(base, expr.offset)
        case "week":
            return days.shift_weeks(base, expr.offset)
        case "month":
            return days.shift_months(base, expr.offset)
    return days.partial(base.year + expr.offset)


def _month_of(expr: TimeExpression, base: PartialDate, month: int, offset: int) -> PartialDate | None:
    """ "May of last year" counts years; "last May" is the May before the month of the text."""
    if expr.unit == "year" or offset == 0:
        return days.partial(base.year + offset, month, expr.day)
    neighbour = days.shift_months(base, offset)
    return _nearest(expr, neighbour, _FUTURE if offset > 0 else None) if neighbour else None
