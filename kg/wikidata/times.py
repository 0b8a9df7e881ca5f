"""Times as Wikibase writes them (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON) and dates as we do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.model import PartialDate

JULIAN = "Q1985786"
PRECISIONS = {"year": 9, "month": 10, "day": 11}
"""Ours to Wikibase's."""

_TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T")
_LENGTHS = {9: 4, 10: 7, 11: 10}


def date_of(value: Mapping[str, Any]) -> str | None:
    """A time value as a partial date of the Gregorian calendar; None when it is vaguer than a year or before year 1.

    The JSON of Wikibase gives a Julian date as it was written then, with the calendar beside it.
    """
    found = _TIME.match(str(value.get("time", "")))
    length = _LENGTHS.get(value.get("precision", 11))
    if not found or not length:
        return None
    text = found[0].strip("+T")[:length]
    if length == 10 and str(value.get("calendarmodel", "")).endswith(f"/{JULIAN}"):
        text = gregorian(int(found[1]), int(found[2]), int(found[3]))
    return _checked(text)


def gregorian(year: int, month: int, day: int) -> str:
    """The Gregorian date of a day in the Julian calendar, by the Julian day number."""
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    a = number + 32044
    b = (4 * a + 3) // 146097
    c = a - 146097 * b // 4
    d = (4 * c + 3) // 1461
    e = c - 1461 * d // 4
    m = (5 * e + 2) // 153
    return f"{100 * b + d - 4800 + m // 10:04}-{m + 3 - 12 * (m // 10):02}-{e - (153 * m + 2) // 5 + 1:02}"


def quickstatements_time(date: PartialDate) -> str:
    """A date in the notation of QuickStatements: ``+2025-01-17T00:00:00Z/11``."""
    padded = date.text + "-00-00"[: 10 - len(date.text)]
    return f"+{padded}T00:00:00Z/{PRECISIONS[date.precision]}"


def _checked(text: str) -> str | None:
    try:
        return PartialDate(text).text
    except ValueError:
        return None
