"""The straight line of a load: ask which store it is, read the graph, send it, replace, count."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from kg.errors import SettingsError, StoreError
from kg.load import put, staging, transaction
from kg.load.client import Client
from kg.load.credentials import Credentials
from kg.load.dialects import Dialect, Store, Way, detect, dialects
from kg.load.job import Job, called, missing
from kg.load.settings import THE_DEFAULT, LoadSettings
from kg.load.source import DEFAULT, survey
from kg.load.state import State, StateFile
from kg.namespaces import RDF, TG
from kg.progress import Progress, Silent

_WAYS: Mapping[Way, Callable[[Job], None]] = {
    Way.STAGING: staging.load,
    Way.TRANSACTION: transaction.load,
    Way.PUT: put.load,
}


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What was loaded: the store's name and address, triples by graph as counted there, and what was there before."""

    store: str
    to: str
    counts: Mapping[str, int]
    before: int
    blank: int
    resumed: bool

    @property
    def triples(self) -> int:
        """The triples of all graphs."""
        return sum(self.counts.values())

    def summary(self) -> str:
        """One line: what is where now, and what it took the place of."""
        where = called(next(iter(self.counts))) if len(self.counts) == 1 else f"{len(self.counts):,} graphs"
        blank = f"; {self.blank:,} blank nodes became IRIs" if self.blank else ""
        went_on = ", going on from an earlier run" if self.resumed else ""
        return (
            f"{self.triples:,} triples are in {where} of {self.store} at {self.to}, as counted there{went_on}; "
            f"before there were {self.before:,}{blank}."
        )


def load(
    path: Path,
    settings: LoadSettings,
    credentials: Credentials | None = None,
    progress: Progress | None = None,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> LoadResult:
    """Put the graph in a file into a store, in the place of the graphs of the same names, and count it there.

    Raises ``InputError`` for a file that cannot be read to its end (nothing is sent then), ``SettingsError`` for a
    target that was not named and holds something else, ``StoreError`` when the store refuses, goes away or counts
    otherwise.
    """
    with Client(settings.to, credentials or Credentials(), transport, sleep) as client:
        job = _job(path, settings, client, progress or Silent())
        if settings.graph is None:
            _check_ours(job)
        before = sum(job.count(job.source.counts).values())
        resumed = job.resumed
        _WAYS[job.dialect.way](job)
        counted = job.count(job.source.counts)
        if wrong := missing(counted, job.source.counts):
            raise StoreError(f"{client.base}: loaded, but {wrong}")
        job.file.remove()
        return LoadResult(job.dialect.title, client.base, counted, before, job.source.blank, resumed)


def _job(path: Path, settings: LoadSettings, client: Client, progress: Progress) -> Job:
    dialect = _dialect(settings, client.hello())
    source = survey(path, _target(settings, dialect))
    new = State(source.digest, client.base, dialect.store, source.default, len(source.counts), dialect.chunk)
    file = StateFile(settings.state or path.with_name(f"{path.name}.load.json"))
    job = Job(source, client, dialect, progress, file, new, settings.query_at)
    kept = file.read()
    if kept and kept.same_load(new):
        job.state, job.resumed = kept, True
    elif kept and dialect.way is Way.STAGING and (kept.to, kept.store) == (new.to, new.store):
        staging.drop(job, kept.staging())
    return job


def _dialect(settings: LoadSettings, headers: Mapping[str, str]) -> Dialect:
    if settings.store:
        return dialects()[settings.store]
    if found := detect(urlsplit(settings.to).path, headers):
        return found
    raise SettingsError(f"--to {settings.to}: its answer does not say which store it is; add --store {'|'.join(Store)}")


def _target(settings: LoadSettings, dialect: Dialect) -> str:
    """Where triples outside any graph go, as in N-Quads."""
    own = f"<{dialect.default}>" if dialect.default else DEFAULT
    named = settings.target()
    return own if named is None or named == DEFAULT else named


def _check_ours(job: Job) -> None:
    """Refuse to replace, unasked, a graph that holds something that no build wrote."""
    graph = job.source.default
    if not job.state.moving and graph in job.source.counts and (there := job.count_of(graph, "?s ?p ?o")):
        if job.count_of(graph, f"?s <{RDF}type> <{TG}Document>"):
            return
        name = graph[1:-1] or THE_DEFAULT
        raise SettingsError(
            f"{job.client.base}: {called(graph)} holds {there:,} triples of something else; "
            f"to replace them say --graph {name}, to keep them name another graph"
        )
