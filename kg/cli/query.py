"""``kg query``: ask a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kg.cli import console
from kg.errors import ExitCode
from kg.query.layout import Layout


def query(
    graph: Annotated[
        Path | None,
        typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, also as .gz, or a store folder (RocksDB)."),
    ] = None,
    sparql: Annotated[
        str | None, typer.Argument(metavar="SPARQL", help="A query; known prefixes are declared.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="A file with the query, '-' for standard input.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="A named question instead.")] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for a parameter of the named question."),
    ] = None,
    format: Annotated[
        Layout | None, typer.Option(help="How to write the answer; else as a table, a graph as turtle.")
    ] = None,
    timeout: Annotated[float, typer.Option(help="How many seconds the query may take once the graph is read.")] = 60.0,
    services: Annotated[
        list[str] | None,
        typer.Option("--allow-service", metavar="HOST", help="A host whose endpoint SERVICE may ask; none without it."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named questions and their parameters.")] = False,
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print the SPARQL of a named question.")
    ] = None,
) -> ExitCode:
    """Ask a graph in SPARQL 1.1, or by the name of a question.

    The answer to ASK is true or false, and the exit code says it too: 1 for false and where nothing was found.
    """
    from kg.query import asking

    if list_ or show:
        console.put_lines(asking.about(show, parameters or ()))
        return ExitCode.YES
    asked = asking.Asked(graph, sparql, file, name, tuple(parameters or ()))
    found = asking.ask(asked, sys.stdin, timeout, services or ())
    console.put(found.written(format, Console().width if sys.stdout.isatty() else None).decode())
    return ExitCode.YES if found else ExitCode.NO
