"""Why the mentions of one node were taken for one entity, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from kg.explain.ties import Tie
from kg.explain.wordings import Wording
from kg.model import ORGANISATIONS
from kg.namespaces import RDFS
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.wikidata.subjects import Facts

_FULL = (Tie.NAME, Tie.KNOWN, Tie.SPELLING)


def one(
    subject: Subject, record: Record | None, possible: bool, wordings: Sequence[Wording], alone: bool, facts: Facts
) -> str:
    """Why mentions, in one text or in several, were joined; ``possible`` says that the record is not sure,
    ``alone`` that one text has them all."""
    if record is not None and possible:
        return f"each text may mean the record {record.id} of the reference data, and none says more"
    if record is not None:
        return f"each text means the record {record.id} of the reference data"
    if sum(each.times for each in wordings) == 1:
        return "it is mentioned once"
    told = _TOLD.get(subject.cls, _by_name)(subject, wordings, facts)
    return f"{told}; all in one text" if alone else told


def _by_name(subject: Subject, wordings: Sequence[Wording], facts: Facts) -> str:
    names = [each.text for each in wordings if each.tie in _FULL]
    if not names:
        return "the texts refer back to one thing that they describe"
    if subject.cls in ORGANISATIONS:
        return f"the texts have the name {names[0]!r}, the same words in another order, or an acronym behind it"
    if subject.cls == "Person" and all(len(name.split()) == 1 for name in subject.names):
        return f"the texts have the one word {names[0]!r} alone: kg review can part who shares it"
    return f"the texts have the full name {names[0]!r}, of which shorter ones are a part"


def _treaty(subject: Subject, wordings: Sequence[Wording], facts: Facts) -> str:
    parties = " and ".join(sorted(_label(facts, iri) for iri in subject.parties))
    agreed = [f"the parties {parties}"] if parties else []
    agreed += [f"the date {subject.date}"] if subject.date else []
    names = [each.text for each in wordings if each.tie in _FULL]
    agreed += [f"the name {names[0]!r}"] if names and not agreed else []
    return f"the texts agree in {' and '.join(agreed) or 'what they describe'}, and in the kind"


def _of_owner(kind: str) -> Callable[[Subject, Sequence[Wording], Facts], str]:
    def told(subject: Subject, wordings: Sequence[Wording], facts: Facts) -> str:
        owners = " and ".join(_label(facts, iri) for iri in subject.states)
        return f"it is one {kind} of {owners}" if owners else f"it is one {kind}, of whom is not told"

    return told


_TOLD: Mapping[str, Callable[[Subject, Sequence[Wording], Facts], str]] = MappingProxyType(
    {"Treaty": _treaty, "Office": _of_owner("role"), "GovernmentBody": _of_owner("kind of body")}
)


def _label(facts: Facts, iri: str) -> str:
    return facts.one(iri, RDFS + "label") or iri
