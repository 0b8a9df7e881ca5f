"""The commands: kg link, kg wikidata index, kg wikidata statements."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Outcome
from wikidata_graph import LAVROV, MINISTRY, write_graph
from wikidata_help import dump_text, entity, noise, write_dump
from wikidata_server import services, serving

from kg.errors import ExitCode
from kg.rdf.validate import validate

KG = Callable[..., Outcome]
DUMP = [
    *noise(5),
    entity("Q159", "Russia", {"P31": ["Q3624078"]}, (), 60),
    entity("Q9000000001", "Minister of Foreign Affairs of Russia", {"P31": ["Q4164871"], "P1001": ["Q159"]}),
    entity("Q58217", "Sergey Lavrov", {"P31": ["Q5"], "P39": ["Q9000000001"]}, (), 40),
]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "g.ttl", LAVROV)


@pytest.fixture
def index(kg: KG, tmp_path: Path) -> Path:
    made = kg("wikidata", "index", write_dump(tmp_path / "d.json.bz2", DUMP), "-o", tmp_path / "i")
    assert made.code == ExitCode.YES, made.err
    return tmp_path / "i"


def test_an_index_says_what_it_read_and_kept_and_how_fast(kg: KG, tmp_path: Path) -> None:
    dump = tmp_path / "d.json"
    dump.write_text(dump_text(DUMP).replace("\n]\n", ",\noops\n]\n"))
    ended = kg("wikidata", "index", dump, "-o", tmp_path / "i")
    first, *kinds, last = ended.out.splitlines()
    assert first.startswith("8 entities read, ") and first.endswith(" a second; 3 items kept:")
    assert [line.split() for line in kinds] == [["Office", "1"], ["Person", "1"], ["State", "1"]]
    assert last == "1 lines are no JSON and were left out."


def test_an_index_links_a_graph_and_its_statements_are_written(
    kg: KG, graph: Path, index: Path, tmp_path: Path
) -> None:
    ended = kg("link", graph, "--index", index)
    assert (ended.code, ended.err) == (ExitCode.YES, "")
    assert ended.out.splitlines() == [
        "                              linked  unsure    none",
        "State                              1       0       0",
        "Office                             1       0       0",
        "Person                             1       0       0",
        f"0 entities had an identity before. The graph is in {tmp_path / 'g-linked.ttl'}.",
    ]
    assert validate(tmp_path / "g-linked.ttl").conforms()
    ended = kg(
        "wikidata",
        "statements",
        tmp_path / "g-linked.ttl",
        "-o",
        tmp_path / "s",
        "--known",
        index,
        "--retrieved",
        "2026-01-05",
    )
    assert (ended.code, ended.err) == (ExitCode.YES, "")
    assert ended.out.splitlines()[0] == "Statements: known 1."


def test_what_is_refused_is_told(kg: KG, index: Path, tmp_path: Path) -> None:
    graph = write_graph(tmp_path / "g.ttl", LAVROV.replace("<https://example.org/talks>", '"talks.txt"'))
    kg("link", graph, "--index", index, "-o", tmp_path / "l.ttl")
    (tmp_path / "k.json").write_text(json.dumps(entity("Q58217", "x", {})))
    ended = kg(
        "wikidata",
        "statements",
        tmp_path / "l.ttl",
        "-o",
        tmp_path / "s",
        "--known",
        tmp_path / "k.json",
        "--retrieved",
        "2026-01-05",
    )
    assert ended.code == ExitCode.YES
    assert ended.message.startswith("kg: refused: Q58217 (Sergey Lavrov) P39 (position held) Q9000000001")
    assert ended.message.endswith("the source has no web address")
    assert (tmp_path / "s" / "quickstatements.txt").read_text() == ""


def test_online_and_reconcile_by_services_of_the_users_choice(
    kg: KG, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYGRAPH_CONTACT", "me@example.org")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    graph = write_graph(tmp_path / "g.ttl", MINISTRY)
    with serving(services()) as state:
        monkeypatch.setattr("kg.wikidata.services.Client", quick(state.url))
        ended = kg(
            "link", graph, "--online", "--endpoint", f"{state.url}/w/api.php", "--query-service", f"{state.url}/sparql"
        )
        assert (ended.code, ended.err) == (ExitCode.YES, "")
        assert "wd:Q9000000012" in (tmp_path / "g-linked.ttl").read_text()
        assert list((tmp_path / "cache" / "treatygraph" / "wikidata").rglob("*.json"))
        assert "me@example.org" in state.asked[0][2]
        state.reconciled = lambda query: {"result": [{"id": "Q794", "name": "Iran", "score": 100, "match": True}]}
        ended = kg("link", graph, "--reconcile", f"{state.url}/reconcile", "-o", tmp_path / "r.nt")
        assert ended.code == ExitCode.YES
        assert "closeMatch" in (tmp_path / "r.nt").read_text()


def quick(url: str) -> Callable[..., object]:
    """A client that does not pause, for a server of the test's own."""
    from kg.wikidata.client import Client, Patience

    return lambda agent, cache, transport: Client(agent, cache, transport, Patience(pause=0, first=0))


WRONG = [
    ((), "one of --index, --online and --reconcile is needed"),
    (("--online", "--reconcile", "https://x.org"), "one of --index"),
    (("--online",), "--contact"),
    (("--online", "--contact", "me"), "--contact"),
    (("--reconcile", "https://example.org/r"), "--contact"),
    (("--reconcile", "file:///etc/passwd", "--contact", "me@example.org"), "--reconcile file:///etc/passwd: not a web"),
    (("--online", "--endpoint", "x", "--contact", "me@example.org"), "--endpoint x: not a web address"),
    (("--online", "--query-service", "x", "--contact", "me@example.org"), "--query-service x: not a web address"),
    (("--index", "i", "--endpoint", "https://x.org"), "go with --online"),
    (("--online", "--timeout", "0", "--contact", "me@example.org"), "--timeout 0"),
]


@pytest.mark.parametrize(("options", "cause"), WRONG)
def test_a_wrong_call_is_told_before_anything_is_asked(
    options: tuple[str, ...], cause: str, kg: KG, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TREATYGRAPH_CONTACT", raising=False)
    ended = kg("link", graph, *options)
    assert ended.code == ExitCode.USAGE
    assert cause.lower() in ended.message.lower()


def test_a_service_that_does_not_answer_is_the_networks_fault(kg: KG, graph: Path, tmp_path: Path) -> None:
    with serving(services()) as state:
        state.refusals = [(403, {}, b"")]
        ended = kg(
            "link",
            graph,
            "--reconcile",
            f"{state.url}/reconcile",
            "--contact",
            "me@example.org",
            "--cache",
            tmp_path / "c",
        )
    assert ended.code == ExitCode.STORE
    assert ended.message.endswith("the server answers 403")
    assert not (tmp_path / "g-linked.ttl").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("link", "nothing.ttl", "--index", "i"), ExitCode.INPUT),
        (("link", "g.ttl", "--index", "nothing"), ExitCode.INPUT),
        (("wikidata", "index", "nothing.json", "-o", "x"), ExitCode.INPUT),
        (
            ("wikidata", "statements", "g.ttl", "-o", "s", "--known", "nothing", "--retrieved", "2026-01-05"),
            ExitCode.INPUT,
        ),
        (("wikidata", "statements", "g.ttl", "-o", "s", "--known", "i", "--retrieved", "Friday"), ExitCode.USAGE),
        (("wikidata", "statements", "g.ttl", "-o", "s", "--known", "i"), ExitCode.USAGE),
        (("wikidata",), ExitCode.USAGE),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_how_wrong_inputs_end(
    arguments: tuple[str, ...],
    code: ExitCode,
    kg: KG,
    graph: Path,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = kg(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert ended.message.startswith("kg: ")
