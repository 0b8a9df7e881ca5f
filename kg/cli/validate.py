"""``kg validate``: check any graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg import report
from kg.cli import console
from kg.errors import ExitCode


class FailOn(StrEnum):
    """The mildest finding that makes ``kg validate`` say no."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"
    NONE = "none"


def validate(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph in any RDF syntax, told by its ending.")],
    fail_on: Annotated[FailOn, typer.Option(help="The mildest finding that makes the answer no.")] = FailOn.VIOLATION,
    report_file: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Where to write the sh:ValidationReport, as Turtle.")
    ] = None,
) -> ExitCode:
    """Check any graph: that its IRIs and literals are well-formed, then the shapes."""
    from kg.rdf.validate import Severity, validate
    from kg.writing import write_text

    found = validate(graph)
    if report_file:
        write_text(report_file, found.to_turtle())
    console.put_lines(report.findings(found))
    console.put(f"{found.triples:,} triples; conforms: {report.conformance(found)}\n")
    threshold = None if fail_on is FailOn.NONE else Severity(fail_on)
    return ExitCode.YES if found.conforms(threshold) else ExitCode.NO
