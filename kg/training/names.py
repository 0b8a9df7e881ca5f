"""Names for training: of people, places and organisations in the reference tables, and made-up treaties and events."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from spacy.language import Language

from kg import resources
from kg.language.entities import Sample

_LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ .’'-]+")
_SLOT = re.compile(r"\{(\w+)\}")
CITY_POPULATION = 100_000


@dataclass(frozen=True, slots=True)
class Names:
    """Names by label, in the order of their tables; patterns with slots, to be filled when drawn."""

    plain: dict[str, list[str]]
    patterns: dict[str, list[str]]
    sentences: list[str]

    @classmethod
    def read(cls, reference: Path) -> Names:
        """From the folder with people, cities, countries and organisations. Raises ``OSError``."""
        folder = resources.data("language")
        patterns = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
        sentences = (folder / "templates.txt").read_text(encoding="utf-8").splitlines()
        countries = list(_column(reference / "ne_10m_countries.csv", "NAME_LONG"))
        plain = {
            "PERSON": list(_people(reference / "people.csv")),
            "PLACE": countries + list(_cities(reference / "ne_10m_populated_places.csv")),
            "COUNTRY": countries,
            "ORG": list(_column(reference / "international_organisations.csv", "Name_en")),
            "INITIALS": list(_column(reference / "international_organisations.csv", "Abbreviation_en")),
        }
        return cls(plain, patterns, sentences)

    def draw(self, label: str, rng: Random) -> str:
        """A name with that label."""
        if label == "YEAR":
            return str(rng.randint(1800, 2026))
        if label == "PLACE" and rng.random() < 0.5:
            return rng.choice(self.plain["COUNTRY"])
        if label in self.patterns and (label not in self.plain or rng.random() < 0.6):
            return self._filled(rng.choice(self.patterns[label]), rng)
        if label == "ORG" and rng.random() < 0.4:
            return rng.choice(self.plain["INITIALS"])
        name = rng.choice(self.plain[label])
        return name.split()[-1] if label == "PERSON" and rng.random() < 0.35 else name

    def sentence(self, nlp: Language, rng: Random) -> Sample:
        """One of the template sentences with names in its slots."""
        text, found = "", []
        template = rng.choice(self.sentences)
        for literal, label in _parts(template):
            text += literal
            name = self.draw(label, rng) if label else ""
            if name:
                found.append((len(text), len(text) + len(name), label))
            text += name
        doc = nlp.tokenizer(text)
        spans = [doc.char_span(*span, alignment_mode="expand") for span in found]
        return Sample(
            [token.text for token in doc],
            [bool(token.whitespace_) for token in doc],
            [(span.start, span.end, span.label_) for span in spans if span is not None],
        )

    def _filled(self, pattern: str, rng: Random) -> str:
        return _SLOT.sub(lambda slot: self.draw(slot[1], rng), pattern)


def substitute(sample: Sample, names: Names, nlp: Language, rng: Random, chance: float = 0.25) -> Sample:
    """The sample with some of its persons and places renamed."""
    tokens, spaces, spans, last = [], [], [], 0
    for start, end, label in sample.spans:
        tokens += sample.tokens[last:start]
        spaces += sample.spaces[last:start]
        first = len(tokens)
        if label in {"PERSON", "PLACE"} and rng.random() < chance:
            doc = nlp.tokenizer(names.draw(label, rng))
            tokens += [token.text for token in doc]
            spaces += [bool(token.whitespace_) for token in doc[:-1]] + [sample.spaces[end - 1]]
        else:
            tokens += sample.tokens[start:end]
            spaces += sample.spaces[start:end]
        spans.append((first, len(tokens), label))
        last = end
    return Sample(tokens + sample.tokens[last:], spaces + sample.spaces[last:], spans)


def _parts(template: str) -> Iterator[tuple[str, str]]:
    last = 0
    for slot in _SLOT.finditer(template):
        yield template[last : slot.start()], slot[1]
        last = slot.end()
    yield template[last:], ""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _column(path: Path, name: str) -> Iterator[str]:
    for row in _rows(path):
        if _LATIN.fullmatch(row[name]) and len(row[name].split()) < 9:
            yield row[name]


def _people(path: Path) -> Iterator[str]:
    for row in _rows(path):
        if row["enwiki"] and _LATIN.fullmatch(row["name"]) and 2 <= len(row["name"].split()) <= 4:
            yield row["name"]


def _cities(path: Path) -> Iterator[str]:
    for row in _rows(path):
        if _LATIN.fullmatch(row["NAME_EN"]) and float(row["POP_MAX"]) >= CITY_POPULATION:
            yield row["NAME_EN"]
