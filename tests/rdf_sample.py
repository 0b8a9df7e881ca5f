"""One hand-made ``Knowledge`` with everything that the mapping knows, for the tests of ``kg.rdf``."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import (
    Attribution,
    Claim,
    ClassRef,
    Concept,
    Disagreement,
    Document,
    Duration,
    Entity,
    EntityRef,
    Event,
    Knowledge,
    Link,
    Mention,
    Modality,
    PartialDate,
    Passage,
    Span,
    Statement,
)

NEWS = "document/news"
NOTE = "document/note"
TREATY = "treaty/border-treaty"

NEWS_TEXT = (
    "Anna Berg signed the Border Treaty in Lund on 3 May 1999. “We are glad,” she said, “and relieved.” "
    "Parliament will ratify it in June. She said that peace holds."
)
NOTE_TEXT = "The Border Treaty was signed in 1999 and took effect on 1 July 1999, others say 2 July."


def passage(document: str, words: str) -> Passage:
    """The first place of ``words`` in one of the two documents."""
    text = {NEWS: NEWS_TEXT, NOTE: NOTE_TEXT}[document]
    start = text.index(words)
    return Passage(document, Span(start, start + len(words)))


FIRST = passage(NEWS, "Anna Berg signed the Border Treaty in Lund on 3 May 1999.")
PLAN = passage(NEWS, "Parliament will ratify it in June.")
EFFECT = passage(NOTE, "took effect on 1 July 1999, others say 2 July")

DOCUMENTS = (
    Document(
        id=NEWS,
        source="news.html",
        text=NEWS_TEXT,
        sha256="ab" * 32,
        title="A treaty",
        issued=PartialDate("1999-05-04"),
        publisher="The Paper",
        url="https://example.org/news?id=1#top",
    ),
    Document(id=NOTE, source="note file.txt", text=NOTE_TEXT, sha256="cd" * 32),
)

ENTITIES = (
    Entity("person/anna-berg", "Person", "Anna Berg", ("Berg", "Anna Berg", "A. Berg"), qid="Q42"),
    Entity("state/norland", "State", "Norland", links=(Link("Q2", 0.4, "name 0.90"), Link("Q1", 0.6, "name 1.00"))),
    Entity("state/old-sudland", "HistoricalState", "Old Sudland"),
    Entity("body/norland-parliament", "GovernmentBody", "Parliament of Norland", of="state/norland"),
    Entity("office/president-of-norland", "Office", "President of Norland", of="state/norland"),
    Entity("place/lund", "Place", "Lund", of="state/norland"),
    Entity(TREATY, "Treaty", "Border Treaty"),
)

EVENTS = (
    Event("event/signing", "Signing", "Signing of the Border Treaty"),
    Event("event/ratification", "Ratification", "Ratification of the Border Treaty", Modality.PLANNED),
)


def _date(text: str) -> PartialDate:
    return PartialDate(text)


CLAIMS = (
    Claim(TREATY, "party", EntityRef("state/norland"), FIRST, confidence=0.875, pattern="sign"),
    Claim(TREATY, "signedOn", _date("1999-05-03"), FIRST),
    Claim(TREATY, "signedOn", _date("1999"), passage(NOTE, "signed in 1999")),
    Claim(TREATY, "inForceFrom", _date("1999-07-01"), EFFECT, confidence=1.0),
    Claim(
        TREATY, "inForceFrom", _date("1999-07-02"), EFFECT, confidence=1.0, attribution=Attribution("person/anna-berg")
    ),
    Claim(TREATY, "duration", Duration("P20Y"), FIRST),
    Claim(TREATY, "concerns", Concept("policy-area", "trade"), FIRST),
    Claim(TREATY, "ratifiedBy", EntityRef("body/norland-parliament"), PLAN, Modality.PLANNED),
    Claim("person/anna-berg", "holdsOffice", EntityRef("office/president-of-norland"), FIRST),
    Claim("place/lund", "locatedIn", EntityRef("state/norland"), FIRST),
    Claim("event/signing", "type", ClassRef("Signing"), FIRST),
    Claim("event/signing", "date", _date("1999-05"), FIRST),
    Claim("event/signing", "eventType", Concept("plover", "AGREE"), FIRST),
    Claim("event/ratification", "type", ClassRef("Ratification"), PLAN, Modality.PLANNED),
    Claim("event/ratification", "agent", EntityRef("body/norland-parliament"), PLAN, Modality.PLANNED),
    Claim("event/ratification", "date", _date("1999-06"), PLAN),
)

STATEMENTS = (
    Statement(
        "statement/glad",
        passage(NEWS, "“We are glad,” she said, “and relieved.”"),
        Attribution("person/anna-berg"),
        (passage(NEWS, "We are glad,"), passage(NEWS, "and relieved.")),
        (TREATY,),
    ),
    Statement("statement/peace", passage(NEWS, "peace holds"), Attribution("person/anna-berg")),
    Statement("statement/unknown", passage(NEWS, "She said that peace holds.")),
)

KNOWLEDGE = Knowledge(
    documents=DOCUMENTS,
    entities=ENTITIES,
    mentions=(
        Mention(passage(NEWS, "Anna Berg"), "person/anna-berg"),
        Mention(passage(NEWS, "Border Treaty"), TREATY),
        Mention(passage(NOTE, "Border Treaty"), TREATY),
    ),
    events=EVENTS,
    claims=CLAIMS,
    statements=STATEMENTS,
    disagreements=(Disagreement(TREATY, "inForceFrom", _date("1999-07-01"), (_date("1999-07-02"),)),),
)


@dataclass(frozen=True)
class Record:
    id: str
    cls: str
    name: str
    successors: tuple[str, ...] = ()
    qid: str | None = None


class Reference:
    """A stand-in for the reference data: two steps from Old Sudland to the states of today, and a loop."""

    def __init__(self, *records: Record) -> None:
        self._records = {record.id: record for record in records}

    def is_own(self, id: str) -> bool:
        return id.startswith("state/own-")

    def get(self, id: str) -> Record | None:
        return self._records.get(id)


REFERENCE = Reference(
    Record("state/norland", "State", "Norland"),
    Record("state/old-sudland", "HistoricalState", "Old Sudland", ("state/sudland-union", "state/lost")),
    Record("state/sudland-union", "HistoricalState", "Sudland Union", ("state/sudland", "state/norland")),
    Record("state/sudland", "State", "Sudland", qid="Q7"),
)
