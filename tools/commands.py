"""Write ``docs/commands.md`` from the help texts of the commands: ``python -m tools.commands``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from kg import cli

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
WIDTH = 100
HEAD = """# Commands

Written by `make docs` from the help of each command. How commands end: [exit codes](exit-codes.md).
"""


def helps() -> Iterator[tuple[str, str]]:
    """Each command as it is called and its help text."""
    command = typer.main.get_command(cli.app)
    top = command.make_context("kg", [], resilient_parsing=True, terminal_width=WIDTH)
    yield "kg", top.get_help()
    yield from _below(command, top)


def _below(group: object, parent: typer.Context) -> Iterator[tuple[str, str]]:
    for name, sub in sorted(getattr(group, "commands", {}).items()):
        context = sub.make_context(name, [], parent=parent, resilient_parsing=True)
        yield context.command_path, context.get_help()
        yield from _below(sub, context)


def page() -> str:
    """The whole page, Markdown."""
    sections = (f"\n## `{name}`\n\n```text\n{text.rstrip()}\n```\n" for name, text in helps())
    return HEAD + "".join(sections)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
