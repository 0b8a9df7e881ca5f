"""``kg reference``: search what is known before reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg import namespaces, report
from kg.cli import console, options
from kg.errors import ExitCode

if TYPE_CHECKING:
    from kg.resolution.records import Record
    from kg.resolution.reference import Reference


def reference(
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="A name, or a part of one; all without it.")
    ] = None,
    references: options.References = None,
    base: Annotated[str, typer.Option(help="The IRI that the ids in your graphs are behind.")] = namespaces.ID,
) -> ExitCode:
    """Search the packaged reference data, and your own.

    It holds the states of each time, organisations, persons, places and treaties, and says where each comes from.
    """
    from kg.cli.known import reference_with

    known, wrong = reference_with(references, base)
    found = _search(known, query or "")
    if found:
        console.put_lines(report.records(found))
    else:
        console.complain(f"no record is called {query!r}")
    return ExitCode.INPUT if wrong else ExitCode.YES if found else ExitCode.NO


def _search(known: Reference, query: str) -> tuple[Record, ...]:
    """Records of this name first, then those with a name that holds it."""
    exact = known.by_name(query) if query else ()
    holding = (each for name, each, _ in known.names() if query.casefold() in name.casefold())
    return tuple(dict.fromkeys((*exact, *holding)))
