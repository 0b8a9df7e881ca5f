"""``kg wikidata``: an index of a dump, and statements to give back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.errors import ExitCode
from kg.settings import parse_day


def index(
    dump: Annotated[Path, typer.Argument(metavar="DUMP", help="A JSON dump of Wikidata: .json, .json.gz, .json.bz2.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="INDEX", help="The file to write.")],
) -> ExitCode:
    """Make an index of the states, organisations, politicians, treaties, offices, conflicts and places of a dump.

    A run that was interrupted goes on where it was when it is called again.
    """
    from kg.wikidata import report as told
    from kg.wikidata.indexing import make_index

    with console.progress() as bar:
        result = make_index(dump, output, bar)
    console.put_lines(told.index_lines(result))
    return ExitCode.YES


def statements(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph with links to Wikidata.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="The folder to write to.")],
    known: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help="What Wikidata has: an index, or a file or folder (.json) of entities in its JSON."
        ),
    ],
    retrieved: Annotated[
        str, typer.Option(metavar="YYYY-MM-DD", help="The day on which the sources were read, told as P813.")
    ],
    confidence: Annotated[float, typer.Option(help="The least confidence of a claim, 0 to 1.")] = 0.8,
) -> ExitCode:
    """Write statements that Wikidata does not have, as QuickStatements and as a table, for a person to review."""
    from kg.resolution.reference import Reference
    from kg.wikidata import report as told
    from kg.wikidata.statements import StatementSettings, write_statements

    settings = StatementSettings(parse_day(retrieved, "--retrieved"), confidence)
    result = write_statements(graph, output, known, settings, Reference.load())
    for line in result.refused:
        console.complain(f"refused: {line}")
    console.put_lines(told.statement_lines(result))
    return ExitCode.YES


def commands() -> typer.Typer:
    """The group of these commands."""
    made = typer.Typer(help="Make an index of Wikidata to link to, and statements to give back.", rich_markup_mode=None)
    made.command()(index)
    made.command()(statements)
    return made
