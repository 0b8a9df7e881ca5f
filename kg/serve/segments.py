"""A text cut at the edges of its passages, so that passages may overlap as they like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text and the passages, by number, that cover it; ``starting`` are those that begin with it."""

    begin: int
    text: str
    covering: tuple[int, ...]
    starting: tuple[int, ...]


def segments(text: str, spans: Sequence[tuple[int, int]]) -> list[Segment]:
    """``text`` in order and whole: the segments' texts put together are the text again.

    ``spans`` are ``[begin, end)`` within the text. The time is that of sorting plus the size of the result.
    """
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, (begin, end) in enumerate(spans):
        starts.setdefault(begin, []).append(number)
        ends.setdefault(end, []).append(number)
    covering: dict[int, None] = {}
    found = []
    for begin, end in pairwise(edges):
        for number in ends.get(begin, ()):
            covering.pop(number, None)
        covering |= dict.fromkeys(starts.get(begin, ()))
        found.append(Segment(begin, text[begin:end], tuple(covering), tuple(starts.get(begin, ()))))
    return found
