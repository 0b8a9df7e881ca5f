"""What is open in a graph: unsure links, possible duplicates, disagreements; each with the words of the texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.namespaces import ITSRDF, NIF, PROV, RDF, RDFS, SKOS, TG, WD
from kg.resolution.decisions import Decision, Decisions, Kind
from kg.review.duplicates import duplicates
from kg.wikidata.linking import base_of
from kg.wikidata.subjects import Facts, subjects

CONTEXT = 60
"""Characters of the text before and behind the words."""
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a text: what is before them, they themselves, what is behind; and which document."""

    before: str
    words: str
    behind: str
    document: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something open. ``answers`` are what may be decided, by key; ``lines`` tell what it is about."""

    title: str
    lines: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answers: dict[str, Decision]

    @property
    def about(self) -> tuple[str, ...]:
        return next(iter(self.answers.values())).about


def open_questions(quads: Sequence[Quad], decisions: Decisions) -> list[Question]:
    """What no decision answers yet: links first, then duplicates, then disagreements; each kind sorted."""
    facts, base = Facts.of(quads), base_of(quads)
    asking = _Asking(facts, base)
    every = (*asking.links(), *asking.pairs(), *asking.values())
    return [question for question in every if question.about not in decisions.made]


class _Asking:
    def __init__(self, facts: Facts, base: str) -> None:
        self.facts, self.base = facts, base
        self.mentions: dict[str, list[str]] = defaultdict(list)
        for passage, values in facts.out.items():
            for iri in values.get(ITSRDF + "taIdentRef", ()):
                self.mentions[iri].append(passage)
        self.claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in facts.instances("Claim"):
            about = facts.one(claim, RDF + "subject") or "", facts.one(claim, RDF + "predicate") or ""
            self.claims[about].append(claim)

    def links(self) -> Iterator[Question]:
        """Each item that an entity may be."""
        for node in self.facts.instances("Link"):
            if self.facts.one(node, RDF + "predicate") != SKOS + "closeMatch":
                continue
            subject, target = (self.facts.one(node, RDF + name) or "" for name in ("subject", "object"))
            score, because = (next(iter(self.facts.told(node, name)), "") for name in ("score", "because"))
            id, other = self._id(subject), target.removeprefix(WD)
            yield Question(
                f"Is {self._called(subject)} {target}?",
                (f"score {score}: {because}",),
                self._of(subject),
                {"l": Decision(Kind.LINK, id, other), "n": Decision(Kind.NO_LINK, id, other)},
            )

    def pairs(self) -> Iterator[Question]:
        """Each pair of entities that share a name."""
        for pair in duplicates(subjects(self.facts)):
            ids = self._id(pair.one), self._id(pair.other)
            yield Question(
                f"Are {self._called(pair.one)} and {self._called(pair.other)} the same?",
                (f"named {pair.names[0]!r} and {pair.names[1]!r}",),
                (*self._of(pair.one), *self._of(pair.other)),
                {"s": Decision(Kind.SAME, *ids), "d": Decision(Kind.DIFFERENT, *ids)},
            )

    def values(self) -> Iterator[Question]:
        """Each property of which the texts give values that exclude each other."""
        for node in self.facts.instances("Disagreement"):
            subject, predicate = (self.facts.one(node, RDF + name) or "" for name in ("subject", "predicate"))
            values = [*self.facts.told(node, "chosen"), *self.facts.told(node, "alternative")]
            claims = self._claims(subject, predicate)
            found = {str(n): value for n, value in enumerate(values[:9], 1)}
            name = predicate.removeprefix(TG)
            yield Question(
                f"Which {name} of {self._called(subject)} is true?",
                tuple(f"{key}: {self._id(value)}" for key, value in found.items()),
                tuple(self._evidence(p) for value in values for p in claims.get(value, ())[:_SHOWN]),
                {key: Decision(Kind.HOLDS, self._id(subject), name, self._id(value)) for key, value in found.items()},
            )

    def _claims(self, subject: str, predicate: str) -> dict[str, list[str]]:
        """The passages that tell each value of a property."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self.claims[subject, predicate]:
            value = self.facts.one(claim, RDF + "object") or ""
            found[value] += self.facts.all(claim, PROV + "wasDerivedFrom")
        return found

    def _of(self, iri: str) -> tuple[Evidence, ...]:
        """The longest wordings of an entity, each where it stands."""
        told: dict[str, str] = {}
        for passage in sorted(self.mentions[iri]):
            told.setdefault(self.facts.one(passage, NIF + "anchorOf") or "", passage)
        longest = sorted(told, key=lambda words: (-len(words), words))[:_SHOWN]
        return tuple(self._evidence(told[words]) for words in longest)

    def _evidence(self, passage: str) -> Evidence:
        words = self.facts.one(passage, NIF + "anchorOf") or ""
        document = self.facts.one(passage, NIF + "referenceContext") or ""
        text = self.facts.one(document, NIF + "isString") or ""
        start, end = (self._offset(passage, name) for name in ("beginIndex", "endIndex"))
        if text[start:end] != words:
            return Evidence("", words, "", self._id(document))
        return Evidence(text[max(0, start - CONTEXT) : start], words, text[end : end + CONTEXT], self._id(document))

    def _offset(self, passage: str, name: str) -> int:
        text = self.facts.one(passage, NIF + name) or ""
        return int(text) if text.isascii() and text.isdigit() else 0

    def _called(self, iri: str) -> str:
        return f"{self.facts.one(iri, RDFS + 'label') or '?'} ({self._id(iri)})"

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.base)
