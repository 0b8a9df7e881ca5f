"""The figures of an evaluation as tables for people and as values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from rich.table import Table

from kg.evaluation.run import Evaluation
from kg.evaluation.scoring import Score
from kg.language import evaluate
from kg.language.evaluate import Score as Tally

_SHARES = ("links", "slots", "interactions", "further")


def of_texts(found: Evaluation) -> Iterator[Table]:
    """A line for each document and their total, then one for each property, then one for each kind of entity linked.

    P, R and F1 are those of facts, the other shares F1 or right of gold; ``unreal`` is how many facts that did not
    happen were told as actual, of how many.
    """
    table = _table("document", "entities", "links", "P", "R", "F1", "events", "slots", "interact.", "quotes", "unreal")
    for name, score in found.scores.items():
        table.add_row(name, *_row(score))
    table.add_section()
    table.add_row("total", *_row(found.total))
    yield table
    properties = _table("property", "P", "R", "F1", "right", "told", "gold")
    for name, tally in found.total.properties().items():
        properties.add_row(name, *_three(tally), str(tally.right), str(tally.found), str(tally.gold))
    yield properties
    links = _table("links to Wikidata", "right", "wrong", "unlinked", "not read", "gold")
    for name, each in found.total.kinds().items():
        links.add_row(name, str(each.right), str(each.wrong), str(each.unlinked), str(each.unread), str(each.gold))
    yield links


def _row(score: Score) -> list[str]:
    interactions, quotes = score.interactions, score.quotes
    return [
        f"{score.entities.f1:.2f}",
        f"{score.links.right}/{score.links.gold}",
        *_three(score.facts),
        f"{score.events.f1:.2f}",
        f"{score.slots.right}/{score.slots.gold}",
        f"{interactions.right}/{interactions.gold}",
        f"{quotes.right}/{quotes.gold}",
        f"{score.told_as_actual}/{score.unreal}",
    ]


def _three(tally: Tally) -> list[str]:
    return [f"{tally.precision:.2f}", f"{tally.recall:.2f}", f"{tally.f1:.2f}"]


def details(found: Evaluation) -> Iterator[str]:
    """A line for each fact that was missed or is wrong; ``?`` stands before what the annotation does not have."""
    for name, score in found.scores.items():
        for kind in ("missed", "wrong"):
            yield from (f"{name}: {kind}: {' '.join(fact)}" for fact in getattr(score, kind))


def as_json(found: Evaluation) -> dict[str, Any]:
    """``total``, ``documents`` by name and ``errors``."""
    return {
        "total": _figures(found.total),
        "documents": {name: _figures(score) for name, score in found.scores.items()},
        "errors": [str(error) for error in found.errors],
    }


def _figures(score: Score) -> dict[str, Any]:
    names = ("entities", "facts", "events", "quotes", *_SHARES)
    return {
        **{name: _counts(getattr(score, name)) for name in names},
        "told_as_actual": score.told_as_actual,
        "unreal": score.unreal,
        "properties": {name: _counts(tally) for name, tally in score.properties().items()},
        "kinds": {name: {**asdict(each), "gold": each.gold} for name, each in score.kinds().items()},
    }


def _counts(tally: Tally) -> dict[str, float]:
    return {**tally.figures(), "right": tally.right, "told": tally.found}


def of_scores(scores: Mapping[str, evaluate.Score]) -> Table:
    """The scores of a treebank or of an entity corpus."""
    table = _table("", "P", "R", "F1", "gold")
    for name, score in scores.items():
        table.add_row(name, *(f"{100 * x:.1f}" for x in (score.precision, score.recall, score.f1)), f"{score.gold:,}")
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first)
    for name in columns:
        table.add_column(name, justify="right")
    return table
