"""Facts that names and noun phrases tell without a predicate: offices, bodies, places, treaties by name, conflicts."""

from __future__ import annotations

import pytest
from doc_builder import doc, read
from reading_gold import events, facts, triples

LEFT = "left|VBD|root|0|leave"


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (
            f"Russian|JJ|amod|3 President|NNP|compound|3 Vladimir|NNP|nsubj|5 Putin|NNP|flat|3 {LEFT}",
            {
                "Vladimir Putin holdsOffice President of Russia",
                "Vladimir Putin represents Russia",
                "President of Russia officeOf Russia",
            },
        ),
        (
            "Iran|NNP|nmod:poss|5 's|POS|case|1 foreign|JJ|amod|4 minister|NN|compound|5 Abbas|NNP|nsubj|7 "
            f"Araghchi|NNP|flat|5 {LEFT}",
            {"Abbas Araghchi holdsOffice Foreign Minister of Iran", "Abbas Araghchi represents Iran"},
        ),
        (
            "Masoud|NNP|nsubj|6 Pezeshkian|NNP|flat|1 is|VBZ|cop|6|be the|DT|det|6 Iranian|JJ|amod|6 "
            "president|NN|root|0",
            {"Masoud Pezeshkian holdsOffice President of Iran"},
        ),
        (
            "Masoud|NNP|nsubj|3 Pezeshkian|NNP|flat|1 became|VBD|root|0|become president|NN|xcomp|3 of|IN|case|6 "
            "Iran|NNP|nmod|4",
            {"Masoud Pezeshkian holdsOffice President of Iran"},
        ),
    ],
    ids=["adjective", "possessive", "copula", "became"],
)
def test_offices(parse: str, expected: set[str]) -> None:
    assert expected <= triples(read(doc(parse)))


def test_no_office_is_held_where_none_is_told() -> None:
    told = read(doc(f"a|DT|det|3 Russian|JJ|amod|3 president|NN|nsubj|4 {LEFT}"))
    assert [f for f in facts(told) if f.startswith("holdsOffice")] == []


def test_who_held_an_office_before_acts_for_nobody_by_it() -> None:
    told = read(
        doc(f"former|JJ|amod|4 Russian|JJ|amod|4 President|NNP|compound|4 Vladimir|NNP|nsubj|6 Putin|NNP|flat|4 {LEFT}")
    )
    assert {"holdsOffice President of Russia", "officeOf Russia"} <= facts(told)
    assert [f for f in facts(told) if f.startswith("represents")] == []


def test_an_office_s_passage_holds_the_title_and_the_name() -> None:
    told = read(doc(f"Russian|JJ|amod|3 President|NNP|compound|3 Vladimir|NNP|nsubj|5 Putin|NNP|flat|3 {LEFT}"))
    [held] = [f for f in told.facts if f.predicate == "holdsOffice"]
    assert told.document.text[held.passage.span.start : held.passage.span.end] == "Russian President Vladimir Putin"


@pytest.mark.parametrize(
    "parse",
    [
        f"The|DT|det|4 Iranian|JJ|amod|4 Foreign|NNP|compound|4 Ministry|NNP|nsubj|5 {LEFT}",
        "The|DT|det|4 Iranian|JJ|amod|4 foreign|JJ|amod|4 ministry|NN|nsubj|5 left|VBD|root|0|leave",
    ],
)
def test_a_body_belongs_to_the_state_in_its_name(parse: str) -> None:
    assert triples(read(doc(parse))) == {"Ministry of Foreign Affairs of Iran bodyOf Iran"}


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        ("They|PRP|nsubj|2 met|VBD|root|0|meet in|IN|case|4 Tianjin|NNP|obl|2 ,|,|punct|6 China|NNP|appos|4",
         {"Tianjin locatedIn China"}),
        ("They|PRP|nsubj|2 met|VBD|root|0|meet at|IN|case|4 Amiens|NNP|obl|2 in|IN|case|6 France|NNP|nmod|4",
         {"Amiens locatedIn France"}),
        (
            "They|PRP|nsubj|2 met|VBD|root|0|meet in|IN|case|4 Moscow|NNP|obl|2 ,|,|punct|6 Paris|NNP|conj|4 "
            "and|CC|cc|8 Iran|NNP|conj|4",
            set(),
        ),
        ("Moscow|NNP|nsubj|4 and|CC|cc|3 Iran|NNP|conj|1 met|VBD|root|0|meet", set()),
    ],
    ids=["comma", "in", "list", "coordination"],
)  # fmt: skip
def test_places_lie_where_the_text_says(parse: str, expected: set[str]) -> None:
    assert {t for t in triples(read(doc(parse))) if " locatedIn " in t} == expected


def test_the_parties_in_a_treaty_s_description() -> None:
    told = read(
        doc(
            "They|PRP|nsubj|2 praised|VBD|root|0|praise the|DT|det|8 Iran|NNP|compound|8 -|:|punct|4 Iraq|NNP|conj|4 "
            "border|NN|compound|8 treaty|NN|obj|2"
        )
    )
    assert {"party Iran", "party Iraq"} <= facts(told)


def test_the_duration_in_a_treaty_s_description() -> None:
    told = read(
        doc(
            "They|PRP|nsubj|2 praised|VBD|root|0|praise a|DT|det|9 20|CD|nummod|6 -|:|punct|6 year|NN|compound|9 "
            "border|NN|compound|9 trade|NN|compound|9 treaty|NN|obj|2"
        )
    )
    assert "duration P20Y" in facts(told)


def test_the_year_in_a_treaty_s_name_dates_it_where_nothing_nearer_does() -> None:
    heading = doc(
        "The|DT|det|2 Treaty|NNP|root|0 of|IN|case|4 Gulistan|NNP|nmod|2 (|,|punct|6 1813|CD|dep|2 )|,|punct|6"
    )
    told = read(("heading", heading))
    assert "signedOn 1813" in facts(told)
    assert {f.confidence for f in told.facts if f.predicate == "signedOn"} == {0.7}
    assert "Signing date 1813" in events(told)


def test_a_date_that_the_text_tells_is_preferred_to_the_year_in_the_name() -> None:
    heading = doc(
        "The|DT|det|2 Treaty|NNP|root|0 of|IN|case|4 Gulistan|NNP|nmod|2 (|,|punct|6 1813|CD|dep|2 )|,|punct|6"
    )
    text = doc(
        "The|DT|det|2 treaty|NN|nsubj:pass|4 was|VBD|aux:pass|4|be signed|VBN|root|0|sign on|IN|case|7 24|CD|nummod|7 "
        "October|NNP|obl|4 1813|CD|nmod|7"
    )
    assert {f for f in facts(read(("heading", heading), text)) if f.startswith("signedOn")} == {"signedOn 1813-10-24"}


def test_parties_from_the_heading_above_a_treaty_s_heading() -> None:
    above = doc("Treaties|NNS|root|0|treaty between|IN|case|3 Russia|NNP|nmod|1 and|CC|cc|5 Iran|NNP|conj|3")
    heading = doc(
        "The|DT|det|2 Treaty|NNP|root|0 of|IN|case|4 Gulistan|NNP|nmod|2 (|,|punct|6 1813|CD|dep|2 )|,|punct|6"
    )
    told = read(("heading", above), ("heading", heading))
    assert {"party Russian Empire", "party Qajar Iran"} <= facts(told)


def test_what_a_treaty_concerns() -> None:
    told = read(
        doc(
            "The|DT|det|3 border|NN|compound|3 treaty|NN|nsubj|4 covers|VBZ|root|0|cover trade|NN|obj|4 and|CC|cc|7 "
            "energy|NN|conj|5"
        )
    )
    assert {"concerns trade", "concerns energy"} <= facts(told)


def test_who_fights_by_the_name_of_the_war() -> None:
    told = read(
        doc(
            "The|DT|det|5 Russo|NNP|compound|5 -|:|punct|2 Persian|NNP|amod|5 War|NNP|nsubj|8 of|IN|case|7 "
            "1826|CD|nmod|5 "
            "ended|VBD|root|0|end"
        )
    )
    assert "Conflict type Conflict" in events(told)
    assert {e.entity is not None for e in told.events} == {True}


def test_a_war_in_a_place_lies_there() -> None:
    told = read(doc("The|DT|det|2 war|NN|nsubj|5 in|IN|case|4 Sudan|NNP|nmod|2 ended|VBD|root|0|end"))
    assert "Conflict location Sudan" in events(told)
