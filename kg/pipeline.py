"""The straight line: read, annotate, extract, resolve, join, map, validate, write. Only here all stages are known."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Document, Knowledge
from kg.progress import Progress, Silent
from kg.rdf.mapping import to_quads
from kg.rdf.serialise import write
from kg.rdf.validate import validate
from kg.reading import ReadingOptions, UrlFetcher, read_inputs
from kg.readings import Readings
from kg.report import BuildResult, count
from kg.resolution.corpus import join_decided
from kg.resolution.decisions import Decisions
from kg.resolution.decisions import read as read_decisions
from kg.resolution.own import load as load_own
from kg.resolution.reference import Reference
from kg.resolution.splitting import splits
from kg.settings import BuildSettings
from kg.writing import write_text


def build(
    inputs: Sequence[str],
    settings: BuildSettings,
    progress: Progress | None = None,
    stdin: BinaryIO | None = None,
) -> BuildResult:
    """Read the inputs, write the graph, validate it.

    The output is whole or untouched. Inputs that cannot be read, and entities of ``settings.reference`` that are
    wrong, are in the result's ``errors`` and the rest is written; when no input can be read nothing is written. Raises
    ``SettingsError``, ``PipelineError`` and ``OutputError``.
    """
    begun = monotonic()
    shown = progress or Silent()
    decisions = read_decisions(settings.decisions) if settings.decisions else Decisions()
    packaged = Reference.load()
    own, wrong = load_own(settings.reference, packaged, settings.base)
    documents, errors = _documents(inputs, settings, stdin)
    errors = (*wrong, *errors)
    if not documents:
        return BuildResult(count(Knowledge()), errors, None, monotonic() - begun, settings.output, 0)
    reference = packaged.with_own(own)
    shown.start(len(documents))
    reading = Readings(settings, reference, own)
    readings = list(reading.of(documents, shown))
    split = splits(readings, reference, decisions)
    if split.moved:
        readings = list(reading.again(readings, split))
    knowledge, ignored = join_decided(readings, reference, decisions, split.settled(readings))
    quads = to_quads(knowledge, settings.base, reference, keep_text=settings.keep_text)
    report = validate(quads) if settings.validate else None
    write(quads, settings.output, settings.format, settings.base)
    if report is not None and settings.validation_report is not None:
        write_text(settings.validation_report, report.to_turtle())
    took = monotonic() - begun
    return BuildResult(
        count(knowledge),
        errors,
        report,
        took,
        settings.output,
        len(quads),
        tuple(each.ignored for each in (*split.unmet, *ignored)),
    )


def _documents(
    inputs: Sequence[str], settings: BuildSettings, stdin: BinaryIO | None
) -> tuple[list[Document], tuple[InputError, ...]]:
    options = ReadingOptions(settings.fields, settings.date, UrlFetcher(settings.timeout))
    documents: list[Document] = []
    errors: list[InputError] = []
    for item in read_inputs(inputs, options, stdin):
        (errors if isinstance(item, InputError) else documents).append(item)  # type: ignore[arg-type]
    return documents, tuple(errors)
