"""The words of the texts that a question rests on, where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.wikidata.passages import Passages

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


class Texts(Passages):
    """The mentions of a graph as what a question rests on."""

    def longest(self, iri: str) -> tuple[Evidence, ...]:
        """The longest wordings of an entity, each where it stands."""
        told: dict[str, str] = {}
        for passage in sorted(self.mentions[iri]):
            told.setdefault(self.words(passage), passage)
        longest = sorted(told, key=lambda words: (-len(words), words))[:_SHOWN]
        return tuple(self.evidence(told[words]) for words in longest)

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
        text = self.text(place.document)
        start, end = place.span.start, place.span.end
        if text[start:end] != words:
            return Evidence("", words, "", place.document)
        return Evidence(text[max(0, start - most) : start], words, text[end : end + most], place.document)
