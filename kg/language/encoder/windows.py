"""Long texts cut into runs of words that the network reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

MOST_WORDS = 128
MOST_PIECES = 500
_ENDS = frozenset(".!?…")
_PAUSES = frozenset(";:,")


def windows(words: Sequence[str], sizes: Sequence[int], may_start: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Start and end of each run: it ends where a sentence probably does, else at a pause, else where it must.

    ``sizes`` is the number of pieces of each word, ``may_start`` says whether a sentence can begin with it.
    """
    start = 0
    while start < len(words):
        end = _limit(sizes, start)
        if end < len(words):
            end = _cut(words, may_start, start, end)
        yield start, end
        start = end


def _limit(sizes: Sequence[int], start: int) -> int:
    pieces, end = 0, start
    while end < len(sizes) and end - start < MOST_WORDS and pieces + sizes[end] <= MOST_PIECES:
        pieces += sizes[end]
        end += 1
    return end


def _cut(words: Sequence[str], may_start: Sequence[bool], start: int, end: int) -> int:
    places = range(end, start + 1, -1)
    ends = (place for place in places if may_start[place] and _ends_sentence(words, place))
    pauses = (place for place in places if words[place - 1] in _PAUSES)
    return next(ends, None) or next(pauses, end)


def _ends_sentence(words: Sequence[str], place: int) -> bool:
    """Whether a full stop stands before ``place``, perhaps with closing quotes and brackets between."""
    before = place - 1
    while before > 0 and words[before] in {"”", '"', "’", "'", ")", "]"}:
        before -= 1
    return words[before][-1:] in _ENDS and not words[place][:1].islower()
