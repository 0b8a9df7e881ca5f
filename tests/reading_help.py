"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.model import Document, Span
from kg.reading import ReadingOptions, read_inputs


def read_file(path: Path, **options: object) -> Document:
    """The one document of a file."""
    [found] = read_inputs([str(path)], ReadingOptions(**options))  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def read_text(folder: Path, text: str, name: str = "note.txt") -> Document:
    """The document of a text, written to a file of this name first."""
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return read_file(path)


def error_of(path: Path) -> InputError:
    """The error that a file gives instead of a document."""
    [found] = read_inputs([str(path)])
    assert isinstance(found, InputError), found
    return found


def cut(document: Document, span: Span | None) -> str | None:
    """The text of a span."""
    return None if span is None else document.text[span.start : span.end]


def blocks(document: Document) -> list[tuple[str, str | None]]:
    """The blocks as pairs of kind and text."""
    return [(block.kind, cut(document, block.span)) for block in document.blocks]


def skipped(document: Document) -> dict[str | None, str]:
    """The skipped texts with their reasons."""
    return {cut(document, span.span): span.reason for span in document.skipped}
