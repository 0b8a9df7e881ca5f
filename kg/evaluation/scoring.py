"""The figures of one document or several: what was read held against the gold annotation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from kg.evaluation import event_scoring, fact_scoring
from kg.evaluation.alignment import align
from kg.evaluation.gold import Fact, Gold
from kg.evaluation.links import Linked, by_kind, linked
from kg.evaluation.lookup import ENTITIES, Read, plain
from kg.language.evaluate import Score as Tally
from kg.model import Document, Knowledge

_NONE = Tally()


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of one or several documents.

    ``links`` are Wikidata ids among the gold entities that were found, ``slots`` who took part in the events found and
    where, when and within what; ``interactions`` and ``further`` facts count for recall only. ``told_as_actual`` of
    ``unreal`` facts that gold calls planned, possible or negated were told as actual. ``wrong`` and ``missed`` say
    which facts, for people.
    """

    entities: Tally = _NONE
    links: Tally = _NONE
    facts: Tally = _NONE
    further: Tally = _NONE
    events: Tally = _NONE
    slots: Tally = _NONE
    interactions: Tally = _NONE
    quotes: Tally = _NONE
    told_as_actual: int = 0
    unreal: int = 0
    by_property: tuple[tuple[str, Tally], ...] = ()
    by_kind: tuple[tuple[str, Linked], ...] = ()
    missed: tuple[Fact, ...] = ()
    wrong: tuple[Fact, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in Score.__dataclass_fields__))

    def __str__(self) -> str:
        facts = f"facts P {self.facts.precision:.3f} R {self.facts.recall:.3f} F1 {self.facts.f1:.3f}"
        return (
            f"entities F1 {self.entities.f1:.3f}  {facts}  events F1 {self.events.f1:.3f}  "
            f"quotes {self.quotes.right}/{self.quotes.gold}  told as actual {self.told_as_actual}/{self.unreal}"
        )

    def kinds(self) -> dict[str, Linked]:
        """The links to Wikidata by kind of entity, over all documents."""
        return by_kind(self.by_kind)

    def properties(self) -> dict[str, Tally]:
        """The tally of each property, over all documents."""
        found: dict[str, Tally] = {}
        for name, tally in self.by_property:
            found[name] = found.get(name, _NONE) + tally
        return dict(sorted(found.items()))


def total(scores: Iterable[Score]) -> Score:
    """All documents as one."""
    return reduce(Score.__add__, scores, Score())


def score(gold: Gold, document: Document, knowledge: Knowledge) -> Score:
    """The figures of one document, of which ``knowledge`` is all that was read in it."""
    read = Read(document, knowledge)
    found = align(gold, read)
    keys = {id: key for key, id in found.items()}
    hits, wrong, missed, told_as_actual, unreal = fact_scoring.facts(gold, read, keys)
    further, further_missed = fact_scoring.further(gold, read, keys)
    events, slots = event_scoring.events(gold, read, keys)
    return Score(
        entities=_entities(gold, read, found),
        links=_links(gold, read, found),
        facts=Tally(len(hits), len(hits) + len(wrong), len(hits) + len(missed)),
        further=Tally(len(further), len(further), len(further) + len(further_missed)),
        events=events,
        slots=slots,
        interactions=event_scoring.interactions(gold, read, keys),
        quotes=_quotes(gold, read, keys),
        told_as_actual=told_as_actual,
        unreal=unreal,
        by_property=tuple(fact_scoring.by_property(hits | further, wrong, missed | further_missed)),
        by_kind=linked((each, read.entities.get(found.get(key, ""))) for key, each in gold.entities.items()),
        missed=tuple(sorted(missed)),
        wrong=tuple(sorted(wrong)),
    )


def _entities(gold: Gold, read: Read, found: dict[str, str]) -> Tally:
    wanted = {key for key, told in gold.entities.items() if told.type in ENTITIES}
    mentioned = read.mentioned()
    return Tally(sum(found.get(key) in mentioned for key in wanted), len(mentioned), len(wanted))


def _links(gold: Gold, read: Read, found: dict[str, str]) -> Tally:
    """Of the gold entities with an id: how many carry it, how many carry one, how many there are and were found."""
    ids = [
        (told.qid, read.entities[found[key]].qid) for key, told in gold.entities.items() if told.qid and key in found
    ]
    return Tally(sum(want == own for want, own in ids), sum(bool(own) for _, own in ids), len(ids))


def _quotes(gold: Gold, read: Read, keys: dict[str, str]) -> Tally:
    text = read.document.text
    told = [
        (keys.get(s.attribution.speaker or ""), plain(" ".join(text[q.span.start : q.span.end] for q in s.quotations)))
        for s in read.knowledge.statements
        if s.quotations
    ]
    right = sum(
        any(who == speaker and plain(quote) in words for who, words in told) for speaker, quote in gold.statements
    )
    return Tally(right, len(told), len(gold.statements))
