"""Lines of a text to units, the paragraphs and single lines in it, by their offsets; the text itself is not touched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from kg.resources import data

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_EDGES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + INVISIBLE
_VISIBLE = str.maketrans("", "", INVISIBLE)
_ENDED = re.compile(r"[.!?…:;؟。]\s?[\"”’'»)\]]{0,3}$")
_BULLET = re.compile(r"(?:[-*+•◦▪●·–—]|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")
_WIDEST = 100
_LONG = 60
_MOST_LINES = 200_000


class TooManyLines(Exception):
    """A text of so many lines that it is a table or made to exhaust its reader; the message says so."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its outer white space, the number of blank lines above it and of blanks in front of it."""

    start: int
    end: int
    gap: int
    indent: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Unit:
    """What is read as a whole: ``[start, end)``, the blank lines above, and whether it is one line of the source.

    ``role`` is ``text``, or what a mark-up says it is: ``heading``, ``item``, ``code``, ``front matter``, ``markup``.
    """

    start: int
    end: int
    gap: int
    single: bool
    role: str = "text"


@cache
def layout_words() -> dict[str, Any]:
    """The word lists of ``layout.toml``."""
    return tomllib.loads(data("reading/layout.toml").read_text(encoding="utf-8"))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and invisible characters at its ends; ``start == end`` when nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGES))
    return start, start + len(piece.strip(_EDGES))


def fold(text: str) -> str:
    """The text with each run of white space as one blank and nothing invisible: for comparing, never for offsets."""
    return " ".join(text.translate(_VISIBLE).split())


def ended(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return bool(_ENDED.search(text[-8:]))


def lines(text: str) -> Iterator[Line]:
    """The lines that are not blank, at any line break that Unicode knows; raises ``TooManyLines``."""
    position = gap = 0
    every = text.splitlines(keepends=True)
    if len(every) > _MOST_LINES:
        raise TooManyLines(f"more than {_MOST_LINES:,} lines")
    for raw in every:
        start, end = trim(text, position, position + len(raw))
        if start < end:
            yield Line(start, end, gap, start - position)
        gap = 0 if start < end else gap + 1
        position += len(raw)


def units(text: str) -> list[Unit]:
    """The units of plain text: hard-wrapped lines and sentences broken over lines are put together again."""
    groups: list[list[Line]] = []
    joins = _Joins(text, list(lines(text)))
    for line in joins.lines:
        if groups and joins.goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [unit(text, group) for group in groups]


def unit(text: str, group: list[Line], role: str = "text") -> Unit:
    """One unit of some lines, without the bullet or number of a list item."""
    first, last = group[0], group[-1]
    bullet = _BULLET.match(text, first.start, first.end) if role == "text" else None
    start = trim(text, bullet.end(), last.end)[0] if bullet else first.start
    return Unit(start, last.end, first.gap, len(group) == 1, "item" if bullet else role)


class _Joins:
    """Whether a line goes on in the next; lists, which are left apart, are known by the colon above them."""

    def __init__(self, text: str, found: list[Line]) -> None:
        self.text = text
        self.lines = found
        self.width = wrap_width(text, found)
        self._listing = False
        self._tight = False

    def goes_on(self, line: Line, following: Line) -> bool:
        ending, opening = self.text[max(line.start, line.end - 40) : line.end], self.text[following.start]
        self._follow_list(ending, following)
        if self._wraps(line, following):
            return True
        return not ended(ending) and self._mid_sentence(line, ending, opening)

    def _follow_list(self, ending: str, following: Line) -> None:
        if ending.endswith(":"):
            self._listing, self._tight = True, False
        elif ended(ending) or (self._tight and following.gap):
            self._listing = False
        elif self._listing:
            self._tight = not following.gap

    def _wraps(self, line: Line, following: Line) -> bool:
        if not self.width or following.gap or line.length > self.width or following.indent > line.indent + 1:
            return False
        if _BULLET.match(self.text, following.start, following.end):
            return False
        return line.indent + line.length + 1 + _first_word(self.text, following) > self.width

    def _mid_sentence(self, line: Line, ending: str, opening: str) -> bool:
        if _BULLET.match(self.text, line.start, line.end) or not (line.length >= _LONG or opening in ",;)"):
            return False
        if opening in ",;)" or ending.endswith(","):
            return True
        last = re.split(r"[^\w’']+", ending)[-1].lower()
        return last in layout_words()["connectors"] or (opening.islower() and not self._listing)


def wrap_width(text: str, found: Iterable[Line]) -> int:
    """The width that a text is hard-wrapped to, 0 for texts with a paragraph a line.

    A text is wrapped when most of its lines that have one directly below are so full that the first word of the next
    one had no room, and do not end a sentence.
    """
    tight = [(line, below) for line, below in pairwise(found) if not below.gap]
    if len(tight) < 3:
        return 0
    lengths = sorted(line.indent + line.length for line, _ in tight)
    width = lengths[-1 - len(lengths) // 20]
    if not 40 <= width <= _WIDEST:
        return 0
    full = sum(line.indent + line.length + 1 + _first_word(text, below) > width for line, below in tight)
    open_ended = sum(not ended(text[line.start : line.end]) for line, _ in tight)
    if min(full, open_ended) < 0.6 * len(tight):
        return 0
    return max(length for length in lengths if length <= _WIDEST)


def _first_word(text: str, line: Line) -> int:
    word = re.compile(r"\S+").match(text, line.start, line.end)
    return word.end() - word.start() if word else 0
