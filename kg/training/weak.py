"""Unlabelled news and history as partly annotated documents: what the tables of names and head words are sure of.

Words in lower case are no names, names of countries, well-known people and organisations are, and every other
capitalised word is left out of the loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.language.entities import UNKNOWN, Sample, Scheme, without_overlaps
from kg.training.names import Names

LONGEST = 120


def texts(folder: Path, held_out: frozenset[str]) -> Iterator[str]:
    """The paragraphs of all .txt files but those named in ``held_out``, and of the ``text`` of all JSON lines."""
    for path in sorted(folder.rglob("*.txt")):
        if path.name not in held_out:
            yield from path.read_text(encoding="utf-8").split("\n")
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from json.loads(line)["text"].split("\n")


class Annotator:
    """Annotates what is sure. ``names`` gives the tables, ``scheme`` the head words."""

    def __init__(self, nlp: Language, names: Names, scheme: Scheme) -> None:
        self._nlp = nlp
        self._scheme = scheme
        self._matcher = PhraseMatcher(nlp.vocab)
        tables = {"PLACE": names.plain["COUNTRY"], "PERSON": names.plain["PERSON"]}
        tables["ORG"] = [name for name in names.plain["ORG"] if " " in name]
        tables["ORG"] += [name for name in names.plain["INITIALS"] if len(name) > 2 and name.isupper()]
        for label, table in tables.items():
            self._matcher.add(label, [nlp.tokenizer(name) for name in table])

    def samples(self, paragraphs: Iterator[str]) -> Iterator[Sample]:
        """A sample for each paragraph, or part of a long one, in which something is sure."""
        for text in paragraphs:
            doc = self._nlp.tokenizer(text.strip())
            for start in range(0, len(doc), LONGEST):
                sample = self._sample(doc[start : start + LONGEST].as_doc())
                if any(label != UNKNOWN for _, _, label in sample.spans):
                    yield sample

    def _sample(self, doc: Doc) -> Sample:
        tokens = [token.text for token in doc]
        spaces = [bool(token.whitespace_) for token in doc]
        sure = self.sure(doc)
        capitals = [(i, i + 1, UNKNOWN) for i, word in enumerate(tokens) if self._may_be_name(word)]
        return Sample(tokens, spaces, without_overlaps([*sure, *capitals]))

    def sure(self, doc: Doc) -> list[tuple[int, int, str]]:
        """The names (start, end, label, by token) that head words and tables give away; they may overlap."""
        tokens = [token.text for token in doc]
        spaces = [bool(token.whitespace_) for token in doc]
        return [*self._scheme.by_head(tokens, spaces), *self._known(doc)]

    def _known(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        for label, start, end in self._matcher(doc):
            if not any(self._may_be_name(doc[i].text) for i in (start - 1, end) if 0 <= i < len(doc)):
                yield start, end, self._nlp.vocab.strings[label]

    def _may_be_name(self, word: str) -> bool:
        return word[:1].isupper() and word not in self._scheme.no_name
