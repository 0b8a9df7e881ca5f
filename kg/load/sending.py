"""A chunk as a request: N-Quads, N-Triples for each graph, or an update; cut in two where it is too large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.load.client import QUADS, TRIPLES, Client, TooLargeError
from kg.load.dialects import Body, Dialect
from kg.load.source import Row

Send = Callable[[list[Row]], None]


def send_all(rows: list[Row], send: Send) -> None:
    """Send a chunk; a store that answers 413 gets it in halves. Raises ``TooLargeError`` for one triple too large."""
    try:
        send(rows)
    except TooLargeError:
        if len(rows) == 1:
            raise
        middle = len(rows) // 2
        send_all(rows[:middle], send)
        send_all(rows[middle:], send)


def sender(client: Client, dialect: Dialect) -> Send:
    """How this store takes a chunk."""
    match dialect.body:
        case Body.QUADS:
            return lambda rows: post_quads(client, dialect, "POST", client.url(dialect.data), rows)
        case Body.GRAPH:
            return lambda rows: _post_graphs(client, dialect, rows)
        case Body.UPDATE:
            return lambda rows: client.update(dialect, insertion(rows))


def post_quads(
    client: Client, dialect: Dialect, method: str, url: str, rows: list[Row], params: Mapping[str, str] | None = None
) -> None:
    """Rows as N-Quads to one address."""
    body = "".join(f"{triple} {graph} .\n" if graph else f"{triple} .\n" for graph, triple in rows)
    client.send(method, url, dialect, content=body.encode(), params=params, headers={"Content-Type": QUADS})


def graph_request(dialect: Dialect, graph: str, triples: list[str]) -> dict[str, Any]:
    """Triples for one graph, by the SPARQL 1.1 Graph Store HTTP Protocol: what ``Client.send`` takes."""
    return {
        "params": {dialect.graph: graph[1:-1]} if graph else {"default": ""},
        "content": "".join(f"{triple} .\n" for triple in triples).encode(),
        "headers": {"Content-Type": TRIPLES},
    }


def insertion(rows: list[Row]) -> str:
    """Rows as one INSERT DATA."""
    blocks = []
    for graph, group in _by_graph(rows):
        triples = "".join(f"{triple} .\n" for triple in group)
        blocks.append(f"GRAPH {graph} {{\n{triples}}}\n" if graph else triples)
    return f"INSERT DATA {{\n{''.join(blocks)}}}"


def _post_graphs(client: Client, dialect: Dialect, rows: list[Row]) -> None:
    for graph, triples in _by_graph(rows):
        client.send("POST", client.url(dialect.data), dialect, **graph_request(dialect, graph, triples))


def _by_graph(rows: list[Row]) -> list[tuple[str, list[str]]]:
    ordered = sorted(rows, key=itemgetter(0))
    return [(graph, [triple for _, triple in group]) for graph, group in groupby(ordered, itemgetter(0))]
