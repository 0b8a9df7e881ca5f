"""The mentions of one entity in a graph: where they are, what ties their words to it, and what is told there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.explain.ties import Tie, tie
from kg.model import Passage
from kg.namespaces import PROV, RDF, RDFS
from kg.resolution.judging.subject import Subject
from kg.resolution.records import Record
from kg.wikidata.passages import Passages

_OBJECT = RDF + "object"


class Mentions:
    """The mentions of one entity in the order of the texts, and what is around them.

    ``every`` are all of them, ``named`` those by a name; ``claims`` what the texts tell of a treaty or a person, by
    property and value, and where. ``line`` are the states before and after a state.
    """

    def __init__(self, passages: Passages, subject: Subject, record: Record | None, line: Sequence[Record]) -> None:
        self.passages, self.facts = passages, passages.facts
        self.subject, self.record, self.line = subject, record, line
        self.every = passages.of(subject.iri) or self._silent()
        self.named = [(place, iri) for place, iri in self.every if self.tie_of(iri) is not Tie.DESCRIBED]
        self.claims = self._claims()

    def words(self, iri: str) -> str:
        """The words of a mention, blanks made single."""
        return " ".join(self.passages.words(iri).split())

    def tie_of(self, iri: str) -> Tie:
        """What ties the words of a mention to the entity, by themselves."""
        return tie(self.words(iri), self.subject.names, self.record, self.line)

    def before(self, place: Passage) -> str:
        """The name last told before, else what else was: what a pronoun or a description goes back to."""
        for mentions in (self.named, self.every):
            earlier = [iri for other, iri in mentions if other.document == place.document and other < place]
            if earlier:
                return f"for {self.words(earlier[-1])!r} before it"
        later = [iri for other, iri in self.named if other.document == place.document and other > place]
        return f"for {self.words(later[0])!r} behind it" if later else ""

    def inside(self, place: Passage) -> str:
        """The mention of the same entity within these words: "Soviet" in "the Soviet government"."""
        inner = (
            iri
            for other, iri in self.named
            if other.document == place.document
            and other != place
            and place.span.start <= other.span.start
            and other.span.end <= place.span.end
        )
        return self.words(next(inner, ""))

    def labels(self, iris: Iterable[str]) -> str:
        """The labels of things, joined by "and"."""
        return " and ".join(sorted(self.facts.one(iri, RDFS + "label") or iri for iri in iris))

    def _silent(self) -> list[tuple[Passage, str]]:
        """Where the texts tell of something that they do not name: that somebody holds an office; what a state did at a
        time when it was another one, in the words for that."""
        told = {
            place
            for claim in self.facts.instances("Claim")
            if self.subject.iri in (self.facts.one(claim, RDF + "subject"), self.facts.one(claim, _OBJECT))
            for place in self.facts.all(claim, PROV + "wasDerivedFrom")
        }
        places = sorted((self.passages.passage(place), place) for place in told)
        if self.subject.cls == "Office":
            return places
        states = (each for state in self.line for each in self.passages.of(self.passages.base + state.id))
        return sorted(each for each in states if any(holds(place, each[0]) for place, _ in places))

    def _claims(self) -> list[tuple[Passage, str, str]]:
        """What the texts tell of a treaty or a person, by property and value, and where."""
        found = []
        for claim in self.facts.instances("Claim") if self.subject.cls in ("Treaty", "Person") else ():
            if self.facts.one(claim, RDF + "subject") == self.subject.iri:
                predicate = (self.facts.one(claim, RDF + "predicate") or "").rpartition("#")[2]
                value = self.facts.one(claim, _OBJECT) or ""
                for place in self.facts.all(claim, PROV + "wasDerivedFrom"):
                    found.append((self.passages.passage(place), predicate, value))
        return found


def holds(outer: Passage, inner: Passage) -> bool:
    """Whether one passage lies in the other."""
    same = outer.document == inner.document
    return same and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
