"""Lengths of time in English prose: "a 20-year treaty", "for a period of five years"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.extraction.time_grammar import expand, grammar, number_pattern

_ISO = {
    "day": ("D", 1),
    "week": ("D", 7),
    "month": ("M", 1),
    "year": ("Y", 1),
    "decade": ("Y", 10),
    "century": ("Y", 100),
    "centurie": ("Y", 100),
}
_UNIT = r"(?:day|week|month|year|decade|century|centurie)s?(?!\w)"
_PATTERN = r"<count>[- ]?<unit>(?:,? and <more:count> <more_unit:unit>)?"
_A_PERIOD = re.compile(r"\b(?:for|of|lasts?|lasted|lasting|valid|every)\s$", re.IGNORECASE)
_OPEN = re.compile(r"(?:\w\s?[-–—]\s?|\b(?:or|to|between|from)\s)$", re.IGNORECASE)
_NO_LENGTH = re.compile(
    r"\s(?:ago|earlier|later|before|after|previously|from\snow)\b|[-\s]olds?\b|['’]?\sWars?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DurationExpression:
    """A length of time in ``[start, end)`` of a text; ``iso`` is its xsd:duration, ``P20Y``, ``P18M`` or ``P10D``."""

    start: int
    end: int
    iso: str


def find_durations(text: str) -> list[DurationExpression]:
    """All lengths of time of a text. Not "20 years ago" (a time), "20-year-old" (an age), "five to ten years"."""
    found = (_duration(text, match) for match in _pattern().finditer(text))
    return [duration for duration in found if duration]


@cache
def _pattern() -> re.Pattern[str]:
    number = number_pattern(grammar().numbers)
    return re.compile(
        r"(?<![\w.,])" + expand(_PATTERN, {"count": rf"(?:\d{{1,3}}|{number})", "unit": _UNIT}), re.IGNORECASE
    )


def _duration(text: str, found: re.Match[str]) -> DurationExpression | None:
    before = text[max(0, found.start() - 12) : found.start()]
    single = found["count"].lower() in ("a", "an")
    if _NO_LENGTH.match(text, found.end()) or _OPEN.search(before) or (single and not _A_PERIOD.search(before)):
        return None
    parts = [(found["count"], found["unit"]), (found["more"], found["more_unit"])]
    amounts: dict[str, int] = {}
    for count, unit in parts:
        if count:
            letter, times = _ISO[unit.lower().rstrip("s")]
            amounts[letter] = amounts.get(letter, 0) + grammar().number(count) * times
    iso = "P" + "".join(f"{amounts[letter]}{letter}" for letter in "YMD" if letter in amounts)
    return DurationExpression(found.start(), found.end(), iso)
