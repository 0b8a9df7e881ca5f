"""The index as a source of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.wikidata.context import Context
from kg.wikidata.index import Index
from kg.wikidata.items import Item
from kg.wikidata.subjects import Subject


class IndexCandidates:
    """All items of the index that share the key of a name with the entity."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @property
    def source(self) -> str:
        return self._index.source

    def search(self, subject: Subject, context: Context) -> Sequence[Item]:
        return self._index.search(subject.names)

    def get(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return self._index.get(ids)
