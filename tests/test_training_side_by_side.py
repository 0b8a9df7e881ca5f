import os
import signal
from functools import partial
from pathlib import Path

import pytest

from kg.errors import InputError, OutputError
from kg.progress import Progress, Silent
from kg.training.side_by_side import carry_out


def write(folder: Path, name: str, progress: Progress) -> None:
    """Writes what it found there, so that a step that came too early is seen."""
    if name.startswith("wrong"):
        raise InputError("names.csv", "no column name")
    if name == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    found = sorted(path.name for path in folder.iterdir())
    (folder / name).write_text(" ".join(found), encoding="utf-8")
    progress.advance(2, name)


class Told(Silent):
    def __init__(self) -> None:
        self.all: list[tuple[int, str]] = []

    def advance(self, n: int, label: str) -> None:
        self.all.append((n, label))


def test_a_step_waits_for_those_that_it_needs(tmp_path: Path) -> None:
    told = Told()
    needs = {"last": frozenset({"left", "right"}), "left": frozenset({"first"}), "right": frozenset({"first"})}
    carry_out({**needs, "first": frozenset()}, partial(write, tmp_path), told)
    found = {path.name: path.read_text(encoding="utf-8").split() for path in tmp_path.iterdir()}
    assert found["first"] == []
    assert found["last"] == ["first", "left", "right"]
    assert "first" in found["left"] and "first" in found["right"]
    assert sorted(told.all) == [(2, "first"), (2, "last"), (2, "left"), (2, "right")]


def test_a_step_that_fails_stops_what_needs_it_and_no_other(tmp_path: Path) -> None:
    needs: dict[str, frozenset[str]] = {"beside": frozenset(), "wrong": frozenset(), "after": frozenset({"wrong"})}
    with pytest.raises(InputError, match=r"names\.csv: no column name") as raised:
        carry_out(needs, partial(write, tmp_path), Silent())
    assert (raised.value.source, raised.value.cause) == ("names.csv", "no column name")
    assert [path.name for path in tmp_path.iterdir()] == ["beside"]


def test_a_process_that_the_system_ends_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="run again to go on"):
        carry_out({"killed": frozenset()}, partial(write, tmp_path), Silent())
