"""Reading what the builder starts from, and the small helpers that all its parts share."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import resources
from kg.model import PartialDate
from kg.resolution.folding import fold, unaccented
from kg.slugs import hyphenated

Row = dict[str, str]


def curated(name: str) -> list[Row]:
    """The rows of one of our own tables (``kg/data/reference/NAME.tsv``)."""
    return tsv(resources.data("reference") / f"{name}.tsv")


def tsv(path: Path) -> list[Row]:
    """The rows of a tab-separated file with a header; quotation marks are ordinary characters."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def parts(cell: str | None) -> tuple[str, ...]:
    """The values of a cell that holds several, joined by ``|``."""
    return tuple(part.strip() for part in (cell or "").split("|") if part.strip())


def existing(date: str) -> str:
    """A date of a data set; of a day or month that does not exist (lunar calendars) the year alone."""
    try:
        return PartialDate(date).text if date else ""
    except ValueError:
        return date[:4]


def distinct(names: Iterable[str], besides: Iterable[str] = ()) -> tuple[str, ...]:
    """The names without those that are found under the same key as an earlier one."""
    seen = {fold(name) for name in besides}
    kept = []
    for name in names:
        if name and fold(name) not in seen:
            seen.add(fold(name))
            kept.append(name)
    return tuple(kept)


def prefixed(kind: str, name: str) -> str:
    """The id of a name: ``prefixed("state", "Côte d'Ivoire") == "state/cote-divoire"``."""
    return f"{kind}/{slug(name)}"


@dataclass(frozen=True)
class Sources:
    """The data sets of one folder, read when asked for."""

    folder: Path

    def csv(self, name: str) -> list[Row]:
        """A comma-separated file by its name without ending."""
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def json(self, name: str) -> list[dict[str, Any]]:
        """A JSON array by its file's name without ending."""
        rows: list[dict[str, Any]] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        return rows

    def identified(self, kind: str) -> Iterator[Row]:
        """The verified Wikidata entities of a kind (``state``, ``person``)."""
        for row in tsv(self.folder / "wikidata_ids.tsv"):
            if row["kind"] == kind and row["verified"] == "yes":
                yield row


def weak_words() -> frozenset[str]:
    """Names that are also ordinary words."""
    lines = (resources.data("reference") / "weak_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def slug(name: str) -> str:
    """The name as part of an id of the reference data: ASCII words joined by hyphens; empty without Latin letters."""
    text = unaccented(name).replace("'", "").replace("\u2019", "").replace("&", " and ")
    return hyphenated(text.lower())
