"""Loading into stores: what arrives, what readers see meanwhile, and what happens when things go wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from fake_stores import (
    HOST,
    FakeStore,
    Fuseki,
    Generic,
    GraphDb,
    Guarded,
    Oxigraph,
    Qlever,
    Rdf4j,
    Virtuoso,
    over_http,
    quads,
)
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import InputError, SettingsError, StoreError
from kg.load import loader
from kg.load.client import PAUSES, UnansweredError
from kg.load.credentials import Credentials
from kg.load.dialects import Store, detect, dialects
from kg.load.loader import LoadResult, load
from kg.load.settings import LoadSettings
from kg.load.state import State, StateFile

OURS = "<urn:d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/treatygraph/ontology#Document> .\n"
OLD = OURS + '<urn:d> <urn:p> "old" .\n'
NEW = OURS + "".join(f'<urn:s{number}> <urn:p> "näme {number}"@en .\n' for number in range(30))
NAMED = '<urn:a> <urn:b> "in no graph" .\n<urn:a> <urn:b> "one" <urn:g1> .\n<urn:a> <urn:b> "two" <urn:g2> .\n'
OTHER = '<urn:x> <urn:y> "somebody else\'s" <urn:other> .\n'

FAKES: dict[Store, tuple[Callable[[], FakeStore], str]] = {
    Store.OXIGRAPH: (Oxigraph, HOST),
    Store.FUSEKI: (Fuseki, f"{HOST}/ds"),
    Store.RDF4J: (Rdf4j, f"{HOST}/rdf4j-server/repositories/r"),
    Store.GRAPHDB: (GraphDb, f"{HOST}/repositories/r"),
    Store.QLEVER: (Qlever, HOST),
    Store.GENERIC: (Generic, f"{HOST}/sparql"),
}
Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Loading:
    """A file, a store and how to put the one into the other."""

    folder: Path
    store: FakeStore
    settings: LoadSettings
    pauses: list[float] = field(default_factory=list)

    def __call__(
        self, text: str = NEW, name: str = "g.nq", through: Answer | None = None, **more: object
    ) -> LoadResult:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        settings = replace(self.settings, **more) if more else self.settings
        token = Credentials(token=Qlever.token) if isinstance(self.store, Qlever) else None
        transport = httpx.MockTransport(through or self.store)
        return load(path, settings, token, transport=transport, sleep=self.pauses.append)

    @property
    def state(self) -> Path:
        return self.folder / "g.nq.load.json"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {store: replace(dialect, chunk=1200) for store, dialect in dialects().items()}
    monkeypatch.setattr(loader, "dialects", lambda: small)
    monkeypatch.setattr(loader, "detect", lambda *told: (found := detect(*told)) and small[found.store])


@pytest.fixture(params=FAKES, ids=str)
def loading(request: pytest.FixtureRequest, tmp_path: Path) -> Loading:
    return made(request.param, tmp_path)


@pytest.fixture
def oxigraph(tmp_path: Path) -> Loading:
    return made(Store.OXIGRAPH, tmp_path)


def made(store: Store, folder: Path) -> Loading:
    fake, address = FAKES[store]
    query_at = f"{HOST}/answers" if store is Store.GENERIC else None
    return Loading(folder, fake(), LoadSettings(address, store, query_at=query_at))


def default(store: FakeStore) -> set[Quad]:
    return {quad for quad in store.triples if not isinstance(quad.graph_name, NamedNode)}


def test_a_graph_arrives_and_takes_the_place_of_the_one_before(loading: Loading) -> None:
    loading.store.data.load(OTHER, RdfFormat.N_QUADS)
    loading(OLD)
    result = loading(NEW)
    assert loading.store.triples == quads(NEW + OTHER)
    assert (result.triples, result.before, result.blank) == (31, 2, 0)
    assert not loading.state.exists()


def test_loading_twice_changes_nothing(loading: Loading) -> None:
    text = '@prefix : <urn:> . :a :b [ :c "x" ; :d [ :e 1 ] ] . :d a <https://w3id.org/treatygraph/ontology#Document> .'
    assert loading(text, "g.ttl").blank == 2
    first = loading.store.triples
    assert loading(text, "g.ttl").triples == len(first) == 5
    assert loading.store.triples == first
    assert not any("_:" in str(quad) for quad in first)


def test_named_graphs_keep_their_names(loading: Loading) -> None:
    loading.store.data.load('<urn:a> <urn:b> "before" <urn:g1> .\n' + OTHER, RdfFormat.N_QUADS)
    result = loading(NAMED)
    assert loading.store.triples == quads(NAMED + OTHER)
    assert result.counts == {"": 1, "<urn:g1>": 1, "<urn:g2>": 1}
    assert "3 triples are in 3 graphs of" in result.summary()


def test_the_graph_can_be_named(loading: Loading) -> None:
    result = loading(NEW, graph="urn:mine")
    assert {str(quad.graph_name) for quad in loading.store.triples} == {"<urn:mine>"}
    assert result.counts == {"<urn:mine>": 31}


def test_readers_see_the_old_graph_or_the_new_one_and_nothing_between(loading: Loading) -> None:
    loading(OLD, graph="urn:mine")
    seen = []

    def watched(request: httpx.Request) -> httpx.Response:
        answer = loading.store(request)
        seen.append(
            frozenset(str(quad.triple) for quad in loading.store.triples if quad.graph_name == NamedNode("urn:mine"))
        )
        return answer

    loading(NEW, through=watched, graph="urn:mine")
    old, new = ({str(quad.triple) for quad in quads(text)} for text in (OLD, NEW))
    assert list(dict.fromkeys(seen)) == [old, new]


@pytest.mark.parametrize("name", ["g.ttl", "g.trig", "g.nt", "g.nq", "g.TTL"])
def test_the_formats(oxigraph: Loading, name: str) -> None:
    assert oxigraph(OLD, name).triples == 2


def test_a_compressed_graph(oxigraph: Loading, tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "g.nt.gz"
    path.write_bytes(gzip.compress(NEW.encode()))
    load(path, oxigraph.settings, transport=httpx.MockTransport(oxigraph.store))
    assert oxigraph.store.triples == quads(NEW)


def test_triples_that_are_there_twice_count_once(oxigraph: Loading) -> None:
    assert oxigraph(NEW + NEW).triples == 31


# What goes wrong on the way


class Killed(BaseException):
    """As if the process were gone."""


def failing(
    store: FakeStore, at: int, before: BaseException | None = None, after: BaseException | None = None
) -> Answer:
    """The store, which fails at its request number ``at``: before it does what it is asked, or after."""
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        if asked == at and before:
            raise before
        done = store(request)
        if asked == at and after:
            raise after
        return done

    return answer


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_load_that_is_killed_anywhere_goes_on(loading: Loading, when: str) -> None:
    loading(OLD)
    loading.store.requests.clear()
    loading(NEW)
    for at in range(2, len(loading.store.requests) + 1):
        loading(OLD)
        with pytest.raises(Killed):
            loading(NEW, through=failing(loading.store, at, **{when: Killed()}))
        assert default(loading.store) in (quads(OLD), quads(NEW))
        loading(NEW)
        assert loading.store.triples == quads(NEW)


def test_what_the_store_has_is_not_sent_again(oxigraph: Loading) -> None:
    oxigraph(NEW)
    whole = len(oxigraph.store.writes())
    oxigraph.store.requests.clear()
    with pytest.raises(Killed):
        oxigraph(NEW, through=failing(oxigraph.store, 7, before=Killed()))
    assert oxigraph(NEW).resumed
    assert len(oxigraph.store.writes()) == whole


def test_a_state_of_a_store_that_has_forgotten_starts_again(oxigraph: Loading) -> None:
    with pytest.raises(Killed):
        oxigraph(NEW, through=failing(oxigraph.store, 6, before=Killed()))
    oxigraph.store.data.clear()
    oxigraph(NEW)
    assert oxigraph.store.triples == quads(NEW)


def test_another_graph_does_not_go_on_and_clears_what_the_first_left(oxigraph: Loading) -> None:
    with pytest.raises(Killed):
        oxigraph(NEW, through=failing(oxigraph.store, 6, before=Killed()))
    assert oxigraph.store.triples
    assert not oxigraph(OLD).resumed
    assert oxigraph.store.triples == quads(OLD)


@pytest.mark.parametrize("kept", ["", "[]", '{"graph": 1}', "\x00", '{"graph": "x", "to": "y"}'])
def test_a_damaged_state_counts_as_none(oxigraph: Loading, kept: str) -> None:
    oxigraph.state.write_text(kept)
    oxigraph(NEW)
    assert oxigraph.store.triples == quads(NEW)


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    file, state = StateFile(tmp_path / "s.json"), State("a", "b", "c", "d", 1, 2, 3, True)
    file.write(state)
    assert file.read() == state


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_lost_connection_is_tried_again(loading: Loading, when: str) -> None:
    loading(OLD)
    loading.store.requests.clear()
    loading(NEW)
    commit = isinstance(loading.store, Rdf4j) and len(loading.store.requests) - 1
    for at in range(2, len(loading.store.requests) + 1):
        if at == commit:
            continue
        loading(OLD)
        loading(NEW, through=failing(loading.store, at, **{when: httpx.ReadError("gone")}))
        assert loading.store.triples == quads(NEW)
    assert set(loading.pauses) == {1.0}


def test_a_lost_answer_to_a_commit_is_told(tmp_path: Path) -> None:
    loading = made(Store.RDF4J, tmp_path)

    def silent(request: httpx.Request) -> httpx.Response:
        answer = loading.store(request)
        if "COMMIT" in str(request.url):
            raise httpx.ReadError("gone")
        return answer

    with pytest.raises(UnansweredError, match="whether it was committed is not known: run it again"):
        loading(NEW, through=silent)
    assert loading(NEW).before == 31


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_store_is_waited_for(oxigraph: Loading, status: int) -> None:
    answers = [httpx.Response(status, headers={"Retry-After": "7"}), httpx.Response(status)]

    def busy(request: httpx.Request) -> httpx.Response:
        return answers.pop(0) if request.method == "POST" and answers else oxigraph.store(request)

    oxigraph(NEW, through=busy)
    assert oxigraph.pauses == [7.0, 2.0]


def test_a_transaction_that_gave_way_in_a_deadlock_is_run_again(tmp_path: Path) -> None:
    loading = Loading(tmp_path, Virtuoso(deadlocks=2), LoadSettings(HOST))
    assert loading(NEW, graph="urn:mine").triples == 31 and loading.pauses == list(PAUSES[:2])
    assert not any("/staging/" in str(quad.graph_name) for quad in loading.store.triples)


def test_a_store_that_stays_busy(oxigraph: Loading) -> None:
    def busy(request: httpx.Request) -> httpx.Response:
        return oxigraph.store(request) if request.method == "GET" else httpx.Response(503)

    with pytest.raises(UnansweredError, match=r"^http://store\.test/query: answers 503, busy$"):
        oxigraph(NEW, through=busy)
    assert tuple(oxigraph.pauses) == PAUSES


def test_a_store_that_takes_only_small_requests(oxigraph: Loading) -> None:
    def narrow(request: httpx.Request) -> httpx.Response:
        large = request.url.path == "/store" and len(request.content) > 300
        return httpx.Response(413) if large else oxigraph.store(request)

    oxigraph(NEW, through=narrow)
    assert oxigraph.store.triples == quads(NEW)


def test_a_triple_that_is_too_large(oxigraph: Loading) -> None:
    def narrow(request: httpx.Request) -> httpx.Response:
        return httpx.Response(413) if request.url.path == "/store" else oxigraph.store(request)

    with pytest.raises(StoreError, match=r"/store: takes no request that large \(413\)"):
        oxigraph(NEW, through=narrow)


def test_a_store_that_loses_triples_keeps_the_old_graph(oxigraph: Loading) -> None:
    oxigraph(OLD)

    def lossy(request: httpx.Request) -> httpx.Response:
        answer = oxigraph.store(request)
        for quad in list(oxigraph.store.data.quads_for_pattern(NamedNode("urn:s7"), None, None)):
            oxigraph.store.data.remove(quad)
        return answer

    with pytest.raises(StoreError, match="holds 30 triples, not 31; that one is untouched"):
        oxigraph(NEW, through=lossy)
    assert default(oxigraph.store) == quads(OLD)


def test_a_count_that_is_wrong_at_the_end_is_an_error(tmp_path: Path) -> None:
    loading = made(Store.RDF4J, tmp_path)

    def lossy(request: httpx.Request) -> httpx.Response:
        answer = loading.store(request)
        for quad in list(loading.store.data.quads_for_pattern(NamedNode("urn:s7"), None, None)):
            loading.store.data.remove(quad)
        return answer

    with pytest.raises(StoreError, match="loaded, but the default graph holds 30 triples, not 31"):
        loading(NEW, through=lossy)


def test_a_default_graph_of_somebody_else_is_not_replaced_unasked(loading: Loading) -> None:
    loading.store.data.load('<urn:x> <urn:y> "theirs" .', RdfFormat.N_TRIPLES)
    with pytest.raises(SettingsError, match="holds 1 triples of something else; to replace them say --graph default"):
        loading(NEW)
    assert not loading.store.writes()
    loading(NEW, graph="default")
    assert loading.store.triples == quads(NEW)


# Files that cannot be loaded


@pytest.mark.parametrize(
    ("name", "text", "cause"),
    [
        ("g.nq", NEW + "<urn:a> <urn:b> broken .\n", "is not the RDF that its ending says"),
        ("g.ttl", "<a> <b> <c> .", "No scheme found"),
        ("g.nq", "", "holds no triples"),
        ("g.jsonld", "{}", "names no format"),
        ("g.nq.gz", "not packed", "Not a gzipped file"),
        ("g.ttl", "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .", "triple term"),
    ],
)
def test_files_that_cannot_be_loaded_are_not_begun(oxigraph: Loading, name: str, text: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause) as told:
        oxigraph(text, name)
    assert str(told.value).startswith(str(oxigraph.folder / name))
    assert not oxigraph.store.writes()


def test_a_file_that_is_not_there(oxigraph: Loading, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.ttl: No such file"):
        load(tmp_path / "none.ttl", oxigraph.settings, transport=httpx.MockTransport(oxigraph.store))


# Who may load, and where to


SECRET = Credentials(user="ada", password="s3cret-pass")


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_credentials_are_sent_to_the_store_that_asks(tmp_path: Path, scheme: str) -> None:
    store = Fuseki()
    guarded = Guarded(store, scheme, "ada", "s3cret-pass")
    path = tmp_path / "g.nt"
    path.write_text(NEW, encoding="utf-8")
    load(path, LoadSettings(f"{HOST}/ds", Store.FUSEKI), SECRET, transport=httpx.MockTransport(guarded))
    assert store.triples == quads(NEW)
    assert guarded.refused <= 3


def test_a_store_that_does_not_ask_gets_no_credentials(oxigraph: Loading, tmp_path: Path) -> None:
    path = tmp_path / "g.nt"
    path.write_text(NEW, encoding="utf-8")
    load(path, oxigraph.settings, SECRET, transport=httpx.MockTransport(oxigraph.store))
    assert not any("authorization" in request.headers for request in oxigraph.store.requests)


@pytest.mark.parametrize(
    ("credentials", "status", "message"),
    [
        (Credentials(), 401, "wants to know who loads: set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"),
        (SECRET, 401, "does not accept the credentials that KG_STORE_USER"),
        (Credentials(token="tok-3n"), 403, "forbids it: [***] or [***]?"),
        (SECRET, 403, "forbids it: [***] or [tok-3n]?"),
        (SECRET, 404, "is not there (404); for Oxigraph give an address like http://localhost:7878"),
        (SECRET, 405, "does not understand Oxigraph's dialect (405); name the store with --store"),
        (SECRET, 500, "failed (500): [***] or [tok-3n]?"),
    ],
)
def test_refusals_name_the_address_and_no_secret(
    oxigraph: Loading, credentials: Credentials, status: int, message: str
) -> None:
    password = SECRET.password if credentials.user else "tok-3n"

    def refuse(request: httpx.Request) -> httpx.Response:
        body = f"[{password}] or [tok-3n]?\x1b[31m\nsecond line"
        return httpx.Response(200) if request.method == "GET" else httpx.Response(status, text=body)

    path = oxigraph.folder / "g.nt"
    path.write_text(NEW, encoding="utf-8")
    with pytest.raises(StoreError) as told:
        load(path, oxigraph.settings, credentials, transport=httpx.MockTransport(refuse), sleep=oxigraph.pauses.append)
    text = str(told.value)
    assert text.startswith(f"{HOST}/query: ") and message in text
    assert "s3cret" not in text and "\x1b" not in text and "second" not in text
    assert "s3cret" not in repr(SECRET)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "there", ["http://evil.test/query", "https://ada:pw@store.test/query?t=1", "/elsewhere", "http://["]
)
def test_redirects_are_told_and_not_followed(oxigraph: Loading, status: int, there: str) -> None:
    asked = []

    def moved(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(status, headers={"Location": there})

    with pytest.raises(StoreError, match=f"sends on to .* \\({status}\\), which is not followed") as told:
        oxigraph(NEW, through=moved)
    assert set(asked) == {"store.test"}
    assert "pw" not in str(told.value) and "t=1" not in str(told.value)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"KG_STORE_USER": "ada"}, "KG_STORE_USER is set but KG_STORE_PASSWORD is not"),
        ({"KG_STORE_PASSWORD": "p"}, "KG_STORE_PASSWORD is set but KG_STORE_USER is not"),
        ({"KG_STORE_USER": "a", "KG_STORE_PASSWORD": "p", "KG_STORE_TOKEN": "t"}, "both set"),
        ({"KG_STORE_TOKEN": "t\nX: y"}, "KG_STORE_TOKEN: holds a character"),
    ],
)
def test_credentials_that_make_no_sense(environment: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        Credentials.of(environment)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "store",
        "ftp://h/x",
        "file:///etc/passwd",
        "http://",
        "http://h:x/",
        "http://[",
        "http://h/a b",
        "http://h\n/",
        "http://ada:s3cret@h/",
        "http://s3cret@h/",
        "http://h/?token=s3cret",
        "http://h/#s3cret",
    ],
)
def test_addresses_that_are_refused(address: str) -> None:
    with pytest.raises(SettingsError) as told:
        LoadSettings(address)
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize("graph", ["", "mine", "urn:a b", "urn:a> ; DROP ALL #"])
def test_graphs_that_are_refused(graph: str) -> None:
    with pytest.raises(SettingsError, match="--graph"):
        LoadSettings(HOST, graph=graph)


def test_a_query_address_is_for_a_generic_store() -> None:
    with pytest.raises(SettingsError, match="--query-at is for --store generic"):
        LoadSettings(HOST, Store.OXIGRAPH, query_at=HOST)


# Which store it is


@pytest.mark.parametrize("store", [Store.OXIGRAPH, Store.FUSEKI, Store.RDF4J, Store.GRAPHDB], ids=str)
def test_stores_that_are_known_by_their_answer(store: Store, tmp_path: Path) -> None:
    result = made(store, tmp_path)(NEW, store=None)
    assert result.store == dialects()[store].title


def test_virtuoso_is_known_by_its_answer() -> None:
    found = detect("/", {"server": "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"})
    assert found and found.store is Store.VIRTUOSO


def test_a_store_that_does_not_say_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"does not say which store it is; add --store oxigraph\|fuseki"):
        made(Store.QLEVER, tmp_path)(NEW, store=None)


def test_the_wrong_dialect_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"/ds/sparql-auth: is not there \(404\); for Virtuoso give an address like"):
        made(Store.FUSEKI, tmp_path)(NEW, store=Store.VIRTUOSO)


def test_an_answer_that_is_no_result(oxigraph: Loading) -> None:
    def page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text="<html>Welcome</html>", headers={"Server": "Oxigraph"})

    with pytest.raises(StoreError, match="/query: does not answer a query with SPARQL results: is it Oxigraph"):
        oxigraph(NEW, through=page)


def test_every_store_has_its_dialect_and_its_command_in_the_documentation(root: Path) -> None:
    page = (root / "docs" / "stores.md").read_text(encoding="utf-8")
    assert set(dialects()) == set(Store)
    for dialect in dialects().values():
        LoadSettings(dialect.example)
        assert f"kg load graph.ttl --to {dialect.example}" in page


# The command


def test_the_command(kg: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    path = tmp_path / "g.ttl"
    path.write_text(OLD, encoding="utf-8")
    store = Oxigraph()
    with over_http(store) as address:
        done = kg("load", path, "--to", address)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        f"2 triples are in the default graph of Oxigraph at {address}, as counted there; before there were 0.\n"
    )
    assert store.triples == quads(OLD)
    gone = kg("load", path, "--to", address)
    assert (
        gone.code == 4
        and gone.message == f"kg: {address}: no answer: [Errno 111] Connection refused; is the store running?"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--to", "nowhere"], 2, "must be an address like"),
        (["--to", "http://u:s3cret@h/"], 2, "credentials come from KG_STORE_USER"),
        (["--to", HOST, "--store", "mongo"], 2, "'mongo'"),
        ([], 2, "--to"),
    ],
)
def test_wrong_calls(kg: Callable[..., object], arguments: Sequence[str], code: int, message: str) -> None:
    done = kg("load", "g.ttl", *arguments)
    assert done.code == code and message in done.message and "s3cret" not in done.err
