"""The server's addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg import resources
from kg.serve import guard, negotiate, protocol, service, wire
from kg.serve.answers import Answers
from kg.serve.doors import Doors
from kg.serve.evaluate import GRAPHS, RESULTS
from kg.serve.pool import Pool
from kg.serve.protocol import ProtocolError
from kg.serve.reconcile.api import VIEWS as RECONCILE
from kg.serve.reply import Reply
from kg.serve.settings import ServeSettings
from kg.serve.views import PAGES
from kg.serve.views.described import FORMS

Handler = Callable[[Request], Awaitable[Response]]
_BY_TYPE = {"text/html": "html", "application/xhtml+xml": "html"} | {kind: form for form, (_, kind) in FORMS.items()}
_BY_ENDING = {"html": "html", "ttl": "turtle", "nt": "ntriples", "jsonld": "jsonld", "rdf": "rdfxml"}


def application(pool: Pool, settings: ServeSettings, today: Callable[[], dt.date] = dt.date.today) -> Starlette:
    """The ASGI application over a pool of workers, which it starts. ``today`` ends the timeline."""
    server = _Server(pool, frozenset(host.lower() for host in settings.allow_hosts), today)

    @asynccontextmanager
    async def started(_: Starlette) -> AsyncIterator[None]:
        await pool.start()
        yield

    routes = [
        Route("/", server.view("home")),
        Route("/sparql", server.sparql, methods=["GET", "POST", "OPTIONS"]),
        Mount("/static", StaticFiles(directory=resources.data("web") / "static")),
        *(Route(f"/{name}", server.view(name)) for name in PAGES),
        *(Route(f"/{name}", server.reconcile(name), methods=["GET", "POST", "OPTIONS"]) for name in RECONCILE),
        Route("/{path:path}", server.resource),
    ]
    return Starlette(routes=routes, lifespan=started, middleware=[Middleware(Doors, settings=settings)])


class _Server:
    def __init__(self, pool: Pool, allowed: frozenset[str], today: Callable[[], dt.date]) -> None:
        self._answers = Answers(pool.ask)
        self._allowed = allowed
        self._today = today

    def view(self, name: str) -> Handler:
        """A page that takes the parameters of the query string."""

        async def shown(request: Request) -> Response:
            return await self._shown(name, {**request.query_params, "today": str(self._today().year)})

        return shown

    def reconcile(self, name: str) -> Handler:
        """A request of the Reconciliation API, with the parameters of address and form, and the body."""

        async def answered(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Access-Control-Allow-Methods": "GET, POST, OPTIONS"})
            try:
                return await self._shown(name, await _parameters(request))
            except ProtocolError as error:
                return PlainTextResponse(f"{error}\n", error.status)

        return answered

    async def resource(self, request: Request) -> Response:
        """A node of the graph at the path of its IRI, or at ``/resource?iri=``."""
        path = request.scope["path"]
        arguments = {"path": path}
        if path == "/resource":
            arguments = {"iri": request.query_params.get("iri", "")}
        arguments["form"] = _form(request)
        response = await self._shown("resource", arguments)
        response.headers.add_vary_header("Accept")
        return response

    async def sparql(self, request: Request) -> Response:
        """The endpoint; without a query, a page to write one for those who read pages."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
        if request.method == "GET" and not request.url.query:
            return self._about_endpoint(request)
        try:
            asked = protocol.operation(
                request.method, request.url.query, request.headers.get("content-type", ""), await _body(request)
            )
            own = guard.check(asked.query, self._allowed)
        except ProtocolError as error:
            return PlainTextResponse(f"{error}\n", error.status)
        except guard.Refused as error:
            return PlainTextResponse(f"Refused: {error}\n", 403)
        return await self._ask(_query(asked, own, request.headers.get("accept", "")), Vary="Accept")

    def _about_endpoint(self, request: Request) -> Response:
        """The page to write queries on, or the service description (SPARQL 1.1 Service Description, 2)."""
        form = _form(request)
        if form == "html":
            return RedirectResponse("/query", 303)
        return _response(service.description(str(request.url), form), {"Vary": "Accept"})

    async def _shown(self, view: str, arguments: dict[str, str]) -> Response:
        return await self._ask({"do": "view", "view": view, "arguments": arguments})

    async def _ask(self, head: wire.Head, **headers: str) -> Response:
        return _response(await self._answers.ask(head), headers)


def _query(asked: protocol.Operation, own: guard.Dataset, accept: str) -> wire.Head:
    dataset = asked.dataset or own
    return {
        "do": "query",
        "query": asked.query,
        "default": dataset.default,
        "named": dataset.named,
        "results": negotiate.best(accept, RESULTS),
        "graphs": negotiate.best(accept, GRAPHS),
    }


def _response(reply: Reply, headers: dict[str, str]) -> Response:
    return Response(reply.body, reply.status, {**reply.headers, **headers, "Content-Type": reply.media_type})


async def _parameters(request: Request) -> dict[str, str]:
    body = (await _body(request)).decode("utf-8", "replace")
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    form = dict(parse_qsl(body, keep_blank_values=True)) if media_type == protocol.FORM else {}
    return {**request.query_params, **form, "body": body, "base": str(request.base_url).rstrip("/")}


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > protocol.LARGEST:
            raise ProtocolError(413, f"the request is longer than {protocol.LARGEST:,} bytes")
    return bytes(body)


def _form(request: Request) -> str:
    wanted = _BY_ENDING.get(request.query_params.get("format", ""))
    chosen = negotiate.best(request.headers.get("accept", ""), _BY_TYPE)
    return wanted or _BY_TYPE.get(chosen or "", "html")
