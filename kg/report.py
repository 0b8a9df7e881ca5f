"""What a build tells of itself: the figures, as a value, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from kg.errors import InputError
from kg.model import Knowledge, Modality
from kg.rdf.facts import facts_of

if TYPE_CHECKING:
    from kg.rdf.validate import Report
    from kg.resolution.records import Record

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was read.

    ``entities`` counts by class. ``facts`` are the direct triples about entities that are no events; ``claims`` has
    one for each passage that tells a fact, ``planned``, ``possible`` and ``negated`` among them.
    """

    documents: int = 0
    sentences: int = 0
    entities: Mapping[str, int] = field(default_factory=dict)
    facts: int = 0
    events: int = 0
    statements: int = 0
    claims: int = 0
    planned: int = 0
    possible: int = 0
    negated: int = 0
    disagreements: int = 0


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: figures, the inputs that could not be read, and the SHACL report (``None``: not validated).

    ``seconds`` is wall-clock time, ``triples`` the number written to ``output``, ``ignored`` are decisions of a review
    about entities that are not in the graph.
    """

    counts: Counts
    errors: tuple[InputError, ...]
    report: Report | None
    seconds: float
    output: Path
    triples: int
    ignored: tuple[str, ...] = ()


def served(graph: Path, address: str, triples: int) -> str:
    """Where a graph is served, for the one who started it."""
    return f"""{graph}: {triples:,} triples
  explorer        {address}
  SPARQL          {address}sparql
  reconciliation  {address}reconcile
Ctrl-C stops it.
"""


def count(knowledge: Knowledge) -> Counts:
    """The figures of what was read."""
    modalities = Counter(claim.modality for claim in knowledge.claims)
    return Counts(
        documents=len(knowledge.documents),
        sentences=knowledge.sentences,
        entities=dict(sorted(Counter(entity.cls for entity in knowledge.entities).items())),
        facts=_facts(knowledge),
        events=len(knowledge.events),
        statements=len(knowledge.statements),
        claims=len(knowledge.claims),
        planned=modalities[Modality.PLANNED],
        possible=modalities[Modality.POSSIBLE],
        negated=modalities[Modality.NEGATED],
        disagreements=len(knowledge.disagreements),
    )


def _facts(knowledge: Knowledge) -> int:
    events = {event.id for event in knowledge.events}
    return sum(subject not in events for subject, _, _ in facts_of(knowledge))


def conformance(report: Report | None) -> str:
    """``yes``, ``no: 2 violations, 1 warning`` or ``not checked``."""
    if report is None:
        return "not checked"
    found = ", ".join(f"{n:,} {severity}{'s' * (n > 1)}" for severity, n in report.counts().items() if n)
    return ("yes" if report.conforms() else "no") + (f": {found}" if found else "")


def table(result: BuildResult) -> Table:
    """The figures of a build, a row each, the entities by class below their sum."""
    counts = result.counts
    shown = Table("read", "number", box=None, show_edge=False, pad_edge=False)
    shown.columns[1].justify = "right"
    for name in ("documents", "sentences"):
        shown.add_row(name, f"{getattr(counts, name):,}")
    shown.add_row("entities", f"{sum(counts.entities.values()):,}")
    for cls, number in counts.entities.items():
        shown.add_row(f"  {cls}", f"{number:,}")
    for name in ("facts", "events", "statements", "claims"):
        shown.add_row(name, f"{getattr(counts, name):,}")
    for name in ("planned", "possible", "negated"):
        shown.add_row(f"  {name}", f"{getattr(counts, name):,}")
    shown.add_row("disagreements", f"{counts.disagreements:,}")
    shown.add_row("triples", f"{result.triples:,}")
    shown.add_row("seconds", f"{result.seconds:.1f}")
    shown.add_row("conforms", conformance(result.report))
    return shown


def as_json(result: BuildResult) -> dict[str, Any]:
    """The same figures for a program: plain JSON values; ``conforms`` is ``null`` when not validated."""
    counts = result.counts
    return {
        **{name: getattr(counts, name) for name in Counts.__dataclass_fields__},
        "entities": dict(counts.entities),
        "triples": result.triples,
        "seconds": round(result.seconds, 3),
        "conforms": None if result.report is None else result.report.conforms(),
        "output": str(result.output),
        "errors": [{"source": error.source, "cause": error.cause} for error in result.errors],
        "ignored": list(result.ignored),
    }


def findings(report: Report) -> Iterator[str]:
    """Lines that tell the findings shape by shape; of many alike, ``SHOWN`` and how many more there are."""
    for shape, group in report.by_shape().items():
        yield f"{group[0].severity.upper()} {group[0].name} <{shape}>: {len(group):,}"
        for each in group[:SHOWN]:
            where = " ".join(part for part in (each.focus, each.path, each.value) if part)
            yield f"  {where}\n    {each.message}"
        if len(group) > SHOWN:
            yield f"  and {len(group) - SHOWN:,} more"


def records(found: Iterable[Record]) -> Iterator[str]:
    """Lines of aligned columns, one for each record of the reference data, below a line of headings."""
    rows = [("id", "class", "name", "from", "to", "Wikidata", "sources")]
    rows += [
        (r.id, r.cls, r.name, r.start or r.signed or "", r.end or "", r.qid or "", ", ".join(r.sources)) for r in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
