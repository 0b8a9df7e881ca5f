"""Graphs are asked in a process of its own: what it answers, what is refused, and when it is stopped."""

import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg.errors import InputError, SettingsError, StoreError
from kg.query import worker
from kg.query.running import answer

A, P, G = (NamedNode(f"https://example.org/{name}") for name in ("a", "p", "g"))
QUADS = [Quad(A, P, Literal("x")), Quad(A, P, Literal("x"), G), Quad(A, P, Literal("y"), G)]
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FILES = {
    "a.nq": RdfFormat.N_QUADS,
    "a.trig": RdfFormat.TRIG,
    "a.ttl": RdfFormat.TURTLE,
    "a.nt": RdfFormat.N_TRIPLES,
    "a.rdf": RdfFormat.RDF_XML,
    "a.jsonld": RdfFormat.JSON_LD,
}


def written(path: Path) -> Path:
    syntax = FILES[path.name.removesuffix(".gz")]
    quads = QUADS if syntax.supports_datasets else [quad.triple for quad in QUADS]
    data = serialize(quads, format=syntax) or b""
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return written(tmp_path / "a.trig")


@pytest.mark.parametrize("name", [*FILES, "a.ttl.gz", "a.nq.gz"])
def test_every_syntax_is_read_and_named_graphs_are_one(tmp_path: Path, name: str) -> None:
    assert [row[0].value for row in answer(written(tmp_path / name), COUNT).rows] == ["2"]


def test_a_named_graph_can_be_asked_for(graph: Path) -> None:
    assert len(answer(graph, "SELECT * { GRAPH ?g { ?s ?p ?o } }").rows) == 2


def test_a_store_folder_is_opened_for_reading_while_another_has_it(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "store"))
    store.extend(QUADS[:1])
    store.flush()
    assert answer(tmp_path / "store", COUNT).rows[0][0].value == "1"
    store.add(Quad(A, P, Literal("z")))


def test_prefixes_are_declared_and_own_ones_win(graph: Path) -> None:
    assert answer(graph, "ASK { FILTER(tg:a = <https://w3id.org/treatygraph/ontology#a>) }")
    assert answer(graph, "PREFIX tg: <https://example.org/> ASK { tg:a tg:p ?x }")


@pytest.mark.parametrize(
    "query", ["ASK { ?x ?y 'no' }", "SELECT * { ?x ?y 'no' }", "CONSTRUCT { ?x ?y 'no' } { ?x ?y 'no' }"]
)
def test_nothing_found_is_no(graph: Path, query: str) -> None:
    assert not answer(graph, query)
    assert answer(graph, query.replace("'no'", "'x'"))


def test_the_line_of_a_wrong_query_is_told(graph: Path) -> None:
    with pytest.raises(SettingsError, match="line 2, column 8"):
        answer(graph, "SELECT * {\n ?x a }")
    with pytest.raises(SettingsError, match="line 1: a prefix before column 24 is not declared"):
        answer(graph, "SELECT * { ?x unknown:a ?y }")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { }",
        "# SELECT\nprefix a: <http://SELECT/> delete where { }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
    ],
)
def test_updates_are_refused(graph: Path, update: str) -> None:
    with pytest.raises(SettingsError, match="is an update: kg query only reads"):
        answer(graph, update)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.ttl", b"<a:b> <b:c>\n <c:d> ;\n x y .", "line 3: "),
        ("a.nt", b"<a:b> <b:c> <c:d> .\n\n<a:b> .", "line 3: "),
        ("a.nq.gz", b"no gzip", "Not a gzipped file"),
        ("a.nq.gz", gzip.compress(b"<a:b> <b:c> <c:d> .")[:-9], "broken .gz"),
        ("a.rdf", b"<!DOCTYPE r []><r/>", "document type declaration"),
        ("a.txt", b"", "no RDF syntax is known by the ending '.txt'"),
        ("a.ttl", None, "No such file"),
    ],
)
def test_a_graph_that_cannot_be_read_is_named_with_the_cause(
    tmp_path: Path, name: str, data: bytes | None, cause: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=cause) as caught:
        answer(tmp_path / name, "ASK { }")
    assert caught.value.source == str(tmp_path / name)


def test_a_folder_that_is_no_store_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no store"):
        answer(tmp_path, "ASK { }")
    assert not list(tmp_path.iterdir())


def test_a_query_without_end_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    path.write_text("".join(f"<a:{n}> <b:c> {n} .\n".replace(f" {n} .", f' "{n}" .') for n in range(3000)))
    begun = time.monotonic()
    with pytest.raises(StoreError, match=r"no answer after 0\.5 seconds"):
        answer(path, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", timeout=0.5)
    assert time.monotonic() - begun < 10


class Counting(http.server.BaseHTTPRequestHandler):
    asked = 0

    def do_POST(self) -> None:
        type(self).asked += 1
        body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"there"}}]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def endpoint() -> Iterator[str]:
    Counting.asked = 0
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_another_endpoint_is_asked_only_where_it_is_allowed(graph: Path, endpoint: str) -> None:
    query = f"SELECT ?a {{ SERVICE <http://{endpoint}/> {{ ?a ?b ?c }} }}"
    with pytest.raises(SettingsError, match=f"--allow-service {endpoint}"):
        answer(graph, query)
    assert Counting.asked == 0
    assert [row[0].value for row in answer(graph, query, services=[endpoint]).rows] == ["there"]


def test_the_process_itself_cannot_connect(graph: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second line of defence, for a SERVICE that the check would not see."""
    monkeypatch.setattr("kg.query.running.check_services", lambda query, services: False)
    with pytest.raises(StoreError, match="the query failed"):
        answer(graph, f"SELECT ?a {{ SERVICE <http://{endpoint}/> {{ ?a ?b ?c }} }}")
    assert Counting.asked == 0


def test_a_failing_endpoint_is_told(graph: Path) -> None:
    with pytest.raises(StoreError, match="the query failed: "):
        answer(graph, "ASK { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", services=["127.0.0.1:1"])


def test_modules_beside_the_asker_are_not_imported(
    graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert answer(graph, "ASK { ?s ?p ?o }")
    assert worker.READY
