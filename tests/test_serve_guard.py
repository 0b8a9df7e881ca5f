"""No query may make the server call another one, however it is written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.serve.guard import Dataset, Refused, check

U = "<http://evil.example/s>"
CALLS = [
    f"SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"select * {{ service silent{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o.SeRvIcE{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ #x\nSERVICE#c\n{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ #c\rSERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?a <http://x/#> ?b . SERVICE {U} {{ ?s ?p ?o }} }}",
    f'SELECT * {{ ?s ?p "a\\"" . SERVICE {U} {{ ?s ?p ?o }} # "\n }}',
    f"SELECT * {{ ?s ?p '''a''\\'''' . SERVICE {U} {{ ?s ?p ?o }} # '''\n }}",
    f"SELECT * {{ ?s ?p 1SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE{U} {{ ?s ?p ?o }} }}",
    f"PREFIX : {U} SELECT * {{ ?s ?p trueSERVICE:x {{ ?s ?p ?o }} }}",
    f"PREFIX e: {U} SELECT * {{ SERVICE e: {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND({U} AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
    f"SELECT (1 AS ?service) {{SERVICE\t{U}{{?s?p?o}} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<?s)#>'''\n SERVICE {U} {{ ?s ?p ?o }} #'''\n }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<'>') SERVICE {U} {{ ?s ?p ?o }} FILTER(?o<'>') }}",
    f"SELECT * {{ ?s ?p ?o FILTER(?o<?s)SERVICE{U}#>\n{{?s?p?o}} }}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }} }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {U} {{ ?s ?p ?o }} }} }}",
]
HARMLESS = [
    "SELECT * { ?s ?p 'the Foreign Service of Iran' }",
    'SELECT * { ?s ?p "SERVICE <http://evil.example/s>" }',
    "SELECT ?service { ?service ?p $Service }",
    "SELECT * { ?s <http://example.org/service> ?o } # SERVICE here",
    "PREFIX e: <http://example.org/> SELECT * { ?s e:service ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 5 && 6 > ?o) } # service",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_of_another_server_is_refused(query: str) -> None:
    with pytest.raises(Refused):
        check(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_alone_is_no_call(query: str) -> None:
    assert check(query) == Dataset()


@pytest.mark.parametrize("query", CALLS)
def test_with_an_allowed_host_the_others_stay_refused(query: str) -> None:
    with pytest.raises(Refused):
        check(query, frozenset({"query.wikidata.org"}))


def test_an_allowed_host_may_be_called() -> None:
    check(
        "SELECT * { SERVICE SILENT <https://Query.Wikidata.org/sparql> { ?s ?p ?o } }",
        frozenset({"query.wikidata.org"}),
    )


@pytest.mark.parametrize(
    "address",
    [
        "https://query.wikidata.org.evil.example/",
        "https://query.wikidata.org@evil.example/",
        "https://evil.example/?query.wikidata.org",
        "https://evil.example#query.wikidata.org",
        "http://[::1]/",
        "file:///etc/passwd",
        "//query.wikidata.org/",
    ],
)
def test_a_host_that_only_looks_allowed_is_not(address: str) -> None:
    with pytest.raises(Refused):
        check(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", frozenset({"query.wikidata.org"}))


@pytest.mark.parametrize(
    ("query", "dataset"),
    [
        ("SELECT * FROM <http://g/1> FROM NAMED <http://g/2> { ?s ?p ?o }", Dataset(("http://g/1",), ("http://g/2",))),
        ("PREFIX g: <http://g/> SELECT * from#c\ng:1 { ?s ?p ?o }", Dataset(("http://g/1",))),
        ("SELECT * { ?from ?p 'FROM <http://g/1>' } # FROM <http://g/2>", Dataset()),
    ],
)
def test_the_graphs_that_a_query_names_are_found(query: str, dataset: Dataset) -> None:
    assert check(query) == dataset


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """A server that notes who calls it."""
    calls: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            calls.append(self.path)
            self.send_error(500)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Noting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"<http://127.0.0.1:{server.server_port}/s>", calls
        server.shutdown()


PIECES = [
    "SERVICE",
    "service ",
    " {",
    "}",
    "?s ?p ?o",
    ".",
    "<",
    ">",
    "'",
    '"',
    "'''",
    "#",
    "\n",
    "\\",
    "true",
    "1",
    ":x",
    "U",
]
PIECES += [
    "FILTER(?o<?s)",
    "FILTER(1>",
    ")",
    " ",
    "@en",
    "a:b",
    "BIND(1 AS ?x)",
    "<http://a#b>",
    "<a'b>",
    "&&",
    "\\u0053",
]


def test_what_passes_calls_nobody() -> None:
    store = Store()
    store.add(Quad(NamedNode("http://a"), NamedNode("http://a"), Literal("a")))
    passed = 0
    with listening() as (address, calls):
        prefix = f"PREFIX : {address} PREFIX a: <http://a/> SELECT * {{ "

        @settings(max_examples=800, deadline=None, derandomize=True, database=None)
        @given(st.lists(st.sampled_from(PIECES), max_size=14))
        def asked(pieces: list[str]) -> None:
            nonlocal passed
            query = prefix + "".join(pieces).replace("U", address) + " }"
            with suppress(Refused):
                check(query)
                passed += 1
                with suppress(SyntaxError, OSError, RuntimeError, ValueError):
                    list(store.query(query))  # type: ignore[arg-type]
                assert not calls, query

        asked()
    assert passed > 100


def test_the_listener_of_these_tests_hears_a_call() -> None:
    with listening() as (address, calls), suppress(OSError):
        list(Store().query(f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert calls
