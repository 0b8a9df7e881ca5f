"""An explanation for people, as text and tables, and for programs, as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kg.explain.explaining import Explanation, Told
from kg.namespaces import PREFIXES
from kg.resolution.judging.deciding import Candidate
from kg.resolution.judging.rules import CONTRADICTS


def of_explanation(found: Explanation) -> Iterator[RenderableType]:
    """Who it is, by which words it is named, what links it has, and the candidates with their features."""
    subject = found.subject
    yield Text(f"{next(iter(subject.names), found.iri)}  tg:{subject.cls}  <{found.iri}>")
    yield Text(f"\none entity: {found.one}")
    yield _mentions(found)
    yield Text("\nlinks:" if found.links else "\nlinks: none")
    for link in found.links:
        yield Text(f"  {_link(link)}")
    yield Text(f"\nby all that the graph tells, in the reference data: {found.verdict}")
    if found.decision.candidates:
        yield _candidates(found.decision.candidates)


def as_json(found: Explanation) -> dict[str, Any]:
    """Plain JSON values; a feature that contradicts is -1."""
    return {
        "iri": found.iri,
        "class": found.subject.cls,
        "names": list(found.subject.names),
        "one": found.one,
        "mentions": [asdict(each) for each in found.wordings],
        "links": [asdict(each) for each in found.links],
        "judgement": found.decision.judgement.value,
        "verdict": found.verdict,
        "candidates": [
            {"id": each.id, "name": each.label, "score": each.score, "features": dict(each.features)}
            for each in found.decision.candidates
        ],
    }


def _mentions(found: Explanation) -> Table:
    table = Table("mentioned as", "which is", box=None, pad_edge=False)
    for name in ("times", "documents"):
        table.add_column(name, justify="right")
    for each in found.wordings:
        table.add_row(Text(each.text), each.tie, f"{each.times:,}", f"{each.documents:,}")
    return table


def _link(link: Told) -> str:
    score = "" if link.score is None else f", score {link.score:.2f}"
    source = f", by {link.source}" if link.source else ""
    return f"{link.predicate} {_short(link.target)}{score}{source}{': ' if link.because else ''}{link.because}"


def _candidates(candidates: tuple[Candidate, ...]) -> Table:
    features = list(dict.fromkeys(name for each in candidates for name in each.features))
    table = Table("candidate", "name", "score", *features, box=None, pad_edge=False)
    for column in table.columns[2:]:
        column.justify = "right"
    for each in candidates:
        table.add_row(each.id, each.label, f"{each.score:.2f}", *(_value(each.features.get(name)) for name in features))
    return table


def _value(value: float | None) -> str:
    return "" if value is None else "no!" if value == CONTRADICTS else f"{value:.2f}"


def _short(iri: str) -> str:
    found = next((name for name, full in PREFIXES.items() if iri.startswith(full) and len(iri) > len(full)), None)
    return f"{found}:{iri.removeprefix(PREFIXES[found])}" if found else f"<{iri}>"
