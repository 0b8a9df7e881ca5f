"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

References = Annotated[
    list[Path] | None,
    typer.Option(
        "--reference",
        metavar="FILE",
        help="Your own entities, before the packaged ones: .csv, .tsv or .ttl; may be given again.",
    ),
]

Pipeline = Annotated[
    str, typer.Option(metavar="NAME", help="The language pipeline: default, fast, a folder or a spaCy package.")
]

Json = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]

Decisions = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FILE", help="What was decided in 'kg review': it is respected."),
]
