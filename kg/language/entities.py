"""Open entity corpora as training documents with one set of labels: PERSON, ORG, PLACE, EVENT, TREATY.

What a corpus does not annotate the way we do is left out of the loss rather than taught as "no name".
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg import resources

LABELS = ("EVENT", "ORG", "PERSON", "PLACE", "TREATY")
UNKNOWN = "?"
_LEFT = frozenset(".,;:!?)]}%") | {"'s", "’s", "n't", "'re", "'ve", "'ll", "'d", "''", "”"}
_RIGHT = frozenset("([{$£€“") | {"``"}
_SMALL = r"(?:of|the|and|for|on|with|to|de|&)"


@dataclass(frozen=True, slots=True)
class Sample:
    """Tokens, whether a blank follows each, and spans (start, end, label) by token; ``UNKNOWN`` is not annotated."""

    tokens: list[str]
    spaces: list[bool]
    spans: list[tuple[int, int, str]]
    id: str = ""


def read(path: Path, split: str | None = None) -> Iterator[Sample]:
    """The records of one JSON lines file, with our labels. Raises ``OSError``, ``ValueError``."""
    scheme = Scheme.load()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if split is None or record.get("split", split) == split:
                yield scheme.sample(record)


def joined(samples: Iterable[Sample], most: int = 3) -> Iterator[Sample]:
    """Runs of one to ``most`` samples as one, of lengths that take turns, since texts are read by the paragraph."""
    rest = iter(samples)
    lengths = cycle(range(1, most + 1))
    while run := list(islice(rest, next(lengths))):
        whole = run[0]
        for sample in run[1:]:
            whole = _concatenated(whole, sample)
        yield whole


def _concatenated(first: Sample, second: Sample) -> Sample:
    shift = len(first.tokens)
    spans = [(start + shift, end + shift, label) for start, end, label in second.spans]
    return Sample(
        first.tokens + second.tokens, [*first.spaces[:-1], True, *second.spaces], first.spans + spans, first.id
    )


class Scheme:
    """The table of labels and head words of ``data/language/entities.toml``."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._labels: dict[str, str] = table["labels"]
        self._titles = frozenset(table["words"]["titles"])
        self.no_name = frozenset(table["words"]["no_name"])
        self._heads = [Head(entry, table["words"]["no_name"]) for entry in table["heads"]]

    @classmethod
    def load(cls) -> Scheme:
        return cls(tomllib.loads(resources.data("language/entities.toml").read_text(encoding="utf-8")))

    def sample(self, record: dict[str, Any]) -> Sample:
        """One record of a corpus with our labels."""
        tokens = [str(token) for token in record["tokens"]]
        spaces = _spaces(tokens, record.get("text"))
        given = [(int(s), int(e), str(label)) for s, e, label in _token_spans(record, tokens, spaces)]
        spans = [self._ours(tokens, span) for span in given]
        named = [*self.by_head(tokens, spaces), *(span for span in spans if span[2] != "none")]
        return Sample(tokens, spaces, without_overlaps(named), str(record["id"]))

    def _ours(self, tokens: list[str], span: tuple[int, int, str]) -> tuple[int, int, str]:
        start, end, label = span
        own = self._labels.get(label, UNKNOWN)
        if _is_demonym(tokens[start:end], own):
            own = "none"
        while own == "PERSON" and start < end and tokens[start] in self._titles:
            start += 1
        if start == end or (own in {"PERSON", "ORG", "PLACE"} and not _name_like(tokens[start:end])):
            return span[0], end, UNKNOWN
        return start, end, own

    def by_head(self, tokens: list[str], spaces: list[bool]) -> Iterator[tuple[int, int, str]]:
        """Treaties and events that their head word gives away ("Treaty of Gulistan"), as spans of tokens."""
        text, starts, ends = _offsets(tokens, spaces)
        for head in self._heads:
            for start, end in head.find(text):
                if start in starts and end in ends:
                    yield starts[start], ends[end] + 1, head.label


class Head:
    """One entry of the table of head words: finds names like "Treaty of Gulistan" in a text."""

    def __init__(self, entry: dict[str, Any], no_name: list[str]) -> None:
        self.label: str = entry["label"]
        self._words: list[str] = entry["words"]
        self._never: list[str] = entry.get("never", [])
        self._pattern = _head_pattern(entry, no_name)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The names' first character and the one after their last."""
        if any(word in text for word in self._words):
            for match in self._pattern.finditer(text):
                if not any(words in match.group() for words in self._never):
                    yield match.span()


def _head_pattern(head: dict[str, Any], no_name: list[str]) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(head["words"], key=len, reverse=True))
    if head.get("alone"):
        return re.compile(rf"\b(?:{words})\b")
    cap = rf"(?!(?:{'|'.join(no_name)})\b)(?:(?:[A-Z]\.)+|[A-Z](?:[\w’'–-]*\w)?|\d{{4}})"
    before = "|".join(map(re.escape, head["bare"])) if "bare" in head else rf"{cap}(?: {cap}){{0,4}}"
    tail = rf" (?:{'|'.join(head.get('after', ()))})(?: the)? {cap}(?: (?:{_SMALL} ){{0,2}}{cap}){{0,6}}"
    return re.compile(rf"\b(?:(?:{before}) (?:{words})\b(?:{tail})?|(?:{words}){tail})")


def _offsets(tokens: list[str], spaces: list[bool]) -> tuple[str, dict[int, int], dict[int, int]]:
    text, starts, ends = "", {}, {}
    for index, (token, space) in enumerate(zip(tokens, spaces, strict=True)):
        starts[len(text)] = index
        ends[len(text) + len(token)] = index
        text += token + " " * space
    return text, starts, ends


def _spaces(tokens: list[str], text: str | None) -> list[bool]:
    if text is None:
        return _guessed_spaces(tokens)
    spaces, place = [], 0
    for token in tokens:
        place = text.index(token, place) + len(token)
        spaces.append(text[place : place + 1].isspace())
    return spaces


def _guessed_spaces(tokens: list[str]) -> list[bool]:
    spaces, quoted = [], False
    for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
        opening = token == '"' and not quoted
        closing_next = following == '"' and (quoted != (token == '"'))
        quoted ^= token == '"'
        spaces.append(not (opening or token in _RIGHT or following in _LEFT or closing_next) and following != "")
    return spaces


def _token_spans(record: dict[str, Any], tokens: list[str], spaces: list[bool]) -> Iterator[tuple[int, int, str]]:
    yield from record["spans"]
    yield from ((start, end, "OTH") for start, end, _ in record.get("oth_spans", ()))


def _is_demonym(words: list[str], label: str) -> bool:
    return (
        label == UNKNOWN and len(words) == 1 and bool(re.fullmatch(r"[A-Z]\w+(ans?|ish|ese|is?|ch|Arabs?)", words[0]))
    )


def _name_like(words: list[str]) -> bool:
    return (
        words[0] not in {"The", "the", "a", "A", "our"} or words[1:2] == ["Hague"] if words[0][:1].islower() else True
    )


def without_overlaps(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest of the spans that share a token, in the order of the text."""
    kept: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span[0], span[2] == UNKNOWN)):
        if taken.isdisjoint(range(start, end)):
            kept.append((start, end, label))
            taken.update(range(start, end))
    return sorted(kept)


def to_doc(vocab: Vocab, sample: Sample) -> Doc:
    """A document with entities; the words of ``UNKNOWN`` spans have no annotation."""
    doc = Doc(vocab, words=sample.tokens, spaces=sample.spaces)
    known = [Span(doc, start, end, label) for start, end, label in sample.spans if label != UNKNOWN]
    unknown = [Span(doc, start, end) for start, end, label in sample.spans if label == UNKNOWN]
    doc.set_ents(known, missing=unknown, default="outside")
    return doc
