"""The named questions on the sample graph: the full answers, and the federated ones against a local endpoint."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store, parse

from kg.cli import run
from kg.errors import ExitCode
from kg.namespaces import PREFIXES, TG
from kg.query.graphs import open_graph
from kg.query.questions import load
from kg.rdf.serialise import write
from kg.settings import Format
from tools import answers


@pytest.fixture(scope="module")
def graph(root: Path) -> Path:
    path = root / "output" / "sample.ttl"
    if not path.is_file():
        pytest.skip("output/sample.ttl is not built")
    return path


@pytest.fixture(scope="module")
def store(graph: Path) -> Store:
    return open_graph(graph)


def test_there_are_enough_questions_and_each_has_its_answer() -> None:
    assert len(load()) >= 25
    assert {path.stem for path in answers.FOLDER.glob("*.csv")} == {question.name for question in answers.local()}


@pytest.mark.parametrize("name", [question.name for question in answers.local()])
def test_the_answer_is_the_one_that_was_reviewed(store: Store, name: str) -> None:
    expected = (answers.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert answers.answer(store, load()[name]) == expected, "review what changed, then 'make answers'"
    assert len(expected.splitlines()) > 1


@pytest.mark.parametrize("name", ["disagreements", "coverage", "rests-on", "treaty-dossier"])
def test_a_graph_in_named_graphs_gives_the_same_answers(graph: Path, tmp_path: Path, name: str) -> None:
    """Also where a triple is in several graphs: each counts once."""
    quads = list(parse(path=str(graph), format=RdfFormat.TURTLE))
    named = [type(q)(q.subject, q.predicate, q.object, q.predicate) for q in quads]
    write([*quads[: len(quads) // 2], *named], tmp_path / "graph.nq", Format.NQUADS)
    expected = (answers.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    assert answers.answer(open_graph(tmp_path / "graph.nq"), load()[name]) == expected


UNREAL = f"SELECT DISTINCT ?event ?label {{ ?event a <{TG}UnrealisedEvent> ; <{PREFIXES['rdfs']}label> ?label }}"
HAPPENED = [
    "timeline",
    "meetings-of",
    "visits",
    "accessions",
    "ratifications",
    "who-signed",
    "treaty-life",
    "who-met-whom",
]


def done(store: Store) -> set[str]:
    """The labels that events which took place have too."""
    labels = store.query(f"SELECT ?l {{ ?e a ?c ; <{PREFIXES['rdfs']}label> ?l FILTER(?c != <{TG}UnrealisedEvent>) }}")
    assert isinstance(labels, QuerySolutions)
    return {str(row["l"]) for row in labels}


@pytest.mark.parametrize("name", HAPPENED)
def test_what_happened_never_holds_what_was_only_planned(store: Store, name: str) -> None:
    found = store.query(UNREAL)
    assert isinstance(found, QuerySolutions)
    unreal = {str(value) for row in found for value in row}
    assert unreal
    rows = store.query(load()[name].sparql())
    assert isinstance(rows, QuerySolutions)
    assert not (unreal - done(store)) & {str(value) for row in rows for value in row}


def test_planned_facts_are_in_no_answer_about_facts(store: Store) -> None:
    """Argentina was to join BRICS and did not; Kazakhstan refused; Saudi Arabia has not completed it."""
    members = answers.answer(store, load()["members-of"])
    assert "Brazil" in members
    assert not any(state in members for state in ("Argentina", "Kazakhstan", "Saudi Arabia"))


class Wikidata(http.server.BaseHTTPRequestHandler):
    store = Store()
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked.append(query)
        found = self.store.query(query)
        body = found.serialize(format=QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture(scope="module")
def endpoint(root: Path) -> Iterator[str]:
    Wikidata.store.load(path=str(root / "tests/fixtures/wikidata.ttl"), format=RdfFormat.TURTLE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Wikidata) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


FEDERATED = {
    "wikidata-images": [
        "name,item,image",
        "Masoud Pezeshkian,http://www.wikidata.org/entity/Q5933752,"
        "http://commons.wikimedia.org/wiki/Special:FilePath/Masoud%20Pezeshkian.jpg",
    ],
    "wikidata-coordinates": [
        "name,item,coordinates",
        "Iran,http://www.wikidata.org/entity/Q794,Point(53.0 32.0)",
        "Russia,http://www.wikidata.org/entity/Q159,Point(94.25 66.416666666)",
    ],
    "wikidata-offices": [
        "name,office,from,until",
        "Ali Khamenei,President of Iran,1981-10-09T00:00:00Z,1989-08-16T00:00:00Z",
        "Masoud Pezeshkian,President of Iran,2024-07-28T00:00:00Z,",
    ],
}


@pytest.mark.parametrize("name", FEDERATED)
def test_a_federated_question_asks_for_the_things_of_the_graph_alone(
    graph: Path, endpoint: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Wikidata.asked.clear()
    asked = ["query", str(graph), "--name", name, "-p", f"endpoint=http://{endpoint}/sparql", "--format", "csv"]
    assert run([*asked, "--allow-service", endpoint]) == ExitCode.YES
    assert capsys.readouterr().out.split() == "\n".join(FEDERATED[name]).split()
    assert len(Wikidata.asked) == 1 and "VALUES" in Wikidata.asked[0] and "Q42>" not in Wikidata.asked[0]


def test_each_federated_question_is_tested() -> None:
    assert set(FEDERATED) == {question.name for question in load().values() if question.federated}


def test_wikidata_is_not_asked_unless_it_is_allowed(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", str(graph), "--name", "wikidata-images"]) == ExitCode.USAGE
    assert "--allow-service query.wikidata.org allows it" in capsys.readouterr().err
