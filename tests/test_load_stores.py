"""Loading into real servers and asking them: the named questions have the same answers everywhere.

Run by ``make test-slow``; ``tests/install_stores.sh`` installs what it can, and what is not there skips and says so.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Protocol

import pyoxigraph
import pytest
import rdflib
import stores
from pyoxigraph import Triple
from stores import Server

from kg.errors import StoreError
from kg.load.credentials import Credentials
from kg.load.loader import load
from kg.load.settings import LoadSettings
from kg.query import questions
from kg.query.binding import bound, checked
from kg.query.prefixes import declared
from kg.query.questions import Parameter, Question

pytestmark = pytest.mark.slow

SAMPLE = stores.ROOT / "output" / "sample.ttl"
MINE = "urn:mine"
OURS = "https://w3id.org/treatygraph/graph"
"""Where Virtuoso, which has no default graph, gets what is in no graph."""
NUMBERS = {"integer", "decimal", "double", "float", "nonNegativeInteger"}
STRINGS = {"", "string", "langString"}
BY_IRI = {"rdflib", "comunica"}
"""The engines that take minutes to find a thing by its name in the same query: they are given its IRI."""
Rows = list[dict[str, dict[str, str]]]

QUESTIONS = sorted(name for name, question in questions.load().items() if not question.federated)
"""All but those that ask other endpoints."""


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.getfixturevalue(request.param)
    return found


def put(path: Path, server: Server, graph: str | None = None) -> int:
    """Load a file as ``kg load`` does; gives the number of triples."""
    return load(path, LoadSettings(server.address, graph=graph), Credentials.of(server.environment)).triples


def count(server: Server, graph: str) -> int:
    [row] = server.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(row["n"]["value"])


def numbered(path: Path, number: int, name: str) -> Path:
    lines = (f'<urn:{name}{each}> <urn:p> "{name} \\" \\\\ \\n ä€😀 {each}"@en .\n' for each in range(number))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_the_sample_arrives_and_loading_it_twice_changes_nothing(server: Server) -> None:
    triples = len(set(pyoxigraph.parse(path=SAMPLE)))
    assert put(SAMPLE, server, MINE) == put(SAMPLE, server, MINE) == count(server, MINE) == triples


def test_every_character_arrives(server: Server, tmp_path: Path) -> None:
    path = numbered(tmp_path / "g.nt", 3, "new")
    put(path, server, MINE)
    rows = server.select(f"SELECT ?o WHERE {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }}")
    expected = {quad.object.value for quad in pyoxigraph.parse(path=path)}
    assert {row["o"]["value"] for row in rows} == expected
    assert {row["o"]["xml:lang"] for row in rows} == {"en"}


def test_a_dataset_arrives_in_its_graphs(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "g.nq"
    path.write_text("".join(f'<urn:a> <urn:b> "{number}" <urn:g{number % 150}> .\n' for number in range(300)))
    assert put(path, server) == 300
    assert [count(server, f"urn:g{number}") for number in (0, 75, 149)] == [2, 2, 2]
    assert not server.select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), '/staging/')) } LIMIT 1")


def test_readers_see_the_old_graph_until_they_see_the_new_one(server: Server, tmp_path: Path) -> None:
    put(numbered(tmp_path / "old.nt", 7_000, "old"), server, MINE)
    seen, over = [], threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.append(count(server, MINE))

    reader = threading.Thread(target=read)
    reader.start()
    put(numbered(tmp_path / "new.nt", 20_000, "new"), server, MINE)
    over.set()
    reader.join()
    seen.append(count(server, MINE))
    numbers = [number for number, _ in groupby(seen)]
    between = [number for number in numbers if number not in {7_000, 20_000}]
    assert (numbers[0], numbers[-1]) == (7_000, 20_000)
    assert numbers == sorted(numbers)
    assert all(number >= 20_000 - server.missed for number in between), between


def test_a_load_that_is_killed_goes_on(server: Server, tmp_path: Path) -> None:
    path = numbered(tmp_path / "g.nt", 60_000, "g")

    class Killed(BaseException):
        pass

    class Killing:
        def start(self, total: int) -> None: ...

        def advance(self, n: int, label: str) -> None:
            if label == "chunk 1":
                raise Killed

        def done(self) -> None: ...

    put(numbered(tmp_path / "old.nt", 10, "old"), server, MINE)
    settings, credentials = LoadSettings(server.address, graph=MINE), Credentials.of(server.environment)
    with pytest.raises(Killed):
        load(path, settings, credentials, Killing())
    assert count(server, MINE) == 10
    result = load(path, settings, credentials)
    assert result.resumed and count(server, MINE) == 60_000


def test_virtuoso_without_the_right_password(virtuoso: Server) -> None:
    with pytest.raises(StoreError, match="wants to know who loads"):
        load(SAMPLE, LoadSettings(virtuoso.address))
    with pytest.raises(StoreError, match="does not accept the credentials") as told:
        load(SAMPLE, LoadSettings(virtuoso.address), Credentials("dba", "wr0ng"))
    assert "wr0ng" not in str(told.value)


def test_the_command_loads(server: Server, kg_process: Callable[..., object], tmp_path: Path) -> None:
    environment = {**os.environ, **server.environment, "no_proxy": "*"}
    state = tmp_path / "state.json"
    done = kg_process("load", SAMPLE, "--to", server.address, "--graph", MINE, "--state", state, env=environment)
    assert (done.code, done.err) == (0, "") and f"graph <{MINE}>" in done.out


# The named questions, everywhere


class Engine(Protocol):
    """What answers a query."""

    def select(self, query: str) -> Rows: ...

    def construct(self, query: str) -> set[Triple]: ...


class Rdflib:
    """In this process, by rdflib."""

    def __init__(self) -> None:
        self._graph = rdflib.Graph().parse(SAMPLE)

    def select(self, query: str) -> Rows:
        return _rows(self._graph.query(query).serialize(format="json"))

    def construct(self, query: str) -> set[Triple]:
        text = self._graph.query(query).serialize(format="nt")
        return {quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_TRIPLES)}


class Pyoxigraph:
    """In this process, by pyoxigraph."""

    def __init__(self) -> None:
        self._store = pyoxigraph.Store()
        self._store.bulk_load(path=SAMPLE)

    def select(self, query: str) -> Rows:
        return _rows(self._store.query(query).serialize(format=pyoxigraph.QueryResultsFormat.JSON))

    def construct(self, query: str) -> set[Triple]:
        return set(self._store.query(query))


def loaded(server: Server, graph: str | None = None) -> Server:
    put(SAMPLE, server)
    return replace(server, graph=graph)


STARTERS: Mapping[str, Callable[[ExitStack, Path], Engine]] = {
    "pyoxigraph": lambda _, __: Pyoxigraph(),
    "rdflib": lambda _, __: Rdflib(),
    "oxigraph": lambda stack, folder: loaded(stack.enter_context(stores.oxigraph(folder))),
    "virtuoso": lambda stack, folder: loaded(stack.enter_context(stores.virtuoso(folder)), OURS),
    "comunica": lambda stack, folder: stack.enter_context(stores.comunica(folder, SAMPLE)),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """An engine over the sample graph by its name, started when it is asked for first."""
    with ExitStack() as stack:
        started: dict[str, Engine] = {}

        def engine(name: str) -> Engine:
            if name not in started:
                started[name] = STARTERS[name](stack, tmp_path_factory.mktemp(name))
            return started[name]

        yield engine


def _rows(answer: bytes | None) -> Rows:
    return json.loads(answer or b"")["results"]["bindings"]  # type: ignore[no-any-return]


def answer(engine: Engine, query: str) -> list[object]:
    """What an engine answers, in a form that is the same for the same answer: numbers by value, rows in order."""
    if "CONSTRUCT" in query:
        return sorted(" ".join(_plain(term) for term in triple) for triple in engine.construct(query))
    rows = ({name: _term(term) for name, term in row.items()} for row in engine.select(query))
    return sorted(sorted(row.items()) for row in rows)


def _plain(term: object) -> str:
    if not isinstance(term, pyoxigraph.Literal):
        return str(term)
    return _value(term.value, term.datatype.value, term.language or "")


def _term(term: Mapping[str, str]) -> str:
    if term["type"] == "uri":
        return f"<{term['value']}>"
    return _value(term["value"], term.get("datatype", ""), term.get("xml:lang", ""))


def _value(value: str, datatype: str, language: str) -> str:
    kind = datatype.rpartition("#")[2]
    if kind in NUMBERS:
        return f"{Decimal(value).normalize():f}"
    if kind == "duration":
        years = re.fullmatch(r"P([0-9]+)Y", value)
        return f"{int(years[1]) * 12} months" if years else f"{value} months"  # Virtuoso keeps nothing but the months.
    return f"{value}@{language.lower()}" if language else f"{value}^^{kind if kind not in STRINGS else 'string'}"


def by_iri(question: Question, engine: Engine) -> str:
    """A question whose things are given by IRI, not by name: the search for a name is a query of its own."""
    found = {each.name: _iris(each, engine) for each in question.parameters if each.of and each.default}
    return question.sparql({name: iris[0] for name, iris in found.items() if len(iris) == 1})


def _iris(parameter: Parameter, engine: Engine) -> list[str]:
    value = checked(parameter.kind, parameter.default or "", parameter.of)
    query = declared(bound("SELECT DISTINCT ?thing WHERE {\n}", "thing", value, parameter.of))
    return [row["thing"]["value"] for row in engine.select(query)]


@pytest.fixture(scope="module")
def expected(engine: Callable[[str], Engine]) -> Callable[[str], list[object]]:
    """The answer to a question that all are held to: pyoxigraph's."""
    return lru_cache(maxsize=None)(lambda name: answer(engine("pyoxigraph"), questions.load()[name].sparql()))


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("asked", [name for name in STARTERS if name != "pyoxigraph"])
def test_every_engine_gives_the_same_answer(
    asked: str, name: str, engine: Callable[[str], Engine], expected: Callable[[str], list[object]]
) -> None:
    question = questions.load()[name]
    query = by_iri(question, engine("pyoxigraph")) if asked in BY_IRI else question.sparql()
    found = answer(engine(asked), query)
    assert found == expected(name)
    assert found, "an empty answer shows nothing"
