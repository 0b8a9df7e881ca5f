"""Arithmetic on days, months and years that may be partly unknown."""

from __future__ import annotations

import datetime as dt

from kg.model import PartialDate

_LEAP_YEAR = 2000


def exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day, of some year where none is given; what is None is not asked for."""
    try:
        dt.date(year or _LEAP_YEAR, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return False
    return True


def partial(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """A date as precise as what is given, None when there is no such day or the year has not four digits."""
    if not (1000 <= year <= 9999 and exists(year, month, day)):
        return None
    parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
    return PartialDate("-".join(parts))


def of_day(day: dt.date) -> PartialDate | None:
    return partial(day.year, day.month, day.day)


def parts(date: PartialDate) -> tuple[int, int | None, int | None]:
    """Year, month and day, None for what the date does not say."""
    given = [int(part) for part in date.text.split("-")]
    return given[0], given[1] if len(given) > 1 else None, given[2] if len(given) > 2 else None


def shift_days(date: PartialDate, days: int) -> PartialDate | None:
    """The day so many days later; None when the date is no day or the calendar ends."""
    if date.precision != "day":
        return None
    try:
        return of_day(date.earliest + dt.timedelta(days=days))
    except OverflowError:
        return None


def shift_months(date: PartialDate, months: int) -> PartialDate | None:
    """The month so many months later, None when the date is only a year."""
    year, month, _ = parts(date)
    if month is None:
        return None
    years, index = divmod(month - 1 + months, 12)
    return partial(year + years, index + 1)


def shift_weeks(date: PartialDate, weeks: int) -> PartialDate | None:
    """The month, or else the year, that holds the whole week so many weeks after the one of the date."""
    if (monday := week_day(date, weeks, 0)) is None or (sunday := week_day(date, weeks, 6)) is None:
        return None
    return common(monday, sunday)


def week_day(date: PartialDate, weeks: int, weekday: int) -> PartialDate | None:
    """A day (Monday 0 to Sunday 6) of the week so many weeks after the one of the date."""
    return shift_days(date, 7 * weeks + weekday - date.earliest.weekday())


def common(first: PartialDate, last: PartialDate) -> PartialDate | None:
    """The least date that holds both: a day, a month or a year; None when their years differ."""
    for length in (10, 7, 4):
        if first.text[:length] == last.text[:length]:
            return PartialDate(first.text[:length])
    return None


def gregorian(date: PartialDate) -> PartialDate | None:
    """The Gregorian day of a day told in the Julian calendar (Old Style); months and years stay as they are."""
    year, month, _ = parts(date)
    before_march = month is not None and month < 3
    century = (year - before_march) // 100
    return date if date.precision != "day" else shift_days(date, century - century // 4 - 2)
