"""docs/reading.md: each of its examples is read as the page says, its patterns are those of the files, its keys all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest
import reading_gold
from conftest import ROOT, Outcome
from test_patterns import SLOTS, TABLES

from kg import resources
from kg.errors import InputError
from kg.extraction.patterns import Pattern, patterns
from kg.model import Attribution, Knowledge, PartialDate, Value
from kg.reading import ReadingOptions, read_inputs
from kg.resolution.corpus import join_decided
from kg.resolution.decisions import Decisions

PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
DATE = PartialDate("2025-06-01")
_EXPECTED = re.compile(r"    (?P<told>\w+) +(?P<words>.+?)(?: {2,}by (?P<source>.+))?")


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def examples() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each text of the page with the lines that stand under it."""
    for block in blocks("text"):
        for text, expected in re.findall(r"((?:^\S.*\n|^\n)+)((?:^    \S.*\n)+)", block, re.MULTILINE):
            yield text.strip(), tuple(expected.splitlines())


EXAMPLES = list(examples())


@cache
def read(text: str, folder: Path) -> Knowledge:
    """What the graph of a text of 1 June 2025 is made of."""
    file = folder / "example.md"
    file.write_text(text, encoding="utf-8")
    [document] = read_inputs([str(file)], ReadingOptions(date=DATE))
    assert not isinstance(document, InputError)
    reader = reading_gold.reader()
    return join_decided([reader.read(document)], reader.reference, Decisions())[0]


class Told:
    """What was read, in the words of the page."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.names = {e.id: e.name for e in knowledge.entities}
        self.events = {e.id: e.cls for e in knowledge.events}
        text = {d.id: d.text for d in knowledge.documents}
        self.claims = {
            (c.modality.name.capitalize(), words, self.source(c.attribution))
            for c in knowledge.claims
            for words in self.words(c.subject, c.predicate, c.object)
        }
        self.speech = {
            ("Speech", text[part.document][part.span.start : part.span.end], self.source(s.attribution))
            for s in knowledge.statements
            for part in s.quotations or (s.passage,)
        }

    def words(self, subject: str, predicate: str, value: Value) -> tuple[str, ...]:
        """Of an event with its class, of an entity with its name and without."""
        told = f"{predicate} {reading_gold.shown(value, lambda id: self.names.get(id, id))}"
        if subject in self.events:
            return (f"{self.events[subject]} {told}",)
        return told, f"{self.names[subject]} {told}"

    def source(self, who: Attribution) -> str:
        first = self.names[who.speaker] if who.speaker else f'"{who.unnamed}"' if who.unnamed else ""
        further = [self.names[id] for id in who.reporters]
        return ", reported by ".join([first, *further]) if first or further else ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("page")


@pytest.mark.parametrize(("text", "expected"), EXAMPLES, ids=[text[:50] for text, _ in EXAMPLES])
def test_an_example_of_the_page_is_read_as_it_says(text: str, expected: tuple[str, ...], folder: Path) -> None:
    told = Told(read(text, folder))
    everything = told.claims | told.speech
    for line in expected:
        found = _EXPECTED.fullmatch(line.rstrip())
        assert found, line
        for words in found["words"].split("; "):
            if found["told"] == "Nothing":
                assert not [each for each in everything if words in each[1]], line
            else:
                each = (found["told"], words, found["source"] or "")
                assert each in everything, f"{line}\n" + "\n".join(map(str, sorted(everything)))


def test_the_page_has_examples_of_each_kind() -> None:
    kinds = {line.split()[0] for _, expected in EXAMPLES for line in expected}
    assert kinds == {"Actual", "Planned", "Possible", "Negated", "Nothing", "Speech"}
    assert all(text.count("\n") == 0 or text.startswith("#") for text, _ in EXAMPLES), "each text has lines under it"


def test_the_call_that_the_page_begins_with_answers_as_it_says(kg: Callable[..., Outcome], tmp_path: Path) -> None:
    text, options = re.findall(r"^echo '(.*)' > try.txt\nkg build try.txt (.*) -o try.ttl$", PAGE, re.MULTILINE)[0]
    (tmp_path / "try.txt").write_text(text, encoding="utf-8")
    graph = tmp_path / "try.ttl"
    assert kg("build", tmp_path / "try.txt", *options.split(), "-o", graph).code == 0
    names = re.findall(r"--name ([\w-]+)", PAGE)
    found = {name: kg("query", graph, "--name", name) for name in names}
    assert "Norway" in found["announced"].out
    assert found["denied"].code == 1


def test_each_key_and_slot_of_a_pattern_is_in_the_tables() -> None:
    rows = {name for row in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE) for name in re.findall(r"`([^`]+)`", row)}
    keys = {field.name for field in fields(Pattern)} | {"cues", "but"}
    words = {slot for slot in SLOTS if slot not in {"~"}} | {"pred", "that", "last", "topic"}
    assert keys <= rows
    assert words | {"a>b", "?a>b", "~"} <= rows


def test_the_pattern_that_is_shown_is_that_of_the_file() -> None:
    [shown], *_ = (tomllib.loads(block)["pattern"] for block in blocks("toml"))
    assert shown in TABLES


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The id of the pattern that the page adds, with the packaged patterns and it in use."""
    _, new = blocks("toml")
    folder = tmp_path / "patterns"
    folder.mkdir()
    for file in resources.data("patterns").glob("*.toml"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "zz.toml").write_text(new, encoding="utf-8")
    packaged = resources.data
    monkeypatch.setattr(
        resources, "data", lambda name: tmp_path / name if name.startswith("patterns") else packaged(name)
    )
    patterns.cache_clear()
    yield tomllib.loads(new)["pattern"][0]["id"]
    monkeypatch.undo()
    patterns.cache_clear()


def test_the_pattern_that_the_page_adds_reads_its_examples(added: str) -> None:
    pattern = next(p for p in patterns().all if p.id == added)
    assert added not in {table["id"] for table in TABLES}
    assert f"-k {added}" in PAGE
    for example in pattern.examples:
        told = reading_gold.said(reading_gold.read(example["text"]))
        assert set(example.get("expect", ())) <= told, example["text"]
        assert told.isdisjoint(example.get("unexpected", ())), example["text"]


@pytest.mark.parametrize("modality", ["Planned", "Possible", "Negated"])
def test_words_of_the_table_of_modality_are_those_of_the_lexicon(modality: str) -> None:
    with resources.data("lexicon/modality.toml").open("rb") as file:
        lists = tomllib.load(file)
    known = {w for t in lists.values() for name, ws in t.items() for w in ws if name in {modality.lower(), "words"}}
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| {modality} |"))
    words = [word for word in re.split(r"[|,;] *", row)[2:] if re.fullmatch(r"\w+ ?", word)]
    assert len(words) > 6
    assert {word.strip() for word in words} <= known
