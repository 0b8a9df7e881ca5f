"""What a load is told, checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.errors import SettingsError
from kg.load.credentials import PASSWORD, TOKEN, USER
from kg.load.dialects import Store
from kg.load.source import DEFAULT

THE_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """Where a graph goes.

    ``to`` is the store's address, ``store`` its kind (``None``: told by its answer), ``graph`` the IRI of the graph
    that the triples outside any graph replace, or ``"default"``; ``state`` the file that remembers how far a killed
    load was, ``query_at`` where a generic store is queried, if not at ``to``. Raises ``SettingsError`` for what makes
    no sense.
    """

    to: str
    store: Store | None = None
    graph: str | None = None
    state: Path | None = None
    query_at: str | None = None

    def __post_init__(self) -> None:
        _check_address("--to", self.to)
        if self.query_at is not None:
            _check_address("--query-at", self.query_at)
            if self.store is not Store.GENERIC:
                raise SettingsError("--query-at is for --store generic: the other stores' query addresses are known")
        self.target()

    def target(self) -> str | None:
        """``graph`` as in N-Quads, ``DEFAULT``, or ``None`` where nothing was said."""
        if self.graph is None or self.graph == THE_DEFAULT:
            return None if self.graph is None else DEFAULT
        try:
            return str(NamedNode(self.graph))
        except ValueError:
            raise SettingsError(f"--graph {self.graph}: neither an absolute IRI nor '{THE_DEFAULT}'") from None


def _check_address(option: str, address: str) -> None:
    try:
        parts = urlsplit(address)
        there, _ = parts.hostname, parts.port
    except ValueError:
        raise SettingsError(f"{option}: not an address") from None
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise SettingsError(f"{option}: credentials come from {USER} and {PASSWORD}, or {TOKEN}, not from the address")
    if parts.query or parts.fragment:
        raise SettingsError(f"{option}: an address has no '?' or '#' part; a token comes from {TOKEN}")
    if parts.scheme not in ("http", "https") or not there or re.search(r"[\x00-\x20\x7f\\]", address):
        raise SettingsError(f"{option} {address!r}: must be an address like http://localhost:7878")
