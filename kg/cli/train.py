"""``kg train``: rebuild the language pipelines."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli import console
from kg.errors import ExitCode


def train(
    data: Annotated[
        Path, typer.Option(metavar="DIR", help="The public data: treebank/, ner/ and reference/ (docs/training.md).")
    ],
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Unlabelled news and history, .txt and .jsonl; else DATA/texts.")
    ] = None,
    held_out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder whose texts are not trained on, wherever they are.")
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where the pipelines and all steps before them go.")
    ] = Path("output/training"),
) -> ExitCode:
    """Rebuild both language pipelines from public data.

    Needs treatygraph[train] and some hours. A run that was stopped goes on where it was.
    """
    from kg import training

    with console.progress() as bar:
        figures = training.train(data, texts or data / "texts", held_out, output, bar)
    console.put_json(figures)
    console.put(f"The pipelines are in {output / 'default'} and {output / 'fast'}.\n")
    return ExitCode.YES
