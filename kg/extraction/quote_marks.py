"""Quotation marks of one paragraph: which open, which close, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = re.compile(r"[\"“”«»]")
_SINGLE = re.compile(r"['‘’]")
_OPENERS = "([{-–—/“\"«‘'"
_ELISION = re.compile(r"['‘’](?:\d0s|em|tis|twas|til|cause|n)\b", re.IGNORECASE)
_AFTER_MARK = ".,!?;:)]}"


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a paragraph enclose, as offsets without the marks themselves.

    ``spans`` are closed, in order, and may lie inside the one that begins at ``open`` and is not closed.
    ``stray`` is where a mark closes what no mark of the paragraph has opened.
    """

    spans: tuple[tuple[int, int], ...]
    open: int | None = None
    stray: int | None = None


def read_marks(text: str, start: int, end: int) -> Marks:
    """The quotations of the paragraph ``[start, end)`` of a text; of nested ones the outermost.

    Double marks, straight, curly or angled, pair up by how they stand, so “ may be closed by ". Single marks are
    quotation marks only where they cannot be apostrophes.
    """
    doubles = _doubles(text, start, end)
    taken = doubles.spans
    if doubles.open is not None:
        taken = (*(span for span in taken if span[0] < doubles.open), (doubles.open, end))
    singles, open_single = _singles(text, start, end, taken)
    spans = _outermost([*doubles.spans, *singles])
    return Marks(tuple(spans), doubles.open if doubles.open is not None else open_single, doubles.stray)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark stands as an opening one does: after a space or bracket and right before a word."""
    before, after = text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    return (before.isspace() or before in _OPENERS) and not after.isspace() and after not in _AFTER_MARK


def _closes(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark stands as a closing one does: right after a word and not right before one."""
    before, after = text[at - 1] if at > start else " ", text[at + 1] if at + 1 < end else " "
    return not before.isspace() and not after.isalnum()


def _doubles(text: str, start: int, end: int) -> Marks:
    stack: list[int] = []
    spans: list[tuple[int, int]] = []
    stray = None
    for found in _DOUBLE.finditer(text, start, end):
        at = found.start()
        if _is_opening(text, at, start, end, bool(stack)):
            stack.append(at + 1)
        elif stack:
            spans.append((stack.pop(), at))
        elif stray is None and not spans:
            stray = at
    return Marks(tuple(_outermost(spans)), stack[0] if stack else None, stray)


def _is_opening(text: str, at: int, start: int, end: int, inside: bool) -> bool:
    opens, closes = _opens(text, at, start, end), _closes(text, at, start, end)
    match text[at]:
        case "“" | "«":
            return not (inside and closes and not opens)
        case "”" | "»":
            return not inside and opens and not closes
    return (opens and not closes) if inside else (opens or not closes)


def _singles(
    text: str, start: int, end: int, taken: tuple[tuple[int, int], ...]
) -> tuple[list[tuple[int, int]], int | None]:
    """The spans between single marks that are no apostrophes, and where a first one opens that is never closed."""
    inside = _Inside(taken)
    places = [found.start() for found in _SINGLE.finditer(text, start, end) if not inside(found.start())]
    roles = [(at, _single_role(text, at, start, end)) for at in places]
    marks = [(at, role) for at, role in roles if role]
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for index, (at, role) in enumerate(marks):
        if role == "open":
            opened = at + 1
        elif opened is not None and not _is_possessive(text, index, marks):
            spans.append((opened, at))
            opened = None
    first = start + 1 if marks and marks[0] == (start, "open") else None
    return spans, None if spans and spans[0][0] == first else first


class _Inside:
    """Whether places asked for in ascending order lie in any of these spans, which are in order too."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self._spans = spans
        self._next = 0

    def __call__(self, at: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= at:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= at


def _single_role(text: str, at: int, start: int, end: int) -> str | None:
    if _ELISION.match(text, at):
        return None
    before = text[at - 1] if at > start else " "
    if text[at] != "’" and before not in "-–/" and _opens(text, at, start, end):
        return "open"
    return "close" if text[at] != "‘" and _closes(text, at, start, end) else None


def _is_possessive(text: str, index: int, marks: list[tuple[int, str]]) -> bool:
    """ "the colonists’ grievances’": an s before the mark, and another mark closes before the next one opens."""
    after_s = text[marks[index][0] - 1] in "sS"
    return after_s and index + 1 < len(marks) and marks[index + 1][1] == "close"


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
