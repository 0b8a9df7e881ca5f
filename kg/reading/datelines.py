"""What opens a paragraph and is not part of its first sentence: ``MOSCOW, Jan. 17 (Example Agency) —``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.reading.dates import metadata_words, month_pattern

_OPENING = 160


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where the first sentence begins, the agency if one is named, and the words that may hold a date."""

    length: int
    agency: str | None
    text: str


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The patterns of ``metadata.toml`` with their parts filled in; what follows must open a sentence."""
    month = f"(?i:{month_pattern()})"
    parts = {
        "upper": _no_places() + r"[A-Z][A-Z.’'/ -]{2,40}[A-Z.](?:, (?:[A-Z]\.){2}|, [A-Z][A-Za-z.]{2,20})?",
        "place": _no_places() + r"[A-Z][\w.’'-]{1,20}(?:[ /-][A-Z][\w.’'-]{1,20}){0,3}(?:, [A-Z][A-Za-z.]{2,20})?",
        "day": rf"(?:(?:[A-Z][a-z]{{2,8}},? )?(?:{month} \d{{1,2}}|\d{{1,2}} {month})(?:,? \d{{4}})?)",
        "agency": rf"({_agencies()})",
        "words": r"([^\W\d][\w .,’'&-]{1,60})",
        "name": rf"((?:[A-Z][\w.’&-]{{0,20}} ){{0,3}}(?:{_press()})|{_agencies()})",
        "dash": r"\s*(?:—|–|--|-|―)+\s+",
    }
    return tuple(_compiled(row["pattern"], parts) for row in metadata_words()["dateline"])


def find(text: str) -> Dateline | None:
    """The dateline or agency tag that a paragraph opens with, ``None`` if it has none."""
    opening = text[:_OPENING]
    for pattern in patterns():
        if match := pattern.match(opening):
            return Dateline(match.end(), _agency(match), match[0])
    return None


def _compiled(pattern: str, parts: dict[str, str]) -> re.Pattern[str]:
    return re.compile(pattern.format(**parts) + r"(?=[\"“‘'(\[]{0,2}[A-Z0-9])")


def _no_places() -> str:
    """What keeps a name from being taken for a place, wherever in it the telling word stands."""
    words = "|".join(map(re.escape, metadata_words()["no_places"]))
    return rf"(?!(?:[A-Z][\w.’'/-]{{0,20}} ){{0,4}}(?i:{words})\b)"


def _press() -> str:
    """The last words of the names of newspapers and agencies."""
    words = metadata_words()["masthead"]
    return "|".join(word.capitalize() for word in sorted({*words["heads"], *words["last"]}))


def _agencies() -> str:
    known = "|".join(
        re.escape(name) for name in sorted(metadata_words()["publisher"]["agencies"], key=len, reverse=True)
    )
    return rf"[A-Z]{{2,8}}|(?i:{known})"


def _agency(match: re.Match[str]) -> str | None:
    """The agency that a match names; words in brackets count when they do not only say that there is one."""
    words = next((group for group in match.groups() if group), None)
    generic = metadata_words()["publisher"]["generic"]
    return words if words and words.lower() not in generic and not re.search(r"\d", words) else None
