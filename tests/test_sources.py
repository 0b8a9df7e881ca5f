"""Who says what a sentence tells, read by the shipped pipeline: tests/fixtures/sources.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import reading_gold

from kg.model import Attribution
from kg.resolution.corpus import DocumentReading

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "fixtures" / "sources.toml").read_text(encoding="utf-8")
)["case"]
_APART = frozenset({"holdsOffice", "officeOf", "represents", "bodyOf", "locatedIn"})


def _words(told: DocumentReading, who: Attribution) -> tuple[str, tuple[str, ...]]:
    first = told.entities[who.speaker].name if who.speaker else who.unnamed
    return first, tuple(told.entities[reporter].name for reporter in who.reporters)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_every_fact_of_a_sentence_has_its_source(case: dict[str, Any]) -> None:
    told = reading_gold.read(case["text"])
    facts = [*told.facts, *(p for event in told.events for p in event.properties)]
    sources = {_words(told, fact.attribution) for fact in facts if fact.predicate not in _APART}
    assert sources == {(case.get("by", ""), tuple(case.get("reported", ())))}


def test_who_passes_on_is_told_once_and_never_the_speaker() -> None:
    first = Attribution("person/a").passed_on(Attribution("organisation/b", "", ("person/a", "organisation/c")))
    assert first == Attribution("person/a", "", ("organisation/b", "organisation/c"))
    assert first.passed_on(Attribution("organisation/b")) == first


def test_without_a_speaker_of_its_own_it_is_said_by_those_who_pass_it_on() -> None:
    assert Attribution().passed_on(Attribution(unnamed="a diplomat")) == Attribution(unnamed="a diplomat")
    assert not Attribution()
