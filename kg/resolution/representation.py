"""For whom a person acts when the text does not say: "Putin and Pezeshkian signed"."""

from __future__ import annotations

from kg.extraction.page import Resolved
from kg.model import PartialDate
from kg.resolution.reference import Record, Reference


def with_known_offices(
    acts_for: dict[str, str],
    resolved: Resolved,
    reference: Reference,
    epochs: dict[int, PartialDate | None],
) -> dict[str, str]:
    """``acts_for`` and, for other known persons, the state of their office at that time, if the text names it."""
    found = dict(acts_for)
    for k, mention in enumerate(resolved.mentions):
        for key in resolved.referents.get(k, ()) if mention.cls == "Person" else ():
            record = reference.get(resolved.entities[key].record or "")
            state = _state(record, epochs[mention.paragraph]) if record is not None and key not in found else ""
            if state in resolved.entities:
                found[key] = state
    return found


def _state(record: Record, when: PartialDate | None) -> str:
    terms = [t for t in record.terms if t.of.startswith(("state/", "historical-state/"))]
    if when is not None:
        day = when.latest.isoformat()
        terms = [
            t for t in terms if (t.start or "") <= day and (t.end is None or t.end >= when.earliest.isoformat())
        ] or terms
    return max(terms, key=lambda t: t.start or "", default=None).of if terms else ""  # type: ignore[union-attr]
