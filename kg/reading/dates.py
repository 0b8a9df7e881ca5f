"""Dates as pages give them, in lines, addresses and file names, to ``PartialDate``; never more precise than written."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from kg.model import PartialDate
from kg.resources import data


@cache
def metadata_words() -> dict[str, Any]:
    """The word lists of ``metadata.toml``."""
    return tomllib.loads(data("reading/metadata.toml").read_text(encoding="utf-8"))


@cache
def month_pattern() -> str:
    """A regular expression for the English names of months and their abbreviations, a full stop allowed."""
    names = sorted(metadata_words()["months"], key=len, reverse=True)
    return rf"(?:{'|'.join(names)})\b\.?"


@cache
def _date() -> re.Pattern[str]:
    month, weekday = month_pattern(), r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
    return re.compile(
        rf"{weekday}(?:"
        r"(?P<iso>\d{4}-\d\d(?:-\d\d)?)(?!\d)(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?"
        r"|(?P<big>\d{4}[/.]\d{1,2}[/.]\d{1,2})(?!\d)"
        r"|(?P<small>\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(?!\d)"
        rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{month}),? (?P<y1>\d{{4}})(?!\d)"
        rf"|(?P<m2>{month}) (?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<y2>\d{{4}})(?!\d))",
        re.IGNORECASE,
    )


@cache
def _day_without_year() -> re.Pattern[str]:
    month = month_pattern()
    return re.compile(rf"(?P<m1>{month}) (?P<d1>\d{{1,2}})\b|\b(?P<d2>\d{{1,2}}) (?P<m2>{month})", re.IGNORECASE)


def leading_date(text: str) -> tuple[PartialDate, int] | None:
    """The date that ``text`` begins with and where it ends: ``17 January 2025 - 22:05`` gives 2025-01-17 and 15."""
    match = _date().match(text)
    date = _value(match) if match else None
    return (date, match.end()) if match and date else None


def parse_date(text: str) -> PartialDate | None:
    """The date that a field of metadata gives, whatever time of day follows; a bare year is one; ``None`` if none."""
    folded = text.strip()[:80]
    found = leading_date(folded)
    return found[0] if found else _year(folded)


def date_in_address(address: str) -> PartialDate | None:
    """The day, else the year and month, in an address or file name: ``/2025/01/17/``, ``pact_2025-01-17.txt``."""
    day = re.search(r"(?<![0-9A-Za-z])((?:18|19|20)\d\d)([-/_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z])", address)
    month = re.search(r"/((?:18|19|20)\d\d)/(\d\d)/", address)
    return (day and _made(day[1], day[3], day[4])) or (month and _made(month[1], month[2])) or None


def day_of_year(text: str, year: int) -> PartialDate | None:
    """A day without its year, as datelines have it (``Jan. 17``), put into ``year``."""
    match = _day_without_year().search(text)
    if not match:
        return None
    return _made(str(year), _month(match["m1"] or match["m2"]), match["d1"] or match["d2"])


def as_written(date: PartialDate, source: str) -> PartialDate | None:
    """A day that a library read in ``source``, no more precise than it stands there; ``None`` if it does not.

    Libraries complete ``2025-03`` with the day of the month that it happens to be today.
    """
    year, month, day = date.text.split("-")
    names = [name for name, number in metadata_words()["months"].items() if number == int(month)]
    named, number, ordinal = rf"(?:{'|'.join(names)})\.?", rf"0?{int(month)}", rf"0?{int(day)}(?:st|nd|rd|th)?"
    of_day = (
        rf"{year}(?P<mark>[-/.]?){number}(?P=mark){ordinal}|{named} {ordinal},? {year}"
        rf"|{ordinal}(?: of)?[ ./-](?:{named}|{number})[,./ -]{{1,2}}{year}|{number}/{ordinal}/{year}"
    )
    of_month = rf"{year}[-/]{number}|{named},? {year}"
    for precise, pattern in ((date.text, of_day), (f"{year}-{month}", of_month), (year, year)):
        if re.search(rf"(?<!\d)(?:{pattern})(?!\d)", source, re.IGNORECASE):
            return PartialDate(precise)
    return None


def _value(match: re.Match[str]) -> PartialDate | None:
    if match["iso"]:
        return _made(*match["iso"].split("-"))
    if match["big"]:
        return _made(*re.split(r"[/.]", match["big"]))
    if match["small"]:
        return _day_first(*re.split(r"([/.-])", match["small"]))
    if match["m1"]:
        return _made(match["y1"], _month(match["m1"]), match["d1"])
    return _made(match["y2"], _month(match["m2"]), *([match["d2"]] if match["d2"] else []))


def _day_first(first: str, mark: str, second: str, _: str, year: str) -> PartialDate | None:
    """Points put the day first; with other marks only what is day and what is month for certain is read."""
    if mark == "." or int(first) > 12 or first == second:
        return _made(year, second, first)
    return _made(year, first, second) if int(second) > 12 else _made(year)


def _month(name: str) -> str:
    return str(metadata_words()["months"][name.lower().rstrip(".")])


def _year(text: str) -> PartialDate | None:
    return _made(text) if re.fullmatch(r"[0-9]{4}", text) else None


def _made(*parts: str) -> PartialDate | None:
    """A date of year, month and day in digits, ``None`` if there is no such day."""
    try:
        return PartialDate("-".join(f"{int(part):0{width}d}" for part, width in zip(parts, (4, 2, 2), strict=False)))
    except ValueError:
        return None
