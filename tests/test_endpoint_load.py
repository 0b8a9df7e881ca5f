"""The tools that make a graph large and ask an endpoint by many clients."""

from __future__ import annotations

from itertools import count

import httpx
import pytest
from fake_stores import Oxigraph, over_http

from kg.namespaces import ID
from tools import endpoint_load, scale

LINES = [
    f'<{ID}document/a> <urn:p> "text" .\n',
    f"<{ID}document/a#char=1,2> <urn:about> <{ID}state/iran> .\n",
    f'<{ID}state/iran> <urn:p> "Iran" .\n',
]


def test_copies_have_new_names_but_for_states() -> None:
    found = list(scale.scaled(LINES, 6))
    assert found[:3] == LINES
    assert found[3:] == [
        f'<{ID}document/a-2> <urn:p> "text" .\n',
        f"<{ID}document/a-2#char=1,2> <urn:about> <{ID}state/iran> .\n",
        f'<{ID}document/a-3> <urn:p> "text" .\n',
    ]


@pytest.mark.parametrize(("triples", "got"), [(0, 0), (2, 2), (3, 3), (1000, 1000)])
def test_there_are_as_many_triples_as_wanted(triples: int, got: int) -> None:
    assert len(set(scale.scaled(LINES, triples))) == got


def test_a_graph_that_no_copy_changes_stays_small() -> None:
    assert list(scale.scaled(LINES[2:], 100)) == LINES[2:]


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1, 100), (0.001, 1)])
def test_percentiles(share: float, value: float) -> None:
    assert endpoint_load.percentile(list(range(100, 0, -1)), share) == value


def test_questions_that_ask_elsewhere_are_left_out() -> None:
    names = {name for name, _ in endpoint_load.questions()}
    assert "treaties-between" in names and not any(name.startswith("wikidata") for name in names)
    assert [name for name, _ in endpoint_load.questions(["who-signed"])] == ["who-signed"]


def test_a_client_counts_answers_and_errors() -> None:
    asked = [("good", "SELECT * WHERE { ?s ?p ?o }"), ("bad", "SELECT")]
    with over_http(Oxigraph()) as address:
        waits = endpoint_load.client(f"{address}/query", asked, 0, 6, 60, count().__next__)
    assert waits.seconds == {"good": [1, 1], "bad": [1]}
    assert waits.errors == {"bad: 400, cut off": 1}
    first, *_ = endpoint_load.report(waits, 6).splitlines()
    assert first == "3 requests, 0.5 a second, 1 errors; median 1000 ms, 99th percentile 1000 ms"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, '{"head": {}}', ""),
        (200, "<urn:a> <urn:b> 1 .\n", ""),
        (200, '{"head":', "200, cut off"),
        (503, "{}", "503"),
    ],
)
def test_only_a_whole_answer_is_one(status: int, body: str, error: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, text=body))
    with httpx.Client(transport=transport) as http:
        assert endpoint_load.ask(http, "http://store.test/query", "ASK {}") == error
