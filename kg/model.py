"""What passes between the stages: plain, frozen values without behaviour of their own.

Offsets are counted in characters (Unicode code points) of ``Document.text``, the end exclusive, as RFC 5147 and
NIF 2.0 count them. Ids are the last part of an IRI (``state/iran``): ``kg.rdf.iris`` puts the base in front.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

POLITIES = frozenset({"State", "HistoricalState"})
ORGANISATIONS = frozenset({"Organisation", "InternationalOrganisation", "GovernmentBody"})
AGENTS = POLITIES | ORGANISATIONS | {"Person"}
SINGLE_VALUED = frozenset({"signedOn", "inForceFrom", "terminatedOn", "duration", "date"})
"""The properties that have one value: claims that differ in it disagree."""
EVENT_CLASSES = frozenset(
    {
        "Signing",
        "Ratification",
        "EntryIntoForce",
        "Termination",
        "Negotiation",
        "Meeting",
        "Visit",
        "Summit",
        "Accession",
        "Cession",
        "Conflict",
        "Interaction",
        "Event",
    }
)
ENTITY_CLASSES = AGENTS | {"Treaty", "Office", "Place", "Conflict", "Event"}


class Modality(StrEnum):
    """How a text tells a fact (FactBank's factuality, in four steps)."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    NEGATED = "Negated"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month or year of the proleptic Gregorian calendar: ``2025-01-17``, ``2025-01`` or ``1813``.

    Raises ``ValueError`` for anything else, a day that does not exist included.
    """

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", self.text):
            raise ValueError(f"not a date: {self.text!r}")
        dt.date(*self._parts(1, 1))

    def _parts(self, month: int, day: int) -> tuple[int, int, int]:
        given = [int(part) for part in self.text.split("-")]
        return (given[0], given[1] if len(given) > 1 else month, given[2] if len(given) > 2 else day)

    @property
    def precision(self) -> str:
        """``year``, ``month`` or ``day``."""
        return {4: "year", 7: "month", 10: "day"}[len(self.text)]

    @property
    def year(self) -> int:
        return int(self.text[:4])

    @property
    def earliest(self) -> dt.date:
        return dt.date(*self._parts(1, 1))

    @property
    def latest(self) -> dt.date:
        year, month, day = self._parts(12, 0)
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])

    def agrees(self, other: PartialDate) -> bool:
        """Whether one is the other told less precisely."""
        return self.text.startswith(other.text) or other.text.startswith(self.text)


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """An ``xsd:duration`` in years, months and days: ``P20Y``."""

    text: str


@dataclass(frozen=True, slots=True, order=True)
class EntityRef:
    """Another entity or event, by id."""

    id: str


@dataclass(frozen=True, slots=True, order=True)
class Concept:
    """A concept of one of our SKOS schemes (``policy-area``, ``plover``): ``Concept("plover", "ACCUSE")``."""

    scheme: str
    id: str


@dataclass(frozen=True, slots=True, order=True)
class ClassRef:
    """A class of the ontology, the object of an event's ``type``: ``ClassRef("Meeting")``."""

    name: str


Value = PartialDate | Duration | EntityRef | Concept | ClassRef


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters of one document, ``[start, end)``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that is read as a whole: the title, a heading or a paragraph.

    ``heading`` is the nearest heading above, so that "The Treaty of Gulistan (1813)" is known to be what the
    paragraph below it speaks of.
    """

    kind: str
    span: Span
    heading: Span | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A run of text that is no article (navigation, disclaimer, repetition) and why it is not read."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source: its text of record, which nothing later changes, its metadata, and which parts of it are read.

    ``id`` is unique in a run (``document/001-iran-russia``), ``source`` the URL or file name, ``issued`` the day
    that relative words ("Friday") count from, ``None`` when the source gives none.
    """

    id: str
    source: str
    text: str
    sha256: str
    title: str | None = None
    issued: PartialDate | None = None
    publisher: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Where something is written: a span of a document, by the document's id."""

    document: str
    span: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names or refers to an entity, and which entity that is."""

    passage: Passage
    entity: str


REVIEWED = "decided by a reviewer"
"""What a link rests on that a person decided."""


class Standing(StrEnum):
    """What an entity is to an item: sure to be it, possible, or declined because something contradicts."""

    SURE = "sure"
    POSSIBLE = "possible"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Link:
    """What an entity is, may be or is not, with a score (0 to 1) and the features behind it.

    ``target`` is a Q-id of Wikidata, or the IRI of an entity of another collection.
    """

    target: str
    score: float
    because: str
    standing: Standing = Standing.POSSIBLE

    @property
    def sure(self) -> bool:
        return self.standing is Standing.SURE


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph that is not an event of a text.

    ``qid`` is a certain Wikidata identity, ``links`` say what was judged: that identity, or those that are
    possible, and those that are declined.
    ``of`` is what an office or a government body belongs to and where a place lies, by entity id, when that is
    part of who it is (``office/president-of-iran`` of ``state/iran``).
    """

    id: str
    cls: str
    name: str
    aliases: tuple[str, ...] = ()
    qid: str | None = None
    links: tuple[Link, ...] = ()
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A happening: its class and a label; everything else about it is a claim with the event's id as subject.

    ``modality`` is Actual when any claim of its type is.
    """

    id: str
    cls: str
    label: str
    modality: Modality = Modality.ACTUAL


@dataclass(frozen=True, slots=True, order=True)
class Attribution:
    """Who says something, where the text does not say it itself; false when nobody is told.

    ``speaker`` is the entity id of who said it first, ``unnamed`` the text's words for one without a name ("a senior
    official"). ``reporters`` pass it on, the nearest to the speaker first: an agency that quotes a minister.
    """

    speaker: str | None = None
    unnamed: str = ""
    reporters: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != NOBODY

    def passed_on(self, by: Attribution) -> Attribution:
        """The same, told by others again; theirs when nobody was told yet."""
        if not self:
            return by
        further = (r for r in (*self.reporters, *by.tellers) if r != self.speaker)
        return replace(self, reporters=tuple(dict.fromkeys(further)))

    def renamed(self, name: Callable[[str], str]) -> Attribution:
        """With each id as ``name`` gives it."""
        speaker = name(self.speaker) if self.speaker else None
        return Attribution(speaker, self.unnamed, tuple(map(name, self.reporters)))

    @property
    def tellers(self) -> tuple[str, ...]:
        """The ids of all who are known, the speaker first."""
        return (self.speaker, *self.reporters) if self.speaker else self.reporters


NOBODY = Attribution()


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as one passage tells it.

    ``predicate`` is the local name of a property of the contract (``party``, ``participant``) or ``type`` for
    ``rdf:type``. ``attribution`` is who says so, where the text attributes rather than asserts.
    ``pattern`` is the id of the rule that read it, ``confidence`` between 0 and 1.
    """

    subject: str
    predicate: str
    object: Value
    passage: Passage
    modality: Modality = Modality.ACTUAL
    attribution: Attribution = NOBODY
    confidence: float = 0.8
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """Speech: who said what. A quotation's passage holds its exact characters without the quotation marks.

    ``quotations`` are the parts of direct speech ("...", he said, "..."), empty for reported speech, whose
    words are then ``passage``.
    """

    id: str
    passage: Passage
    attribution: Attribution = NOBODY
    quotations: tuple[Passage, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Actual claims of one subject and single-valued predicate that name different values.

    ``chosen`` is the value that became the direct triple, ``others`` those that did not.
    """

    subject: str
    predicate: str
    chosen: Value
    others: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that was read from all documents: what is mapped to RDF.

    ``different`` are pairs of entities that a reviewer told apart.
    """

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    different: tuple[tuple[str, str], ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    sentences: int = field(default=0)


def surest(claims: Iterable[Claim]) -> list[Claim]:
    """One claim of those that say the same in the same place: the surest reading of them."""
    found: dict[Claim, Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.confidence, c.pattern)):
        found.setdefault(replace(claim, confidence=0.0, pattern=""), claim)
    return list(found.values())
