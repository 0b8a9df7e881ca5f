"""The Reconciliation API: what OpenRefine asks, in version 0.2, and the same in 1.0-draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from serve_graphs import HOSTILE, ID, SMALL, graph

from kg.serve.graph import Graph
from kg.serve.names import nearness
from kg.serve.reconcile.api import VIEWS
from kg.serve.reply import Reply

BASE = "http://127.0.0.1:7878"


@pytest.fixture(scope="module")
def small() -> Graph:
    return graph(SMALL)


def call(of: Graph, path: str, **arguments: str) -> Reply:
    return VIEWS[f"reconcile{path}"](of, {"base": BASE, "body": "", **arguments})


def told(of: Graph, path: str, **arguments: str) -> Any:
    reply = call(of, path, **arguments)
    assert (reply.status, reply.media_type) == (200, "application/json")
    return json.loads(reply.body)


def match(of: Graph, **query: Any) -> list[Any]:
    return told(of, "", queries=json.dumps({"q": query}))["q"]["result"]  # type: ignore[no-any-return]


def match_10(of: Graph, *conditions: dict[str, Any], **rest: Any) -> list[Any]:
    body = json.dumps({"queries": [{"conditions": list(conditions), **rest}]})
    return told(of, "/1.0-draft/match", body=body)["results"][0]["candidates"]  # type: ignore[no-any-return]


def test_the_manifests_say_what_is_offered(small: Graph) -> None:
    old, new = told(small, ""), told(small, "/1.0-draft")
    assert old["versions"] == ["0.2"] and new["versions"] == ["1.0-draft"]
    assert {"name", "identifierSpace", "schemaSpace", "view", "defaultTypes"} <= old.keys()
    assert (
        old["view"]["url"] == f"{BASE}/resource?iri={{{{id}}}}" and new["view"]["url"] == f"{BASE}/resource?iri={{id}}"
    )
    assert old["suggest"]["entity"] == {"service_url": f"{BASE}/reconcile", "service_path": "/suggest/entity"}
    assert new["suggest"] == {"entity": True, "type": True, "property": True}
    assert {"id": "Treaty", "name": "treaty"} in new["defaultTypes"]
    assert new["batchSize"] == 50 and new["standardizedScore"] is True


@pytest.mark.parametrize("query", ["Ruritania", "ruritania", "RURITÁNIA", "Kingdom of Ruritania"])
def test_a_name_that_is_the_same_is_a_match(small: Graph, query: str) -> None:
    (best,) = match(small, query=query)
    assert (best["id"], best["name"], best["score"], best["match"]) == (
        ID + "state/ruritania",
        "Ruritania",
        100.0,
        True,
    )
    assert best["type"] == [{"id": "State", "name": "state"}]


def test_a_name_that_is_misspelt_is_a_candidate(small: Graph) -> None:
    (best,) = match(small, query="Ruritannia")
    assert best["id"] == ID + "state/ruritania" and 80 < best["score"] < 100


@pytest.mark.parametrize(
    ("types", "found"),
    [
        ("Place", ["Bern"]),
        ("Treaty", ["Pact of Bern"]),
        (["Place", "Treaty"], ["Bern", "Pact of Bern"]),
        ("Person", []),
    ],
)
def test_types_restrict_the_candidates(small: Graph, types: Any, found: list[str]) -> None:
    assert [c["name"] for c in match(small, query="Bern", type=types)] == found


def test_a_type_holds_its_subclasses(small: Graph) -> None:
    assert [c["name"] for c in match(small, query="Ruritania", type="Polity")] == ["Ruritania"]


def test_properties_decide_between_names_that_are_alike(small: Graph) -> None:
    two = graph(
        SMALL + '<person/r2> a tg:Person ; rdfs:label "Rudolf Rassendyll"@en ; tg:represents <state/syldavia> .'
    )
    assert [c["match"] for c in match(two, query="Rudolf Rassendyll")] == [False, False]
    wanted = [{"pid": "represents", "v": "Syldavia"}]
    best, other = match(two, query="Rudolf Rassendyll", properties=wanted)
    assert best["id"] == ID + "person/r2" and best["match"] and other["score"] == 70.0
    assert best["features"][1] == {"id": "represents", "name": "represents", "value": True}


@pytest.mark.parametrize(
    ("pid", "value", "holds"),
    [
        ("signedOn", "1901-05-05", True),
        ("signedOn", "1901", True),
        ("signedOn", "190", False),
        ("party", {"id": ID + "state/syldavia", "name": "x"}, True),
        ("party", "Kingdom of Ruritania", True),
        ("year", 1901, True),
        ("duration", "P20Y", True),
        ("nonsense", "x", False),
    ],
)
def test_values_are_compared_as_people_write_them(small: Graph, pid: str, value: Any, holds: bool) -> None:
    (best,) = match(small, query="Pact of Bern", type="Treaty", properties=[{"pid": pid, "v": value}])
    assert best["features"][1]["value"] is holds


def test_wikidata_ids_are_values_too(small: Graph) -> None:
    (best,) = match(small, properties=[{"pid": "sameAs", "v": "Q1"}])
    assert best["name"] == "Ruritania"


NAME = {"matchType": "name", "v": "Pact of Bern"}
PARTY = {"matchType": "property", "pid": "party"}
BOTH = ["Ruritania", "Syldavia"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ({"v": [*BOTH, "Borduria"]}, True),
        ({"v": BOTH, "matchQuantifier": "all"}, True),
        ({"v": [*BOTH, "Borduria"], "matchQuantifier": "all"}, False),
        ({"v": ["Borduria"], "matchQuantifier": "none"}, True),
        ({"v": ["Borduria"]}, False),
    ],
)
def test_quantifiers_and_required_conditions(small: Graph, condition: dict[str, Any], found: bool) -> None:
    assert bool(match_10(small, NAME, {**PARTY, **condition, "required": True}, type="Treaty")) is found


def test_results_come_in_the_order_of_the_queries(small: Graph) -> None:
    queries = [{"conditions": [{"matchType": "name", "v": name}]} for name in ("Syldavia", "nowhere", "Bern")]
    results = told(small, "/1.0-draft/match", body=json.dumps({"queries": queries}))["results"]
    assert [r["candidates"][0]["name"] if r["candidates"] else None for r in results] == ["Syldavia", None, "Bern"]


@pytest.mark.parametrize(
    ("path", "arguments", "status"),
    [
        ("", {"queries": "nonsense"}, 400),
        ("", {"queries": "[]"}, 400),
        ("", {"queries": '{"q": 1}'}, 400),
        ("", {"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 413),
        ("", {"extend": "{}"}, 400),
        ("/1.0-draft/match", {"body": ""}, 400),
        ("/1.0-draft/match", {"body": "[" * 100_000}, 400),
        ("/1.0-draft/match", {"body": '{"queries": [{"conditions": []}]}'}, 400),
        ("/1.0-draft/match", {"body": '{"queries": [{"conditions": [{"matchType": "x", "v": "y"}]}]}'}, 400),
        (
            "/1.0-draft/match",
            {
                "body": '{"queries": [{"conditions": [{"matchType": "property", "pid": "p", "v": "y",'
                ' "matchQualifier": "E"}]}]}'
            },
            400,
        ),
        ("/1.0-draft/extend", {"body": '{"ids": [], "properties": [1]}'}, 400),
        ("/1.0-draft/extend", {"body": json.dumps({"ids": ["x"] * 501, "properties": []})}, 413),
        ("/preview", {"id": "nonsense"}, 404),
    ],
)
def test_wrong_requests(small: Graph, path: str, arguments: dict[str, str], status: int) -> None:
    assert call(small, path, **arguments).status == status


def test_extension_gives_the_values_of_properties(small: Graph) -> None:
    pact, names = ID + "treaty/pact", ("signedOn", "party", "year", "duration", "nothing")
    query = json.dumps({"ids": [pact], "properties": [{"id": name} for name in names]})
    expected = {
        "signedOn": [{"date": "1901-05-05T00:00:00Z"}],
        "party": [
            {"id": ID + "state/ruritania", "name": "Ruritania"},
            {"id": ID + "state/syldavia", "name": "Syldavia"},
        ],
        "year": [{"int": 1901}],
        "duration": [{"str": "P20Y"}],
        "nothing": [],
    }
    old = told(small, "", extend=query)
    assert old["rows"] == {pact: expected} and old["meta"][0] == {"id": "signedOn", "name": "signed on"}
    (row,) = told(small, "/1.0-draft/extend", body=query)["rows"]
    assert row["id"] == pact and {p["id"]: p["values"] for p in row["properties"]} == expected


def test_wikidata_items_come_as_their_ids(small: Graph) -> None:
    query = json.dumps({"ids": [ID + "state/ruritania"], "properties": [{"id": "sameAs"}]})
    assert told(small, "", extend=query)["rows"][ID + "state/ruritania"]["sameAs"] == [{"str": "Q1"}]


@pytest.mark.parametrize("root", ["", "/1.0-draft"])
def test_suggestions(small: Graph, root: str) -> None:
    assert told(small, f"{root}/suggest/entity", prefix="rur")["result"][0]["name"] == "Ruritania"
    assert told(small, f"{root}/suggest/entity", prefix=ID + "place/bern")["result"][0]["name"] == "Bern"
    assert told(small, f"{root}/suggest/type", prefix="trea")["result"][0]["id"] == "Treaty"
    assert "signedOn" in [p["id"] for p in told(small, f"{root}/suggest/property", prefix="signed")["result"]]
    assert len(told(small, f"{root}/suggest/type", prefix="")["result"]) > 5
    assert told(small, f"{root}/suggest/entity", prefix="rur", cursor="1")["result"] == []


def test_properties_are_proposed_for_a_type(small: Graph) -> None:
    proposed = told(small, "/extend/propose", type="Treaty", limit="5")
    assert len(proposed["properties"]) == 5 and proposed["limit"] == 5
    assert "party" in [p["id"] for p in told(small, "/extend/propose", type="Treaty")["properties"]]


def test_a_preview_is_a_small_page_that_escapes_names(small: Graph) -> None:
    assert b"Pact of Bern" in call(small, "/preview", id=ID + "treaty/pact").body
    assert b"<img" not in call(graph(HOSTILE), "/preview", id=ID + "state/evil").body


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        ("iran", "iran", 1.0, 1.0),
        ("treaty of turkmenchay", "treaty of turkmanchay", 0.85, 0.99),
        ("vladimir putin", "putin vladimir", 0.99, 0.99),
        ("iran", "iraq", 0.3, 0.8),
        ("iran", "china", 0.0, 0.3),
        ("", "x", 0.0, 0.0),
    ],
)
def test_how_near_names_are(a: str, b: str, least: float, most: float) -> None:
    assert least <= nearness(a, b) <= most
    assert nearness(a, b) == nearness(b, a)
