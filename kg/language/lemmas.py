"""Lemmas by table: a word and its tag, where endings mislead, and the rule of its longest known ending elsewhere."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc

NAME = "treatygraph_lemmas"
LONGEST_ENDING = 6
_CACHE = 20_000
_KEPT = frozenset({"NNP", "ADD", "FW"})
_INFLECTED = frozenset({"NNS", "NNPS", "VBD", "VBN", "VBZ", "VBG", "JJR", "JJS", "RBR", "RBS"})


class Lemmatizer:
    """A component that sets ``Token.lemma_`` from ``Token.tag_``."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, str]] = {}
        self.endings: dict[str, dict[str, str]] = {}
        self._in_text = lru_cache(maxsize=_CACHE)(self._found_in_text)

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.lemma_ = self._in_text(token.text, token.tag_, bool(token.is_sent_start))
        return doc

    def lemma(self, form: str, tag: str) -> str:
        """The lemma of a word with a Penn Treebank tag: ``lemma("signed", "VBD")`` is "sign"."""
        if tag in _KEPT:
            return form
        lower = form.lower().replace("’", "'")
        if lower in self.words.get(tag, {}):
            return self.words[tag][lower]
        return self._by_ending(form if tag == "NNPS" else lower, tag) if tag in _INFLECTED else lower

    def _found_in_text(self, form: str, tag: str, first: bool) -> str:
        """The lemma of a word that is the first of its sentence or is not; most words of a text were met before."""
        lemma = self.lemma(form, tag)
        initials = tag in {"NN", "CD"} and form.isupper()
        adjective = tag == "JJ" and form[:1].isupper() and not first
        return form if lemma == form.lower() and (initials or adjective) else lemma

    def _by_ending(self, form: str, tag: str) -> str:
        endings = self.endings.get(tag, {})
        for length in range(min(LONGEST_ENDING, len(form) - 1), -1, -1):
            ending = form[len(form) - length :].lower()
            if ending in endings:
                cut, add = endings[ending].split(">")
                return form[: len(form) - int(cut)] + add
        return form

    def learn(self, triples: Iterable[tuple[str, str, str]]) -> Lemmatizer:
        """Fills both tables from (form, tag, lemma): the more frequent, then the longer lemma of a form wins."""
        self._in_text.cache_clear()
        counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for form, tag, lemma in triples:
            if lemma != "_" and tag not in _KEPT:
                counts[tag, form.lower().replace("’", "'")][lemma] += 1
        best = {
            key: min(lemmas, key=lambda lemma: (-lemmas[lemma], -len(lemma), lemma)) for key, lemmas in counts.items()
        }
        self.endings = _ending_rules({key: lemma for key, lemma in best.items() if key[0] in _INFLECTED})
        self.words = {}
        for (tag, form), lemma in sorted(best.items()):
            if self.lemma(form, tag) != lemma and self.lemma(form.title(), tag) != lemma:
                self.words.setdefault(tag, {})[form] = lemma
        return self

    def to_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> None:
        """Writes ``lemmas.json``."""
        tables = {"words": self.words, "endings": self.endings}
        text = json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True)
        Path(path).with_suffix(".json").write_text(text, encoding="utf-8")

    def from_disk(self, path: Path | str, exclude: Iterable[str] = ()) -> Lemmatizer:
        """Reads what ``to_disk`` wrote. Raises ``OSError``, ``ValueError``."""
        tables = json.loads(Path(path).with_suffix(".json").read_text(encoding="utf-8"))
        self.words, self.endings = tables["words"], tables["endings"]
        self._in_text.cache_clear()
        return self


def _ending_rules(best: dict[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (tag, form), lemma in best.items():
        cut, add = _change(form, lemma)
        for length in range(min(LONGEST_ENDING, len(form) - 1) + 1):
            if length >= cut:
                counts[tag, form[len(form) - length :]][f"{cut}>{add}"] += 1
    rules: dict[str, dict[str, str]] = {}
    for (tag, ending), changes in sorted(counts.items()):
        change = min(changes, key=lambda change: (-changes[change], change))
        if changes[change] > 1 and rules.get(tag, {}).get(ending[1:]) != change:
            rules.setdefault(tag, {})[ending] = change
    return rules


def _change(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same].lower():
        same += 1
    return len(form) - same, lemma[same:]
