"""``kg review``: a person decides what is open in a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import console
from kg.errors import ExitCode
from kg.settings import parse_day

if TYPE_CHECKING:
    from kg.resolution.decisions import Decisions
    from kg.review.questions import Question


def review(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A graph that 'kg build' or 'kg link' wrote.")],
    decisions: Annotated[
        Path | None, typer.Option("--decisions", metavar="FILE", help="Where decisions are kept; else beside GRAPH.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Print what is open, and decide nothing.")] = False,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides, to be kept with each decision.")] = "",
    on: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The day of the review, to be kept too.")] = "",
    entity: Annotated[
        str | None,
        typer.Option(metavar="ENTITY", help="Go through the mentions of this entity alone: an id, IRI or name."),
    ] = None,
) -> ExitCode:
    """Decide about unsure links, possible duplicates, nodes that may be several and disagreements, one at a time.

    Each decision is kept at once; what was decided is not asked again. 'kg build' and 'kg link' respect the file.
    """
    from kg.explain.finding import find
    from kg.rdf.validate import read_quads
    from kg.resolution.decisions import Decisions as Made
    from kg.resolution.decisions import read, write
    from kg.review import shown
    from kg.review.questions import Questions
    from kg.review.session import Session

    file = decisions or graph.with_name(f"{graph.stem}.decisions.tsv")
    day = parse_day(on, "--on").text if on else ""
    quads = read_quads(graph)
    made = read(file) if file.exists() else Made()
    asked = Questions(quads)
    for each in asked.stale(made):
        console.complain(f"{file}: {each.ignored}")
    wanted = None if entity is None else find(quads, entity)
    if entity is not None and wanted is None:
        console.complain(f"{graph}: nothing is called {entity!r}")
        return ExitCode.NO
    if wanted is not None and not asked.texts.mentions[wanted]:
        console.complain(f"{graph}: no text mentions {entity!r}")
        return ExitCode.NO
    questions = asked.open(made) if wanted is None else [asked.mentions(wanted, made)]
    if list_:
        console.put_lines(shown.lines(questions))
        return ExitCode.YES

    def keep(now: Decisions) -> None:
        write(file, now)

    count = Session(asked, made, _ask, keep, console.complain, by, day).run(questions)
    console.put(f"{count:,} decided, {len(asked.open(made)):,} open. The decisions are in {file}.\n")
    return ExitCode.YES


def _ask(question: Question, number: int, total: int) -> str | None:
    """Show a question and read a line; ``None`` at the end of input."""
    from kg.review import shown

    for part in shown.of_question(question, number, total):
        console.show(part)
    console.put("> ")
    line = sys.stdin.readline()
    return line.strip().lower() if line else None
