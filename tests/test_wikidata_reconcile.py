"""A client of the W3C Reconciliation API 0.2, against a service on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wikidata_graph import LAVROV, TREATY, write_graph
from wikidata_server import Services, services, serving

from kg.errors import StoreError
from kg.rdf.validate import Severity, read_quads, validate
from kg.resolution.judging.deciding import Judgement
from kg.wikidata.client import Client, Patience
from kg.wikidata.linking import decisions_for, link
from kg.wikidata.reconcile import ReconciliationLinker

ANSWERS = {
    "Russia": {
        "id": "Q159",
        "name": "Russia",
        "score": 100,
        "match": True,
        "type": [{"id": "Q3624078", "name": "sovereign state"}],
    },
    "Russian Empire": {"id": "Q34266", "name": "Russian Empire", "score": 98, "match": True, "type": ["Q3024240"]},
    "Qajar Iran": {"id": "Q189326", "name": "Qajar Iran", "score": 71.5, "match": False},
    "Sergey Lavrov": {"id": "Q58217", "name": "Sergey Lavrov", "score": 100, "match": True, "type": [{"id": "Q5"}]},
    "Turkmenchay Treaty": {
        "id": "Q649",
        "name": "Turkmenchay Treaty",
        "score": 100,
        "match": True,
        "type": [{"id": "Q515"}],
    },
}


def answer(query: dict[str, Any]) -> dict[str, Any]:
    return {"result": [ANSWERS[query["query"]]] if query["query"] in ANSWERS else []}


@pytest.fixture
def service() -> Iterator[Services]:
    with serving(services()) as state:
        state.reconciled = answer
        yield state


def linker(state: Services) -> ReconciliationLinker:
    return ReconciliationLinker(Client("agent", None, patience=Patience(pause=0, first=0)), f"{state.url}/reconcile")


def linked(graph: Path, state: Services) -> dict[str, tuple[Judgement, str | None]]:
    decisions, _ = decisions_for(read_quads(graph), linker(state))
    return {d.subject.iri.rpartition("/id/")[2]: (d.judgement, d.best.id if d.best else None) for d in decisions}


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "g.ttl", LAVROV, TREATY)


def test_a_match_is_sure_for_states_alone(service: Services, graph: Path) -> None:
    assert linked(graph, service) == {
        "state/russia": (Judgement.POSITIVE, "Q159"),
        "historical-state/russian-empire": (Judgement.POSITIVE, "Q34266"),
        "historical-state/qajar-iran": (Judgement.UNSURE, "Q189326"),
        "office/foreign-minister-of-russia": (Judgement.NEGATIVE, None),
        "person/sergey-lavrov": (Judgement.UNSURE, "Q58217"),
        "treaty/turkmenchay": (Judgement.NEGATIVE, "Q649"),  # of another kind
    }


def test_the_queries_are_of_the_standard(service: Services, graph: Path) -> None:
    linked(graph, service)
    batches = [json.loads(params["queries"]) for _, params, _ in service.asked if "queries" in params]
    queries = {q["query"]: q for batch in batches for q in batch.values()}
    assert queries["Sergey Lavrov"] == {
        "query": "Sergey Lavrov",
        "limit": 5,
        "type": "Q5",
        "type_strict": "should",
        "properties": [{"pid": "P27", "v": {"id": "Q159"}}],
    }
    assert queries["Turkmenchay Treaty"]["properties"] == [
        {"pid": "P1891", "v": {"id": "Q34266"}},
        {"pid": "P585", "v": "1828-02-22"},
    ]


def test_many_go_in_one_request_as_the_service_allows(service: Services, tmp_path: Path) -> None:
    states = "".join(
        f'<https://w3id.org/treatygraph/id/state/s{n}> a tg:State ; rdfs:label "S{n}"@en .\n' for n in range(25)
    )
    graph = write_graph(tmp_path / "g.ttl", states)
    for size, requests in ((None, 3), (25, 1), (7, 4), (-1, 3), ("x", 3)):
        service.asked = []
        service.manifest = {**service.manifest, "batchSize": size}
        linked(graph, service)
        assert len(service.asked) == 1 + requests


def test_another_collection_is_never_the_same(service: Services, graph: Path, tmp_path: Path) -> None:
    service.manifest = {**service.manifest, "identifierSpace": "https://d-nb.info/gnd/"}
    service.reconciled = lambda query: {
        "result": [{"id": "4076899-5", "name": query["query"], "score": 99, "match": True}]
    }
    result = link(graph, tmp_path / "out.ttl", linker(service))
    assert {d.judgement for d in result.decisions} == {Judgement.UNSURE}
    text = (tmp_path / "out.ttl").read_text()
    assert "skos:closeMatch <https://d-nb.info/gnd/4076899-5>" in text and "owl:sameAs" not in text
    assert validate(tmp_path / "out.ttl").conforms(Severity.WARNING)


@pytest.mark.parametrize(
    "result",
    [
        {"id": "Q1> <x", "name": "Russia", "score": 100, "match": True},
        {"id": 7, "name": "Russia"},
        {"id": "Q1"},
        {"id": "Q1", "name": None, "score": "high"},
        "Q1",
        None,
    ],
)
def test_what_is_no_candidate_is_none(result: Any, service: Services, graph: Path) -> None:
    service.reconciled = lambda query: {"result": [result]}
    assert {best for _, best in linked(graph, service).values()} == {None}


def test_two_matches_are_not_sure(service: Services, graph: Path) -> None:
    twin = {**ANSWERS["Russia"], "id": "Q2184"}
    service.reconciled = lambda query: {"result": [ANSWERS["Russia"], twin] if query["query"] == "Russia" else []}
    assert linked(graph, service)["state/russia"][0] is Judgement.UNSURE


@pytest.mark.parametrize("manifest", [{}, {"name": "x", "identifierSpace": 3}])
def test_what_is_no_service_is_said(manifest: dict[str, Any], service: Services) -> None:
    service.manifest = manifest
    with pytest.raises(StoreError, match="no reconciliation service"):
        linker(service)
