"""Readings of several documents joined into one body of knowledge."""

from __future__ import annotations

import pytest
from doc_builder import doc, read, reference

from kg.model import EntityRef, Knowledge, Modality, PartialDate
from kg.resolution.corpus import DocumentReading, join

TALKS = doc(
    "Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 held|VBD|root|0|hold talks|NNS|obj|3|talk with|IN|case|6 "
    "Emomali|NNP|nmod|4 Rahmon|NNP|flat|6 in|IN|case|9 Dushanbe|NNP|obl|3"
)
MET = doc(
    "Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 met|VBD|root|0|meet Emomali|NNP|obj|3 Rahmon|NNP|flat|4 on|IN|case|8 "
    "5|CD|nummod|8 May|NNP|obl|3 2025|CD|nmod|8"
)
SIGNED = (
    "Iran|NNP|nsubj|2 signed|VBD|root|0|sign a|DT|det|5 border|NN|compound|5 treaty|NN|obj|2 with|IN|case|7 "
    "Iraq|NNP|nmod|5 in|IN|case|9 1975|CD|obl|2"
)
FORCE = (
    "The|DT|det|3 border|NN|compound|3 treaty|NN|nsubj|6 with|IN|case|5 Iraq|NNP|nmod|3 entered|VBD|root|0|enter "
    "into|IN|case|8 force|NN|obl|6 in|IN|case|10 {year}|CD|obl|6"
)


def joined(*readings: DocumentReading) -> Knowledge:
    return join(readings, reference())


@pytest.fixture(scope="module")
def three() -> list[DocumentReading]:
    return [read(TALKS, name="a"), read(MET, name="b"), read(doc(SIGNED), name="c")]


def test_one_person_in_two_documents_is_one_entity(three: list[DocumentReading]) -> None:
    found = joined(*three)
    assert [e.id for e in found.entities if e.cls == "Person"] == ["person/emomali-rahmon", "person/vladimir-putin"]
    assert {m.passage.document for m in found.mentions if m.entity == "person/vladimir-putin"} == {
        "document/a",
        "document/b",
    }


def test_one_meeting_in_two_documents_is_one_event(three: list[DocumentReading]) -> None:
    found = joined(*three)
    [meeting] = [e for e in found.events if e.cls == "Meeting"]
    claims = [c for c in found.claims if c.subject == meeting.id]
    assert {c.passage.document for c in claims} == {"document/a", "document/b"}
    assert PartialDate("2025-05-05") in {c.object for c in claims}


def test_the_order_of_the_documents_does_not_matter(three: list[DocumentReading]) -> None:
    again = [read(doc(SIGNED), name="c"), read(MET, name="b"), read(TALKS, name="a")]
    assert joined(*again) == joined(*three)


def test_joining_the_same_readings_again_gives_the_same(three: list[DocumentReading]) -> None:
    assert joined(*three) == joined(*three)


def test_known_entities_carry_their_identity(three: list[DocumentReading]) -> None:
    found = {e.id: e for e in joined(*three).entities}
    assert found["state/iran"].qid == "Q794"
    assert found["person/vladimir-putin"].qid == "Q7747"


def test_every_reference_leads_to_an_entity_or_event(three: list[DocumentReading]) -> None:
    found = joined(*three)
    ids = {e.id for e in found.entities} | {e.id for e in found.events}
    assert {c.subject for c in found.claims} <= ids
    assert {c.object.id for c in found.claims if isinstance(c.object, EntityRef)} <= ids
    assert {m.entity for m in found.mentions} <= ids


def test_ids_of_events_are_unique_and_readable(three: list[DocumentReading]) -> None:
    ids = [e.id for e in joined(*three).events]
    assert len(set(ids)) == len(ids)
    assert any("vladimir-putin" in id and id.startswith("event/meeting-") for id in ids)


def test_two_dates_of_entry_into_force_are_a_disagreement() -> None:
    found = joined(
        read(doc(FORCE.format(year=1976)), name="a"),
        read(doc(FORCE.format(year=1976)), name="b"),
        read(doc(FORCE.format(year=1977)), name="c"),
    )
    [disagreement] = [d for d in found.disagreements if d.predicate == "inForceFrom"]
    assert disagreement.chosen == PartialDate("1976")
    assert disagreement.others == (PartialDate("1977"),)
    told = {c.object for c in found.claims if c.predicate == "inForceFrom"}
    assert told == {PartialDate("1976"), PartialDate("1977")}


def test_a_date_and_its_year_do_not_disagree() -> None:
    precise = SIGNED.replace("in|IN|case|9 1975|CD|obl|2", "in|IN|case|9 June|NNP|obl|2 1975|CD|nmod|9")
    found = joined(read(doc(SIGNED), name="a"), read(doc(precise), name="b"))
    assert [d for d in found.disagreements if d.predicate == "signedOn"] == []


def test_what_is_only_planned_disagrees_with_nothing() -> None:
    planned = (
        "The|DT|det|3 border|NN|compound|3 treaty|NN|nsubj|7 with|IN|case|5 Iraq|NNP|nmod|3 will|MD|aux|7 "
        "enter|VB|root|0 "
        "into|IN|case|9 force|NN|obl|7 in|IN|case|11 1990|CD|obl|7"
    )
    found = joined(read(doc(FORCE.format(year=1976)), name="a"), read(doc(planned), name="b"))
    assert [d for d in found.disagreements if d.predicate == "inForceFrom"] == []
    assert Modality.PLANNED in {c.modality for c in found.claims if c.predicate == "inForceFrom"}


def test_nothing_read_is_nothing_known() -> None:
    assert joined() == Knowledge()


def test_a_document_in_which_nothing_is_found_is_still_a_document() -> None:
    found = joined(read(doc("It|PRP|nsubj|2 rained|VBD|root|0|rain"), name="a"))
    assert [d.id for d in found.documents] == ["document/a"]
    assert (found.entities, found.claims, found.sentences) == ((), (), 1)


def test_claims_and_entities_are_sorted(three: list[DocumentReading]) -> None:
    found = joined(*three)
    assert [e.id for e in found.entities] == sorted(e.id for e in found.entities)
    assert [c.subject for c in found.claims] == sorted(c.subject for c in found.claims)
