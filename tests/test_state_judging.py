"""Names of states and capitals against the reference data: by time, company and sentence, with wrong but tempting ones.

The texts name what they name; which state that is depends on the year, on what else is named, and on who acts.
"""

from __future__ import annotations

from functools import cache

import pytest
from doc_builder import doc, page

from kg.extraction.gazetteer import Gazetteer
from kg.extraction.known_names import KIND_FORM
from kg.extraction.page import Form, Found, Resolved
from kg.model import Standing
from kg.resolution.document import resolve_document
from kg.resolution.records import Record
from kg.resolution.reference import Reference


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference.load()


@cache
def gazetteer(reference: Reference) -> Gazetteer:
    return Gazetteer((name, record.id, kind) for name, record, kind in reference.names())


def told(text: str, issued: str | None, reference: Reference, acts: bool = True) -> Resolved:
    """A text of names only, found as in any text; with ``acts`` the first word does something, else all stand alone."""
    deps = ["nsubj|2" if acts else "dep|2", "root|0", *["dep|2"] * len(text.split())]
    parse = doc(" ".join(f"{word}|NNP|{dep}" for word, dep in zip(text.split(), deps, strict=False)))
    found = []
    for match in gazetteer(reference).find(parse.text):
        span = parse.char_span(match.start, match.end)
        record = reference.get(match.records[0])
        assert span is not None and record is not None
        form = KIND_FORM[match.kind]
        found.append(Found(0, span.start, span.end, record.cls, form, span.text, match.records))
    return resolve_document(page(parse, issued=issued), found, [], reference)


def first(found: Resolved) -> tuple[str, bool]:
    """The entity of the first name, and whether that is sure."""
    entity = found.entities[found.referents[0][0]]
    return entity.key, entity.record == entity.key


@pytest.mark.parametrize(
    ("text", "year", "key"),
    [
        ("Korea spoke", "1883", "historical-state/korea"),
        ("Korea spoke", "2024-05-01", "state/south-korea"),
        ("China spoke", "1860", "historical-state/qing-dynasty"),
        ("China spoke", "1930", "historical-state/republic-of-china"),
        ("China spoke", "2024-05-01", "state/china"),
        ("Germany spoke", "1970", "state/germany"),
        ("Germany spoke", "1916", "historical-state/german-empire"),
        ("Bonn and West Germany spoke", "1970", "historical-state/west-germany"),
        ("Yugoslavia spoke", "1935", "historical-state/yugoslavia"),
        ("Yugoslavia spoke", "1999", "historical-state/serbia-and-montenegro"),
        ("Belgrade spoke", "1999", "historical-state/serbia-and-montenegro"),
        ("Belgrade spoke", "2024-05-01", "state/serbia"),
        ("Macedonia spoke", "2003", "state/north-macedonia"),
        ("Guinea spoke", "2003", "state/guinea"),
        ("Guinea spoke", "1890", "state/guinea"),
        ("Persian troops spoke", "1813", "historical-state/qajar-iran"),
        ("Hanoi spoke", "1968", "historical-state/north-vietnam"),
        ("Tripoli spoke", "1801", "historical-state/regency-of-tripoli"),
        ("Tripoli spoke", "2010", "state/libya"),
        ("Georgia and Tbilisi spoke", "2024-05-01", "state/georgia"),
        ("Georgia and Washington spoke", "2024-05-01", "state/georgia"),
        ("Georgia , Alabama and Washington spoke", "1830", "place/georgia-us-state"),
        ("Georgia , Alabama and Washington spoke", "2024-05-01", "place/georgia-us-state"),
        ("Georgia and Persia spoke", "1813", "state/georgia"),
        ("Congo and Kinshasa spoke", "2024-05-01", "state/democratic-republic-of-the-congo"),
        ("Congo and Brazzaville spoke", "2024-05-01", "state/republic-of-the-congo"),
    ],
)
def test_a_state_is_the_one_that_was_there_in_whose_company_it_is(
    text: str, year: str, key: str, reference: Reference
) -> None:
    assert first(told(text, year, reference)) == (key, True)


def test_of_two_states_of_one_name_none_is_sure_without_more(reference: Reference) -> None:
    found = told("Congo spoke", "2024-05-01", reference)
    assert not first(found)[1]
    links = found.entities[found.referents[0][0]].links
    assert {(link.target, link.standing) for link in links} == {
        ("Q974", Standing.POSSIBLE),
        ("Q971", Standing.POSSIBLE),
    }


@pytest.mark.parametrize(("town", "key"), [("Savannah", "place/georgia-us-state"), ("Tbilisi", "state/georgia")])
def test_a_town_before_the_comma_tells_which(town: str, key: str) -> None:
    records = [
        Record("state/us", "State", "United States", prior=0.9),
        Record("state/georgia", "State", "Georgia", prior=0.8),
        Record("place/georgia-us-state", "Place", "Georgia", country="state/us", prior=0.4, kind="region"),
        Record("place/savannah", "Place", "Savannah", country="state/us", kind="city"),
        Record("place/tbilisi", "Place", "Tbilisi", country="state/georgia", kind="city"),
    ]
    found = told(f"{town} , Georgia", None, Reference(records), acts=False)
    assert found.referents[1] == (key,)


@pytest.mark.parametrize(("state", "key"), [("Canada", "place/kingston-ca"), ("Jamaica", "place/kingston")])
def test_of_two_towns_the_one_of_the_state_behind_the_comma(state: str, key: str, reference: Reference) -> None:
    parse = doc(f"They|PRP|nsubj|2 met|VBD|root|0|meet in|IN|case|4 Kingston|NNP|obl|2 ,|,|punct|6 {state}|NNP|appos|4")
    towns = Found(0, 3, 4, "Place", Form.SEAT, "Kingston", ("place/kingston", "place/kingston-ca", "state/jamaica"))
    behind = Found(0, 5, 6, "State", Form.NAME, state, (f"state/{state.lower()}",))
    found = resolve_document(page(parse, issued="2024"), [towns, behind], [], reference)
    assert found.referents[0] == (key,)


@pytest.mark.parametrize(
    ("acts", "year", "key"),
    [
        (True, "2024-05-01", "state/russia"),
        (True, "1970", "historical-state/soviet-union"),
        (True, "1813", "historical-state/russian-empire"),
        (False, "2024-05-01", "place/moscow"),
    ],
)
def test_a_capital_acts_for_the_government_of_its_time(acts: bool, year: str, key: str, reference: Reference) -> None:
    text = "Moscow spoke" if acts else "Moscow , 2024"
    assert first(told(text, year, reference, acts)) == (key, True)


@pytest.mark.parametrize(
    ("text", "key"), [("Brussels and NATO spoke", "organisation/nato"), ("Brussels and Belgium spoke", "state/belgium")]
)
def test_of_several_that_sit_in_a_town_the_one_named(text: str, key: str, reference: Reference) -> None:
    assert first(told(text, "2024-05-01", reference)) == (key, True)


def test_an_organisation_that_was_not_there_does_not_sit_in_a_town(reference: Reference) -> None:
    assert first(told("Brussels and NATO spoke", "1935", reference)) == ("state/belgium", True)


def test_a_palace_where_things_happen_is_a_place_of_its_own(reference: Reference) -> None:
    assert first(told("Kremlin spoke", "2024-05-01", reference)) == ("state/russia", True)
    parse = doc("They|PRP|nsubj|2 met|VBD|root|0 in|IN|case|5 the|DT|det|5 Kremlin|NNP|obl|2")
    mention = Found(0, 4, 5, "State", Form.SEAT, "Kremlin", ("historical-state/soviet-union", "state/russia"))
    found = resolve_document(page(parse), [mention], [], reference)
    assert found.referents[0] == ("place/kremlin",)


def test_a_town_is_no_seat_of_a_government_to_come(reference: Reference) -> None:
    assert first(told("Salisbury spoke", "1970", reference)) == ("historical-state/rhodesia", True)
    assert "historical-state/rhodesia" not in told("Salisbury spoke", "1890", reference).entities
    assert first(told("Tashkent spoke", "1950", reference)) == ("place/tashkent", True)


def test_former_means_the_state_that_ended(reference: Reference) -> None:
    found = told("Former Yugoslavia", "1999", reference, acts=False)
    assert found.referents[0] == ("historical-state/yugoslavia",)


def test_why_a_state_is_meant_is_kept(reference: Reference) -> None:
    found = told("China spoke", "1860", reference)
    [link] = found.entities["historical-state/qing-dynasty"].links
    assert link.sure and "then 1.00" in link.because


def test_words_that_only_contain_the_name_mean_its_state(reference: Reference) -> None:
    mention = Found(0, 0, 1, "State", Form.DEMONYM, "Pro-British", ("state/united-kingdom",))
    found = resolve_document(page(doc("Pro-British|JJ|root|0"), issued="2024"), [mention], [], reference)
    assert found.referents[0] == ("state/united-kingdom",)


@pytest.mark.parametrize(
    ("full", "key"), [("George Washington", "person/george-washington"), ("", "state/united-states")]
)
def test_a_capital_of_somebodys_name_who_is_named_in_full_is_that_person(
    full: str, key: str, reference: Reference
) -> None:
    parse = doc("Washington|NNP|nsubj|2 warned|VBD|root|0|warn George|NNP|obj|2 Washington|NNP|flat|3")
    records = ("place/washington-d-c", "state/united-states")
    names = [Found(0, 0, 1, "Place", Form.SEAT, "Washington", records)]
    names += [Found(0, 2, 4, "Person", Form.NAME, full)] if full else []
    found = resolve_document(page(parse, issued="1796"), names, [], reference)
    assert found.referents[0] == (key,)


def test_where_somebody_is_stays_a_town_whoever_has_its_name(reference: Reference) -> None:
    parse = doc("George|NNP|nsubj|3 Washington|NNP|flat|1 slept|VBD|root|0|sleep in|IN|case|5 Washington|NNP|obl|3")
    records = ("place/washington-d-c", "state/united-states")
    names = [
        Found(0, 0, 2, "Person", Form.NAME, "George Washington"),
        Found(0, 4, 5, "Place", Form.SEAT, "Washington", records),
    ]
    found = resolve_document(page(parse, issued="1796"), names, [], reference)
    assert found.referents[1] == ("place/washington-d-c",)
