"""Stores that speak a dialect as its documentation says, on pyoxigraph, in this process or over HTTP.

They refuse what the documented server refuses (paths, methods, media types, missing parameters), so that a loader that
takes liberties fails here. Each is a function from an ``httpx.Request`` to an ``httpx.Response``.
"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store, parse

HOST = "http://store.test"


def quads(text: str | bytes, fmt: RdfFormat = RdfFormat.N_QUADS) -> set[Quad]:
    return set(parse(text, fmt))


class FakeStore:
    """What all have in common: a dataset, queries and updates; ``requests`` are those that came."""

    query_path, update_path, server = "/query", "/update", ""
    union, only_default = False, ""

    def __init__(self) -> None:
        self.data = Store()
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        request.read()
        answer = self.answer(request)
        if self.server:
            answer.headers["Server"] = self.server
        return answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        path, kind = request.url.path, request.headers.get("content-type", "")
        if path == self.query_path and (query := self._query_of(request)):
            return self._select(query)
        if path == self.update_path and request.method == "POST" and kind == "application/sparql-update":
            return self._update(request.content.decode())
        return self.more(request)

    def more(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, text="no such endpoint")

    @property
    def triples(self) -> set[Quad]:
        return set(self.data)

    def writes(self) -> list[httpx.Request]:
        return [each for each in self.requests if each.method != "GET" and not self._query_of(each)]

    def _query_of(self, request: httpx.Request) -> str:
        if request.method == "GET":
            return request.url.params.get("query", "")
        if request.headers.get("content-type") != "application/x-www-form-urlencoded":
            return ""
        return parse_qs(request.content.decode()).get("query", [""])[0]

    def _select(self, query: str) -> httpx.Response:
        alone = f"FROM <{self.only_default}>"
        union = self.union and alone not in query
        try:
            found = self.data.query(
                query.replace(alone, "") if self.only_default else query, use_default_graph_as_union=union
            )
        except SyntaxError as error:
            return httpx.Response(400, text=str(error))
        body = found.serialize(format=QueryResultsFormat.JSON)
        return httpx.Response(200, content=body, headers={"Content-Type": "application/sparql-results+json"})

    def _update(self, update: str) -> httpx.Response:
        try:
            self.data.update(update)
        except (SyntaxError, ValueError, OSError) as error:
            return httpx.Response(400, text=str(error))
        return httpx.Response(204)

    def _add(self, request: httpx.Request, graph: NamedNode | DefaultGraph) -> httpx.Response:
        if request.headers["content-type"] != "application/n-triples":
            return httpx.Response(415)
        self.data.bulk_load(request.content, RdfFormat.N_TRIPLES, to_graph=graph)
        return httpx.Response(204)


def graph_of(request: httpx.Request) -> NamedNode | DefaultGraph | None:
    """The graph that a request of the Graph Store Protocol names: one of ``graph`` and ``default``, as it demands."""
    named, default = request.url.params.get("graph"), "default" in request.url.params
    if (named is None) == (not default):
        return None
    return DefaultGraph() if default else NamedNode(named or "")


class Oxigraph(FakeStore):
    server = "Oxigraph/0.5.13"

    def more(self, request: httpx.Request) -> httpx.Response:
        if (request.url.path, request.method) != ("/store", "POST"):
            return httpx.Response(404, text=f"{request.method} {request.url.path} is not supported by this server")
        if request.headers["content-type"] != "application/n-quads":
            return httpx.Response(415)
        self.data.bulk_load(request.content, RdfFormat.N_QUADS)
        return httpx.Response(204)


class Fuseki(FakeStore):
    """A dataset ``/ds`` with the services that a dataset has by default."""

    query_path, update_path = "/ds/query", "/ds/update"

    def answer(self, request: httpx.Request) -> httpx.Response:
        answer = super().answer(request)
        answer.headers["Fuseki-Request-Id"] = str(len(self.requests))
        return answer

    def more(self, request: httpx.Request) -> httpx.Response:
        graph = graph_of(request)
        if (request.url.path, request.method) != ("/ds/data", "POST"):
            return httpx.Response(404)
        return self._add(request, graph) if graph else httpx.Response(400, text="no graph named")


class Generic(FakeStore):
    """Queries at one address and updates at another, nothing else."""

    query_path, update_path = "/answers", "/sparql"


class Rdf4j(FakeStore):
    """A repository with transactions: nothing is to be seen before the commit; the Location names an inner host."""

    base = "/rdf4j-server/repositories/r"
    query_path = base
    update_path = f"{base}/statements"
    union, only_default = True, "http://www.openrdf.org/schema/sesame#nil"

    def __init__(self) -> None:
        super().__init__()
        self.open: dict[str, list[Callable[[], httpx.Response]]] = {}

    def more(self, request: httpx.Request) -> httpx.Response:
        start = f"{self.base}/transactions"
        if (request.url.path, request.method) == (start, "POST"):
            name = f"64a5937f-{len(self.requests)}"
            self.open[name] = []
            return httpx.Response(201, headers={"Location": f"http://inner.test:1{start}/{name}"})
        name = request.url.path.removeprefix(f"{start}/")
        if name not in self.open:
            return httpx.Response(404, text="no such transaction")
        if request.method == "DELETE":
            del self.open[name]
            return httpx.Response(204)
        return self.act(request, name) if request.method == "PUT" else httpx.Response(405)

    def act(self, request: httpx.Request, name: str) -> httpx.Response:
        content, kind = request.content, request.headers.get("content-type")
        match request.url.params.get("action"), kind:
            case "ADD", "application/n-quads":
                quads(content)
                self.open[name].append(lambda: self.data.bulk_load(content, RdfFormat.N_QUADS) or httpx.Response(200))
            case "UPDATE", "application/sparql-update":
                self.open[name].append(lambda: self._update(content.decode()))
            case "COMMIT", None:
                for action in self.open.pop(name):
                    action()
            case _:
                return httpx.Response(400, text="unknown action")
        return httpx.Response(200)


class GraphDb(Rdf4j):
    base = "/repositories/r"
    query_path = base
    update_path = f"{base}/statements"
    server = "GraphDB/10.6 RDF4J/4.3"


class Qlever(FakeStore):
    """One address for all; writes want the access token; the default graph of a query is the union of all."""

    query_path = update_path = "/"
    token = "qlever-secret"
    union, only_default = True, "http://qlever.cs.uni-freiburg.de/builtin-functions/default-graph"

    def more(self, request: httpx.Request) -> httpx.Response:
        graph = graph_of(request)
        if request.method not in ("PUT", "POST") or graph is None:
            return httpx.Response(400, text="must contain a query, an update or a graph")
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return httpx.Response(403, text="PUT requires a valid access token")
        if request.method == "PUT":
            self.data.clear_graph(graph)
        return self._add(request, graph)


class Virtuoso(FakeStore):
    """All behind one path each; the first ``deadlocks`` updates that replace a graph give way to somebody's reading."""

    query_path = update_path = "/sparql-auth"
    server = "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"

    def __init__(self, deadlocks: int = 0) -> None:
        super().__init__()
        self.deadlocks = deadlocks

    def _update(self, update: str) -> httpx.Response:
        if "MOVE" in update:
            define, _, update = update.partition("\n")
            assert define == "DEFINE sql:log-enable 1", "else each row is committed by itself"
            self.deadlocks -= 1
            if self.deadlocks >= 0:
                return httpx.Response(500, text="Virtuoso 40001 Error SR172: Transaction deadlocked")
        return super()._update(update)

    def more(self, request: httpx.Request) -> httpx.Response:
        if (request.url.path, request.method) != ("/sparql-graph-crud-auth", "POST"):
            return httpx.Response(404)
        return self._add(request, NamedNode(request.url.params["graph-uri"]))


class Guarded:
    """A store behind a user and password, by basic or digest (RFC 7616, MD5, qop=auth)."""

    def __init__(self, store: FakeStore, scheme: str, user: str, password: str) -> None:
        self.store, self.scheme, self.user, self.password = store, scheme, user, password
        self.refused = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        said = request.headers.get("authorization", "")
        if self._right(request, said):
            return self.store(request)
        self.refused += 1
        nonce = ', qop="auth", nonce="abc", opaque="def", algorithm="MD5"' if self.scheme == "digest" else ""
        return httpx.Response(401, headers={"WWW-Authenticate": f'{self.scheme.title()} realm="store"{nonce}'})

    def _right(self, request: httpx.Request, said: str) -> bool:
        if self.scheme == "basic":
            return said == httpx.BasicAuth(self.user, self.password)._auth_header
        parts = dict(re.findall(r'(\w+)="?([^",]*)"?', said))
        first = _md5(f"{self.user}:store:{self.password}")
        second = _md5(f"{request.method}:{request.url.raw_path.decode()}")
        rest = f"{parts.get('nonce')}:{parts.get('nc')}:{parts.get('cnonce')}:auth"
        return parts.get("response") == _md5(f"{first}:{rest}:{second}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


class Server(ThreadingHTTPServer):
    """Says nothing of a client that hangs up: what is printed is held against what the command printed."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def over_http(answer: Callable[[httpx.Request], httpx.Response]) -> Iterator[str]:
    """A store at a free port of this machine; gives its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            url = f"http://{self.headers['Host']}{self.path}"
            response = answer(httpx.Request(self.command, url, headers=list(self.headers.items()), content=body))
            self.send_response(response.status_code)
            for name, value in response.headers.items():
                if name != "content-length":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(response.content)))
            self.end_headers()
            self.wfile.write(response.content)

        do_POST = do_PUT = do_DELETE = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
