"""How far a load has come, in a file beside the graph, so that a killed one goes on where it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from kg.namespaces import ID
from kg.writing import write_text


@dataclass(frozen=True, slots=True)
class State:
    """Which graph goes where and how far it is.

    ``graph`` is the file's SHA-256, ``target`` where its triples outside any graph go, ``graphs`` how many graphs are
    replaced, ``chunk`` the bytes of a chunk, ``done`` how many chunks the store has confirmed, ``moving`` whether all
    are there and the old graphs are being replaced.
    """

    graph: str
    to: str
    store: str
    target: str
    graphs: int
    chunk: int
    done: int = 0
    moving: bool = False

    def same_load(self, other: State) -> bool:
        """Whether both tell of the same graph, cut in the same way, on its way to the same place."""
        return replace(self, done=0, moving=False) == replace(other, done=0, moving=False)

    def staging(self) -> tuple[str, ...]:
        """The graphs aside that the chunks go to, one for each graph that is replaced, as in N-Quads."""
        key = hashlib.sha256(f"{self.graph} {self.target}".encode()).hexdigest()[:16]
        return tuple(f"<{ID}staging/{key}/{number}>" for number in range(1, self.graphs + 1))


@dataclass(frozen=True, slots=True)
class StateFile:
    """The file; what cannot be read as a state counts as none."""

    path: Path

    def read(self) -> State | None:
        """The state that was kept, if any."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            types = {each.name: each.type for each in fields(State)}
            if {name: type(value).__name__ for name, value in kept.items()} != types:
                return None
            return State(**kept)
        except (OSError, ValueError, AttributeError):
            return None

    def write(self, state: State) -> None:
        """Keep a state; raises ``OutputError`` where the file cannot be written."""
        write_text(self.path, json.dumps(asdict(state), indent=1) + "\n")

    def remove(self) -> None:
        """Forget: the load is over."""
        self.path.unlink(missing_ok=True)
