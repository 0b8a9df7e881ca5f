"""The straight line: read, annotate, extract, resolve, join, map, validate, write. Only here all stages are known."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import BinaryIO

from spacy.language import Language

from kg import language
from kg.errors import InputError
from kg.extraction.completing import complete_signings, enacted, without_bare
from kg.extraction.details import read_details
from kg.extraction.facts import FactReader
from kg.extraction.gazetteer import Gazetteer
from kg.extraction.names import find_names
from kg.extraction.nominals import find_nominals
from kg.extraction.notes import Notes
from kg.extraction.offices import find_offices
from kg.extraction.page import Found, OfficePhrase, Page, Paragraph
from kg.extraction.truecase import truecased
from kg.kept import Kept, folder_digest
from kg.model import Document, Knowledge
from kg.progress import Progress, Silent
from kg.rdf.mapping import to_quads
from kg.rdf.serialise import write
from kg.rdf.validate import validate
from kg.reading import ReadingOptions, UrlFetcher, read_inputs
from kg.reading.markdown import unlinked
from kg.report import BuildResult, count
from kg.resolution.corpus import DocumentReading, join_decided
from kg.resolution.decisions import Decisions
from kg.resolution.decisions import read as read_decisions
from kg.resolution.document import resolve_document
from kg.resolution.epochs import epochs
from kg.resolution.moving import Moved
from kg.resolution.own import load as load_own
from kg.resolution.places import countries_of
from kg.resolution.reference import Own, Reference
from kg.resolution.representation import represented, with_known_offices
from kg.resolution.splitting import Splits, splits
from kg.resolution.timing import InTime
from kg.settings import BuildSettings
from kg.writing import write_text

Job = tuple[Document, Moved]
"""What to read, and which mentions in it a reviewer gave to other entities."""


class Reader:
    """Reads one document after the other with a language pipeline and the reference data."""

    def __init__(self, nlp: Language, reference: Reference) -> None:
        self.nlp, self.reference = nlp, reference
        self.gazetteer = Gazetteer((name, record.id, kind) for name, record, kind in reference.names())

    def read(self, document: Document, moved: Moved = MappingProxyType({})) -> DocumentReading:
        """Everything that the document says; the same for the same document, whatever was read before. ``moved`` are
        mentions that a reviewer gave to other entities."""
        page = self._page(document)
        mentions, phrases = self._mentions(page)
        resolved = resolve_document(page, mentions, phrases, self.reference, moved)
        times = epochs(page)
        acts_for = with_known_offices(represented(resolved, phrases), resolved, phrases, self.reference, times)
        facts = FactReader(page, resolved, acts_for, times, countries_of(resolved.entities, self.reference), phrases)
        read = facts.read()
        notes = Notes(page, resolved)
        in_time = InTime(resolved.entities, self.reference)
        acted = in_time.persons(read.facts, read.events)

        def owner_then(owner: str, person: str) -> str:
            return in_time.owner(owner, acted.get(person))

        read_details(notes, phrases, facts.speech, facts.mention_at, acts_for, list(read.facts), owner_then)
        told = [*read.facts, *notes.facts]
        years = in_time.years(told)
        happened = without_bare([*read.events, *notes.events])
        every = in_time.cessions(in_time.facts(told, years), happened, years)
        for event in happened:
            in_time.event(event, years)
        every = enacted(happened, every, resolved.entities, acts_for)
        complete_signings(happened, every)
        return DocumentReading(
            document,
            resolved.entities,
            tuple(
                (page.paragraphs[m.paragraph].passage(document.id, m.start, m.end), resolved.referents[k])
                for k, m in enumerate(resolved.mentions)
                if k in resolved.referents
            ),
            tuple(every),
            tuple(happened),
            read.statements,
            sum(len(list(p.doc.sents)) for p in page.paragraphs),
        )

    def _page(self, document: Document) -> Page:
        texts = [unlinked(text) for text in truecased(document, self.gazetteer)]
        docs = language.annotate(self.nlp, texts)
        return Page(
            document, tuple(Paragraph(i, b, d) for i, (b, d) in enumerate(zip(document.blocks, docs, strict=True)))
        )

    def _class_of(self, id: str) -> str:
        record = self.reference.get(id)
        return record.cls if record else ""

    def _mentions(self, page: Page) -> tuple[list[Found], list[OfficePhrase]]:
        mentions: list[Found] = []
        phrases: list[OfficePhrase] = []
        for paragraph in page.paragraphs:
            found = find_names(paragraph, self.gazetteer, self._class_of)
            found, offices = find_offices(paragraph, found)
            found = find_nominals(paragraph, found)
            first = len(mentions)
            mentions += [replace(m, of=_moved(m.of, first)) for m in found]
            phrases += [
                replace(o, of=_moved(o.of, first), to=_moved(o.to, first), persons=tuple(k + first for k in o.persons))
                for o in offices
            ]
        return mentions, phrases


def _moved(index: int | None, by: int) -> int | None:
    return None if index is None else index + by


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
    readings = list(_readings(documents, settings, reference, own, shown))
    split = splits(readings, reference, decisions)
    if split.moved:
        readings = list(_again(readings, split, settings, reference, own))
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


def _again(
    readings: Sequence[DocumentReading], split: Splits, settings: BuildSettings, reference: Reference, own: Own
) -> Iterator[DocumentReading]:
    """The readings, those of documents anew of which a reviewer gave mentions to other entities."""
    jobs = [(each.document, split.moved[each.document.id]) for each in readings if each.document.id in split.moved]
    anew = {reading.document.id: reading for reading in _read(jobs, settings, reference, own)}
    return (anew.get(reading.document.id, reading) for reading in readings)


def _documents(
    inputs: Sequence[str], settings: BuildSettings, stdin: BinaryIO | None
) -> tuple[list[Document], tuple[InputError, ...]]:
    options = ReadingOptions(settings.fields, settings.date, UrlFetcher(settings.timeout))
    documents: list[Document] = []
    errors: list[InputError] = []
    for item in read_inputs(inputs, options, stdin):
        (errors if isinstance(item, InputError) else documents).append(item)  # type: ignore[arg-type]
    return documents, tuple(errors)


def _readings(
    documents: Sequence[Document], settings: BuildSettings, reference: Reference, own: Own, progress: Progress
) -> Iterator[DocumentReading]:
    kept = _kept(settings, own)
    if kept is None:
        yield from _shown(_read([(each, {}) for each in documents], settings, reference, own), progress)
        return
    there = {document.id: reading for document in documents if (reading := kept.get(document)) is not None}
    yield from _shown(there.values(), progress)
    rest: list[Job] = [(document, {}) for document in documents if document.id not in there]
    for reading in _shown(_read(rest, settings, reference, own) if rest else (), progress):
        kept.put(reading)
        yield reading


def _kept(settings: BuildSettings, own: Own) -> Kept | None:
    if settings.keep is None:
        return None
    folder = Path(settings.pipeline)
    by = [settings.pipeline, folder_digest(folder) if folder.is_dir() else "", repr(own)]
    return Kept(settings.keep, by)


def _read(jobs: Sequence[Job], settings: BuildSettings, reference: Reference, own: Own) -> Iterator[DocumentReading]:
    workers = min(settings.workers, len(jobs))
    nlp = language.load(settings.pipeline)
    if workers == 1:
        yield from starmap(Reader(nlp, reference).read, jobs)
        return
    context = get_context("spawn")  # a fork would copy the locks of the runtime's threads
    with ProcessPoolExecutor(workers, context, _start_worker, (settings.pipeline, own)) as pool:
        try:
            chunk = max(1, min(16, len(jobs) // (workers * 4)))
            yield from pool.map(_work, jobs, chunksize=chunk)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _shown(results: Iterable[DocumentReading], progress: Progress) -> Iterator[DocumentReading]:
    for reading in results:
        progress.advance(1, reading.document.source)
        yield reading


_worker: list[Reader] = []


def _start_worker(pipeline: str, own: Own) -> None:
    """Each worker process has one reader of its own; Ctrl-C is for the parent to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker.append(Reader(language.load(pipeline), Reference.load().with_own(own)))


def _work(job: Job) -> DocumentReading:
    return _worker[0].read(*job)


__all__ = ["Reader", "build"]
