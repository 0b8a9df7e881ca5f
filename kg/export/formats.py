"""What a graph can be exported as, and which ending stands for what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from kg.errors import SettingsError
from kg.settings import ENDINGS


class ExportFormat(StrEnum):
    """The formats of ``kg export``."""

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    TRIG = "trig"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    TURTLE12 = "turtle12"
    NTRIPLES12 = "ntriples12"
    GRAPHML = "graphml"
    CSV = "csv"


_ENDINGS = {ending: ExportFormat(format.value) for ending, format in ENDINGS.items()}
_ENDINGS[".graphml"] = ExportFormat.GRAPHML


def export_format(output: Path, named: ExportFormat | None = None) -> ExportFormat:
    """The format that was named, else the one that the ending stands for (also before ``.gz``).

    Raises ``SettingsError`` for an ending that stands for none.
    """
    if named is not None:
        return named
    ending = (output.with_suffix("") if output.suffix.lower() == ".gz" else output).suffix.lower()
    try:
        return _ENDINGS[ending]
    except KeyError:
        known = " ".join(_ENDINGS)
        raise SettingsError(f"{output}: the ending names no format ({known}, or these with .gz); name one") from None
