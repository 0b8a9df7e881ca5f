"""Who is meant by a surname alone, when other texts have the full name: tempting namesakes stay two."""

from __future__ import annotations

import pytest

from kg.extraction.drafts import DraftFact
from kg.extraction.page import LocalEntity
from kg.model import Document, EntityRef, Modality, PartialDate, Passage, Span
from kg.resolution.corpus import DocumentReading
from kg.resolution.records import Record, Term
from kg.resolution.reference import Reference
from kg.resolution.surname_links import SurnameLinker

STATES = [Record("state/rur", "State", "Ruritania"), Record("state/danubia", "State", "Danubia")]
MINISTER, ENVOY = "Foreign Minister", "Envoy"
RUDOLF = ("a", "Rudolf Rassendyll", MINISTER, "rur", "1883-05-01")


def reading(document: str, person: str, office: str | None, state: str, issued: str) -> DocumentReading:
    """A document that tells of one person with one office, or with none, and names a state."""
    who, what, of = f"person/{person.lower().replace(' ', '-')}", f"office/{office}-of-{state}", f"state/{state}"
    entities = {
        who: LocalEntity(who, "Person", person),
        of: LocalEntity(of, "State", state.title(), of),
        what: LocalEntity(what, "Office", f"{office} of {state.title()}", of=of),
    }
    passage = Passage(f"document/{document}", Span(0, 1))
    held = DraftFact(who, "holdsOffice", EntityRef(what), passage, Modality.ACTUAL, None, 0.8, "t")
    source = Document(f"document/{document}", document, "x", "", issued=PartialDate(issued))
    return DocumentReading(source, entities, (), (held,) if office else (), (), (), 1)


def found(*told: tuple[str, str, str | None, str, str], known: Reference | None = None) -> dict[str, str]:
    """The ids that those known by surname get, by document."""
    linker = SurnameLinker([reading(*each) for each in told], known or Reference(STATES), lambda _, key: key)
    return {document.removeprefix("document/"): id for (document, _), id in linker.run().items()}


def test_the_same_office_of_the_same_state_at_the_same_time_is_one() -> None:
    bare = ("b", "Rassendyll", MINISTER, "rur", "1883-07-01")
    assert found(RUDOLF, bare) == found(bare, RUDOLF) == {"b": "person/rudolf-rassendyll"}


@pytest.mark.parametrize(
    "bare",
    [
        ("b", "Rassendyll", None, "rur", "1883-07-01"),
        ("b", "Rassendyll", ENVOY, "rur", "1883-07-01"),
        ("b", "Rassendyll", MINISTER, "danubia", "1883-07-01"),
        ("b", "Rassendyll", MINISTER, "rur", "1931-07-01"),
        ("b", "Rassen", MINISTER, "rur", "1883-07-01"),
        ("b", "Rudolf", MINISTER, "rur", "1883-07-01"),
    ],
    ids=["no office", "another office", "another state", "another time", "another surname", "no surname"],
)
def test_who_may_be_somebody_else_stays_apart(bare: tuple[str, str, str | None, str, str]) -> None:
    assert found(RUDOLF, bare) == {}


def test_of_two_with_the_office_none_is_taken() -> None:
    other = ("c", "Robert Rassendyll", MINISTER, "rur", "1883-01-01")
    assert found(RUDOLF, other, ("b", "Rassendyll", MINISTER, "rur", "1883-07-01")) == {}


def test_of_two_of_the_surname_the_one_with_the_office() -> None:
    other = ("c", "Robert Rassendyll", ENVOY, "danubia", "1950-01-01")
    bare = ("b", "Rassendyll", MINISTER, "rur", "1883-07-01")
    assert found(RUDOLF, other, bare) == {"b": "person/rudolf-rassendyll"}


def test_a_known_person_held_the_office_then() -> None:
    term = Term("Minister of Foreign Affairs", "state/rur", "1880", "1890")
    record = Record("person/rudolf-rassendyll", "Person", "Rudolf Rassendyll", surnames=("Rassendyll",), terms=(term,))
    known = Reference([*STATES, record])
    told = ("a", "Rudolf Rassendyll", None, "danubia", "1931-01-01")
    assert found(told, ("b", "Rassendyll", MINISTER, "rur", "1883-07-01"), known=known) == {"b": record.id}
    assert found(told, ("b", "Rassendyll", MINISTER, "rur", "1931-07-01"), known=known) == {}


def test_what_texts_tell_of_a_known_person_counts_too() -> None:
    record = Record("person/rudolf-rassendyll", "Person", "Rudolf Rassendyll", surnames=("Rassendyll",))
    bare = ("b", "Rassendyll", MINISTER, "rur", "1883-07-01")
    assert found(RUDOLF, bare, known=Reference([*STATES, record])) == {"b": record.id}
