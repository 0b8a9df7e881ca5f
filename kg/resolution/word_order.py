"""One thing named by the same words in another order: "1965 India-Pakistan War" and "India-Pakistan War of 1965"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.extraction.page import LocalEntity
from kg.resolution.judging.spelling import name

_CLASSES = frozenset({"InternationalOrganisation", "Organisation", "Conflict", "Place"})
_WORDS = 3
"""Of fewer the order is part of the name."""


def same_words(entities: Iterable[tuple[str, LocalEntity]]) -> dict[str, str]:
    """For ids of entities that are in no reference data the one id of all that have the same words; years are words."""
    called: dict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
    for id, entity in entities:
        words = frozenset(name(entity.name).words)
        if entity.cls in _CLASSES and entity.record is None and not entity.links and len(words) >= _WORDS:
            called[entity.cls, words].add(id)
    return {id: min(ids) for ids in called.values() if len(ids) > 1 for id in ids}
