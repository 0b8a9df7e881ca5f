"""What the commands print: answers on standard output, complaints and progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console, RenderableType

from kg import progress as progressing
from kg.errors import OutputError

PIPED_WIDTH = 120


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"kg: {message}", file=sys.stderr)


def explain(usage: str) -> None:
    """A help text where a command should have been: on standard error, because it is no answer."""
    print(usage, file=sys.stderr)


def put(text: str) -> None:
    """Write to standard output now; raises ``OutputError`` when it is full or nobody reads it any more."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit and would complain about the same error again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"standard output: {error.strerror}") from error


def put_lines(lines: Iterable[str]) -> None:
    """Each with its end of line."""
    put("".join(f"{line}\n" for line in lines))


def put_json(value: dict[str, Any]) -> None:
    """One object, indented."""
    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def show(what: RenderableType) -> None:
    """Print a table, with colours on a terminal alone; in a pipe it has more room than an 80-column terminal."""
    there = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    with there.capture() as captured:
        there.print(what)
    put(captured.get())


@contextmanager
def progress(quiet: bool = False) -> Iterator[progressing.Progress]:
    """What a long job tells, on a terminal; over at the end, well or not."""
    bar = progressing.for_console(Console(stderr=True), quiet)
    try:
        yield bar
    finally:
        bar.done()
