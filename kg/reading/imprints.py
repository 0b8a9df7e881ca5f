"""Lines that say who publishes and when: ``Example Review | Politics | 8 April 2025``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.reading import rules, stamps
from kg.reading.dates import metadata_words, month_pattern
from kg.reading.mastheads import is_masthead, is_name
from kg.reading.stamps import Stamp

_OPENING = re.compile(r"(?:(?:first )?(?:published|posted|issued|released|appeared) (?:by|in) |from )(?:the )?", re.I)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,5}(?:[+-]\d{1,2})?\)?)?|[A-Z]{3}(?:[+-]\d{1,2})?")
_EDITION = re.compile(
    r"(?:vol(?:ume)?|no|nr|issue|number)\.? ?[\dIVXLC]{1,6}|(?:\d{1,3}(?:st|nd|rd|th)|[a-z]{4,15}) (?:ed\.|edition)"
    r"|the free encyclopedia|\([^()]{1,30}\)",
    re.IGNORECASE,
)
_BARS = re.compile(r" ?[|•·] ?| [–—-] ")
_MOST_PIECES, _LONGEST = 12, 200


@dataclass(frozen=True, slots=True)
class Imprint:
    """A line with the publisher, the dates, and whether it holds nothing but what such lines are made of."""

    publisher: str | None
    stamps: tuple[Stamp, ...]
    certain: bool


def read(folded: str) -> Imprint | None:
    """The publisher and dates that a line gives, ``None`` for a line that is anything else."""
    line = folded.strip("*_ ")
    if len(line) > stamps.LONGEST:
        return None
    opening = _OPENING.match(line)
    parted = _parted(line[opening.end() if opening else 0 :])
    kinds = {kind for kind, _ in parted}
    if not kinds & {"stamp", "masthead", "time"} or (kinds <= {"time"}):
        return None
    named = [piece for kind, piece in parted if kind == "masthead"]
    dated = [stamp for kind, piece in parted if kind == "stamp" and (stamp := stamps.whole(piece, False))]
    if "name" in kinds and not dated:
        return None
    return Imprint(named[0] if named else None, tuple(dated), "name" not in kinds)


def noise(folded: str, place: rules.Place) -> tuple[str, list[Stamp]] | None:
    """Why a line is not read whose parts between upright bars are each a date or known to a rule, and its dates."""
    if "|" not in folded or len(folded) > _LONGEST:
        return None
    parts = [part.strip() for part in folded.split("|") if part.strip()]
    stamped = [stamp for part in parts if (stamp := stamps.whole(part, place.tail))]
    found = [rule for part in parts if (rule := rules.find(part, place))]
    if not parts or len(stamped) + len(found) < len(parts):
        return None
    return (found[0][0].reason if found else "publication date"), stamped


def _parted(line: str) -> list[tuple[str, str]]:
    """The parts of a line with their kinds, each as long as it can be; none if a part is of no kind."""
    cuts = [(0, 0), *((found.start(), found.end()) for found in _separator().finditer(line)), (len(line), len(line))]
    if len(cuts) > _MOST_PIECES:
        return []
    parted, first = [], 0
    while first < len(cuts) - 1:
        found = _longest(line, cuts, first)
        if not found:
            return []
        first, kind, piece = found
        parted.append((kind, piece))
    return parted


def _longest(line: str, cuts: list[tuple[int, int]], first: int) -> tuple[int, str, str] | None:
    """The longest piece of a kind that begins at a cut; if there is none, the shortest that could be a name."""
    start = cuts[first][1]
    for last in range(len(cuts) - 1, first, -1):
        piece = line[start : cuts[last][0]]
        if kind := _kind(piece):
            return last, kind, piece
    piece = line[start : cuts[first + 1][0]]
    return (first + 1, "name", piece) if is_name(piece) else None


def _kind(piece: str) -> str | None:
    stamp = stamps.whole(piece, False)
    if stamp:
        return "stamp"
    if _TIME.fullmatch(piece):
        return "time"
    if _EDITION.fullmatch(piece) or piece.casefold() in metadata_words()["labels"]["published"]:
        return "edition"
    if not _BARS.search(piece) and rules.find(piece, rules.Place()):
        return "section"
    return "masthead" if is_masthead(piece) else None


@cache
def _separator() -> re.Pattern[str]:
    weekday = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    return re.compile(
        rf"\s*[|•·]\s*| [–—-] |,? on (?=\w)|, ?| (?=\d|\(|(?:{month_pattern()}|{weekday},?) ?\d|{weekday}\b)", re.I
    )
