"""Publication dates that stand in the text itself, and what else a page says of when and by whom it was published."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.model import PartialDate
from kg.reading.datelines import Dateline
from kg.reading.dates import day_of_year, leading_date, metadata_words
from kg.reading.lines import fold

_AFTER = re.compile(
    r"[\s,|/–—@-]*(?:at |on )?(?:\d{1,2}[:.]\d\d(?:[:.]\d\d)?)?\s*(?:[ap]\.?m\.?)?"
    r"[\s,]*(?:\(?[A-Z]{2,5}(?:[+-]\d{1,4})?\)?)?[\s.|]*"
)
LONGEST = 120
"""No stamp, with whatever stands beside it, is longer than this."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and what is said of it: ``published``, ``updated`` or, with no word beside it, ``bare``."""

    kind: str
    date: PartialDate


@dataclass(slots=True)
class Evidence:
    """What the text says of its own publication, in the order of reading."""

    stamps: list[Stamp] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    datelines: list[str] = field(default_factory=list)

    def add(self, stamp: Stamp) -> None:
        self.stamps.append(stamp)

    def publisher(self, name: str) -> None:
        self.publishers.append(name)

    def dateline(self, found: Dateline) -> None:
        self.datelines.append(found.text)
        if found.agency:
            self.agencies.append(found.agency)

    def dated(self, *kinds: str) -> list[PartialDate]:
        """The dates of these kinds; one without a label counts as ``bare``."""
        return [stamp.date for kind in kinds for stamp in self.stamps if stamp.kind == kind]

    def dateline_date(self, known: PartialDate | None) -> PartialDate | None:
        """The date of a dateline; one without its year takes that of ``known``, a date from elsewhere."""
        for text in self.datelines:
            day = re.search(r"[A-Z][a-z]{2,8}\.? \d|\d{1,2} [A-Z][a-z]", text)
            full = leading_date(text[day.start() :]) if day else None
            if full:
                return full[0]
            if known and (found := day_of_year(text, known.year)):
                return found
        return None


@cache
def _label() -> re.Pattern[str]:
    kinds = metadata_words()["labels"]
    parts = [
        f"(?P<{kind}>{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})" for kind, words in kinds.items()
    ]
    return re.compile(rf"(?:{'|'.join(parts)})\b\s*[:–-]?\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def whole(folded: str, tail: bool) -> Stamp | None:
    """The stamp that a whole unit is: ``Publish Date : 17 January 2025 - 22:05``; a bare date only near the top."""
    if len(folded) > LONGEST:
        return None
    label = _label().match(folded)
    rest = folded[label.end() :] if label else folded
    found = leading_date(rest)
    if not found or not _AFTER.fullmatch(rest[found[1] :]):
        return None
    if not label:
        return None if tail or found[0].precision != "day" else Stamp("bare", found[0])
    return Stamp(label.lastgroup or "published", found[0])


def prefix(text: str) -> int:
    """The length of a label or stamp in front of a title: ``date 2025-10-03 Ministers meet`` gives 16, else 0."""
    if named := re.match(r"(?:title|headline): *(?=\S)", text, re.IGNORECASE):
        return named.end()
    label = _label().match(text)
    found = leading_date(text[label.end() :]) if label else None
    if not label or not found or found[0].precision != "day":
        return 0
    end = label.end() + found[1]
    after = re.match(r"(?:\s+\d{1,2}:\d\d)?[\s:|–—-]+(?=[\w\"“‘])", text[end:])
    return end + after.end() if after and fold(text[end:]) else 0
