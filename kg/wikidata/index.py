"""The local index: the items of a dump that can be linked to, found by name.

An SQLite file with the items (``item``), the keys of their names (``key``) and where they come from (``meta``). The
same dump gives the same bytes, whether or not the run was interrupted.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.errors import InputError
from kg.resolution.judging.items import Item
from kg.resolution.judging.spelling import keys
from kg.wikidata.items import from_json, to_json

FORMAT = "treatygraph-wikidata-index-1"
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE item (number INTEGER PRIMARY KEY, kinds TEXT NOT NULL, json TEXT NOT NULL);
CREATE TABLE key (key TEXT NOT NULL, rank INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, rank, number)) WITHOUT ROWID;
"""
MAX_HITS = 200
"""How many items of one key are looked at, those with the most wiki pages first."""


class Index:
    """An index to read from. Raises ``InputError`` for a file that is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise InputError(str(path), "no such index: 'kg wikidata index' makes one")
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        self._closing = weakref.finalize(self, self._db.close)
        with _as_input_errors(path):
            self._meta: dict[str, str] = dict(self._db.execute("SELECT name, value FROM meta"))
        if self._meta.get("format") != FORMAT:
            raise InputError(str(path), "not an index of this version: make it again with 'kg wikidata index'")

    @property
    def source(self) -> str:
        """The file name of the dump."""
        return self._meta["dump"]

    def close(self) -> None:
        """Let go of the file; done at the latest when the index is not used any more."""
        self._closing()

    def __len__(self) -> int:
        return int(self._meta["items"])

    def get(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items of these ids, as far as they are here."""
        found = {}
        for id in sorted(set(ids), key=lambda id: int(id[1:])):
            with _as_input_errors(self.path):
                row = self._db.execute("SELECT json FROM item WHERE number = ?", (int(id[1:]),)).fetchone()
            if row:
                found[id] = from_json(row[0])
        return found

    def search(self, names: Iterable[str]) -> list[Item]:
        """The items that share a key with one of the names, by number."""
        wanted = sorted({key for name in names for key in keys(name)})
        numbers: set[int] = set()
        with _as_input_errors(self.path):
            for key in wanted:
                hits = self._db.execute(
                    "SELECT number FROM key WHERE key = ? ORDER BY rank, number LIMIT ?", (key, MAX_HITS)
                )
                numbers.update(number for (number,) in hits)
        return list(self.get(f"Q{number}" for number in sorted(numbers)).values())


def insert(db: sqlite3.Connection, item: Item, kinds: Iterable[str]) -> None:
    """Put an item in; one that is there already (a dump may repeat it) is replaced."""
    number = int(item.id[1:])
    db.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", (number, " ".join(kinds), to_json(item)))


def finish(staging: Path, target: Path, dump: str) -> dict[str, int]:
    """Write the index from the items of ``staging``, in order; returns how many items of each kind it has."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.executescript(SCHEMA)
        db.execute("ATTACH ? AS staging", (str(staging),))
        db.execute("INSERT INTO item SELECT number, kinds, json FROM staging.item ORDER BY number")
        db.execute("CREATE TEMP TABLE found (key TEXT, rank INTEGER, number INTEGER)")
        db.executemany("INSERT INTO found VALUES (?, ?, ?)", _keys(db))
        db.execute("INSERT OR IGNORE INTO key SELECT key, rank, number FROM found ORDER BY key, rank, number")
        counts = _counts(db)
        meta = {"format": FORMAT, "dump": dump, "items": str(db.execute("SELECT count(*) FROM item").fetchone()[0])}
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    return counts


def _keys(db: sqlite3.Connection) -> Iterator[tuple[str, int, int]]:
    for number, text in db.execute("SELECT number, json FROM item ORDER BY number"):
        item = from_json(text)
        for key in sorted({key for name in item.names for key in keys(name)}):
            yield key, -item.sitelinks, number


def _counts(db: sqlite3.Connection) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kinds, number in db.execute("SELECT kinds, count(*) FROM item GROUP BY kinds"):
        for kind in kinds.split():
            counts[kind] = counts.get(kind, 0) + number
    return dict(sorted(counts.items()))


@contextmanager
def _as_input_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(str(path), f"not an index: {error}") from error
