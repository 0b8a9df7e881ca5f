"""The id in the graph of each entity of each document: what is one in several documents has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.resolution.decisions import Decisions, Kind
from kg.resolution.reference import Reference
from kg.resolution.surname_links import SurnameLinker
from kg.resolution.treaty_links import TreatyLinker
from kg.resolution.word_order import same_words

if TYPE_CHECKING:
    from kg.resolution.corpus import DocumentReading

Local = tuple[str, str]
"""A document and the key of an entity in it."""


class Identities:
    """By what is known of treaties, same words, surnames and what a reviewer decided; ``fixed`` are known before."""

    def __init__(
        self,
        readings: Sequence[DocumentReading],
        reference: Reference,
        decisions: Decisions,
        fixed: Mapping[Local, str] = MappingProxyType({}),
    ) -> None:
        self.renamed = {**TreatyLinker(readings, reference).run(), **fixed}
        self.merged: dict[str, str] = {}
        every = [(r.document.id, key, entity) for r in readings for key, entity in r.entities.items()]
        named = [((document, key), self.of(document, key), entity) for document, key, entity in every]
        worded = same_words(
            (new, entity) for local, new, entity in named if new not in reference and local not in fixed
        )
        self.renamed |= {local: worded[new] for local, new, _ in named if new in worded}
        self.renamed |= SurnameLinker(readings, reference, self.of).run()
        self.renamed |= fixed
        self.there = {self.of(*local) for local, _, _ in named}
        coming = {each.other for each in decisions.of_kind(Kind.SPLIT)}
        self.merged = decisions.merged(self.there, reference, coming)

    def of(self, document: str, key: str) -> str:
        """The id of the entity that has this key in this document."""
        id = self.renamed.get((document, key), key)
        return self.merged.get(id, id)
