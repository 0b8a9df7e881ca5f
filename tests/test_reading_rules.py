from __future__ import annotations

import time

import pytest

from kg.reading import datelines
from kg.reading.dates import metadata_words
from kg.reading.rules import Place, Rule, find, rules

ALL = [pytest.param(rule, id=f"{number}-{rule.reason}") for number, rule in enumerate(rules())]


def place(rule: Rule) -> Place:
    return Place(tail=rule.where == "tail", under_title=rule.under_title)


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_knows_its_examples_and_no_counter_example(rule: Rule) -> None:
    assert rule.example and rule.counter
    for example in rule.example:
        assert rule.match(example, place(rule)), example
        assert find(example, place(rule)), example
    for counter in rule.counter:
        assert not find(counter, place(rule)), counter


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_takes_no_part_of_a_long_paragraph(rule: Rule) -> None:
    before = "The minister spoke of the protocol and of the experts who had helped to write it. " * 3
    for example in rule.example:
        assert not rule.match(f"{before}{example} was the end of it.", place(rule))


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_is_quick_on_what_it_nearly_knows(rule: Rule) -> None:
    began = time.perf_counter()
    for example in (*rule.example, "a ", "| ", "and ", "by A", "share "):
        near = (example * rule.longest)[: rule.longest - 1] + "\u2603"
        rule.match(near, place(rule))
    assert time.perf_counter() - began < 1


def test_rules_look_where_they_should() -> None:
    assert find("403", Place()) and not find("403", Place(tail=True))
    assert find("Disclaimer", Place(tail=True)) and not find("Disclaimer", Place())
    assert find("Jane Example", Place(under_title=True)) and not find("Jane Example", Place())
    assert not find("Photo: " + "x" * 300, Place())


def test_a_site_name_is_a_publisher() -> None:
    found = find("kayhan.ir", Place())
    assert found and found[1] == "kayhan.ir"


@pytest.mark.parametrize("row", metadata_words()["dateline"], ids=lambda row: row["example"][0])
def test_datelines_know_their_examples(row: dict[str, list[str]]) -> None:
    for example in row["example"]:
        found = datelines.find(example)
        assert found and example[found.length :] == example.split()[-1], example
    for counter in row["not"]:
        assert not datelines.find(counter), counter


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("(MENAFN) Iran has said", "MENAFN"),
        ("MOSCOW (Dispatches) — Russian", None),
        ("TEHRAN, Jan. 17 (Reuters) - Iran", "Reuters"),
        ("MOSCOW, January 17. /TASS/. Russia", "TASS"),
        ("LONDON — The", None),
        ("Moscow, 17 January 2025 – The", None),
    ],
)
def test_the_agency_of_a_dateline(opening: str, agency: str | None) -> None:
    found = datelines.find(opening)
    assert found and found.agency == agency


@pytest.mark.parametrize("text", ["A" * 5000, "A, " * 2000, "A. " * 2000, "(" * 5000, "Ab " * 2000, "A-" * 3000, ""])
def test_datelines_are_quick_on_anything(text: str) -> None:
    began = time.perf_counter()
    datelines.find(text)
    assert time.perf_counter() - began < 0.5
