"""Entities by names that are written a little differently."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from kg.serve.folding import fold
from kg.serve.index import Entry, Index
from kg.serve.vocabulary import ENTITY_CLASSES

_CANDIDATES = 400
_LEAST = 0.3


@dataclass(frozen=True, slots=True)
class Similar:
    """An entity, the name of it that comes nearest, and how near that is (1 is the same but for accents and case)."""

    entry: Entry
    name: str
    nearness: float


@dataclass(frozen=True)
class Names:
    """The names of all entities by their words; made once by ``Names.of``."""

    index: Index
    by_word: dict[str, list[int]]

    @classmethod
    def of(cls, index: Index) -> Names:
        """Those of an index; events and documents are left out."""
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        for place, (folded, _, number) in enumerate(index.names):
            if index.entries[number].cls in ENTITY_CLASSES:
                for word in set(folded.split()):
                    by_word[word].append(place)
        return cls(index, dict(by_word))

    def similar(self, text: str, classes: frozenset[str]) -> list[Similar]:
        """The entities of these classes with a name like ``text``, each once with its nearest name, nearest first."""
        wanted = fold(text)
        best: dict[int, Similar] = {}
        for place in self._places(wanted.split()):
            folded, name, number = self.index.names[place]
            entry = self.index.entries[number]
            found = Similar(entry, name, nearness(wanted, folded))
            if entry.cls in classes and found.nearness >= _LEAST:
                best[number] = max(best.get(number, found), found, key=lambda s: s.nearness)
        return sorted(best.values(), key=lambda s: (-s.nearness, -s.entry.mentions, s.entry.iri))

    def _places(self, words: list[str]) -> list[int]:
        """The names that share a word, those with the rarer words first; misspelt words stand for their likes."""
        weights: Counter[int] = Counter()
        for word in self._known(words):
            places = self.by_word[word]
            weights.update(dict.fromkeys(places, 1_000_000 // len(places)))
        return [place for place, _ in weights.most_common(_CANDIDATES)]

    def _known(self, words: Iterable[str]) -> list[str]:
        known = [word for word in words if word in self.by_word]
        unknown = [word for word in words if word not in self.by_word][:6]
        return known + [like for word in unknown for like in get_close_matches(word, self.by_word, 3, 0.8)]


def nearness(a: str, b: str) -> float:
    """How alike two folded names are, 0 to 1: the share of their pairs of letters (Dice), the order of words aside."""
    if a == b:
        return 1.0
    first, second = _pairs(a), _pairs(b)
    shared = sum((first & second).values())
    return min(0.99, 2 * shared / (sum(first.values()) + sum(second.values()) or 1))


def _pairs(text: str) -> Counter[str]:
    return Counter(f" {word} "[i : i + 2] for word in text.split() for i in range(len(word) + 1))
