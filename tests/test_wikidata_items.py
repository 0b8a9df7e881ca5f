"""Entities of Wikidata's JSON as items: names, claims, times, kinds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from wikidata_help import JULIAN, dump_text, entity, noise, snak

from kg.model import PartialDate
from kg.resolution.judging.items import Said
from kg.wikidata.items import from_json, is_qid, item_of, to_json
from kg.wikidata.kinds import kept_as, kinds_of, may_be_kept
from kg.wikidata.times import date_of, gregorian, quickstatements_time

LAVROV = entity(
    "Q58217",
    "Sergey Lavrov",
    {"P31": ["Q5"], "P39": [("Q9000000001", {"P580": "2004-03-09"})], "P569": ["1950-03-21"]},
    ["Lavrov"],
    40,
    "Russian diplomat",
)


def test_an_entity_becomes_an_item() -> None:
    item = item_of(LAVROV)
    assert item is not None
    assert (item.id, item.label, item.names) == ("Q58217", "Sergey Lavrov", ("Sergey Lavrov", "Lavrov"))
    assert (item.description, item.sitelinks) == ("Russian diplomat", 40)
    assert item.claims["P39"] == (Said("Q9000000001", (("P580", "2004-03-09"),)),)
    assert item.first("P570", "P569") == "1950-03-21"


def test_an_item_comes_back_from_its_line() -> None:
    item = item_of(LAVROV)
    assert item is not None
    line = to_json(item)
    assert "\n" not in line
    assert from_json(line) == item


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"id": "Q1", "missing": ""},
        {"id": "P31", "type": "property"},
        {"id": "L1", "type": "lexeme"},
        {"id": 7},
        {"id": "Q0"},
        {"id": "Q1x"},
    ],
)
def test_what_is_no_item_is_none(broken: dict[str, Any]) -> None:
    assert item_of(broken) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"labels": [], "aliases": [], "claims": [], "sitelinks": []},
        {"labels": {"en": "text"}, "aliases": {"en": {"value": "x"}}, "claims": {"P31": {"a": 1}}},
        {"labels": {"en": {"value": 3}}, "aliases": {"en": ["x"]}, "claims": {"P31": ["Q5", {"mainsnak": None}]}},
        {"claims": {"P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"type": "time", "value": "x"}}}]}},
    ],
)
def test_parts_of_another_shape_are_left_out(odd: dict[str, Any]) -> None:
    item = item_of({"id": "Q1", "type": "item", **odd})
    assert item is not None
    assert (item.label, item.names, item.claims, item.sitelinks) == ("Q1", (), {}, 0)


def test_deprecated_statements_are_left_out_and_unknown_values_kept() -> None:
    given = entity("Q1", "x", {"P31": ["Q5", "Q6256"], "P570": ["?"], "P576": ["-"]})
    given["claims"]["P31"][1]["rank"] = "deprecated"
    item = item_of(given)
    assert item is not None
    assert item.values("P31") == ("Q5",)
    assert item.claims["P570"] == (Said("?"),) and item.values("P570") == ()
    assert "P576" not in item.claims


@pytest.mark.parametrize(
    ("text", "precision", "date"),
    [
        ("+2025-01-17T00:00:00Z", 11, "2025-01-17"),
        ("+2025-01-00T00:00:00Z", 10, "2025-01"),
        ("+1813-00-00T00:00:00Z", 9, "1813"),
        ("+1813-01-01T00:00:00Z", 9, "1813"),
        ("+1800-00-00T00:00:00Z", 7, None),
        ("-0044-03-15T00:00:00Z", 11, None),
        ("+2025-02-30T00:00:00Z", 11, None),
        ("+0000-00-00T00:00:00Z", 9, None),
        ("", 11, None),
    ],
)
def test_a_time_is_as_precise_as_it_says(text: str, precision: int, date: str | None) -> None:
    assert date_of({"time": text, "precision": precision}) == date


@pytest.mark.parametrize(
    ("julian", "ours"),
    [
        ((1813, 10, 12), "1813-10-24"),  # Gulistan
        ((1828, 2, 10), "1828-02-22"),  # Turkmenchay
        ((1917, 10, 25), "1917-11-07"),
        ((1582, 10, 5), "1582-10-15"),
        ((1900, 2, 29), "1900-03-13"),
    ],
)
def test_a_julian_day_becomes_gregorian(julian: tuple[int, int, int], ours: str) -> None:
    assert gregorian(*julian) == ours


def test_only_days_are_converted() -> None:
    held = snak("P585", "1813-10-12", JULIAN)["datavalue"]["value"]
    assert date_of(held) == "1813-10-24"
    assert date_of({**held, "precision": 9}) == "1813"


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2025-01-17", "+2025-01-17T00:00:00Z/11"),
        ("2025-01", "+2025-01-00T00:00:00Z/10"),
        ("1813", "+1813-00-00T00:00:00Z/9"),
    ],
)
def test_quickstatements_are_told_the_precision(date: str, text: str) -> None:
    assert quickstatements_time(PartialDate(date)) == text


@pytest.mark.parametrize(("text", "is_one"), [("Q42", True), ("Q0", False), ("q42", False), ("Q4 ", False), (7, False)])
def test_ids(text: object, is_one: bool) -> None:
    assert is_qid(text) is is_one


KINDS = [
    ("Person", {"P31": ["Q5"], "P39": ["Q218295"]}, 0),
    ("State", {"P31": ["Q3624078"]}, 0),
    ("HistoricalState", {"P31": ["Q6256"], "P576": ["1917"]}, 0),
    ("HistoricalState", {"P31": ["Q3024240"]}, 0),
    ("InternationalOrganisation", {"P31": ["Q484652"]}, 0),
    ("GovernmentBody", {"P1001": ["Q159"]}, 0),
    ("Organisation", {"P159": ["Q649"], "P571": ["1904"]}, 5),
    ("Treaty", {"P1891": ["Q159"]}, 0),
    ("Treaty", {"P31": ["Q131569"]}, 0),
    ("Office", {"P31": ["Q4164871"], "P1001": ["Q159"]}, 0),
    ("Place", {"P17": ["Q159"], "P625": ["55.75 37.62"]}, 5),
    ("Conflict", {"P31": ["Q198"]}, 0),
]


@pytest.mark.parametrize(("kind", "claims", "pages"), KINDS)
def test_each_kind_is_known_and_kept(kind: str, claims: dict[str, list[str]], pages: int) -> None:
    made = entity("Q1", "x", claims, sitelinks=pages)
    item = item_of(made)
    assert item is not None
    assert kind in kinds_of(item) and kind in kept_as(item)
    assert may_be_kept(json.dumps(made).encode()) and may_be_kept(dump_text([made]).encode())


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("State", {"P31": ["Q3624078"], "P576": ["1917"]}),
        ("GovernmentBody", {"P31": ["Q4164871"], "P1001": ["Q159"]}),
        ("Place", {"P31": ["Q6256"], "P17": ["Q159"], "P625": ["1 1"]}),
    ],
)
def test_exceptions_are_exceptions(kind: str, claims: dict[str, list[str]]) -> None:
    item = item_of(entity("Q1", "x", claims, sitelinks=9))
    assert item is not None and kind not in kinds_of(item)


def test_people_without_office_and_hamlets_are_not_kept() -> None:
    singer = item_of(entity("Q1", "x", {"P31": ["Q5"], "P106": ["Q177220"]}, sitelinks=90))
    hamlet = item_of(entity("Q1", "x", {"P17": ["Q159"], "P625": ["1 1"]}, sitelinks=1))
    assert singer and hamlet and kept_as(singer) == kept_as(hamlet) == ()
    assert kinds_of(singer) == {"Person"}


def test_most_lines_of_a_dump_need_not_be_parsed() -> None:
    assert not any(may_be_kept(json.dumps(each).encode()) for each in noise(20))
