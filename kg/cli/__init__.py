"""The command ``kg``: parse the options, call one function of the library, show what it tells, exit with its code.

A module a command. The stages are imported inside the commands, so that ``kg --version`` and a usage error do not wait
for spaCy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import typer

from kg.cli import (
    build,
    evaluate,
    explain,
    export,
    link,
    load,
    query,
    reference,
    review,
    running,
    serve,
    train,
    validate,
    wikidata,
)
from kg.cli.running import common


def _commands() -> typer.Typer:
    """All commands, in the order of the help."""
    made = typer.Typer(
        name="kg",
        help="Reads diplomatic texts and writes a knowledge graph that can be validated and queried.",
        epilog="Exit codes: 0 yes, 1 no, 2 usage, 3 input, 4 store, network or output, 5 a bug, 130 interrupted.",
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    made.callback(invoke_without_command=True)(common)
    for command in (
        build.build,
        validate.validate,
        evaluate.evaluate,
        train.train,
        load.load,
        reference.reference,
        serve.serve,
        query.query,
        explain.explain,
        review.review,
        export.export,
        link.link,
    ):
        made.command()(command)
    made.add_typer(wikidata.commands(), name="wikidata")
    return made


app = _commands()


def main() -> None:
    """The entry point of the command; numpy computes with one thread, since ``--workers`` is the way to more."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str], commands: typer.Typer = app) -> int:
    """Run one of the commands with these arguments; returns its ``ExitCode``, errors are lines on stderr."""
    return running.run(arguments, commands)
