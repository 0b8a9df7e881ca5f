"""In which state a place lies."""

from __future__ import annotations

from kg.extraction.page import LocalEntity
from kg.resolution.reference import Reference


def countries_of(entities: dict[str, LocalEntity], reference: Reference) -> dict[str, str]:
    """For each known place among the entities the state of today that it lies in, which becomes an entity too."""
    found: dict[str, str] = {}
    for key, entity in list(entities.items()):
        record = reference.get(entity.record) if entity.record and entity.cls == "Place" else None
        state = reference.get(record.country) if record and record.country else None
        if state is not None and state.cls == "State":
            entities.setdefault(state.id, LocalEntity(state.id, state.cls, state.name, state.id))
            found[key] = state.id
    return found
