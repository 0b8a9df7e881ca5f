"""For whom a person acts: by an office told in the text, or by a known one ("Putin and Pezeshkian signed")."""

from __future__ import annotations

from kg.extraction.lexicon import lexicon
from kg.extraction.page import LocalEntity, OfficePhrase, Resolved
from kg.model import AGENTS, PartialDate
from kg.resolution.offices import canonical
from kg.resolution.records import Record
from kg.resolution.reference import Reference


def represented(resolved: Resolved, phrases: list[OfficePhrase]) -> dict[str, str]:
    """For each person with an office in this document the polity or organisation that he or she acts for."""
    found: dict[str, str] = {}
    for phrase in phrases:
        owner = resolved.referents.get(phrase.of, ()) if phrase.of is not None else ()
        if not owner:
            default = lexicon().role_default_of.get(phrase.role)
            owner = (default,) if default and default in resolved.entities else ()
        if not owner or phrase.former:
            continue
        key = owner[0]
        if resolved.entities[key].cls == "GovernmentBody" and resolved.entities[key].of:
            key = resolved.entities[key].of or key
        for k in phrase.persons:
            for person in resolved.referents.get(k, ()):
                if resolved.entities[person].cls == "Person" and key in resolved.entities:
                    found.setdefault(person, key)
    return {p: k for p, k in found.items() if resolved.entities[k].cls in AGENTS}


def with_known_offices(
    acts_for: dict[str, str],
    resolved: Resolved,
    phrases: list[OfficePhrase],
    reference: Reference,
    epochs: dict[int, PartialDate | None],
) -> dict[str, str]:
    """``acts_for`` and, for other known persons, the state of their office at that time.

    The text names the state, or the very office without its state ("President Putin"): then the state is added to the
    entities.
    """
    found = dict(acts_for)
    roles = {k: canonical(p.role) for p in phrases for k in p.persons if p.of is None and not p.former}
    for k, mention in enumerate(resolved.mentions):
        for key in resolved.referents.get(k, ()) if mention.cls == "Person" else ():
            record = reference.get(resolved.entities[key].record or "")
            if record is None or key in found:
                continue
            when = epochs[mention.paragraph]
            named, told = state_of(record, when), state_of(record, when, roles.get(k)) if k in roles else ""
            state = reference.get(told)
            if state is not None:
                resolved.entities.setdefault(told, LocalEntity(told, state.cls, state.name, told))
            if told or named in resolved.entities:
                found[key] = told or named
    return found


def state_of(record: Record, when: PartialDate | None, office: str | None = None) -> str:
    """The state of the person's latest office at a time; with ``office`` of that one only, if it leaves no choice."""
    terms = [t for t in record.terms if t.of.startswith(("state/", "historical-state/"))]
    if office is not None:
        terms = [t for t in terms if t.office == office]
        then = [t for t in terms if when is not None and t.covers(when)]
        terms = then or (terms if len({t.of for t in terms}) == 1 else [])
    elif when is not None:
        terms = [t for t in terms if t.covers(when)] or terms
    latest = max((t.start or "" for t in terms), default="")
    states = {t.of for t in terms if (t.start or "") == latest}
    return states.pop() if len(states) == 1 else ""  # a king of many realms acts for none of them by that alone
