"""A source to its documents: the one way from bytes to text, blocks and metadata."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Document
from kg.reading import html, jsonl, lines, markdown, metadata
from kg.reading.encoding import NotText, decode
from kg.reading.layout import lay_out
from kg.reading.lines import Unit, fold
from kg.reading.metadata import Given
from kg.reading.options import ReadingOptions
from kg.reading.sources import Source, discover
from kg.reading.streams import Content, opened, whole
from kg.slugs import slug


def read_inputs(
    inputs: Sequence[str], options: ReadingOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | InputError]:
    """All documents of some inputs in one order, with an ``InputError`` in place of each that cannot be read."""
    chosen = options or ReadingOptions()
    for source in discover(inputs, stdin):
        yield from read(source, chosen)


def read(source: Source, options: ReadingOptions) -> Iterator[Document | InputError]:
    """The documents of one source; what cannot be read is an ``InputError`` among them, never raised."""
    try:
        with opened(source, options) as content:
            if content.kind == "jsonl":
                yield from _lines(source, content, options)
            else:
                yield _single(source, content, options)
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield InputError(source.name, "no such file")
    except OSError as error:
        yield InputError(source.name, error.strerror or str(error) or "cannot be read")


def _single(source: Source, content: Content, options: ReadingOptions) -> Document:
    data = whole(source, content)
    charset = content.charset or (html.declared_charset(data) if content.kind == "html" else None)
    try:
        text = decode(data, charset)
        if not text.strip():
            raise NotText("empty")
        return _of_kind(source, content, text, options)
    except (NotText, html.NoArticle, lines.TooManyLines) as error:
        raise InputError(source.name, str(error)) from None


def _of_kind(source: Source, content: Content, text: str, options: ReadingOptions) -> Document:
    """The document of a text of one of the kinds that hold one document."""
    given = Given(url=content.url)
    if content.kind == "html":
        page = html.extract(text, content.url)
        given = Given(page.title, page.date, page.publisher, content.url or metadata.web_address(page.url))
        units = [_marked(page, unit) for unit in lines.units(page.text)]
        return _document(source, source.slug, page.text, units, given, options)
    if content.kind == "markdown":
        fields = markdown.front_matter(text)
        given = Given(
            fields.get("title"),
            fields.get("date"),
            fields.get("publisher"),
            content.url or metadata.web_address(fields.get("url")),
        )
        return _document(source, source.slug, text, markdown.units(text), given, options)
    return _document(source, source.slug, text, lines.units(text), given, options)


def _marked(page: html.Page, unit: Unit) -> Unit:
    """A unit of a page, a heading if it is one there."""
    heading = unit.single and fold(page.text[unit.start : unit.end]) in page.headings
    return Unit(unit.start, unit.end, unit.gap, unit.single, "heading" if heading else unit.role)


def _lines(source: Source, content: Content, options: ReadingOptions) -> Iterator[Document | InputError]:
    taken: set[str] = set()
    empty = True
    for record in jsonl.records(content.stream, options.fields):
        empty = False
        if isinstance(record, tuple):
            yield InputError(source.name, f"line {record[0]}: {record[1]}")
            continue
        name = f"{source.slug}-{slug(record.id)}"
        while name in taken:
            name += f"-{record.number}"
        taken.add(name)
        given = Given(record.title, record.date, record.publisher, metadata.web_address(record.url))
        try:
            yield _document(source, name, record.text, lines.units(record.text), given, options)
        except lines.TooManyLines as error:
            yield InputError(source.name, f"line {record.number}: {error}")
    if empty:
        yield InputError(source.name, "empty")


def _document(
    source: Source, name: str, text: str, units: list[Unit], given: Given, options: ReadingOptions
) -> Document:
    layout = lay_out(text, units, given.title)
    return Document(
        id=f"document/{name}",
        source=source.name,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        title=layout.title,
        issued=metadata.issued(layout.evidence, given, source.name) or options.date,
        publisher=metadata.publisher(layout.evidence, given),
        url=given.url,
        blocks=tuple(layout.blocks),
        skipped=tuple(layout.skipped),
    )
