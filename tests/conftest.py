"""What tests share: the command run in this process or in one of its own, and the folder of benchmarks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import cli

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def message(self) -> str:
        """The one line on stderr."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run ``kg`` in this process: ``kg("build", path, "-o", output)``."""

    def call(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return call


@pytest.fixture
def kg_process() -> Callable[..., Outcome]:
    """Run ``kg`` in a process of its own; keywords go to ``subprocess.run``."""

    def call(*arguments: object, **options: object) -> Outcome:
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload]
        return Outcome(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of benchmarks beside the repository (``TREATYGRAPH_SHARED``); tests skip without it."""
    folder = Path(os.environ.get("TREATYGRAPH_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no benchmarks in {folder}")
    return folder
