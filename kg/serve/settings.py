"""What the person who starts the server decides."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SettingsError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
OPENREFINE = ("http://127.0.0.1:3333", "http://localhost:3333")
"""Where OpenRefine runs by default: its pages may ask the reconciliation service."""


def default_workers() -> int:
    """One worker for each processor, from 2 to 8."""
    return max(2, min(8, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may use: seconds, mebibytes of memory beside the graph, and rows of a result."""

    seconds: float = 20.0
    mebibytes: int = 1024
    rows: int = 100_000


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """All options of ``kg serve``.

    ``graph`` is a file in an RDF syntax or the folder of an Oxigraph store, ``names`` the host names by which the
    server may be called besides loopback's, ``allow_hosts`` the hosts that ``SERVICE`` may call, ``origins`` the web
    origins whose pages may read from it, ``texts`` a folder with the sources, for graphs that hold no texts.

    Raises ``SettingsError`` for values that make no sense.
    """

    graph: Path
    host: str = "127.0.0.1"
    port: int = 7878
    names: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = OPENREFINE
    texts: Path | None = None
    workers: int = field(default_factory=default_workers)
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        if not 0 <= self.port <= 65535:
            raise SettingsError(f"no such port: {self.port} (0 to 65535, 0 takes any free one)")
        if self.workers < 1:
            raise SettingsError("at least one worker is needed: --workers 1")
        if min(self.limits.seconds, self.limits.mebibytes, self.limits.rows) <= 0:
            raise SettingsError("limits must be above 0: --timeout, --memory and --max-rows")
        for origin in self.origins:
            if origin == "*" or "://" not in origin:
                raise SettingsError(f"not an origin: {origin!r} (such as http://localhost:3333; '*' is never allowed)")
        if self.host not in LOOPBACK and not self.names:
            raise SettingsError(
                f"--host {self.host} lets others in: say by which name they may call it, --name graph.example.org"
            )

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a ``Host`` header may hold, in lower case and without the port."""
        return LOOPBACK | {self.host.lower()} | {name.lower() for name in self.names}
