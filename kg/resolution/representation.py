"""For whom a person acts whose office the text tells without its owner: "Presidents Putin and Pezeshkian signed"."""

from __future__ import annotations

from kg.extraction.page import OfficePhrase, Resolved
from kg.model import PartialDate
from kg.resolution.reference import Record, Reference


def with_known_offices(
    acts_for: dict[str, str],
    resolved: Resolved,
    phrases: list[OfficePhrase],
    reference: Reference,
    epochs: dict[int, PartialDate | None],
) -> dict[str, str]:
    """``acts_for`` and, for known persons beside an office without an owner, the state of their term at that time."""
    found = dict(acts_for)
    for phrase in phrases:
        for k in phrase.persons:
            for key in resolved.referents.get(k, ()):
                record = reference.get(resolved.entities[key].record or "")
                if key not in found and record is not None:
                    state = _state(record, epochs[phrase.paragraph])
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
