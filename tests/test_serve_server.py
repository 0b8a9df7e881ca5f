"""The server as a process: its limits, its manners and its walls."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from conftest import ROOT, Outcome
from pyoxigraph import NamedNode, RdfFormat, Store
from serve_graphs import ID, SMALL
from test_serve_guard import listening

JSON = "application/sparql-results+json"
ALL = "SELECT * { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
HUNGRY = "SELECT DISTINCT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Server:
    """A running ``kg serve``."""

    process: subprocess.Popen[str]
    address: str

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read().decode())
        finally:
            connection.close()

    def sparql(self, query: str, accept: str = JSON, **more: str) -> Answer:
        return self.ask(f"/sparql?{urlencode({'query': query, **more})}", Accept=accept)


def start(*arguments: object) -> Server:
    command = [sys.executable, "-m", "kg", "serve", *map(str, arguments), "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    for line in process.stdout:
        if "explorer" in line:
            return Server(process, line.split()[-1])
    raise AssertionError(process.communicate()[1])


def stop(server: Server) -> int:
    server.process.send_signal(signal.SIGINT)
    server.process.communicate(timeout=15)
    return server.process.returncode


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graph") / "small.ttl"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(turtle: Path) -> Iterator[Server]:
    running = start(turtle, "--timeout", 1.5, "--memory", 96, "--max-rows", 1000, "--workers", 2)
    yield running
    assert stop(running) == 0


def test_a_select_by_get_and_by_both_kinds_of_post(server: Server) -> None:
    query = "SELECT ?l { ?s a tg:Treaty ; rdfs:label ?l }"
    form = server.ask(
        "/sparql", "POST", urlencode({"query": query}).encode(), Content_Type="application/x-www-form-urlencoded"
    )
    direct = server.ask("/sparql", "POST", query.encode(), Content_Type="application/sparql-query")
    for answer in (server.sparql(query), form, direct):
        assert answer.status == 200 and answer.headers["content-type"] == JSON
        assert json.loads(answer.body)["results"]["bindings"][0]["l"]["value"] == "Pact of Bern"


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "begins"),
    [
        (ALL, "text/csv", "text/csv", "s"),
        (ALL, "text/html, application/xml;q=0.9", "application/xml", "<?xml"),
        (ALL, "*/*", JSON, "{"),
        ("ASK {}", "text/tab-separated-values", "text/tab-separated-values", "true"),
        ("DESCRIBE <x:y>", "text/turtle", "text/turtle", ""),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json", "["),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/rdf+xml", "application/rdf+xml", "<?xml"),
    ],
)
def test_the_form_is_negotiated(server: Server, query: str, accept: str, media_type: str, begins: str) -> None:
    answer = server.sparql(query, accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.body.lstrip()[:1] in begins[:1] or answer.body.startswith(begins) or "csv" in media_type
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "more", "status"),
    [
        ("SELECT", {}, 400),
        ("DROP ALL", {}, 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 403),
        ("SELECT * FROM <http://127.0.0.1:1/g> { ?s ?p ?o }", {}, 403),
        (ALL, {"default-graph-uri": "http://127.0.0.1:1/g"}, 403),
        (ALL, {"update": "CLEAR ALL"}, 403),
        (ALL, {"default-graph-uri": "no iri"}, 400),
    ],
)
def test_what_is_not_answered(server: Server, query: str, more: dict[str, str], status: int) -> None:
    answer = server.sparql(query, **more)
    assert answer.status == status and answer.headers["content-type"].startswith("text/plain") and answer.body.strip()


def test_no_acceptable_form(server: Server) -> None:
    assert server.sparql(ALL, "image/png").status == 406


def test_no_query_reaches_another_server(server: Server) -> None:
    with listening() as (address, calls):
        for query in (f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}", f"SELECT * FROM {address} {{ ?s ?p ?o }}"):
            assert server.sparql(query).status == 403
    assert not calls


def test_an_endless_query_is_stopped_and_others_are_answered_meanwhile(server: Server) -> None:
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", f"/sparql?query={quote(ENDLESS)}")
    assert server.sparql("ASK {}").status == 200
    assert time.monotonic() - begun < 1.5
    answer = connection.getresponse()
    assert answer.status == 503 and b"Stopped after 1.5 seconds" in answer.read()
    connection.close()
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="the system does not tell how much memory is taken")
def test_a_query_that_takes_too_much_memory_is_stopped(server: Server) -> None:
    answer = server.sparql(HUNGRY)
    assert answer.status == 503 and ("Out of memory" in answer.body or "Stopped after" in answer.body)
    assert server.sparql("ASK {}").status == 200


def test_a_client_that_goes_away_takes_no_worker_with_it(server: Server) -> None:
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    deadline = time.monotonic() + 20
    while server.sparql("ASK {}").status != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert server.sparql("ASK {}").status == 200


def test_a_result_that_is_too_long_is_an_error_and_not_a_part(server: Server) -> None:
    answer = server.sparql("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert answer.status == 413 and "more than 1,000 rows" in answer.body and "bindings" not in answer.body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]", "localhost@evil"]
)
def test_another_host_name_is_not_served(server: Server, host: str) -> None:
    assert server.ask("/", Host=host).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:7878", "[::1]:80"])
def test_the_names_of_loopback_are_served(server: Server, host: str) -> None:
    assert server.ask("/", Host=host).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/query",
        "/timeline",
        "/treatygraph/id/treaty/pact",
        "/nothing",
        "/static/style.css",
        "/sparql?query=ASK%7B%7D",
    ],
)
def test_every_answer_bounds_what_it_may_do(server: Server, path: str) -> None:
    headers = server.ask(path, Origin="https://evil.example").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert (
        "default-src 'none'" in headers["content-security-policy"]
        and "unsafe" not in headers["content-security-policy"]
    )
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_only_the_pages_of_openrefine_may_read_the_service(server: Server) -> None:
    answer = server.ask("/reconcile", Origin="http://127.0.0.1:3333")
    assert (
        answer.headers["access-control-allow-origin"] == "http://127.0.0.1:3333" and "Origin" in answer.headers["vary"]
    )
    assert "access-control-allow-origin" not in server.ask("/reconcile", Origin="http://127.0.0.1:3334").headers
    assert "access-control-allow-origin" not in server.ask("/", Origin="http://127.0.0.1:3333").headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../templates/base.html",
        "/static/%2e%2e/templates/base.html",
        "/static/..%2f..%2f..%2fcli.py",
        "/static//etc/passwd",
        "/static/%00",
        "/..%2f..%2fetc%2fpasswd",
        "/static/\\..\\templates",
        "/%ff",
        "/resource?iri=" + "x" * 5000,
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status in (400, 404) and "root:" not in answer.body and "block main" not in answer.body


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml, text/html;q=0.5", "application/rdf+xml"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_the_iris_of_the_graph_are_paths_of_the_server(server: Server, accept: str, media_type: str) -> None:
    answer = server.ask("/treatygraph/id/treaty/pact", Accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert "Accept" in answer.headers["vary"] and "Pact of Bern" in answer.body


def test_an_iri_may_be_given_as_a_parameter(server: Server) -> None:
    answer = server.ask(f"/resource?iri={quote(ID + 'treaty/pact', safe='')}&format=ttl")
    assert answer.headers["content-type"] == "text/turtle"


def test_the_endpoint_describes_itself(server: Server) -> None:
    assert server.ask("/sparql", Accept="text/html").headers["location"] == "/query"
    assert "sd:UnionDefaultGraph" in server.ask("/sparql", Accept="text/turtle").body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_is_written(server: Server, method: str) -> None:
    assert server.ask("/sparql", method, b"x").status == 405
    assert server.ask("/treatygraph/id/treaty/pact", method, b"x").status == 405


def test_a_body_without_end_is_refused(server: Server) -> None:
    answer = server.ask("/sparql", "POST", b"x" * (1 << 20) + b"xx", Content_Type="application/sparql-query")
    assert answer.status == 413


def test_openrefine_asks(server: Server) -> None:
    form = urlencode({"queries": json.dumps({"q0": {"query": "Ruritania"}})}).encode()
    answer = server.ask("/reconcile", "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert json.loads(answer.body)["q0"]["result"][0]["match"] is True
    assert f"127.0.0.1:{server.port}/reconcile" in server.ask("/reconcile").body


def test_a_store_folder_and_named_graphs(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.bulk_load(SMALL.encode(), RdfFormat.TURTLE, to_graph=NamedNode("http://g/1"))
    store.flush()
    del store
    running = start(tmp_path / "store", "--workers", 1)
    try:
        assert "Pact of Bern" in running.ask("/treatygraph/id/treaty/pact").body
        assert running.sparql("SELECT * FROM <http://g/1> { ?s a tg:Treaty }").body.count("treaty/pact") == 1
        assert running.sparql("SELECT * FROM <http://g/2> { ?s a tg:Treaty }").status == 403
    finally:
        assert stop(running) == 0


def test_the_server_ends_with_all_its_processes(turtle: Path) -> None:
    running = start(turtle, "--workers", 2)
    running.ask("/")
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(running.process.pid)], capture_output=True, text=True)
    assert stop(running) == 0
    for pid in map(int, children.stdout.split()):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.parametrize(
    ("content", "arguments", "code", "message"),
    [
        (None, [], 3, "No such file"),
        ("<a> <b> .", [], 3, "graph.ttl: line 1: "),
        (SMALL, ["--host", "0.0.0.0"], 2, "--name"),
        (SMALL, ["--timeout", "0"], 2, "above 0"),
        (SMALL, ["--origin", "*"], 2, "not an origin"),
        (SMALL, ["--port", "99999"], 2, "no such port"),
        (SMALL, ["--texts", "/nowhere/at/all"], 2, "no such folder"),
    ],
)
def test_what_cannot_be_served_is_told(
    kg: Callable[..., Outcome],
    tmp_path: Path,
    content: str | None,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    path = tmp_path / "graph.ttl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    outcome = kg("serve", path, "--port", "0", *arguments)
    assert outcome.code == code and message in outcome.message


def test_a_port_that_is_taken_is_told(kg: Callable[..., Outcome], server: Server, turtle: Path) -> None:
    outcome = kg("serve", turtle, "--port", server.port)
    assert outcome.code == 4 and "in use" in outcome.message


def test_texts_beside_the_graph(tmp_path: Path) -> None:
    from hashlib import sha256

    text = "Ruritania signed."
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d1.txt").write_text(text, encoding="utf-8")
    bare = SMALL.partition("<document/d1> a")[0]
    bare += f'<document/d1> a tg:Document ; dcterms:title "T"@en ; tg:sha256 "{sha256(text.encode()).hexdigest()}" .'
    (tmp_path / "bare.ttl").write_text(bare, encoding="utf-8")
    running = start(tmp_path / "bare.ttl", "--texts", tmp_path / "texts", "--workers", 1)
    try:
        assert "Ruritania signed." in running.ask("/treatygraph/id/document/d1").body
    finally:
        stop(running)
