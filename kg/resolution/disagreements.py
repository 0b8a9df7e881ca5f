"""Values of single-valued properties that exclude each other, and which of them is the better supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kg.model import (
    SINGLE_VALUED,
    Claim,
    Disagreement,
    EntityRef,
    Modality,
    PartialDate,
    Value,
)


def disagreements(
    claims: Sequence[Claim], held: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> list[Disagreement]:
    """Single-valued properties with actual values that exclude each other; the better supported is chosen: told by
    more documents, then asserted rather than attributed, then more often, then the more precise, then the earlier.

    ``held`` are the values, as text, that a reviewer holds true, by subject and property: where a claim has one, it is
    chosen.
    """
    told: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in SINGLE_VALUED and claim.modality is Modality.ACTUAL:
            told[(claim.subject, claim.predicate)].append(claim)
    found = []
    for (subject, predicate), group in sorted(told.items()):
        values = {c.object for c in group}
        if len(values) < 2 or all(_agree(a, b) for a in values for b in values):
            continue
        true = held.get((subject, predicate))
        ranked = sorted(values, key=lambda v: (value_text(v) != true, _support(v, group)))
        others = tuple(v for v in ranked[1:] if not _agree(ranked[0], v))
        found.append(Disagreement(subject, predicate, ranked[0], tuple(sorted(others, key=repr))))
    return found


def value_text(value: Value) -> str:
    """A date or a duration as it is written, an entity by its id."""
    return value.id if isinstance(value, EntityRef) else str(getattr(value, "text", value))


def _agree(one: Value, other: Value) -> bool:
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.agrees(other)
    return one == other


def _support(value: Value, group: Sequence[Claim]) -> tuple[int, int, int, int, str]:
    backing = [c for c in group if _agree(c.object, value)]
    documents = len({c.passage.document for c in backing})
    asserted = sum(not c.attribution for c in backing)
    precise = len(value.text) if isinstance(value, PartialDate) else 0
    return (-documents, -asserted, -len(backing), -precise, repr(value))
