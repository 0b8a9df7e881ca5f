"""One entity, one node: what was read in all documents joined into one body of knowledge, the same for any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from kg.extraction.drafts import DraftEvent, DraftFact
from kg.extraction.page import LocalEntity
from kg.model import (
    REVIEWED,
    Claim,
    Document,
    Entity,
    EntityRef,
    Knowledge,
    Link,
    Mention,
    Passage,
    Standing,
    Statement,
    surest,
)
from kg.resolution.decisions import Decision, Decisions, Kind
from kg.resolution.disagreements import disagreements
from kg.resolution.event_names import EventNames
from kg.resolution.identities import Identities, Local
from kg.resolution.merging import merge_events
from kg.resolution.records import Record
from kg.resolution.reference import Reference

_STANDINGS = (Standing.SURE, Standing.POSSIBLE, Standing.DECLINED)


@dataclass(frozen=True)
class DocumentReading:
    """What was read in one document, before it is joined with others."""

    document: Document
    entities: dict[str, LocalEntity]
    mentions: tuple[tuple[Passage, tuple[str, ...]], ...]
    facts: tuple[DraftFact, ...]
    events: tuple[DraftEvent, ...]
    statements: tuple[Statement, ...]
    sentences: int


def join(readings: Iterable[DocumentReading], reference: Reference) -> Knowledge:
    """All readings as one: equal entities merged, events joined, disagreements found. Order does not matter."""
    return join_decided(readings, reference, Decisions())[0]


def join_decided(
    readings: Iterable[DocumentReading],
    reference: Reference,
    decisions: Decisions,
    fixed: Mapping[Local, str] = MappingProxyType({}),
) -> tuple[Knowledge, tuple[Decision, ...]]:
    """As :func:`join`, with what a reviewer decided, and with the ids that are ``fixed`` by it; the second value are
    decisions about entities that nobody told."""
    joiner = _Joiner(sorted(readings, key=lambda r: r.document.id), reference, decisions, fixed)
    knowledge = joiner.run()
    there = joiner.ids.there | {event.id for event in knowledge.events}
    return knowledge, tuple(each for each in decisions.missing(there) if each.kind is not Kind.SPLIT)


class _Joiner:
    def __init__(
        self,
        readings: Sequence[DocumentReading],
        reference: Reference,
        decisions: Decisions,
        fixed: Mapping[Local, str],
    ) -> None:
        self.readings, self.reference, self.decisions = readings, reference, decisions
        self.ids = Identities(readings, reference, decisions, fixed)
        self.entities: dict[str, LocalEntity] = {}
        self.names = EventNames(self.entities)

    def run(self) -> Knowledge:
        for reading in self.readings:
            for key, entity in sorted(reading.entities.items()):
                self._admit(reading.document.id, key, entity)
        facts = [f for r in self.readings for f in self._facts(r, r.facts)]
        events, ids = self._events()
        event_claims = [c for e in events for c in self._event_claims(e, ids)]
        claims = [self._claim(f.subject, f) for f in facts] + event_claims
        claims = sorted(surest(claims), key=_claim_order)
        nodes = tuple(sorted((self.names.node(e, ids[id(e)]) for e in events if not e.entity), key=lambda n: n.id))
        statements = tuple(s for r in self.readings for s in self._statements(r))
        mentions = tuple(m for r in self.readings for m in self._mentions(r))
        used = self._used(claims, mentions, statements)
        return Knowledge(
            documents=tuple(r.document for r in self.readings),
            entities=tuple(self._entity(self.entities[k]) for k in sorted(used)),
            different=tuple(sorted(pair for pair in self._different() if used.issuperset(pair))),
            mentions=mentions,
            events=nodes,
            claims=tuple(claims),
            statements=statements,
            disagreements=tuple(disagreements(claims, self.decisions.held())),
            sentences=sum(r.sentences for r in self.readings),
        )

    def _key(self, document: str, key: str) -> str:
        return self.ids.of(document, key)

    def _admit(self, document: str, key: str, entity: LocalEntity) -> None:
        new = self._key(document, key)
        unsure = new == key and entity.links and not entity.record
        record = None if unsure else self.reference.get(new)
        known = self.entities.get(new)
        if known is None:
            name = record.name if record else entity.name
            known = LocalEntity(new, record.cls if record else entity.cls, name, record.id if record else None)
            self.entities[new] = known
        elif record is not None:
            known.cls, known.name, known.record = record.cls, record.name, record.id
        elif not known.record and (len(entity.name), entity.name) > (len(known.name), known.name):
            known.name = entity.name
        known.links = _surest(known.links, entity.links)
        known.aliases |= entity.aliases | ({entity.name} if not record else set())
        known.of = known.of or (self._key(document, entity.of) if entity.of else None)

    def _entity(self, entity: LocalEntity) -> Entity:
        record = self.reference.get(entity.record) if entity.record else None
        aliases = {" ".join(a.split()) for a in entity.aliases} - {entity.name, ""}
        if record is not None:
            aliases |= {a for a in record.aliases if a.isascii()} - {record.name}
        kept = tuple(sorted(a for a in aliases if not _generic(a, entity.cls)))
        of = entity.of if entity.cls in {"Office", "GovernmentBody"} else None
        qid, links = self._identity(entity, record)
        return Entity(entity.key, entity.cls, " ".join(entity.name.split()), kept, qid, links, of)

    def _identity(self, entity: LocalEntity, record: Record | None) -> tuple[str | None, tuple[Link, ...]]:
        """The item of Wikidata, if it is sure, and the links: what a reviewer decided, else what was judged."""
        decided = self.decisions.links().get(entity.key)
        if decided is not None:
            link = Link(decided, 1.0, REVIEWED, Standing.SURE)
            return (decided if decided.startswith("Q") else None), (link,)
        declined = {target for id, target in self.decisions.declined() if id == entity.key}
        qid = record.qid if record and record.qid not in declined else None
        if record is not None and qid is None:
            return None, ()
        fitting = (each for each in entity.links if each.sure == bool(qid) and (not qid or each.target == qid))
        return qid, tuple(each for each in fitting if each.target not in declined)

    def _different(self) -> set[tuple[str, str]]:
        """The pairs that a reviewer told apart, under the ids that they have now."""
        now = self.ids.merged
        return {(now.get(one, one), now.get(other, other)) for one, other in self.decisions.apart()}

    def _used(self, claims: Sequence[Claim], mentions: Sequence[Mention], statements: Sequence[Statement]) -> set[str]:
        found = {m.entity for m in mentions} | {c.subject for c in claims}
        found |= {c.object.id for c in claims if isinstance(c.object, EntityRef)}
        found |= {who for claim in claims for who in claim.attribution.tellers}
        found |= {who for statement in statements for who in statement.attribution.tellers}
        found |= {m for s in statements for m in s.mentions}
        owners = {self.entities[k].of for k in found if k in self.entities}
        return {k for k in found | owners if k is not None and k in self.entities}

    def _facts(self, reading: DocumentReading, facts: Iterable[DraftFact]) -> list[DraftFact]:
        return [self._renamed(reading.document.id, f) for f in facts]

    def _renamed(self, document: str, fact: DraftFact) -> DraftFact:
        value = fact.object
        if isinstance(value, EntityRef):
            local = value.id.startswith("@")
            value = EntityRef(f"@{document}{value.id[1:]}" if local else self._key(document, value.id))
        who = fact.attribution.renamed(partial(self._key, document))
        return replace(fact, subject=self._key(document, fact.subject), object=value, attribution=who)

    def _claim(self, subject: str, fact: DraftFact) -> Claim:
        return Claim(
            subject,
            fact.predicate,
            fact.object,
            fact.passage,
            fact.modality,
            fact.attribution,
            fact.confidence,
            fact.pattern,
        )

    def _events(self) -> tuple[list[DraftEvent], dict[int, str]]:
        drafts: list[DraftEvent] = []
        for reading in self.readings:
            for event in reading.events:
                properties = [self._renamed(reading.document.id, p) for p in event.properties]
                entity = self._key(reading.document.id, event.entity) if event.entity else None
                drafts.append(replace(event, properties=properties, entity=entity))
        merged, owners = merge_events(drafts)
        ids = self.names.ids(merged)
        for event in merged:
            event.properties = [self._linked(p, owners, ids) for p in event.properties]
        return merged, ids

    def _linked(self, fact: DraftFact, owners: dict[str, DraftEvent], ids: dict[int, str]) -> DraftFact:
        """A reference to another event of the document ("@document/x.2.14") as the id of the event it became."""
        if isinstance(fact.object, EntityRef) and fact.object.id in owners:
            return replace(fact, object=EntityRef(ids[id(owners[fact.object.id])]))
        return fact

    def _event_claims(self, event: DraftEvent, ids: dict[int, str]) -> list[Claim]:
        subject = ids[id(event)]
        return [self._claim(subject, p) for p in event.properties]

    def _statements(self, reading: DocumentReading) -> list[Statement]:
        document, stem = reading.document.id, reading.document.id.split("/", 1)[1]
        found = []
        for statement in reading.statements:
            span = statement.passage.span
            who = statement.attribution.renamed(partial(self._key, document))
            mentions = tuple(sorted({self._key(document, m) for m in statement.mentions}))
            found.append(
                replace(statement, id=f"statement/{stem}-{span.start}-{span.end}", attribution=who, mentions=mentions)
            )
        return sorted({s.id: s for s in found}.values(), key=lambda s: s.id)

    def _mentions(self, reading: DocumentReading) -> list[Mention]:
        found = {Mention(p, self._key(reading.document.id, k)) for p, keys in reading.mentions for k in keys}
        return sorted(found, key=lambda m: (m.passage, m.entity))


def _surest(links: tuple[Link, ...], others: tuple[Link, ...]) -> tuple[Link, ...]:
    """One link to each item: of those of several documents the surest."""
    best: dict[str, Link] = {}
    for each in sorted(
        (*links, *others), key=lambda link: (_STANDINGS.index(link.standing), -link.score, link.because)
    ):
        best.setdefault(each.target, each)
    return tuple(best[target] for target in sorted(best))


def _generic(alias: str, cls: str) -> bool:
    """A bare "treaty" or "agreement" is no name, nor is half a quotation."""
    bare = cls == "Treaty" and len(alias.split()) == 1 and alias.islower()
    return bare or any(alias.count(one) != alias.count(other) for one, other in ("“”", "()", "[]"))


def _claim_order(claim: Claim) -> tuple[str, ...]:
    return (
        claim.subject,
        claim.predicate,
        repr(claim.object),
        repr(claim.passage),
        claim.modality.value,
        claim.pattern,
    )
