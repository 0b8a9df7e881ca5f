"""Inside one transaction of RDF4J's REST API, which GraphDB shares: clear, add chunk by chunk, commit.

A load that is killed leaves nothing behind, for the store rolls back; the next one starts from the first chunk.
"""

from __future__ import annotations

import re
from contextlib import suppress

from kg.errors import StoreError
from kg.load.client import UPDATE, UnansweredError
from kg.load.job import Job, reference
from kg.load.sending import post_quads, send_all


def load(job: Job) -> None:
    """Load ``job``; raises ``StoreError``, and the old graphs are untouched unless the message says otherwise."""
    url = _begin(job)
    try:
        _clear(job, url)
        _add(job, url)
        _commit(job, url)
    except BaseException:
        with suppress(StoreError):
            job.client.send("DELETE", url, job.dialect, again=False)
        raise


def _begin(job: Job) -> str:
    """The address of a new transaction: its name is the store's, all else is what was given with ``--to``."""
    transactions = job.client.url(job.dialect.data)
    answer = job.client.send("POST", transactions, job.dialect)
    name = answer.headers.get("location", "").rstrip("/").rpartition("/")[2]
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise StoreError(f"{transactions}: names no transaction; is it {job.dialect.title}?")
    return f"{transactions}/{name}"


def _clear(job: Job, url: str) -> None:
    text = " ;\n".join(f"CLEAR SILENT {reference(graph)}" for graph in job.source.counts)
    params, headers = {"action": "UPDATE"}, {"Content-Type": UPDATE}
    job.client.send("PUT", url, job.dialect, params=params, content=text.encode(), headers=headers)


def _add(job: Job, url: str) -> None:
    job.progress.start(job.source.triples)
    for number, rows in enumerate(job.source.chunks(job.dialect.chunk), start=1):
        send_all(rows, lambda part: post_quads(job.client, job.dialect, "PUT", url, part, {"action": "ADD"}))
        job.progress.advance(len(rows), f"chunk {number}")


def _commit(job: Job, url: str) -> None:
    try:
        job.client.send("PUT", url, job.dialect, again=False, params={"action": "COMMIT"})
    except UnansweredError as error:
        raise UnansweredError(f"{error}; whether it was committed is not known: run it again") from None
