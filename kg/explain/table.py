"""An explanation for people, as text and tables, and for programs, as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kg.explain.explaining import Explanation, Told
from kg.explain.judged import Judged
from kg.namespaces import PREFIXES
from kg.rdf.links import REFERENCE
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
    for each in found.judged:
        yield Text(f"\nby all that the graph tells, in {_named(each.source)}: {each.verdict}")
        if each.decision.candidates:
            yield _candidates(each)


def as_json(found: Explanation) -> dict[str, Any]:
    """Plain JSON values; a feature that contradicts is -1."""
    return {
        "iri": found.iri,
        "class": found.subject.cls,
        "names": list(found.subject.names),
        "one": found.one,
        "mentions": [asdict(each) for each in found.wordings],
        "links": [asdict(each) for each in found.links],
        "judged": [_judged(each) for each in found.judged],
    }


def _judged(found: Judged) -> dict[str, Any]:
    return {
        "source": found.source,
        "judgement": found.decision.judgement.value,
        "verdict": found.verdict,
        "candidates": [
            {"id": each.id, "name": each.label, "score": each.score, "fate": fate, "features": dict(each.features)}
            for each, fate in zip(found.decision.candidates, found.fates, strict=True)
        ],
    }


def _named(source: str) -> str:
    """The source in a sentence: of files the name is enough."""
    return f"the {source}" if source == REFERENCE else source


def _mentions(found: Explanation) -> Table:
    table = Table("mentioned as", "which is", "told", box=None, pad_edge=False)
    for name in ("times", "documents"):
        table.add_column(name, justify="right")
    for each in found.wordings:
        table.add_row(Text(each.text), each.tie, Text(each.by), f"{each.times:,}", f"{each.documents:,}")
    return table


def _link(link: Told) -> str:
    score = "" if link.score is None else f", score {link.score:.2f}"
    source = f", by {link.source}" if link.source else ""
    return f"{link.predicate} {_short(link.target)}{score}{source}{': ' if link.because else ''}{link.because}"


def _candidates(found: Judged) -> Table:
    candidates = found.decision.candidates
    features = list(dict.fromkeys(name for each in candidates for name in each.features))
    table = Table("candidate", "name", "what of it", "score", *features, box=None, pad_edge=False)
    for column in table.columns[3:]:
        column.justify = "right"
    for each, fate in zip(candidates, found.fates, strict=True):
        values = (_value(each.features.get(name)) for name in features)
        table.add_row(Text(each.id), Text(each.label), fate, f"{each.score:.2f}", *values)
    return table


def _value(value: float | None) -> str:
    return "" if value is None else "no!" if value == CONTRADICTS else f"{value:.2f}"


def _short(iri: str) -> str:
    found = next((name for name, full in PREFIXES.items() if iri.startswith(full) and len(iri) > len(full)), None)
    return f"{found}:{iri.removeprefix(PREFIXES[found])}" if found else f"<{iri}>"
