"""The facts of a graph as statements for Wikidata: what they say, where they were read, and what speaks against them.

Only what claims tell as actual, in the words of the source itself, above a confidence, and that no other claim of the
graph denies or tells otherwise.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg import resources
from kg.model import PartialDate
from kg.namespaces import DCTERMS, NIF, OWL, PROV, RDF, RDFS, TG, WD
from kg.wikidata.items import is_qid
from kg.wikidata.subjects import Facts


class Source(NamedTuple):
    """A passage that tells a fact: how sure its reading is, the document's address or file name, title, the words."""

    confidence: float
    place: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of statement: see ``kg/data/wikidata/statements.toml``."""

    predicate: str
    of: tuple[str, ...]
    property: str
    label: str
    to: tuple[str, ...] = ()
    qualifiers: Mapping[str, str] | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement: ``value`` and those of ``qualifiers`` are Q-ids or partial dates; the surest source is first."""

    rule: Rule
    item: str
    item_label: str
    value: str
    value_label: str
    qualifiers: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    objection: str | None = None

    @property
    def order(self) -> tuple[int, int, str]:
        return int(self.item[1:]), int(self.rule.property[1:]), self.value

    @property
    def words(self) -> str:
        """For people: ``Q1 (Treaty of Gulistan) P1891 (signatory) Q34266 (Russian Empire)``."""
        value = f"{self.value} ({self.value_label})" if is_qid(self.value) else self.value
        return f"{self.item} ({self.item_label}) {self.rule.property} ({self.rule.label}) {value}"


@cache
def rules() -> tuple[Rule, ...]:
    """All kinds of statements."""
    given = tomllib.loads(resources.data("wikidata").joinpath("statements.toml").read_text(encoding="utf-8"))
    return tuple(Rule(**{**row, "of": tuple(row["of"]), "to": tuple(row.get("to", ()))}) for row in given["statement"])


def cited(sources: Sequence[Source]) -> Source:
    """The surest source that has a web address, else the surest."""
    return next((source for source in sources if re.match(r"https?://[^/]", source.place)), sources[0])


def proposals(facts: Facts, confidence: float) -> list[Proposal]:
    """The statements of a graph about entities that are surely linked, in the order of their ids."""
    reading = _Reading(facts, confidence)
    return sorted((p for rule in rules() for p in reading.of(rule)), key=lambda p: p.order)


class _Reading:
    def __init__(self, facts: Facts, confidence: float) -> None:
        self._facts, self._confidence = facts, confidence
        self._claims: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for claim in facts.instances("Claim"):
            said = tuple(facts.one(claim, RDF + name) or "" for name in ("subject", "predicate", "object"))
            self._claims[said].append(claim)  # type: ignore[index]
        self._disputed = {
            (facts.one(each, RDF + "subject"), facts.one(each, RDF + "predicate"))
            for each in facts.instances("Disagreement")
        }
        self._joined = self._accessions()

    def of(self, rule: Rule) -> Iterator[Proposal]:
        for subject in (iri for cls in rule.of for iri in self._facts.instances(cls)):
            item = self._qid(subject)
            for value in self._facts.told(subject, rule.predicate) if item else ():
                sources = self._sources(subject, rule.predicate, value)
                told = self._value(rule, value)
                if item and told and sources:
                    yield self._proposal(rule, subject, item, value, told, sources)

    def _proposal(
        self, rule: Rule, subject: str, item: str, value: str, told: str, sources: tuple[Source, ...]
    ) -> Proposal:
        label = self._label(value) if rule.to else told
        qualifiers = tuple(self._qualifiers(rule, subject, value, sources))
        objection = self._objection(subject, rule.predicate, value)
        return Proposal(rule, item, self._label(subject), told, label, qualifiers, sources, objection)

    def _value(self, rule: Rule, value: str) -> str | None:
        if rule.to:
            fits = any(TG + cls in self._facts.all(value, RDF + "type") for cls in rule.to)
            return self._qid(value) if fits else None
        try:
            return PartialDate(value).text
        except ValueError:
            return None

    def _sources(self, subject: str, predicate: str, value: str) -> tuple[Source, ...]:
        claims = self._claims.get((subject, TG + predicate, value), ())
        good = (c for c in claims if self._is(c, "Actual") and not self._is_attributed(c))
        found = (self._source(c) for c in good)
        return tuple(sorted({s for s in found if s.confidence >= self._confidence}, key=lambda s: (-s[0], s[1:])))

    def _is_attributed(self, claim: str) -> bool:
        return any(self._facts.told(claim, name) for name in ("attributedTo", "unnamedSource", "reportedBy"))

    def _source(self, claim: str) -> Source:
        passage = self._facts.one(claim, PROV + "wasDerivedFrom") or ""
        document = self._facts.one(passage, NIF + "referenceContext") or passage
        return Source(
            _number(next(iter(self._facts.told(claim, "confidence")), "")),
            self._facts.one(document, DCTERMS + "source") or "",
            self._facts.one(document, DCTERMS + "title") or "",
            self._facts.one(passage, NIF + "anchorOf") or "",
        )

    def _objection(self, subject: str, predicate: str, value: str) -> str | None:
        if any(self._is(claim, "Negated") for claim in self._claims.get((subject, TG + predicate, value), ())):
            return "another passage denies it"
        if (subject, TG + predicate) in self._disputed:
            return "the sources disagree"
        return None

    def _qualifiers(self, rule: Rule, subject: str, value: str, sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
        """Dates that the source which is cited tells as well: a reference must not vouch for what others say."""
        for prop, what in sorted((rule.qualifiers or {}).items()):
            holders = self._joined.get((subject, value), ()) if what == "accession" else (subject,)
            name = "date" if what == "accession" else what
            dates = {d for holder in holders for d in self._told_by(cited(sources).place, holder, name)}
            if len(dates) == 1:
                yield prop, dates.pop()

    def _told_by(self, place: str, subject: str, name: str) -> Iterator[str]:
        if (subject, TG + name) in self._disputed:
            return
        for value in self._facts.told(subject, name):
            if any(source.place == place for source in self._sources(subject, name, value)):
                with suppress(ValueError):
                    yield PartialDate(value).text

    def _accessions(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for event in self._facts.instances("Accession"):
            for agent in self._facts.told(event, "agent"):
                for target in self._facts.told(event, "target"):
                    found[agent, target].append(event)
        return found

    def _is(self, claim: str, modality: str) -> bool:
        return list(self._facts.told(claim, "modality")) == [TG + modality]

    def _qid(self, iri: str) -> str | None:
        found = [v.removeprefix(WD) for v in self._facts.all(iri, OWL + "sameAs") if v.startswith(WD)]
        return found[0] if len(found) == 1 and is_qid(found[0]) else None

    def _label(self, iri: str) -> str:
        return self._facts.one(iri, RDFS + "label") or ""


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
