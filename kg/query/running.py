"""Queries that end in time: each is answered by a process of its own, which is stopped when it takes too long.

>>> answer(Path("graph.ttl"), "SELECT ?t WHERE { ?t a tg:Treaty }").rows
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kg.errors import InputError, SettingsError, StoreError
from kg.query.answers import Answer
from kg.query.scan import words
from kg.query.service import check_services
from kg.query.worker import READY

_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_CHARACTERS = re.compile(r"\[[^\]]*'[^\]]*'\]|\[_\]")


def answer(graph: Path, query: str, timeout: float = 60.0, services: Collection[str] = ()) -> Answer:
    """What a graph (a file or a store folder) answers to a query in SPARQL 1.1; known prefixes are declared.

    ``timeout`` are the seconds that the query may take once the graph is read; ``services`` the hosts (``name`` or
    ``name:port``) whose endpoints it may ask. Raises ``SettingsError`` for a query that is wrong, an update, or one
    that asks another endpoint, ``InputError`` for a graph that cannot be read, ``StoreError`` when it took too long
    or another endpoint failed.
    """
    _refuse_updates(query)
    network = check_services(query, services)
    request = {"graph": str(graph), "query": query, "network": network}
    with _started() as process:
        try:
            return _outcome(_exchange(process, request, timeout), timeout)
        except subprocess.TimeoutExpired:
            raise StoreError(f"{graph}: no answer after {timeout:g} seconds; --timeout allows more") from None
        finally:
            process.kill()


def _started() -> subprocess.Popen[bytes]:
    # -P and a path of our own: the folder that the person is in must not offer modules to import.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(str(Path(part).absolute()) for part in sys.path if part)}
    command = [sys.executable, "-P", "-m", "kg.query.worker"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment)


def _exchange(process: subprocess.Popen[bytes], request: dict[str, Any], timeout: float) -> bytes:
    """What the process says; the time counts from when it has read the graph."""
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(request).encode() + b"\n")
    first = process.stdout.read(1)
    rest, _ = process.communicate(timeout=timeout)
    if process.returncode:
        raise StoreError(f"{request['graph']}: the query ended early ({process.returncode}): not enough memory?")
    return rest if first == READY else first + rest


def _outcome(told: bytes, timeout: float) -> Answer:
    head, _, body = told.partition(b"\n")
    said = json.loads(head)
    match said["kind"]:
        case "input":
            raise InputError(said["source"], said["message"])
        case "syntax":
            raise SettingsError(f"the query is wrong: {_readable(said['message'])}")
        case "failure":
            raise StoreError(f"the query failed: {said['message']}")
        case kind:
            return Answer(kind, body)


def _refuse_updates(query: str) -> None:
    for _, word in words(query):
        if word.upper() in _UPDATES:
            raise SettingsError(f"{word.upper()} is an update: kg query only reads")
        if word.upper() in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return


def _readable(message: str) -> str:
    """``error at 2:9: expected one of ...`` as ``line 2, column 9: ...``, without its classes of characters."""
    found = _PLACE.match(message)
    if not found:
        return message
    if "Prefix not found" in found[3]:
        return f"line {found[1]}: a prefix before column {found[2]} is not declared"
    expected = found[3].removeprefix("expected ").removeprefix("one of ")
    known = [part.strip() for part in _CHARACTERS.sub("", expected).split(", ") if part.strip(" \n'|")]
    return f"line {found[1]}, column {found[2]}" + (f": expected {' or '.join(known[:5])}" if known else "")
