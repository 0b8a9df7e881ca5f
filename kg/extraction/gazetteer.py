"""Known names in a text: the reference data as one look-up by the words of a name, longest match first."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extraction.lexicon import WORD

_SENTENCE_END = re.compile(r"(?<!\bSt)(?<!\b[A-Z])\. ")


@dataclass(frozen=True, slots=True)
class Match:
    """Characters ``[start, end)`` of a text that are a known name, with the records it may mean, best first."""

    start: int
    end: int
    records: tuple[str, ...]
    kind: str


def folded(word: str) -> str:
    """The word without diacritics, its case kept."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


class Gazetteer:
    """Names of the reference data, matched case-sensitively on whole words.

    ``names`` yields (name, id of the record, kind); kind is name, acronym, demonym, seat or surname. Names that come
    first are preferred when one name means several records.
    """

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        self._entries: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        for name, record, kind in names:
            key = tuple(folded(w) for w in WORD.findall(name.removeprefix("the ").removeprefix("The ")))
            if not key:
                continue
            self._entries[key].append((record, kind))
            self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def lookup(self, name: str) -> tuple[str, ...]:
        """Ids of the records that go by exactly this name, surnames aside."""
        entries = self._entries.get(tuple(folded(w) for w in WORD.findall(name)), [])
        return tuple(dict.fromkeys(record for record, kind in entries if kind != "surname"))

    def find(self, text: str) -> Iterator[Match]:
        """All known names in the text, not overlapping, the longest first at each word."""
        words = [(m.start(), m.end(), folded(m.group())) for m in WORD.finditer(text)]
        i = 0
        while i < len(words):
            match = self._at(words, i, text)
            if match is None:
                i += 1
                continue
            length, found = match
            yield found
            i += length

    def _at(self, words: list[tuple[int, int, str]], i: int, text: str) -> tuple[int, Match] | None:
        for length in range(min(self._longest.get(words[i][2], 0), len(words) - i), 0, -1):
            entries = self._entries.get(tuple(w[2] for w in words[i : i + length]))
            start, end = words[i][0], words[i + length - 1][1]
            if not entries or "\n\n" in text[start:end] or _crosses(text[start:end]):
                continue
            kinds = {kind for _, kind in entries}
            kind = "seat" if "seat" in kinds else entries[0][1]
            only_surname = kinds == {"surname"}
            records = dict.fromkeys(r for r, k in entries if only_surname or k != "surname")
            return length, Match(start, end, tuple(records), kind if only_surname or kind != "surname" else "name")
        return None


def _crosses(text: str) -> bool:
    """Whether a comma, bracket or sentence end stands inside: two names, not one."""
    return any(c in text for c in ',;:()[]“”"') or bool(_SENTENCE_END.search(text))
