"""Statements for Wikidata, for a person to review: QuickStatements, a table, and what was left out and why."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SettingsError
from kg.model import PartialDate
from kg.rdf.validate import read_quads
from kg.resolution.judging.context import lineages
from kg.resolution.judging.items import Item
from kg.resolution.reference import Reference
from kg.wikidata.comparing import Comparison, Status, compare, recorded
from kg.wikidata.index import Index
from kg.wikidata.proposals import Proposal, Source, proposals
from kg.wikidata.quickstatements import Unwritable, line
from kg.wikidata.subjects import Facts
from kg.writing import write_text

QUICKSTATEMENTS, TABLE, REFUSED = "quickstatements.txt", "statements.csv", "refused.txt"
OFFERED = (Status.NEW, Status.QUALIFIERS)
COLUMNS = (
    "status",
    "item",
    "item label",
    "property",
    "property label",
    "value",
    "value label",
    "qualifiers",
    "confidence",
    "source",
    "source title",
    "quotation",
    "note",
)


@dataclass(frozen=True, slots=True)
class StatementsResult:
    """How many statements stand how to Wikidata, how many commands were written, and a line for each that was not."""

    folder: Path
    statuses: Counter[str]
    written: int
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementSettings:
    """``confidence`` is the least of a claim (0 to 1), ``retrieved`` the day on which the sources were read."""

    retrieved: PartialDate
    confidence: float = 0.8

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise SettingsError(f"--confidence {self.confidence:g}: must be from 0 to 1")
        if self.retrieved.precision != "day":
            raise SettingsError(f"--retrieved {self.retrieved.text}: a whole day is needed, YYYY-MM-DD")


def write_statements(
    graph: Path, folder: Path, known: Path, settings: StatementSettings, reference: Reference | None = None
) -> StatementsResult:
    """Write what the graph tells and ``known`` (an index, or recorded entities in JSON) does not.

    Statements whose item is not in ``known`` are in the table, not among the commands. Raises ``InputError``,
    ``OutputError``.
    """
    every = proposals(Facts.of(read_quads(graph)), settings.confidence)
    items = _known(known, {proposal.item for proposal in every})
    kin = lineages(reference) if reference else {}
    compared = [(p, compare(p, items.get(p.item), kin)) for p in every]
    commands, refused = _commands(compared, settings.retrieved)
    write_text(folder / QUICKSTATEMENTS, "".join(f"{command}\n" for command in commands))
    write_text(folder / TABLE, table(compared))
    write_text(folder / REFUSED, "".join(f"{text}\n" for text in refused))
    statuses = Counter(comparison.status.value for _, comparison in compared)
    return StatementsResult(folder, statuses, len(commands), tuple(refused))


def table(compared: Iterable[tuple[Proposal, Comparison]]) -> str:
    """All statements that Wikidata does not have, one row for each source, as CSV (RFC 4180, lines end in LF)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for proposal, comparison in compared:
        if comparison.status is not Status.KNOWN:
            writer.writerows(_row(proposal, comparison, source) for source in proposal.sources)
    return out.getvalue()


def _commands(compared: Iterable[tuple[Proposal, Comparison]], retrieved: PartialDate) -> tuple[list[str], list[str]]:
    commands, refused = [], []
    for proposal, comparison in compared:
        if comparison.status not in OFFERED:
            continue
        try:
            if proposal.objection:
                raise Unwritable(proposal.objection)
            commands.append(line(proposal, retrieved))
        except Unwritable as cause:
            refused.append(f"{_one_line(proposal.words)}: {cause}")
    return commands, refused


def _known(path: Path, ids: Iterable[str]) -> Mapping[str, Item]:
    if path.is_dir() or path.suffix == ".json":
        return recorded(path)
    index = Index(path)
    try:
        return index.get(ids)
    finally:
        index.close()


def _row(proposal: Proposal, comparison: Comparison, source: Source) -> list[str]:
    notes = filter(None, (comparison.note, proposal.objection))
    return [
        comparison.status.value,
        proposal.item,
        _cell(proposal.item_label),
        proposal.rule.property,
        proposal.rule.label,
        proposal.value,
        _cell(proposal.value_label),
        " ".join(f"{prop}={value}" for prop, value in proposal.qualifiers),
        f"{source.confidence:.2f}",
        _cell(source.place),
        _cell(source.title),
        _cell(source.words),
        _cell("; ".join(notes)),
    ]


def _cell(text: str) -> str:
    """The text, so that no spreadsheet takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _one_line(text: str) -> str:
    return " ".join(_shown(text))


def _shown(text: str) -> Iterator[str]:
    yield from "".join(c if c.isprintable() else " " for c in text).split()
