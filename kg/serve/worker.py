"""A worker: answers one request after the other, in a process of its own that can be killed at any time."""

from __future__ import annotations

import socket

from kg.serve import evaluate, wire
from kg.serve.evaluate import Asked, BadQuery, NotAcceptable, TooManyRows
from kg.serve.graph import Graph
from kg.serve.guard import Dataset, Refused
from kg.serve.reconcile.api import VIEWS as RECONCILE
from kg.serve.reply import Reply
from kg.serve.views import VIEWS


def work(graph: Graph, requests: socket.socket, rows: int) -> None:
    """Answer what comes in on ``requests`` until its other side is closed."""
    while True:
        try:
            head, _ = wire.receive(requests)
            reply = _answer(graph, head, rows)
            wire.send(requests, reply.head, reply.body)
        except wire.Closed:
            return


def _answer(graph: Graph, head: wire.Head, rows: int) -> Reply:
    try:
        return _query(graph, head, rows) if head["do"] == "query" else _view(graph, head)
    except BadQuery as error:
        return Reply.plain(400, f"The query cannot be read: {error}")
    except Refused as error:
        return Reply.plain(403, f"Refused: {error}")
    except NotAcceptable as error:
        return Reply.plain(406, f"Not acceptable: {error}")
    except TooManyRows:
        way_out = "narrow the query, or page it with LIMIT and OFFSET"
        return Reply.plain(413, f"The result has more than {rows:,} rows, so nothing is sent: {way_out}")
    except MemoryError:
        return Reply.plain(503, "Out of memory: the query needs more than one request may have")
    except OSError as error:
        # The engine's way to report that a SERVICE did not answer.
        return Reply.plain(502, f"The query could not be evaluated: {error}")
    except Exception as error:
        return Reply.plain(500, f"A bug, not your request ({type(error).__name__}: {error}); please report it")


def _view(graph: Graph, head: wire.Head) -> Reply:
    return (VIEWS | RECONCILE)[head["view"]](graph, head["arguments"])


def _query(graph: Graph, head: wire.Head, rows: int) -> Reply:
    dataset = Dataset(tuple(head["default"]), tuple(head["named"]))
    answer = evaluate.evaluate(graph.store, Asked(head["query"], dataset, head["results"], head["graphs"]), rows)
    return Reply(200, answer.media_type, answer.body)
