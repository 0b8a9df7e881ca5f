"""Into graphs aside, chunk by chunk, then one MOVE of all of them (SPARQL 1.1 Update, 3.2.4).

Until the MOVE nobody who asks for the old graphs sees anything of the new ones. A MOVE is never repeated blindly: where
its answer was lost the graphs aside are gone, and a second one would empty what has just been loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import StoreError
from kg.load.client import PAUSES, UnansweredError
from kg.load.job import Job, missing, reference
from kg.load.sending import send_all, sender


class _IncompleteError(StoreError):
    """The graphs aside are not what was sent."""


def load(job: Job) -> None:
    """Load ``job``, from the chunk on that its state names; from the first one where the store has lost what it had.

    Raises ``StoreError``; the old graphs are then untouched, unless the message says that the MOVE's answer is lost.
    """
    try:
        _attempt(job)
    except _IncompleteError:
        if not job.resumed:
            raise
        job.resumed = False
        job.keep()
        _attempt(job)


def drop(job: Job, graphs: Iterable[str]) -> None:
    """Drop graphs aside, those that are not there too."""
    job.client.update(job.dialect, " ;\n".join(f"DROP SILENT GRAPH {graph}" for graph in graphs))


def _attempt(job: Job) -> None:
    aside = dict(zip(job.source.counts, job.state.staging(), strict=True))
    if not job.state.moving:
        _fill(job, aside)
    _publish(job, aside)


def _fill(job: Job, aside: Mapping[str, str]) -> None:
    if not job.state.done:
        drop(job, aside.values())
    send = sender(job.client, job.dialect)
    job.progress.start(job.source.triples)
    for number, rows in enumerate(job.source.chunks(job.dialect.chunk), start=1):
        if number > job.state.done:
            send_all([(aside[graph], triple) for graph, triple in rows], send)
            job.keep(done=number)
        job.progress.advance(len(rows), f"chunk {number}")


def _publish(job: Job, aside: Mapping[str, str]) -> None:
    """Put the graphs aside in the place of the old ones, those that are not there yet."""
    for pause in (*PAUSES, None):
        waiting = _waiting(job, aside)
        if not waiting:
            return
        job.keep(done=job.state.done, moving=True)
        moves = " ;\n".join(f"MOVE GRAPH {staged} TO {reference(graph)}" for graph, staged in waiting.items())
        try:
            return job.client.update(job.dialect, job.dialect.before_move + moves, again=False)
        except UnansweredError as error:
            if pause is None:
                raise UnansweredError(f"{error}; all is sent: run it again to see whether it was moved") from None
            job.client.sleep(pause)


def _waiting(job: Job, aside: Mapping[str, str]) -> dict[str, str]:
    """The graphs still aside; raises where one is neither complete there nor, once moving, complete in its place."""
    expected = job.source.counts
    staged = job.count(aside.values())
    moved = {graph for graph in expected if job.state.moving and not staged[aside[graph]]}
    if moved and (wrong := missing(job.count(moved), {graph: expected[graph] for graph in moved})):
        raise _IncompleteError(f"{job.client.base}: {wrong}")
    rest = {graph: place for graph, place in aside.items() if graph not in moved}
    if wrong := missing(staged, {place: expected[graph] for graph, place in rest.items()}):
        raise _IncompleteError(f"{job.client.base}: before it replaces the old graph, {wrong}; that one is untouched")
    return rest
