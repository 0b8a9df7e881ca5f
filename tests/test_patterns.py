"""The patterns: well-formed, and each of their examples read as it says, by the shipped pipeline."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
import reading_gold

from kg import resources
from kg.extraction.patterns import Pattern, classes, patterns
from kg.model import AGENTS, ENTITY_CLASSES, EVENT_CLASSES, ORGANISATIONS, POLITIES

FACT_PROPERTIES = {
    "party", "signatory", "signedOn", "signedAt", "ratifiedBy", "inForceFrom", "duration", "terminatedOn", "concludes",
    "replaces", "transfersTerritory", "cededTerritoryTo", "concerns", "holdsOffice", "officeOf", "represents",
    "memberOf", "bodyOf", "locatedIn",
}  # fmt: skip
EVENT_PROPERTIES = {"participant", "agent", "target", "location", "date", "host", "within", "concernsTreaty"}
SLOTS = {"means", "subj", "obj", "iobj", "poss", "mod", "clause", "actor", "near", "self", "unmarked", "~"}
PREPOSITION = re.compile(r"[a-z]+")
FILES = sorted(p for p in resources.data("patterns").glob("*.toml") if p.name != "properties.toml")
TABLES: list[dict[str, Any]] = [t for p in FILES for t in tomllib.loads(p.read_text(encoding="utf-8"))["pattern"]]
EXAMPLES = [
    pytest.param(example, id=f"{table['id']}-{number}")
    for table in TABLES
    for number, example in enumerate(table.get("examples", ()), start=1)
]
each_pattern = pytest.mark.parametrize("pattern", patterns().all, ids=lambda p: p.id)


def test_ids_are_unique() -> None:
    ids = [table["id"] for table in TABLES]
    assert sorted(set(ids)) == sorted(ids)
    assert [p.id for p in patterns().all] == sorted(ids)


def test_no_table_has_a_key_that_is_not_read() -> None:
    known = {*Pattern.__dataclass_fields__, "cues", "but"}
    assert {key for table in TABLES for key in table} <= known


@each_pattern
def test_a_pattern_has_an_example_and_something_that_sets_it_off(pattern: Pattern) -> None:
    assert pattern.examples
    assert pattern.verbs or pattern.nouns
    assert pattern.facts or pattern.event or pattern.extends


@each_pattern
def test_examples_say_what_is_expected_or_what_is_not(pattern: Pattern) -> None:
    for example in pattern.examples:
        assert set(example) <= {"text", "expect", "unexpected"}
        assert example.get("expect") or example.get("unexpected"), example["text"]


@each_pattern
def test_roles_have_known_slots_and_classes(pattern: Pattern) -> None:
    for role in pattern.roles:
        plain = {c for c in role.classes if not c.startswith("event:")}
        assert plain <= ENTITY_CLASSES
        assert {c.removeprefix("event:") for c in role.classes - plain} <= EVENT_CLASSES
        for part in (part for slot in role.slots for part in slot.removeprefix("?").split(">")):
            assert part in SLOTS or PREPOSITION.fullmatch(part), part


@each_pattern
def test_properties_are_those_of_the_contract(pattern: Pattern) -> None:
    assert {predicate for _, predicate, _ in pattern.facts} <= FACT_PROPERTIES
    assert {predicate for predicate, _ in pattern.args} <= EVENT_PROPERTIES
    assert not pattern.event or pattern.event in EVENT_CLASSES
    assert bool(pattern.kind) == (pattern.event == "Interaction")


@each_pattern
def test_facts_and_arguments_speak_of_roles_of_the_pattern(pattern: Pattern) -> None:
    names = {role.name for role in pattern.roles}
    values = {v.partition(":")[0] for _, _, v in pattern.facts if not v.startswith(("@", "area/"))}
    assert {s for s, _, _ in pattern.facts} | values <= names
    assert {v for _, _, v in pattern.facts if v.startswith("@")} <= {"@date", "@place", "@duration"}
    assert {told.partition(":")[0] for _, roles in pattern.args for told in roles} <= names
    assert not pattern.extends or pattern.extends in names


@each_pattern
def test_other_patterns_that_are_named_exist(pattern: Pattern) -> None:
    assert pattern.otherwise | pattern.instead_of <= {p.id for p in patterns().all}


def test_interactions_are_of_plover_roots() -> None:
    text = (resources.ontology() / "schemes" / "plover.ttl").read_text(encoding="utf-8")
    for pattern in patterns().all:
        assert not pattern.kind or re.search(rf"\b{pattern.kind}\b", text), pattern.id


def test_every_property_that_patterns_write_has_a_range() -> None:
    written = {p for pattern in patterns().all for _, p, v in pattern.facts if not v.startswith(("@", "area/"))}
    written |= {p for pattern in patterns().all for p, _ in pattern.args}
    assert written <= set(patterns().ranges)


def test_names_of_groups_stand_for_classes() -> None:
    assert classes("Agent") == AGENTS
    assert classes("Polity Org") == POLITIES | ORGANISATIONS
    assert classes(["Treaty", "event:Visit"]) == {"Treaty", "event:Visit"}


def test_roles_are_read_from_their_notation() -> None:
    treaty, signer, *_ = next(p for p in patterns().all if p.id == "sign").roles
    assert treaty.required and treaty.classes == {"Treaty"} and "obj" in treaty.slots
    assert not signer.required and signer.classes == AGENTS


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read_as_it_says(example: dict[str, Any]) -> None:
    told = reading_gold.said(reading_gold.read(example["text"]))
    assert [x for x in example.get("expect", ()) if x not in told] == [], sorted(told)
    assert [x for x in example.get("unexpected", ()) if x in told] == []
