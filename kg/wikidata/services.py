"""Which linker the options of ``kg link`` ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SettingsError
from kg.resolution.reference import Reference
from kg.wikidata.client import Client, checked_address, user_agent
from kg.wikidata.index import Index
from kg.wikidata.linking import CandidateLinker, Linker
from kg.wikidata.online import API, QUERY_SERVICE, OnlineCandidates
from kg.wikidata.reconcile import ReconciliationLinker
from kg.wikidata.sources import IndexCandidates
from kg.wikidata.transport import Transport, UrllibTransport


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """One of ``index``, ``online`` and ``reconcile`` says by what to link; ``timeout`` is in seconds.

    Raises ``SettingsError`` for none or several of them, and for addresses that are none.
    """

    index: Path | None = None
    online: bool = False
    reconcile: str | None = None
    contact: str | None = None
    cache: Path | None = None
    endpoint: str | None = None
    query_service: str | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if (self.index is not None) + self.online + (self.reconcile is not None) != 1:
            raise SettingsError("link by what? One of --index, --online and --reconcile is needed")
        if self.timeout <= 0:
            raise SettingsError(f"--timeout {self.timeout:g}: must be more than 0 seconds")
        if not self.online and (self.endpoint or self.query_service):
            raise SettingsError("--endpoint and --query-service go with --online")
        for option, url in (("--reconcile", self.reconcile), ("--endpoint", self.endpoint)):
            if url is not None:
                checked_address(option, url)
        if self.query_service is not None:
            checked_address("--query-service", self.query_service)


def linker(settings: LinkSettings, reference: Reference, transport: Transport | None = None) -> Linker:
    """The linker, which takes the states of one line from ``reference``; ``transport`` stands for the network.

    Raises ``SettingsError`` without a contact where one is asked for, ``InputError`` for an index that is none,
    ``StoreError`` for a service that is none.
    """
    if settings.index:
        return CandidateLinker(IndexCandidates(Index(settings.index)), reference)
    cache = settings.cache or cache_folder()
    client = Client(user_agent(settings.contact), cache, transport or UrllibTransport(settings.timeout))
    if settings.reconcile:
        return ReconciliationLinker(client, settings.reconcile)
    api, query_service = settings.endpoint or API, settings.query_service or QUERY_SERVICE
    return CandidateLinker(OnlineCandidates(client, api, query_service), reference)


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/treatygraph/wikidata``, else below ``~/.cache``."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "treatygraph" / "wikidata"
