"""``kg load``: put a graph into a triple store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.errors import ExitCode
from kg.load.dialects import Store


def load(
    graph: Annotated[
        Path, typer.Argument(metavar="GRAPH", help="Turtle, TriG, N-Triples or N-Quads, told by its ending, also .gz.")
    ],
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The store: http://localhost:7878.")],
    store: Annotated[Store | None, typer.Option(help="Which store it is; else its answer says it.")] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--graph", metavar="IRI", help="The graph to replace, or 'default'; named graphs keep their names."
        ),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to remember how far it is, else beside GRAPH.")
    ] = None,
    query_at: Annotated[
        str | None, typer.Option(metavar="URL", help="Where a generic store is queried, if not at --to.")
    ] = None,
) -> ExitCode:
    """Put a graph into a triple store, in the place of the one before.

    Nobody sees it half: docs/stores.md says how far each store keeps that. A load that was killed goes on where it was
    when it is called again. Credentials come from the environment alone: KG_STORE_USER and KG_STORE_PASSWORD, or
    KG_STORE_TOKEN.
    """
    from kg.load.credentials import Credentials
    from kg.load.loader import load
    from kg.load.settings import LoadSettings

    settings = LoadSettings(to, store, into, state, query_at)
    with console.progress() as bar:
        result = load(graph, settings, Credentials.of(os.environ), bar)
    console.put(f"{result.summary()}\n")
    return ExitCode.YES
