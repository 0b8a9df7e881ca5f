"""Values of single-valued properties that exclude each other, and which of them is the better supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.model import (
    SINGLE_VALUED,
    Claim,
    Disagreement,
    Modality,
    PartialDate,
    Value,
)


def disagreements(claims: Sequence[Claim]) -> list[Disagreement]:
    """Single-valued properties with actual values that exclude each other; the better supported is chosen: told by
    more documents, then asserted rather than attributed, then more often, then the more precise, then the earlier."""
    told: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.predicate in SINGLE_VALUED and claim.modality is Modality.ACTUAL:
            told[(claim.subject, claim.predicate)].append(claim)
    found = []
    for (subject, predicate), group in sorted(told.items()):
        values = {c.object for c in group}
        if len(values) < 2 or all(_agree(a, b) for a in values for b in values):
            continue
        ranked = sorted(values, key=lambda v: _support(v, group))
        others = tuple(v for v in ranked[1:] if not _agree(ranked[0], v))
        found.append(Disagreement(subject, predicate, ranked[0], tuple(sorted(others, key=repr))))
    return found


def _agree(one: Value, other: Value) -> bool:
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.agrees(other)
    return one == other


def _support(value: Value, group: Sequence[Claim]) -> tuple[int, int, int, int, str]:
    backing = [c for c in group if _agree(c.object, value)]
    documents = len({c.passage.document for c in backing})
    asserted = sum(c.attributed_to is None for c in backing)
    precise = len(value.text) if isinstance(value, PartialDate) else 0
    return (-documents, -asserted, -len(backing), -precise, repr(value))
