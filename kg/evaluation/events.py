"""Types of events, with the two actors given, held against a table of sentences coded by PLOVER's roots."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import InputError
from kg.extraction.actions import actions, root_of
from kg.language import annotate
from kg.language.evaluate import Score

COLUMNS = ("sentence", "source", "target", "gold_root", "gold_penta")
QUADRANTS = {"1": "verbal cooperation", "2": "material cooperation", "3": "verbal conflict", "4": "material conflict"}
OLDER = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Roots that older versions of PLOVER have as one."""


@dataclass(frozen=True, slots=True)
class EventScores:
    """The score of each root, and how many of the sentences got the right quadrant."""

    roots: dict[str, Score]
    quadrants: Score

    @property
    def macro_f1(self) -> float:
        """The mean of the F1 of the roots."""
        return sum(score.f1 for score in self.roots.values()) / len(self.roots)

    def figures(self) -> dict[str, object]:
        """``macro_f1``, ``quadrant_accuracy`` and under ``roots`` the figures of each root."""
        return {
            "macro_f1": round(self.macro_f1, 4),
            "accuracy": round(sum(s.right for s in self.roots.values()) / self.quadrants.gold, 4),
            "quadrant_accuracy": round(self.quadrants.recall, 4),
            "roots": {name: score.figures() for name, score in self.roots.items()},
        }


def score(nlp: Language, path: Path, shown: Callable[[], None] = lambda: None) -> EventScores:
    """Scores a tab-separated file with the columns ``COLUMNS``; a sentence in which no root is found counts as missed.

    Raises ``OSError``, ``InputError`` for a file without these columns or rows.
    """
    rows = list(_rows(path))
    if not rows:
        raise InputError(str(path), "no sentences")
    older = any(row["gold_root"] == "YIELD" for row in rows)
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    gold = Counter(row["gold_root"] for row in rows)
    same_quadrant = 0
    for row, doc in zip(rows, annotate(nlp, (row["sentence"] for row in rows)), strict=True):
        told = _told(doc, row)
        same_quadrant += told is not None and actions().quadrant(told) == QUADRANTS.get(row["gold_penta"])
        name = OLDER.get(told or "", told or "") if older else told or ""
        found[name] += 1
        right[name] += name == row["gold_root"]
        shown()
    roots = {name: Score(right[name], found[name], gold[name]) for name in sorted(gold)}
    return EventScores(roots, Score(same_quadrant, len(rows), len(rows)))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL)
        missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
        if missing:
            raise InputError(str(path), f"no column {', '.join(missing)}: not a table of coded sentences")
        for row in table:
            if any(row[name] is None for name in COLUMNS):
                raise InputError(f"{path}, line {table.line_num}", "a row with too few columns")
            yield row


def _told(doc: Doc, row: dict[str, str]) -> str | None:
    source, target = _span(doc, row["source"]), _span(doc, row["target"])
    if source is None:
        source, target = target, None
    return root_of(source, target) if source is not None else None


def _span(doc: Doc, name: str) -> Span | None:
    start = doc.text.find(name)
    return doc.char_span(start, start + len(name), alignment_mode="expand") if name and start >= 0 else None
