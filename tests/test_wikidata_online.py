"""Linking by the services of Wikidata: recorded answers, and servers on this machine that hold data in its shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from wikidata_graph import LAVROV, MINISTRY, TREATY, write_graph
from wikidata_server import FIXTURES, Services, services, serving

from kg.errors import StoreError
from kg.rdf.validate import Severity, read_quads, validate
from kg.resolution.judging.context import Context
from kg.resolution.judging.deciding import Judgement
from kg.resolution.judging.subject import Subject
from kg.wikidata.client import Client, Patience
from kg.wikidata.linking import CandidateLinker, decisions_for, link
from kg.wikidata.online import OnlineCandidates
from kg.wikidata.transport import Answer, Request


@pytest.fixture
def wikidata() -> Iterator[Services]:
    with serving(services()) as state:
        yield state


def online(state: Services, cache: Path | None = None) -> OnlineCandidates:
    client = Client("treatygraph (me@example.org)", cache, patience=Patience(pause=0, first=0))
    return OnlineCandidates(client, f"{state.url}/w/api.php", f"{state.url}/sparql")


def linked(graph: Path, candidates: OnlineCandidates) -> dict[str, tuple[Judgement, str | None]]:
    decisions, _ = decisions_for(read_quads(graph), CandidateLinker(candidates))
    return {d.subject.iri.rpartition("/id/")[2]: (d.judgement, d.best.id if d.best else None) for d in decisions}


def test_a_minister_his_office_and_his_state_are_linked(wikidata: Services, tmp_path: Path) -> None:
    found = linked(write_graph(tmp_path / "g.ttl", LAVROV), online(wikidata))
    assert found == {
        "state/russia": (Judgement.POSITIVE, "Q159"),
        "office/foreign-minister-of-russia": (Judgement.POSITIVE, "Q9000000001"),
        "person/sergey-lavrov": (Judgement.POSITIVE, "Q58217"),
    }


def test_the_query_service_proposes_a_treaty_that_no_name_finds(wikidata: Services, tmp_path: Path) -> None:
    found = linked(write_graph(tmp_path / "g.ttl", TREATY), online(wikidata))
    assert found["treaty/turkmenchay"] == (Judgement.POSITIVE, "Q9000000021")
    searched = [params["search"] for _, params, _ in wikidata.asked if params.get("action") == "wbsearchentities"]
    assert "Turkmenchay Treaty" in searched
    assert not any("Turkmenchay Treaty" in json.dumps(each) for each in wikidata.entities.values())


def test_the_ministry_of_the_state_is_found_among_its_like(wikidata: Services, tmp_path: Path) -> None:
    found = linked(write_graph(tmp_path / "g.ttl", MINISTRY), online(wikidata))
    assert found["body/ministry"] == (Judgement.POSITIVE, "Q9000000012")


def test_a_class_below_ours_is_known_from_the_query_service(wikidata: Services) -> None:
    wikidata.entities["Q9000000031"]["claims"].pop("P1891")
    subject = Subject("x:t", "Treaty", ("bilateral treaty of friendship",))
    candidates = online(wikidata)
    (item,) = candidates.search(subject, Context([subject], candidates))
    assert item.values("P31") == ("Q9000000030", "Q131569")


def test_a_service_that_refuses_first_is_asked_again(wikidata: Services, tmp_path: Path) -> None:
    lag = (FIXTURES / "maxlag.json").read_bytes()
    wikidata.refusals = [
        (429, {"Retry-After": "0"}, b""),
        (503, {"Retry-After": "0"}, b""),
        (200, {"Retry-After": "0"}, lag),
    ]
    found = linked(write_graph(tmp_path / "g.ttl", MINISTRY), online(wikidata))
    assert found["state/iran"] == (Judgement.POSITIVE, "Q794")


def test_every_request_says_who_asks_and_asks_for_little(wikidata: Services, tmp_path: Path) -> None:
    linked(write_graph(tmp_path / "g.ttl", LAVROV, TREATY, MINISTRY), online(wikidata))
    assert {agent for _, _, agent in wikidata.asked} == {"treatygraph (me@example.org)"}
    assert wikidata.most_at_once == 1
    api = [params for path, params, _ in wikidata.asked if path == "/w/api.php"]
    assert api and all(params["maxlag"] == "5" and params["format"] == "json" for params in api)
    assert len(wikidata.asked) == len({json.dumps(each) for each in wikidata.asked}), "nothing is asked twice"


def test_a_run_that_failed_goes_on_where_it_was_and_ends_the_same(wikidata: Services, tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "g.ttl", LAVROV, TREATY)
    whole = linked(graph, online(wikidata, tmp_path / "whole"))
    every, wikidata.asked = len(wikidata.asked), []
    wikidata.refusals = [None, None, None, None, (403, {}, b"")]  # type: ignore[list-item]
    with pytest.raises(StoreError, match="answers 403"):
        linked(graph, online(wikidata, tmp_path / "cache"))
    assert linked(graph, online(wikidata, tmp_path / "cache")) == whole
    assert len(wikidata.asked) == every + 1
    again, wikidata.asked = linked(graph, online(wikidata, tmp_path / "cache")), []
    assert (again, wikidata.asked) == (whole, [])


def test_the_graph_with_its_links_is_valid_and_the_same_bytes(wikidata: Services, tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "g.ttl", LAVROV, TREATY, MINISTRY)
    for name in ("a.ttl", "b.ttl"):
        link(graph, tmp_path / name, CandidateLinker(online(wikidata, tmp_path / "cache")))
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()
    assert validate(tmp_path / "a.ttl").conforms(Severity.WARNING)
    assert "owl:sameAs wd:Q58217" in (tmp_path / "a.ttl").read_text()


def recorded(request: Request) -> Answer:
    """Answers written down, without a server; the query service knows that Lavrov is human."""
    params = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    match params.get("action"):
        case "wbsearchentities":
            return Answer(200, {}, (FIXTURES / "search.json").read_bytes())
        case "wbgetentities":
            return Answer(200, {}, (FIXTURES / "entities.json").read_bytes())
    root = {"type": "uri", "value": "http://www.wikidata.org/entity/Q5"}
    row = {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q58217"}, "root": root}
    return Answer(200, {}, json.dumps({"head": {"vars": ["item", "root"]}, "results": {"bindings": [row]}}).encode())


def test_recorded_answers_do_as_well() -> None:
    candidates = OnlineCandidates(Client("agent", None, recorded, Patience(pause=0)))
    subject = Subject("x:l", "Person", ("Sergey Lavrov",))
    (item,) = candidates.search(subject, Context([subject], candidates))
    assert (item.id, item.label) == ("Q58217", "Sergey Lavrov")
    assert candidates.source == "https://www.wikidata.org/w/api.php"


@pytest.mark.parametrize(
    ("search", "entities"),
    [
        ({"search": "x"}, {"entities": {}}),
        ({"search": ["x", {"id": "P31"}, {"id": "Q1; DROP"}, {}]}, {"entities": {}}),
        ({"search": [{"id": "Q1"}]}, {"entities": {"Q1": {"id": "Q1", "missing": ""}}}),
        ({"search": [{"id": "Q1"}]}, {"entities": {"Q1": "x"}}),
        ([], {"entities": {}}),
    ],
)
def test_odd_answers_give_no_candidate(search: Any, entities: Any) -> None:
    def send(request: Request) -> Answer:
        answer = search if "wbsearchentities" in request.url else entities
        return Answer(200, {}, json.dumps({"results": {"bindings": ["x"]}} if request.body else answer).encode())

    candidates = OnlineCandidates(Client("agent", None, send, Patience(pause=0)))
    subject = Subject("x:l", "Person", ("Sergey Lavrov",))
    assert candidates.search(subject, Context([subject], candidates)) == []


@pytest.mark.parametrize("answer", [[], {}, {"entities": []}])
def test_an_answer_without_entities_is_an_error_of_the_service(answer: Any) -> None:
    candidates = OnlineCandidates(Client("agent", None, lambda request: Answer(200, {}, json.dumps(answer).encode())))
    with pytest.raises(StoreError, match="the answer has no entities"):
        candidates.get(["Q1"])


def test_a_redirected_item_is_found_under_both_ids() -> None:
    moved = {"entities": {"Q1": {"id": "Q2", "type": "item", "labels": {"en": {"value": "x"}}}}}
    candidates = OnlineCandidates(Client("agent", None, lambda request: Answer(200, {}, json.dumps(moved).encode())))
    assert {id: item.id for id, item in candidates.get(["Q1"]).items()} == {"Q1": "Q2"}
