"""The index as a source of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.resolution.judging.context import Context
from kg.resolution.judging.items import Item
from kg.resolution.judging.subject import Subject
from kg.wikidata.index import Index
from kg.wikidata.items import is_qid
from kg.wikidata.kinds import kinds_of


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
        return self._index.get(filter(is_qid, ids))

    def kinds(self, item: Item) -> frozenset[str]:
        return kinds_of(item)
