"""How far a run has come: the port that the library reports to, and the bar that a terminal shows."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text


class Progress(Protocol):
    """What a long job tells: ``start`` once, ``advance`` for each piece of work, ``done`` at its end."""

    def start(self, total: int) -> None:
        """The number of documents to come, 0 when it is not known."""

    def advance(self, n: int, label: str) -> None:
        """``n`` more documents are read; ``label`` names the last one."""

    def done(self) -> None:
        """The work is over, well or not. May be called again."""


class Silent:
    """Reports to nobody."""

    def start(self, total: int) -> None: ...

    def advance(self, n: int, label: str) -> None: ...

    def done(self) -> None: ...


class Rate(ProgressColumn):
    """Documents a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s", style="progress.data.speed")


class Bar:
    """A bar with the count, the rate, the time left and the document at hand; it vanishes at the end."""

    def __init__(self, console: Console, clock: Callable[[], float] = monotonic) -> None:
        columns = (
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False),
        )
        self._progress = RichProgress(*columns, console=console, transient=True, get_time=clock)
        self._task = self._progress.add_task("", total=None)

    def start(self, total: int) -> None:
        self._progress.update(self._task, total=total or None)
        self._progress.start()

    def advance(self, n: int, label: str) -> None:
        self._progress.update(self._task, advance=n, description=label)

    def done(self) -> None:
        self._progress.stop()


def for_console(console: Console, quiet: bool = False) -> Progress:
    """A bar on a terminal, silence elsewhere or when ``quiet``."""
    return Bar(console) if console.is_terminal and not quiet else Silent()
