"""What a build is told: options as values, checked once; a wrong one raises ``SettingsError`` and names the option."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kg import namespaces
from kg.errors import SettingsError
from kg.model import PartialDate

RECORD_FIELDS = ("text", "title", "date", "url", "publisher", "id")

_BASE = re.compile(r"[a-z][a-z0-9+.-]*:[A-Za-z0-9._~:/@!$&'()*+,;=%\[\]-]*[/:]")

REFERENCE_ENDINGS = (".csv", ".tsv", ".ttl")


class Format(StrEnum):
    """The serialisations of RDF 1.1 that a graph is written in."""

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    TRIG = "trig"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"


ENDINGS = {
    ".ttl": Format.TURTLE,
    ".nt": Format.NTRIPLES,
    ".trig": Format.TRIG,
    ".nq": Format.NQUADS,
    ".jsonld": Format.JSONLD,
    ".json": Format.JSONLD,
    ".rdf": Format.RDFXML,
    ".xml": Format.RDFXML,
}


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How to build a graph.

    ``base`` is the IRI that the ids of entities are put behind, ``date`` the day that relative words count from in
    documents that give none, ``timeout`` the seconds a web address may take to answer. ``pipeline`` is the language
    pipeline: one that is shipped (``default``, ``fast``), a folder or an installed spaCy package. ``fields`` says which
    field of a JSON line holds the text, title, date, url, publisher or id where it has another name. ``keep_text`` puts
    the text of each document into the graph. ``reference`` are files (``.csv``, ``.tsv``, ``.ttl``) with the user's own
    entities, which go before the packaged ones. ``keep`` is a folder that keeps what was read of each document, so that
    a run that was stopped goes on, ``decisions`` a file of what a reviewer decided. Raises ``SettingsError`` for values
    that make no sense.
    """

    output: Path = Path("output/graph.ttl")
    format: Format = Format.TURTLE
    base: str = namespaces.ID
    date: PartialDate | None = None
    workers: int = 1
    timeout: float = 20.0
    pipeline: str = "default"
    validation_report: Path | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    validate: bool = True
    keep_text: bool = True
    reference: tuple[Path, ...] = ()
    keep: Path | None = None
    decisions: Path | None = None

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise SettingsError(f"--workers {self.workers}: at least one is needed")
        if self.timeout <= 0:
            raise SettingsError(f"--timeout {self.timeout:g}: must be more than 0 seconds")
        checked_base(self.base)
        if self.validation_report and not self.validate:
            raise SettingsError("--validation-report and --no-validate exclude each other")
        for path in self.reference:
            checked_reference(path)
            self._only_read("--reference", path)
        if self.decisions:
            self._only_read("--decisions", self.decisions)
        if self.validation_report == self.output:
            raise SettingsError(f"--validation-report {self.output}: is the output file")

    def _only_read(self, option: str, path: Path) -> None:
        if path in (self.output, self.validation_report):
            raise SettingsError(f"{option} {path}: is to be written too")


def format_of(output: Path, named: Format | None = None) -> Format:
    """The format that was named, else the one that the file's ending stands for (``.nt``, ``.nt.gz``)."""
    if named is not None:
        return named
    ending = output.with_suffix("").suffix if output.suffix.lower() == ".gz" else output.suffix
    try:
        return ENDINGS[ending.lower()]
    except KeyError:
        known = " ".join(ENDINGS)
        raise SettingsError(f"{output}: the ending names no format ({known}, or these with .gz); name one") from None


def checked_base(base: str) -> str:
    """``base`` itself; ``SettingsError`` when ids put behind it, and ``#char=`` behind those, would be no IRIs."""
    if not _BASE.fullmatch(base):
        raise SettingsError(f"--base {base}: must be an absolute IRI of ASCII characters that ends in '/' or ':'")
    return base


def checked_reference(path: Path) -> Path:
    """A file of ``--reference``; ``SettingsError`` for an ending that says neither table nor Turtle."""
    if path.suffix.lower() not in REFERENCE_ENDINGS:
        raise SettingsError(f"--reference {path}: the ending is none of {' '.join(REFERENCE_ENDINGS)}")
    return path


def parse_day(text: str, option: str = "--date") -> PartialDate:
    """The day of an option: ``2025-01-17``."""
    try:
        date = PartialDate(text)
    except ValueError:
        raise SettingsError(f"{option} {text}: not a day of the form YYYY-MM-DD") from None
    if date.precision != "day":
        raise SettingsError(f"{option} {text}: a whole day is needed, YYYY-MM-DD")
    return date


def parse_fields(text: str) -> dict[str, str]:
    """The names of ``--fields``: ``text=body,title=headline`` to ``{"text": "body", "title": "headline"}``."""
    pairs = [part.partition("=") for part in text.split(",")]
    for ours, _, theirs in pairs:
        if ours not in RECORD_FIELDS or not theirs:
            raise SettingsError(f"--fields {text}: give pairs like text=body; known are {', '.join(RECORD_FIELDS)}")
    return {ours: theirs for ours, _, theirs in pairs}
