"""Policy areas in a text: the labels of the SKOS scheme ``policy-area``, for what a treaty concerns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pyoxigraph import parse

from kg import resources
from kg.namespaces import SCHEME, SKOS

_AREA = f"{SCHEME}policy-area/"
_LABELS = frozenset({f"{SKOS}prefLabel", f"{SKOS}altLabel", f"{SKOS}hiddenLabel"})
_WORD = re.compile(r"\w+(?:'\w+)*")
# One character for one character, so that offsets stay: U+0130 is the only one whose lower case is longer.
_PLAIN = str.maketrans({"\u0130": "i", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2019": "'"})

Match = tuple[int, int, str]


def find_areas(text: str) -> list[Match]:
    """Where ``text`` names policy areas: start, end (characters), id of the concept in the scheme ``policy-area``.

    The longest label wins. A compound with hyphens names each area of its parts ("trade-economic"), and none when a
    part is no label ("oil-rich").
    """
    folded = text.translate(_PLAIN).lower()
    words = [match.span() for match in _WORD.finditer(folded)]
    gaps = [folded[end:start] for (_, end), (start, _) in pairwise(words)] + [""]
    matches = list(_longest([folded[start:end] for start, end in words], gaps))
    covered = {k for first, last, _ in matches for k in range(first, last + 1)}
    whole = [(first, last, area) for first, last, area in matches if covered.issuperset(_compound(first, last, gaps))]
    return [(words[first][0], words[last][1], area) for first, last, area in whole]


def _longest(words: list[str], gaps: list[str]) -> Iterator[Match]:
    """First word, last word and concept of each label, from left to right."""
    areas, lengths = _labels()
    first = 0
    while first < len(words):
        last = first + lengths.get(words[first], 0) - 1
        while last >= first and not (area := areas.get(_phrase(words, gaps, first, last))):
            last -= 1
        if last >= first:
            yield first, last, str(area)
        first = max(first, last) + 1


def _phrase(words: list[str], gaps: list[str], first: int, last: int) -> str:
    """The words with one space between them, or nothing where more than a space or a hyphen parts them."""
    joined = all(gap == "-" or gap.isspace() for gap in gaps[first:last])
    return " ".join(words[first : last + 1]) if joined else ""


def _compound(first: int, last: int, gaps: list[str]) -> range:
    """The words that hyphens join to these."""
    while first and gaps[first - 1] == "-":
        first -= 1
    while gaps[last] == "-":
        last += 1
    return range(first, last + 1)


@lru_cache(maxsize=1)
def _labels() -> tuple[dict[str, str], dict[str, int]]:
    """The concept of each label, hyphens as spaces; and the words of the longest label that begins with a word."""
    areas = {
        quad.object.value.lower().replace("-", " "): quad.subject.value.removeprefix(_AREA)
        for quad in parse(path=resources.ontology() / "schemes" / "policy-areas.ttl")
        if quad.predicate.value in _LABELS
    }
    lengths: dict[str, int] = {}
    for words in map(str.split, areas):
        lengths[words[0]] = max(lengths.get(words[0], 0), len(words))
    return areas, lengths
