"""What is open in a graph: unsure links, possible duplicates, nodes that may be several, disagreements; each with the
words of the texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.namespaces import OWL, PROV, RDF, RDFS, SKOS, TG, WD
from kg.resolution.decisions import Decision, Decisions, Kind
from kg.review.doubts import doubts
from kg.review.duplicates import Pair, duplicates
from kg.review.evidence import Evidence, Texts
from kg.review.parting import Parting, parting
from kg.wikidata.linking import base_of
from kg.wikidata.subjects import Facts, subjects

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Something open. ``answers`` are what may be decided, by key; ``lines`` tell what it is about; ``entities`` are
    the IRIs of those whose mentions can be seen, ``parting`` are the mentions to choose from."""

    title: str
    lines: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answers: dict[str, Decision]
    entities: tuple[str, ...] = ()
    parting: Parting | None = None

    @property
    def about(self) -> frozenset[tuple[str, ...]]:
        """What the answers decide."""
        return frozenset(answer.about for answer in self.answers.values())


class Questions:
    """What a graph leaves to a person."""

    def __init__(self, quads: Sequence[Quad]) -> None:
        self.facts, self.base = Facts.of(quads), base_of(quads)
        self.texts, self.subjects = Texts(self.facts, self.base), subjects(self.facts)
        self.ids = frozenset(map(self._id, self.facts.out))
        self.claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for claim in self.facts.instances("Claim"):
            about = self.facts.one(claim, RDF + "subject") or "", self.facts.one(claim, RDF + "predicate") or ""
            self.claims[about].append(claim)

    def open(self, decisions: Decisions) -> list[Question]:
        """What no decision answers yet: links first, then duplicates, then nodes that may be several, then
        disagreements; each kind sorted."""
        every = (*self.links(), *self.pairs(decisions), *self.nodes(decisions), *self.values())
        return [question for question in every if question.about.isdisjoint(decisions.made)]

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
                self.texts.longest(subject),
                {"l": Decision(Kind.LINK, id, other), "n": Decision(Kind.NO_LINK, id, other)},
                self._mentioned_in_texts(subject),
            )

    def pairs(self, decisions: Decisions) -> Iterator[Question]:
        """Each pair of entities that share a name, and were not told apart."""
        apart = decisions.apart()
        for pair in duplicates(self.subjects):
            ids = self._id(pair.one), self._id(pair.other)
            if (min(ids), max(ids)) in apart or self._told_apart(pair):
                continue
            yield Question(
                f"Are {self._called(pair.one)} and {self._called(pair.other)} the same?",
                (f"named {pair.names[0]!r} and {pair.names[1]!r}",),
                (*self.texts.longest(pair.one), *self.texts.longest(pair.other)),
                {"s": Decision(Kind.SAME, *ids), "d": Decision(Kind.DIFFERENT, *ids)},
                self._mentioned_in_texts(pair.one, pair.other),
            )

    def nodes(self, decisions: Decisions) -> Iterator[Question]:
        """Each node that may be several, unless a build is still to part it."""
        done = {each.entity for each in decisions.of_kind(Kind.SPLIT) if self._mentioned(each, (each.entity,))}
        for doubt in doubts(self.subjects, self.texts):
            id = self._id(doubt.iri)
            if id not in done:
                found = parting(self.texts, doubt.iri, self._taken(decisions), whole=False)
                answers = {"o": Decision(Kind.ONE, id, doubt.reason)}
                yield Question(self._whether_one(doubt.iri), (doubt.told,), (), answers, (doubt.iri,), found)

    def mentions(self, iri: str, decisions: Decisions) -> Question:
        """Which mentions of an entity are of another: what a reviewer may want to decide unasked."""
        found = parting(self.texts, iri, self._taken(decisions), whole=True)
        return Question(self._whether_one(iri), (), (), {}, (), found)

    def _mentioned_in_texts(self, *iris: str) -> tuple[str, ...]:
        return tuple(iri for iri in iris if self.texts.mentions[iri])

    def _taken(self, decisions: Decisions) -> frozenset[str]:
        return self.ids.union(each.other for each in decisions.of_kind(Kind.SPLIT))

    def _whether_one(self, iri: str) -> str:
        return f"Is {self._called(iri)} one?"

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
                tuple(self.texts.evidence(p) for value in values for p in claims.get(value, ())[:_SHOWN]),
                {key: Decision(Kind.HOLDS, self._id(subject), name, self._id(value)) for key, value in found.items()},
                self._mentioned_in_texts(subject),
            )

    def _claims(self, subject: str, predicate: str) -> dict[str, list[str]]:
        """The passages that tell each value of a property."""
        found: dict[str, list[str]] = defaultdict(list)
        for claim in self.claims[subject, predicate]:
            value = self.facts.one(claim, RDF + "object") or ""
            found[value] += self.facts.all(claim, PROV + "wasDerivedFrom")
        return found

    def stale(self, decisions: Decisions) -> Iterator[Decision]:
        """The decisions about entities or mentions that are not, or no longer, in the graph."""
        for each in decisions.missing(self.ids):
            if each.kind is not Kind.SPLIT or not self._mentioned(each, (each.entity, each.other)):
                yield each

    def _mentioned(self, split: Decision, ids: Iterable[str]) -> bool:
        """Whether one of the entities has a mention that the decision is about."""
        told = (each for id in ids for each in self.texts.of(self.base + id))
        return any(split.where.holds(place, self.texts.words(iri)) for place, iri in told)

    def _told_apart(self, pair: Pair) -> bool:
        return pair.other in self.facts.all(pair.one, OWL + "differentFrom")

    def _called(self, iri: str) -> str:
        return f"{self.facts.one(iri, RDFS + 'label') or '?'} ({self._id(iri)})"

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self.base)
