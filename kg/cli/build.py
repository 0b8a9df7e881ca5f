"""``kg build``: read texts and write what they tell as a graph."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kg import namespaces, report
from kg.cli import console, options
from kg.errors import ExitCode
from kg.settings import BuildSettings, Format, format_of, parse_day, parse_fields


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Files, folders, globs or addresses to read, '-' for standard input: .txt, .html, .htm, .md, .jsonl,"
            " each also as .gz.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path("output/graph.ttl"),
    format: Annotated[
        Format | None, typer.Option(help="The serialisation; else the ending of the file says it.")
    ] = None,
    base: Annotated[str, typer.Option(help="The IRI that the ids of entities are put behind.")] = namespaces.ID,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day of documents that give none themselves.")
    ] = None,
    workers: Annotated[int, typer.Option(help="How many processes read; the result is the same for any number.")] = 1,
    timeout: Annotated[float, typer.Option(help="How many seconds an address may take to answer.")] = 20.0,
    pipeline: options.Pipeline = "default",
    validation_report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write the sh:ValidationReport, as Turtle.")
    ] = None,
    fields: Annotated[
        str | None,
        typer.Option(
            metavar="OURS=THEIRS,...", help="Other names of the fields of JSON lines: text=body,title=headline."
        ),
    ] = None,
    references: options.References = None,
    decisions: options.Decisions = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Keep what is read of each document here: a run that was stopped goes on from there.",
        ),
    ] = None,
    no_validate: Annotated[bool, typer.Option("--no-validate", help="Do not check the graph.")] = False,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the texts of the documents out.")] = False,
    json_: options.Json = False,
) -> ExitCode:
    """Read texts and write what they tell as a graph.

    An input that cannot be read is reported and left out; the graph of the others is written all the same.
    """
    settings = BuildSettings(
        output=output,
        format=format_of(output, format),
        base=base,
        date=None if date is None else parse_day(date),
        workers=workers,
        timeout=timeout,
        pipeline=pipeline,
        validation_report=validation_report,
        fields={} if fields is None else parse_fields(fields),
        keep=keep,
        validate=not no_validate,
        keep_text=not no_text,
        reference=tuple(references or ()),
        decisions=decisions,
    )
    result = _build(inputs, settings, quiet=json_)
    for error in result.errors:
        console.complain(str(error))
    for each in result.ignored:
        console.complain(f"{decisions}: {each}")
    if json_:
        console.put_json(report.as_json(result))
    else:
        console.show(report.table(result))
        console.put(
            f"The graph is in {result.output}.\n" if result.triples else "Nothing was read, nothing is written.\n"
        )
    return _verdict(result)


def _build(inputs: Sequence[str], settings: BuildSettings, quiet: bool) -> report.BuildResult:
    from kg.pipeline import build as read_and_write

    with console.progress(quiet) as bar:
        return read_and_write(inputs, settings, bar, getattr(sys.stdin, "buffer", None))


def _verdict(result: report.BuildResult) -> ExitCode:
    if result.errors:
        return ExitCode.INPUT
    return ExitCode.YES if result.report is None or result.report.conforms() else ExitCode.NO
