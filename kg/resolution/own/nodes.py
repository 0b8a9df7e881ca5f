"""Entities from Turtle in the terms of our ontology: a graph that a build wrote, the reference data, a user's own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SettingsError
from kg.extraction.lexicon import lexicon
from kg.model import POLITIES, PartialDate
from kg.namespaces import ID, OWL, RDF, RDFS, SKOS, TG
from kg.resolution.offices import canonical, role
from kg.resolution.own.entries import Entry, Reading, Wrong, date, entity_id, folders, in_order, names, parted, text
from kg.resolution.own.entries import wikidata_id as qid
from kg.resolution.records import Membership, Record, Term

_TYPE, _SAME, _ALT = RDF + "type", OWL + "sameAs", SKOS + "altLabel"
_LABELS = (RDFS + "label", SKOS + "prefLabel")
_LINKS = {"bodyOf", "locatedIn", "memberOf", "succeededBy", "lineage", "party", "signedAt", "holdsOffice", "officeOf"}
_DATES = {"signedOn", "inForceFrom", "terminatedOn", "earliest", "latest"}
_WANTED = {_TYPE, _SAME, _ALT, *_LABELS, *(TG + name for name in _LINKS | _DATES)}
_WIKIDATA = ("http://www.wikidata.org/", "https://www.wikidata.org/")
_SMALL = frozenset(["a", "an", "and", "between", "by", "de", "for", "in", "of", "on", "the", "to", "with"])

Facts = Mapping[str, list[ox.Literal | str]]


def read(path: Path, base: str) -> Reading:
    """The entities of a graph as entries, by their IRIs; ids are what stands behind ``base`` or our own base.

    Raises ``SettingsError`` for a file that cannot be read or is no Turtle.
    """
    nodes = _nodes(path)
    found = Reading()
    for node in sorted(nodes):
        classes = _classes(nodes[node])
        id = _id(node, base)
        if not classes or id.startswith("event/") or _described(nodes[node], classes):
            continue
        entry = Entry(str(path), f"<{node}>", Record("", "", ""), None if id else node)
        try:
            record = _Node(nodes, node, base).record(classes, id, str(path))
            found.entries.append(Entry(entry.file, entry.place, record, entry.key))
        except Wrong as wrong:
            found.errors.append(entry.wrong(str(wrong)))
    return found


def _nodes(path: Path) -> Mapping[str, Facts]:
    found: dict[str, dict[str, list[ox.Literal | str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if triple.predicate.value in _WANTED and not isinstance(triple.subject, ox.Triple):
                told = triple.object
                found[triple.subject.value][triple.predicate.value].append(
                    told if isinstance(told, ox.Literal) else str(getattr(told, "value", ""))
                )
    except (OSError, SyntaxError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise SettingsError(f"--reference {path}: cannot be read as Turtle: {cause}") from error
    return found


def _classes(facts: Facts) -> list[str]:
    found = {str(iri).removeprefix(TG) for iri in facts.get(_TYPE, ())} & set(folders())
    special = found - {"Organisation"}
    return sorted(special or found)


def _id(node: str, base: str) -> str:
    return next((node.removeprefix(each) for each in (base, ID) if node.startswith(each)), "")


class _Node:
    """What a graph says of one node."""

    def __init__(self, nodes: Mapping[str, Facts], node: str, base: str) -> None:
        self.nodes, self.facts, self.base = nodes, nodes[node], base

    def record(self, classes: list[str], id: str, file: str) -> Record:
        if len(classes) > 1:
            raise Wrong(f"two classes: {', '.join(classes)}")
        cls, name = classes[0], self._name(self.facts)
        aliases = self._aliases(cls, name)
        aliases, surnames = parted(name, aliases) if cls == "Person" else (aliases, ())
        start, end = self._period(cls)
        in_order(start, end)
        if cls == "State" and end:
            raise Wrong("a State has no end: it is a HistoricalState if it has ended")
        return Record(
            entity_id(id),
            cls,
            name,
            aliases,
            qid=self._qid(),
            start=start,
            end=end,
            lineage=next(iter(self._links("lineage")), None),
            successors=tuple(self._links("succeededBy")) if cls == "HistoricalState" else (),
            country=self._one({"GovernmentBody": "bodyOf", "Place": "locatedIn"}.get(cls, "")),
            surnames=surnames,
            terms=tuple(self._terms()) if cls == "Person" else (),
            memberships=tuple(Membership(of) for of in self._links("memberOf")) if cls in POLITIES else (),
            prior=1.0,
            signed=self._date("signedOn") if cls == "Treaty" else None,
            in_force=self._date("inForceFrom") if cls == "Treaty" else None,
            parties=tuple(self._links("party")) if cls == "Treaty" else (),
            place=self._one("signedAt") if cls == "Treaty" else None,
            sources=(file,),
        )

    def _name(self, facts: Facts) -> str:
        found = [label for predicate in _LABELS for label in _english(facts, predicate)]
        if not found:
            raise Wrong("no English rdfs:label or skos:prefLabel")
        return text(found[0])

    def _aliases(self, cls: str, name: str) -> tuple[str, ...]:
        labels = [label for predicate in (*_LABELS, _ALT) for label in _english(self.facts, predicate)]
        return tuple(each for each in names(labels, besides=[name]) if _is_name(each, cls, name))

    def _qid(self) -> str | None:
        found = sorted({str(iri) for iri in self.facts.get(_SAME, ()) if str(iri).startswith(_WIKIDATA)})
        if len(found) > 1:
            raise Wrong(f"the same as two entities of Wikidata: {', '.join(found)}")
        return qid(found[0]) if found else None

    def _period(self, cls: str) -> tuple[str | None, str | None]:
        """The years, months or days that ``tg:earliest`` and ``tg:latest`` are the first and last day of."""
        if cls == "Treaty":
            return None, self._date("terminatedOn")
        if cls in ("Person", "Place"):
            return None, None
        return _first_day_of(self._date("earliest")), _last_day_of(self._date("latest"))

    def _date(self, name: str) -> str | None:
        found = sorted(each.value for each in self.facts.get(TG + name, ()) if isinstance(each, ox.Literal))
        return date(found[0], f"tg:{name}") if found else None

    def _links(self, name: str) -> list[str]:
        iris = {str(each) for each in self.facts.get(TG + name, ()) if not isinstance(each, ox.Literal)}
        return sorted(_id(iri, self.base) or iri for iri in iris)

    def _one(self, name: str) -> str | None:
        """What is linked; nothing where a graph holds several, as sources that disagree may have it."""
        found = self._links(name) if name else []
        return found[0] if len(found) == 1 else None

    def _terms(self) -> list[Term]:
        """The offices held: the label of each without what it is an office of, which ``tg:officeOf`` says."""
        found = set()
        for iri in {str(each) for each in self.facts.get(TG + "holdsOffice", ())}:
            office = self.nodes.get(iri, {})
            for owner in {str(each) for each in office.get(TG + "officeOf", ())}:
                words = self._name(office)
                if owner in self.nodes:
                    words = words.removesuffix(f" of {self._name(self.nodes[owner])}")
                found.add(Term(canonical(words), _id(owner, self.base) or owner))
        return sorted(found, key=repr)


def _english(facts: Facts, predicate: str) -> list[str]:
    literals = [each for each in facts.get(predicate, ()) if isinstance(each, ox.Literal)]
    return sorted({each.value for each in literals if (each.language or "en").split("-")[0] == "en"})


def _described(facts: Facts, classes: list[str]) -> bool:
    """Whether a text gave it no name of its own: "interim agreement", or a surname that nobody is known by."""
    names = [label for predicate in _LABELS for label in _english(facts, predicate)]
    if classes == ["Person"]:
        return _SAME not in facts and bool(names) and all(len(name.split()) == 1 for name in names)
    if classes == ["Treaty"] and TG + "signedOn" not in facts:
        return bool(names) and not any(_is_title(name) for name in names)
    return bool(names) and all(_is_lower(name) for name in names)


def _is_lower(name: str) -> bool:
    return name[:1].islower() and not name.startswith("the ")


def _is_title(name: str) -> bool:
    """Whether the name of a treaty has capitals throughout, and more than words that many treaties have."""
    words = [word for word in re.findall(r"[\w'’]+", name) if word not in _SMALL]
    common = lexicon().treaty_generic | lexicon().treaty_heads | lexicon().treaty_weak
    return not any(word[0].islower() for word in words) and bool({word.lower() for word in words} - common)


def _first_day_of(day: str | None) -> str | None:
    """The year or month that a first day stands for."""
    return day.removesuffix("-01").removesuffix("-01") if day else None


def _last_day_of(day: str | None) -> str | None:
    """The year or month that a last day stands for."""
    if not day:
        return None
    return next(t for t in (day[:4], day[:7], day) if PartialDate(t).latest == PartialDate(day).latest)


def _is_name(alias: str, cls: str, name: str) -> bool:
    """Not what a text says in place of the name: "president", "Foreign Ministry", "the Agreement"."""
    if _is_lower(alias) or role(alias) is not None:
        return False
    if cls == "Treaty":
        return _is_title(alias)
    return not (cls == "GovernmentBody" and set(alias.lower().split()) < set(name.lower().split()))
