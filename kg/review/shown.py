"""Questions as they are shown: for a person in the terminal, and as lines of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode, Quad
from rich.console import RenderableType
from rich.text import Text

from kg.resolution.decisions import Decision, Decisions
from kg.review.questions import Evidence, Question
from kg.review.session import choices
from kg.wikidata.linking import base_of


def of_question(question: Question, number: int, total: int) -> Iterator[RenderableType]:
    """The question, what it rests on, the words of the texts, and the keys."""
    yield Text(f"\n{number}/{total}  {question.title}", style="bold")
    for line in question.lines:
        yield Text(f"  {line}")
    for each in question.evidence:
        yield _quoted(each)
    yield Text(choices(question), style="dim")


def lines(questions: Sequence[Question]) -> Iterator[str]:
    """What is open, a block each."""
    for question in questions:
        yield question.title
        yield from (f"  {line}" for line in question.lines)
        yield from (f"  {_quoted(each).plain.strip()}" for each in question.evidence)
    yield f"{len(questions):,} open"


def stale(quads: Sequence[Quad], decisions: Decisions) -> Iterator[Decision]:
    """The decisions about entities that are not, or no longer, in the graph."""
    base = base_of(quads)
    there = frozenset(q.subject.value.removeprefix(base) for q in quads if isinstance(q.subject, NamedNode))
    return decisions.missing(there)


def _quoted(evidence: Evidence) -> Text:
    before, behind = (" ".join(part.split()) for part in (evidence.before, evidence.behind))
    shown = Text(f"  {evidence.document}: ")
    shown.append(f"… {before} " if before else "")
    shown.append(" ".join(evidence.words.split()), style="bold")
    shown.append(f" {behind} …" if behind else "")
    return shown
