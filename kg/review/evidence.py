"""The words of the texts that a question rests on, where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from kg.model import Passage, Span
from kg.namespaces import ITSRDF, NIF
from kg.wikidata.subjects import Facts

CONTEXT = 60
"""Characters of the text before and behind the words."""
_SENTENCE = 160
_SHOWN = 3
_END = re.compile(r"(?<=\w\w\w)[.!?][\"'”’)]*\s+|\n")
"""Where a sentence ends, not behind "Mr." and "U.S."."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a text: what is before them, they themselves, what is behind; and which document. ``begins`` and
    ``ends`` say that the sentence does so there."""

    before: str
    words: str
    behind: str
    document: str
    begins: bool = False
    ends: bool = False


class Texts:
    """The mentions and passages of a graph; ``base`` is what its ids stand behind."""

    def __init__(self, facts: Facts, base: str) -> None:
        self.facts, self.base = facts, base
        self.mentions: dict[str, list[str]] = defaultdict(list)
        for passage, values in facts.out.items():
            for iri in values.get(ITSRDF + "taIdentRef", ()):
                self.mentions[iri].append(passage)

    def longest(self, iri: str) -> tuple[Evidence, ...]:
        """The longest wordings of an entity, each where it stands."""
        told: dict[str, str] = {}
        for passage in sorted(self.mentions[iri]):
            told.setdefault(self.words(passage), passage)
        longest = sorted(told, key=lambda words: (-len(words), words))[:_SHOWN]
        return tuple(self.evidence(told[words]) for words in longest)

    def passages(self, iri: str) -> list[tuple[Passage, str]]:
        """The mentions of an entity in the order of the texts, with their IRIs."""
        return sorted((self.passage(each), each) for each in self.mentions[iri])

    def passage(self, iri: str) -> Passage:
        """The passage of this IRI, by the id of its document."""
        document = self.facts.one(iri, NIF + "referenceContext") or ""
        start, end = (self._offset(iri, name) for name in ("beginIndex", "endIndex"))
        return Passage(document.removeprefix(self.base), Span(start, end))

    def words(self, iri: str) -> str:
        """What stands there."""
        return self.facts.one(iri, NIF + "anchorOf") or ""

    def evidence(self, iri: str) -> Evidence:
        """The words with some of the text around them."""
        return self._around(iri, CONTEXT)

    def sentence(self, iri: str) -> Evidence:
        """The words in their sentence, or in as much of it as can be shown."""
        around = self._around(iri, _SENTENCE)
        opened, closed = [0, *(end.end() for end in _END.finditer(around.before))], _END.search(around.behind)
        before, behind = around.before[opened[-1] :], around.behind[: closed.end() if closed else None]
        begins, ends = len(opened) > 1 or len(before) < _SENTENCE, closed is not None or len(behind) < _SENTENCE
        before = before if begins else before.partition(" ")[2]
        behind = behind if ends else behind.rpartition(" ")[0]
        return replace(around, before=before, behind=behind, begins=begins, ends=ends)

    def _around(self, iri: str, most: int) -> Evidence:
        words, place = self.words(iri), self.passage(iri)
        text = self.facts.one(self.base + place.document, NIF + "isString") or ""
        start, end = place.span.start, place.span.end
        if text[start:end] != words:
            return Evidence("", words, "", place.document)
        return Evidence(text[max(0, start - most) : start], words, text[end : end + most], place.document)

    def _offset(self, iri: str, name: str) -> int:
        text = self.facts.one(iri, NIF + name) or ""
        return int(text) if text.isascii() and text.isdigit() else 0
