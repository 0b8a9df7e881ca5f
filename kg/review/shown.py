"""Questions as they are shown: for a person in the terminal, and as lines of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from kg.review.evidence import Evidence
from kg.review.parting import Parting
from kg.review.questions import Question
from kg.review.session import choices

_SHOWN = 5
"""Mentions of one document that are shown of a node at first."""


def of_question(question: Question, number: int, total: int) -> Iterator[RenderableType]:
    """The question, what it rests on, the words of the texts, and the keys."""
    yield Text(f"\n{number}/{total}  {question.title}", style="bold")
    for line in question.lines:
        yield Text(f"  {line}")
    for each in question.evidence:
        yield _quoted(each)
    if question.parting is not None:
        yield from _parts(question.parting)
    yield Text(choices(question), style="dim")


def lines(questions: Sequence[Question]) -> Iterator[str]:
    """What is open, a block each."""
    for question in questions:
        yield question.title
        yield from (f"  {line}" for line in question.lines)
        yield from (f"  {_quoted(each).plain.strip()}" for each in question.evidence)
        yield from (part.plain for part in _parts(question.parting)) if question.parting else ()
    yield f"{len(questions):,} open"


def _parts(parting: Parting) -> Iterator[Text]:
    """The mentions of a node by document, numbered to choose from."""
    most = None if parting.whole else _SHOWN
    for number, mentions in enumerate(parting.documents, 1):
        count = f"{len(mentions):,} mention{'s' if len(mentions) > 1 else ''}"
        yield Text(f"  {number}  {mentions[0].passage.document}: {count}", style="bold")
        for each, mention in enumerate(mentions[:most], 1):
            yield Text(f"     {number}.{each}  ").append(_words(mention.sentence))
        if most is not None and len(mentions) > most:
            yield Text(f"     … {len(mentions) - most:,} more")


def _quoted(evidence: Evidence) -> Text:
    return Text(f"  {evidence.document}: ").append(_words(evidence))


def _words(evidence: Evidence) -> Text:
    """The words in bold, with what is around them on one line."""
    before, behind = (re.sub(r"\s+", " ", part) for part in (evidence.before, evidence.behind))
    opening, closing = ("" if whole else "…" for whole in (evidence.begins, evidence.ends))
    shown = Text(f"{opening} {before.lstrip()}".lstrip() if before else "")
    shown.append(" ".join(evidence.words.split()), style="bold")
    shown.append(f"{behind.rstrip()} {closing}".rstrip() if behind else "")
    return shown
