"""The process that answers one query: pyoxigraph cannot be told to stop, a process can.

It reads a request as one line of JSON on standard input and writes to standard output: ``READY`` when the graph is
read, then a line of JSON that says what follows, then the answer itself. Run by ``kg.query.running`` alone.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from kg.errors import InputError
from kg.namespaces import PREFIXES
from kg.query.graphs import open_graph

READY = b"."


def main(requests: BinaryIO, out: BinaryIO) -> None:
    """Answer the one request."""
    request = json.loads(requests.readline())
    graph = Path(request["graph"])
    try:
        store = open_graph(graph)
        out.write(READY)
        out.flush()
        if not (request["network"] or graph.is_dir()):
            _forbid_new_connections()
        kind, body = _answer(store, request["query"], union=graph.is_dir())
        _say(out, {"kind": kind}, body)
    except InputError as error:
        _say(out, {"kind": "input", "source": error.source, "message": error.cause})
    except SyntaxError as error:
        _say(out, {"kind": "syntax", "message": str(error)})
    except (OSError, ValueError, RuntimeError) as error:
        _say(out, {"kind": "failure", "message": str(error)})


def _answer(store: Store, query: str, union: bool) -> tuple[str, bytes]:
    """SPARQL JSON for a table or yes-or-no, sorted N-Triples for a graph."""
    found = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=union)
    if isinstance(found, QueryTriples):
        triples = sorted(set(found), key=str)
        return "graph", serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    kind = "boolean" if isinstance(found, QueryBoolean) else "rows"
    return kind, found.serialize(format=QueryResultsFormat.JSON) or b""


def _forbid_new_connections() -> None:
    """Without a free file descriptor there is no socket, whatever the query asks for."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _say(out: BinaryIO, what: dict[str, Any], body: bytes = b"") -> None:
    out.write(json.dumps(what).encode() + b"\n" + body)
    out.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
