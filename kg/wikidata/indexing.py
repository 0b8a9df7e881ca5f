"""Making the index from a dump: one pass, flat memory, resumable after a kill.

What was read stands in ``INDEX.part`` until the dump is at its end; a run that finds it goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import monotonic
from typing import Any

from kg.errors import InputError, OutputError, SettingsError
from kg.progress import Progress, Silent
from kg.wikidata.dump import Position, lines
from kg.wikidata.index import finish, insert
from kg.wikidata.items import item_of
from kg.wikidata.kinds import kept_as, may_be_kept

COMMIT_EVERY = 20_000
"""Lines between two points to resume from."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS item (number INTEGER PRIMARY KEY, kinds TEXT NOT NULL, json TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), json TEXT NOT NULL);
"""
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class _State:
    """How far a run has come; ``dump`` identifies the file."""

    dump: str
    stream: int = 0
    skipped: int = 0
    read: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class IndexResult:
    """``read`` entities in this run and the interrupted ones before, of which ``resumed`` before; ``seconds`` of this
    run; ``kinds`` says how many items of each kind are kept (one can be of two), ``broken`` how many lines could not be
    read as JSON."""

    read: int
    resumed: int
    kept: int
    broken: int
    kinds: dict[str, int]
    seconds: float

    @property
    def rate(self) -> float:
        """Entities a second, in this run."""
        return (self.read - self.resumed) / self.seconds if self.seconds else 0.0


def make_index(
    dump: Path, target: Path, progress: Progress | None = None, clock: Callable[[], float] = monotonic
) -> IndexResult:
    """Read a dump and write its index to ``target``, which is whole or not there.

    Lines that are no JSON are counted and left out. Raises ``InputError`` for a dump that cannot be read or that has
    no entity, ``SettingsError`` when ``target.part`` is of another dump, ``OutputError`` when the disk refuses.
    """
    begun = clock()
    shown = progress or Silent()
    staging = target.with_name(target.name + ".part")
    mark = _mark(dump)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(staging)) as db:
            state = _state(db, mark, staging)
            resumed = state.read
            state = _read(db, dump, state, shown)
        if not state.read:
            staging.unlink()
            raise InputError(str(dump), "no entity found: a Wikidata JSON dump has one a line")
        kinds, kept = _whole(staging, target, dump.name)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{target}: cannot be written: {error}") from error
    return IndexResult(state.read, resumed, kept, state.broken, kinds, clock() - begun)


def _whole(staging: Path, target: Path, dump: str) -> tuple[dict[str, int], int]:
    unfinished = target.with_name(target.name + ".tmp")
    kinds = finish(staging, unfinished, dump)
    with closing(sqlite3.connect(unfinished)) as db:
        kept: int = db.execute("SELECT count(*) FROM item").fetchone()[0]
    unfinished.replace(target)
    staging.unlink()
    return kinds, kept


class _Run:
    """Takes line after line; ``state`` is what to resume from."""

    def __init__(self, db: sqlite3.Connection, state: _State) -> None:
        self._db, self._start = db, state
        self.read, self.broken, self.kept = state.read, state.broken, 0

    def state(self, position: Position) -> _State:
        return _State(self._start.dump, position.stream, position.skipped, self.read, self.broken)

    def take(self, line: bytes) -> None:
        text = line.strip().rstrip(b",")
        if text in (b"", b"[", b"]"):
            return
        whole = text.startswith(b"{") and text.endswith(b"}")
        if whole and not may_be_kept(text):
            self.read += 1
            return
        entity = _json(text) if whole else None
        if entity is None:
            self.broken += 1
            return
        self.read += 1
        item = item_of(entity)
        if item and (kinds := kept_as(item)):
            insert(self._db, item, kinds)
            self.kept += 1


def _read(db: sqlite3.Connection, dump: Path, state: _State, shown: Progress) -> _State:
    size = dump.stat().st_size
    shown.start(max(1, size // _MB))
    at, run, start = state.stream, _Run(db, state), Position(state.stream, state.skipped)
    position = start
    for number, (line, behind) in enumerate(lines(dump, start), 1):
        position = behind
        run.take(line)
        if number % COMMIT_EVERY == 0:
            _save(db, run.state(position))
            done = position.stream or min(size, position.skipped)
            shown.advance(done // _MB - at // _MB, f"{run.read:,} entities read, {run.kept:,} kept in this run")
            at = done
    ended = run.state(position)
    _save(db, ended)
    return ended


def _json(text: bytes) -> dict[str, Any] | None:
    try:
        entity = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return entity if isinstance(entity, dict) else None


def _mark(dump: Path) -> str:
    """What tells one dump from another without reading all of it."""
    try:
        with dump.open("rb") as file:
            return f"{dump.stat().st_size} {sha256(file.read(1 << 16)).hexdigest()}"
    except OSError as error:
        raise InputError(str(dump), error.strerror or str(error)) from error


def _state(db: sqlite3.Connection, mark: str, staging: Path) -> _State:
    db.executescript(_SCHEMA)
    row = db.execute("SELECT json FROM state").fetchone()
    if row is None:
        return _State(mark)
    state = _State(**json.loads(row[0]))
    if state.dump != mark:
        raise SettingsError(f"{staging}: was begun with another dump; delete it to begin anew")
    return state


def _save(db: sqlite3.Connection, state: _State) -> None:
    row = {name: getattr(state, name) for name in _State.__slots__}
    db.execute("INSERT OR REPLACE INTO state VALUES (1, ?)", (json.dumps(row),))
    db.commit()
