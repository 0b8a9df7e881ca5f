"""What the commands tell: lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from kg.resolution.judging.deciding import Judgement
from kg.wikidata.indexing import IndexResult
from kg.wikidata.linking import LinkResult
from kg.wikidata.statements import QUICKSTATEMENTS, REFUSED, TABLE, StatementsResult


def index_lines(result: IndexResult) -> Iterator[str]:
    """How much was read and kept, and how fast."""
    before = f" ({result.resumed:,} of them before the interruption)" if result.resumed else ""
    yield f"{result.read:,} entities read{before}, {result.rate:,.0f} a second; {result.kept:,} items kept:"
    for kind, count in result.kinds.items():
        yield f"  {kind:28}{count:12,}"
    if result.broken:
        yield f"{result.broken:,} lines are no JSON and were left out."


def link_lines(result: LinkResult) -> Iterator[str]:
    """The decisions, by class."""
    yield f"{'':28}{'linked':>8}{'unsure':>8}{'none':>8}"
    for cls, counts in result.counts().items():
        row = (counts[each.value] for each in (Judgement.POSITIVE, Judgement.UNSURE, Judgement.NEGATIVE))
        yield f"{cls:28}" + "".join(f"{count:8,}" for count in row)
    yield f"{result.known:,} entities had an identity before. The graph is in {result.output}."


def statement_lines(result: StatementsResult) -> Iterator[str]:
    """How the statements stand to Wikidata, and which were refused."""
    told = ", ".join(f"{status} {count:,}" for status, count in sorted(result.statuses.items())) or "none"
    yield f"Statements: {told}."
    yield f"{result.written:,} commands are in {result.folder / QUICKSTATEMENTS}; review them with {TABLE} before use."
    if result.refused:
        yield f"{len(result.refused):,} are refused: {result.folder / REFUSED}."
