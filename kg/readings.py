"""What many documents say: read by one process or several, kept from an earlier run, read anew after a decision."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from kg import language
from kg.kept import Kept, folder_digest
from kg.model import Document
from kg.progress import Progress
from kg.reader import Job, Reader
from kg.resolution.corpus import DocumentReading
from kg.resolution.reference import Own, Reference
from kg.resolution.splitting import Splits
from kg.settings import BuildSettings


@dataclass(frozen=True, slots=True)
class Readings:
    """Reads documents as the settings of a build say; ``reference`` holds the user's ``own`` entities too."""

    settings: BuildSettings
    reference: Reference
    own: Own

    def of(self, documents: Sequence[Document], progress: Progress) -> Iterator[DocumentReading]:
        """The readings of the documents, those that are kept first, each shown and kept as it comes."""
        kept = self._kept()
        if kept is None:
            yield from _shown(self._read([(each, {}) for each in documents]), progress)
            return
        there = {document.id: reading for document in documents if (reading := kept.get(document)) is not None}
        yield from _shown(there.values(), progress)
        rest: list[Job] = [(document, {}) for document in documents if document.id not in there]
        for reading in _shown(self._read(rest) if rest else (), progress):
            kept.put(reading)
            yield reading

    def again(self, readings: Sequence[DocumentReading], split: Splits) -> Iterator[DocumentReading]:
        """The readings, those of documents anew of which a reviewer gave mentions to other entities."""
        jobs = [(each.document, split.moved[each.document.id]) for each in readings if each.document.id in split.moved]
        anew = {reading.document.id: reading for reading in self._read(jobs)}
        return (anew.get(reading.document.id, reading) for reading in readings)

    def _kept(self) -> Kept | None:
        if self.settings.keep is None:
            return None
        folder = Path(self.settings.pipeline)
        by = [self.settings.pipeline, folder_digest(folder) if folder.is_dir() else "", repr(self.own)]
        return Kept(self.settings.keep, by)

    def _read(self, jobs: Sequence[Job]) -> Iterator[DocumentReading]:
        workers = min(self.settings.workers, len(jobs))
        nlp = language.load(self.settings.pipeline)
        if workers == 1:
            yield from Reader(nlp, self.reference).read_all(jobs)
            return
        context = get_context("spawn")  # a fork would copy the locks of the runtime's threads
        with ProcessPoolExecutor(workers, context, _start_worker, (self.settings.pipeline, self.own)) as pool:
            try:
                size = max(1, min(16, len(jobs) // (workers * 4)))
                parts = [jobs[start : start + size] for start in range(0, len(jobs), size)]
                yield from chain.from_iterable(pool.map(_work, parts))
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


def _work(jobs: Sequence[Job]) -> list[DocumentReading]:
    return list(_worker[0].read_all(jobs))
