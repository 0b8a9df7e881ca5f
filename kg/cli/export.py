"""``kg export``: write a graph for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.errors import ExitCode
from kg.export.formats import ExportFormat


def export(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, or a store folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write, for csv a folder.")],
    format: Annotated[
        ExportFormat | None, typer.Option(help="What to write; else the ending of the file says it.")
    ] = None,
) -> ExitCode:
    """Write a graph for other tools: any RDF syntax, RDF 1.2, GraphML for Gephi, CSV for Neo4j."""
    from kg.export.exporting import export as write

    console.put(f"{graph} is in {output}, as {write(graph, output, format)}.\n")
    return ExitCode.YES
