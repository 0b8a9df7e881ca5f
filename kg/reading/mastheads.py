"""Lines that say who publishes: a masthead above the title, or a name beside the date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.reading import stamps
from kg.reading.dates import metadata_words
from kg.reading.stamps import Stamp

_NAME = re.compile(
    r"(?:[A-Z0-9][\w.’'&-]{0,20}|of|the|and|for|de|&)(?: (?:[A-Z0-9][\w.’'&-]{0,20},?|of|the|and|for|de|&)){0,9}"
)
_WORDS = 6
_SEPARATOR = re.compile(r" ?[,|•·] | [–—-] ")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line with the publisher, when the name is known for one, and the date."""

    publisher: str | None
    stamp: Stamp


@cache
def _mastheads() -> frozenset[str]:
    return frozenset(metadata_words()["publisher"]["mastheads"])


def is_masthead(folded: str) -> bool:
    """Whether a line names a newspaper, an agency or a ministry: a few capitalised words, one of them telling."""
    words = folded.split()
    telling = any(re.sub(r"\W", "", word).lower() in _mastheads() for word in words)
    return telling and len(words) <= _WORDS and _NAME.fullmatch(folded) is not None


def source_line(folded: str) -> SourceLine | None:
    """The name and the date of a line such as ``Example Review, updated March 2025``, ``None`` for any other line."""
    line = folded.strip("*_ ")
    if len(line) > stamps.LONGEST:
        return None
    for separator in _SEPARATOR.finditer(line):
        stamp = stamps.whole(line[separator.end() :], False)
        name = line[: separator.start()]
        if stamp and _NAME.fullmatch(name):
            last = _SEPARATOR.split(name)[-1].split(", ")[-1]
            return SourceLine(last if is_masthead(last) else None, stamp)
    return None
