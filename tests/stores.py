"""Real servers, started on free ports of this machine and stopped again; a missing one skips, with a line that says so.

``tests/install_stores.sh`` installs what it can of them.
"""

from __future__ import annotations

import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Triple, parse

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (Path(sys.executable).parent, ROOT / ".stores" / "node_modules" / ".bin")
HERE = "127.0.0.1"
TIMEOUT = 180
START = 180

VIRTUOSO = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {here}:{sql}
DefaultIsolation = 4
NumberOfBuffers = 10000
MaxDirtyBuffers = 7500
[HTTPServer]
ServerPort = {here}:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True)
class Server:
    """A running one: its address, where it is queried, with whose credentials and in which graph alone.

    ``missed`` is how many rows a count may miss that runs while a graph is replaced.
    """

    address: str
    query: str
    environment: Mapping[str, str] = field(default_factory=dict)
    auth: httpx.Auth | None = None
    graph: str | None = None
    missed: int = 0

    def select(self, query: str) -> list[dict[str, dict[str, str]]]:
        """The rows of a SELECT, as in SPARQL 1.1 Query Results JSON."""
        found = json.loads(self._answer(query, "application/sparql-results+json"))
        return found["results"]["bindings"]  # type: ignore[no-any-return]

    def construct(self, query: str) -> set[Triple]:
        """The triples of a CONSTRUCT."""
        return {quad.triple for quad in parse(self._answer(query, "application/n-triples"), RdfFormat.N_TRIPLES)}

    def _answer(self, query: str, kind: str) -> bytes:
        more = {"default-graph-uri": self.graph} if self.graph else {}
        patient = httpx.HTTPTransport(retries=8)  # Comunica starts anew after a query that takes too long.
        with httpx.Client(trust_env=False, timeout=TIMEOUT, auth=self.auth, transport=patient) as client:
            answer = client.post(self.query, data={"query": query, **more}, headers={"Accept": kind})
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text[:500]}"
        return answer.content


def program(name: str, where: str) -> str:
    """The path of an installed program; skips the test where there is none."""
    path = os.pathsep.join([*map(str, FOLDERS), os.environ.get("PATH", "")])
    found = shutil.which(name, path=path)
    if not found:
        pytest.skip(f"{name} is not installed ({where}): run tests/install_stores.sh")
    return found


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Oxigraph's own server, empty, its data in a folder."""
    binary = program("oxigraph", "PyPI: oxigraph")
    address = f"{HERE}:{free_port()}"
    with _running(
        [binary, "serve", "--location", str(folder / "data"), "--bind", address], folder, f"http://{address}/"
    ):
        yield Server(f"http://{address}", f"http://{address}/query")


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Virtuoso 7 with an empty database in a folder; its first user is dba, whose password is dba.

    Its readers ask in "repeatable read" (4): in its own default, "read committed" (2), a query that runs while a
    transaction is being committed sees part of it, whatever that transaction does (docs/stores.md). A few rows that
    are put in behind the place where it reads may still be missed.
    """
    binary = program("virtuoso-t", "Debian: virtuoso-opensource-7-bin")
    port = free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO.format(here=HERE, sql=free_port(), http=port), encoding="ascii")
    address = f"http://{HERE}:{port}"
    with _running([binary, "+foreground", "+configfile", "virtuoso.ini"], folder, f"{address}/sparql?query=ASK%7B%7D"):
        user = {"KG_STORE_USER": "dba", "KG_STORE_PASSWORD": "dba"}
        yield Server(address, f"{address}/sparql-auth", user, httpx.DigestAuth("dba", "dba"), missed=20)


@contextmanager
def comunica(folder: Path, graph: Path) -> Iterator[Server]:
    """Comunica's endpoint over a graph file that it fetches over HTTP."""
    binary = program("comunica-sparql-http", "npm: @comunica/query-sparql")
    with files(graph.parent) as site:
        port = free_port()
        query = f"http://{HERE}:{port}/sparql"
        call = [binary, f"{site}/{graph.name}", "-p", str(port), "-t", str(TIMEOUT), "-w", "1"]
        with _running(call, folder, f"{query}?query=ASK%7B%7D"):
            yield Server(f"http://{HERE}:{port}", query)


@contextmanager
def files(folder: Path) -> Iterator[str]:
    """The files of a folder, served over HTTP."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map = {".ttl": "text/turtle"}  # noqa: RUF012

        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer((HERE, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://{HERE}:{server.server_port}"
        server.shutdown()
        thread.join()


def free_port() -> int:
    with socket.create_server((HERE, 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def _running(call: Sequence[str], folder: Path, ready: str) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(call, cwd=folder, stdout=out, stderr=out, start_new_session=True)
        try:
            _wait(process, ready, log)
            yield
        finally:
            os.killpg(process.pid, 15)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    end = time.monotonic() + START
    with httpx.Client(trust_env=False, timeout=START / 3) as client:
        while time.monotonic() < end:
            with suppress(httpx.TransportError):
                if client.get(ready).status_code == 200:
                    return
            assert process.poll() is None, log.read_text(errors="replace")
            time.sleep(0.2)
    raise AssertionError(f"not ready after {START} s: {log.read_text(errors='replace')}")
