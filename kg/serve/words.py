"""Values of the graph as people read them."""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


_PLURALS = {"person": "people", "entry into force": "entries into force"}


def date_words(text: str) -> str:
    """``17 January 2025`` of ``2025-01-17``, ``January 2025`` of ``2025-01``; anything else as it is."""
    match = _DATE.fullmatch(text)
    if not match or (match[2] and not 1 <= int(match[2]) <= 12):
        return text
    year, month, day = match.groups()
    parts = [str(int(day))] if day else []
    parts += [calendar.month_name[int(month)]] if month else []
    return " ".join([*parts, year.lstrip("0") or "0"])


def duration_words(text: str) -> str:
    """``20 years`` of ``P20Y``; anything else as it is."""
    match = _DURATION.fullmatch(text)
    units = zip(match.groups(), ("year", "month", "day"), strict=True) if match else ()
    return ", ".join(counted(int(n), unit) for n, unit in units if n) or text


def counted(number: int, noun: str) -> str:
    """``1 treaty``, ``2 treaties``, ``1,240 days``."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """``treaties`` of ``treaty``."""
    regular = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return _PLURALS.get(noun, regular)


def year_of(text: str) -> int | None:
    """The year of a date, ``None`` for what is none."""
    match = _DATE.fullmatch(text)
    return int(match[1]) if match else None
