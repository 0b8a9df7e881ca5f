"""Running a command: its options parsed, its errors as lines on standard error, its end as an exit code."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer

from kg import __version__
from kg.cli import console
from kg.errors import ExitCode, TreatygraphError


@dataclass
class Flags:
    """What holds for the whole call."""

    debug: bool = False


def run(arguments: Sequence[str], commands: typer.Typer) -> int:
    """Run one of the commands with these arguments; returns its ``ExitCode``, errors are lines on stderr."""
    flags = Flags()
    command = typer.main.get_command(commands)
    try:
        with command.make_context("kg", list(arguments), obj=flags) as context:
            return command.invoke(context) or ExitCode.YES
    except typer.Exit as end:
        return end.exit_code
    except KeyboardInterrupt:
        console.complain("interrupted; files that were there before are untouched")
        return ExitCode.INTERRUPTED
    except Exception as error:
        if flags.debug:
            traceback.print_exc()
        return _failure(error)


def _failure(error: Exception) -> ExitCode:
    match error:
        case TreatygraphError():
            console.complain(str(error))
            return error.exit_code
        case typer.TyperException():
            console.complain(f"{error.format_message().rstrip('.')}. Try 'kg --help'.")
            return ExitCode.USAGE
        case _:
            what = f"{type(error).__name__}: {error}".strip().splitlines()[0]
            console.complain(
                f"a bug, not your input: {what} (please report it with what 'kg --debug ...' prints: CONTRIBUTING.md)"
            )
            return ExitCode.BUG


def _version(wanted: bool) -> None:
    if wanted:
        console.put(f"treatygraph {__version__}\n")
        raise typer.Exit


def common(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Print the traceback of an error.")] = False,
) -> None:
    # What holds for all commands; no docstring, because typer would show it as the help of the program.
    context.obj.debug = debug
    if context.invoked_subcommand is None:
        console.explain(context.get_help())
        raise typer.Exit(ExitCode.USAGE)
