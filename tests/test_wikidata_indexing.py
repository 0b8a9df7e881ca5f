"""The index of a dump: streaming, resuming, the same bytes, what it finds."""

from __future__ import annotations

import bz2
import gzip
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from wikidata_help import dump_text, entity, noise, write_dump

from kg.errors import InputError, SettingsError
from kg.wikidata import indexing
from kg.wikidata.dump import Position, lines
from kg.wikidata.index import Index
from kg.wikidata.indexing import make_index

PEOPLE = [
    entity("Q58217", "Sergey Lavrov", {"P31": ["Q5"], "P39": ["Q9000000001"]}, ["Lavrov"], 40),
    entity("Q7459020", "Abbas Araghchi", {"P31": ["Q5"], "P39": ["Q9000000002"]}, ["Abbas Araqchi"], 15),
    entity("Q794", "Iran", {"P31": ["Q3624078"], "P298": ["IRN"]}, ["Persia"], 60),
]


@pytest.fixture
def entities() -> list[dict[str, object]]:
    """The three among noise."""
    return [*noise(40), PEOPLE[0], *noise(40, 60_000_000), PEOPLE[1], PEOPLE[2]]


class Stop(BaseException):
    """A kill, as far as the code can tell."""


class StopAfter:
    """A progress that ends the run after so many reports."""

    def __init__(self, reports: int) -> None:
        self.reports = reports

    def start(self, total: int) -> None: ...

    def advance(self, n: int, label: str) -> None:
        self.reports -= 1
        if not self.reports:
            raise Stop

    def done(self) -> None: ...


@pytest.mark.parametrize("ending", [".json", ".json.gz", ".json.bz2"])
def test_an_index_holds_what_can_be_linked(ending: str, entities: list[dict[str, object]], tmp_path: Path) -> None:
    dump = write_dump(tmp_path / f"dump{ending}", entities)
    result = make_index(dump, tmp_path / "index")
    assert (result.read, result.kept, result.broken) == (83, 3, 0)
    assert result.kinds == {"Person": 2, "State": 1}
    index = Index(tmp_path / "index")
    assert len(index) == 3 and index.source == dump.name
    assert [item.id for item in index.search(["Abbas Araqchi"])] == ["Q7459020"]
    assert [item.id for item in index.search(["Sergei Lavrov", "Persia"])] == ["Q794", "Q58217"]
    assert index.search(["Nobody"]) == [] and set(index.get(["Q794", "Q1"])) == {"Q794"}
    index.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [dump.name, "index"]


def test_the_same_dump_gives_the_same_bytes_packed_or_not(entities: list[dict[str, object]], tmp_path: Path) -> None:
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        make_index(write_dump(tmp_path / place / "dump.json", entities), tmp_path / place / "index")
    assert (tmp_path / "a/index").read_bytes() == (tmp_path / "b/index").read_bytes()


@pytest.mark.parametrize("ending", [".json", ".json.gz", ".json.bz2"])
@pytest.mark.parametrize("reports", [1, 3, 8])
def test_a_stopped_run_goes_on_and_ends_as_one_that_was_not(
    ending: str, reports: int, entities: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "COMMIT_EVERY", 10)
    dump = write_dump(tmp_path / f"dump{ending}", entities)
    make_index(dump, tmp_path / "whole")
    with pytest.raises(Stop):
        make_index(dump, tmp_path / "stopped", StopAfter(reports))
    assert not (tmp_path / "stopped").exists()
    result = make_index(dump, tmp_path / "stopped")
    assert result.resumed == 10 * reports - 1  # the first line is the bracket of the array
    assert (result.read, result.kept) == (83, 3)
    assert (tmp_path / "stopped").read_bytes() == (tmp_path / "whole").read_bytes()


def test_a_killed_process_goes_on(entities: list[dict[str, object]], tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "dump.json", [*entities, *noise(600, 70_000_000)])
    code = (
        "import os, sys; from pathlib import Path; from kg.wikidata import indexing; indexing.COMMIT_EVERY = 50\n"
        "class Kill:\n"
        "    def start(self, total): pass\n"
        "    def advance(self, n, label): os.kill(os.getpid(), 9)\n"
        "indexing.make_index(Path(sys.argv[1]), Path(sys.argv[2]), Kill())"
    )
    killed = subprocess.run([sys.executable, "-c", code, dump, tmp_path / "index"], check=False)
    assert killed.returncode == -9
    result = make_index(dump, tmp_path / "index")
    assert (result.resumed, result.read, result.kept) == (49, 683, 3)


def test_packers_with_many_streams_are_read_and_resumed_from_the_last(tmp_path: Path) -> None:
    text = dump_text([*noise(30), *PEOPLE]).encode().splitlines(keepends=True)
    for name, pack in (("d.bz2", bz2.compress), ("d.gz", gzip.compress)):
        path = tmp_path / name
        path.write_bytes(b"".join(pack(b"".join(text[i : i + 7])) for i in range(0, len(text), 7)))
        every = list(lines(path))
        assert [line for line, _ in every] == [line.strip(b"\n") for line in text]
        for at in (0, 6, 7, 20, len(text) - 2):
            assert every[at][1].stream > 0 or at < 7
            assert list(lines(path, every[at][1])) == every[at + 1 :]


def test_lines_may_end_as_they_like(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(b"[\r\n{}\r\n\n]")
    assert [line for line, _ in lines(path)] == [b"[", b"{}", b"", b"]"]
    assert next(iter(lines(path, Position(0, 8))))[0] == b"]"


def test_broken_lines_are_counted_and_left_out(tmp_path: Path) -> None:
    dump = tmp_path / "d.json"
    good = dump_text(PEOPLE).replace("\n]\n", ',\n{"id":"Q1","claims":{"P1891":\n{"P1891":}\nnonsense\n]\n')
    dump.write_text(good, encoding="utf-8")
    result = make_index(dump, tmp_path / "index")
    assert (result.kept, result.broken) == (3, 3)


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("d.json", b"", "no entity found"),
        ("d.json", b"hello\n", "no entity found"),
        ("d.json.gz", b"hello", "broken compressed data"),
        ("d.json.bz2", b"hello", "broken compressed data"),
        ("d.json.gz", gzip.compress(dump_text(PEOPLE).encode())[:-20], "ends too early"),
        ("d.json.bz2", bz2.compress(dump_text(PEOPLE).encode())[:-20], "ends too early"),
    ],
)
def test_a_dump_that_is_none_is_named(name: str, content: bytes, cause: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=cause) as raised:
        make_index(tmp_path / name, tmp_path / "index")
    assert raised.value.source == str(tmp_path / name)
    assert not (tmp_path / "index").exists()


def test_a_missing_dump_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        make_index(tmp_path / "d.json", tmp_path / "index")
    assert list(tmp_path.iterdir()) == []


def test_what_was_begun_with_another_dump_is_not_mixed_in(
    entities: list[dict[str, object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "COMMIT_EVERY", 10)
    dump = write_dump(tmp_path / "d.json", entities)
    with pytest.raises(Stop):
        make_index(dump, tmp_path / "index", StopAfter(1))
    write_dump(dump, PEOPLE)
    with pytest.raises(SettingsError, match="begun with another dump; delete it"):
        make_index(dump, tmp_path / "index")


@pytest.mark.parametrize("content", [b"", b"text" * 2000])
def test_what_is_no_index_is_said(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(content)
    with pytest.raises(InputError, match="not an index"):
        Index(tmp_path / "index")


def test_a_missing_index_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="kg wikidata index"):
        Index(tmp_path / "index")


def test_the_best_known_of_one_name_are_looked_at_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [entity(f"Q{n}", "Li Wei", {"P31": ["Q5"], "P39": ["Q1"]}, (), n % 7) for n in range(1, 60)]
    make_index(write_dump(tmp_path / "d.json", many), tmp_path / "index")
    monkeypatch.setattr("kg.wikidata.index.MAX_HITS", 5)
    index = Index(tmp_path / "index")
    assert {item.sitelinks for item in index.search(["Li Wei"])} == {6}
    index.close()


def _large(count: int) -> Iterator[dict[str, object]]:
    people = (entity(f"Q{n}", f"Person {n}", {"P31": ["Q5"], "P39": ["Q1"]}, (), 3) for n in range(1, count // 20))
    return chain(noise(count), people)


def test_memory_stays_flat_and_the_rate_is_told(tmp_path: Path) -> None:
    peaks = []
    for count in (300, 1_500):
        dump = write_dump(tmp_path / f"{count}.json", _large(count))
        tracemalloc.start()
        result = make_index(dump, tmp_path / f"{count}.index")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert result.read == count + count // 20 - 1
    assert peaks[1] < 1.5 * peaks[0] + 500_000
    begun = time.monotonic()
    (tmp_path / "again").mkdir()
    result = make_index(tmp_path / "1500.json", tmp_path / "again" / "index")
    assert 0.5 * result.rate < result.read / (time.monotonic() - begun) <= result.rate
    assert result.rate > 1_000
