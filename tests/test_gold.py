"""The sample corpus as the shipped pipeline reads it, held against its gold annotations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from reading_gold import reader
from sample_corpus import GOLD, documents

from kg.evaluation.gold import load
from kg.evaluation.scoring import Score, score, total
from kg.language.evaluate import Score as Tally
from kg.model import Document
from kg.reading import read_inputs
from kg.resolution.corpus import join

# A little under what is measured; raise them when reading gets better, never lower them.
ENTITIES_F1 = 0.945
FACTS_PRECISION = 0.95
FACTS_F1 = 0.815
EVENTS_F1 = 0.79
QUOTES = 0.85
TOLD_AS_ACTUAL = 0  # of the facts that are planned, possible or negated


@cache
def scores() -> dict[str, Score]:
    """The score of each document, read on its own."""
    found = {}
    for name, document in _read():
        found[name] = score(load(GOLD / f"{name}.yaml"), document, join([reader().read(document)], reader().reference))
    return found


def _read() -> Iterator[tuple[str, Document]]:
    paths = list(dict.fromkeys(path for _, path, _ in documents()))
    names = [name for name, _, _ in documents()]
    read = [item for item in read_inputs([str(path) for path in paths]) if isinstance(item, Document)]
    yield from zip(names, read, strict=True)


@pytest.fixture(scope="module")
def everything() -> Score:
    return total(scores().values())


def test_entities(everything: Score) -> None:
    assert everything.entities.f1 >= ENTITIES_F1, everything


def test_facts(everything: Score) -> None:
    assert everything.facts.f1 >= FACTS_F1, everything.missed
    assert everything.facts.precision >= FACTS_PRECISION, everything.wrong


def test_events(everything: Score) -> None:
    assert everything.events.f1 >= EVENTS_F1, everything


def test_quotations(everything: Score) -> None:
    assert everything.quotes.recall >= QUOTES, everything


def test_what_did_not_happen_is_not_told_as_actual(everything: Score) -> None:
    assert everything.unreal >= 20
    assert everything.told_as_actual <= TOLD_AS_ACTUAL, everything


@pytest.mark.parametrize("name", [name for name, _, _ in documents()])
def test_something_is_read_in_every_document(name: str) -> None:
    assert scores()[name].entities.right > 0
    assert scores()[name].facts.right > 0 or scores()[name].facts.gold == 0


def test_a_tally_counts() -> None:
    tally = Tally(2, 4, 2) + Tally(1, 2, 4)
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.5, 0.5)
    assert Tally().f1 == Tally().precision == Tally().recall == 0.0


if __name__ == "__main__":
    for name, each in scores().items():
        print(f"{name:26} {each}")
        for kind in ("missed", "wrong"):
            for fact in getattr(each, kind):
                print(f"    {kind} {' '.join(fact)}")
    print(f"{'TOTAL':26} {total(scores().values())}")
