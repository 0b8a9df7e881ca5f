"""Wikidata's services on this machine: its API over recorded entities, its query service over pyoxigraph, and a service
of the Reconciliation API. Counts what is asked, and refuses first where it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

FIXTURES = Path(__file__).parent / "fixtures" / "wikidata"
Refusal = tuple[int, dict[str, str], bytes]


@dataclass
class Services:
    """What the server has, and what happened: ``asked`` are paths with parameters, ``together`` how many at once."""

    entities: dict[str, Any]
    store: Store
    refusals: list[Refusal] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    reconciled: Callable[[dict[str, Any]], dict[str, Any]] = lambda query: {"result": []}
    manifest: dict[str, Any] = field(
        default_factory=lambda: {
            "versions": ["0.2"],
            "name": "test",
            "identifierSpace": "http://www.wikidata.org/entity/",
            "schemaSpace": "http://www.wikidata.org/prop/direct/",
        }
    )
    at_once: int = 0
    most_at_once: int = 0
    url: str = ""

    def answer(self, path: str, params: dict[str, str]) -> tuple[int, str]:
        if path == "/w/api.php":
            return 200, json.dumps(self._api(params))
        if path == "/sparql":
            results = self.store.query(params["query"])
            return 200, results.serialize(format=QueryResultsFormat.JSON).decode()  # type: ignore[union-attr]
        if path == "/reconcile":
            return 200, json.dumps(self._reconcile(params))
        return 404, "{}"

    def _api(self, params: dict[str, str]) -> dict[str, Any]:
        if params["action"] == "wbsearchentities":
            hits = [id for id, each in self.entities.items() if params["search"].lower() in _names(each)]
            return {"search": [{"id": id} for id in hits[: int(params["limit"])]], "success": 1}
        ids = params["ids"].split("|")
        assert len(ids) <= 50
        return {"entities": {id: self.entities.get(id, {"id": id, "missing": ""}) for id in ids}, "success": 1}

    def _reconcile(self, params: dict[str, str]) -> dict[str, Any]:
        if "queries" not in params:
            return self.manifest
        return {key: self.reconciled(query) for key, query in json.loads(params["queries"]).items()}


def _names(entity: dict[str, Any]) -> list[str]:
    aliases = entity["aliases"].get("en", ()) if isinstance(entity["aliases"], dict) else ()
    return [entity["labels"]["en"]["value"].lower(), *(alias["value"].lower() for alias in aliases)]


def services() -> Services:
    store = Store()
    store.bulk_load(path=FIXTURES / "data.ttl", format=RdfFormat.TURTLE)
    return Services(json.loads((FIXTURES / "entities.json").read_text(encoding="utf-8"))["entities"], store)


@contextmanager
def serving(state: Services) -> Iterator[Services]:
    """The services at ``state.url``."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._respond(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._respond(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _respond(self, form: str) -> None:
            params = {name: values[0] for name, values in parse_qs(form).items()}
            path = urlsplit(self.path).path
            with lock:
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
                state.asked.append((path, params, self.headers.get("User-Agent", "")))
                refusal = state.refusals.pop(0) if state.refusals else None
            if refusal:
                self._send(*refusal)
            else:
                status, text = state.answer(path, params)
                self._send(status, {"Content-Type": "application/json"}, text.encode())

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            with lock:  # before the answer leaves, for the next request may come as soon as it has
                state.at_once -= 1
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
