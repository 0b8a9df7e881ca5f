"""States in their time: which state of its lineage a fact is about."""

import pytest
from reading_gold import read, triples


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("A treaty between Persia and the Soviet Union was signed in Moscow on 1 October 1927.", "Pahlavi Iran"),
        ("A treaty between Persia and Russia was signed in Tehran on 5 May 1822.", "Qajar Iran"),
        ("A treaty between Iran and Russia was signed in Moscow on 12 March 2001.", "Iran"),
        ("A treaty between Iran and the Soviet Union was signed in Tehran on 2 May 1951.", "Pahlavi Iran"),
    ],
)
def test_a_party_is_the_state_of_that_time(text: str, party: str) -> None:
    told = {triple.rpartition(" party ")[2] for triple in triples(read(text)) if " party " in triple}
    assert party in told
    assert told.isdisjoint({"Iran", "Qajar Iran", "Pahlavi Iran"} - {party})


def test_a_name_keeps_the_year_that_the_text_gives_it() -> None:
    told = read(
        "The Treaty of Paris of 1763 ended the Seven Years' War.",
        "Parliament ratified the Treaty of Paris, and the treaty went into effect on 10 February 1763.",
    )
    assert {told.entities[fact.subject].record for fact in told.facts if fact.predicate == "inForceFrom"} == {None}
    assert "treaty/treaty-of-paris-1783" not in told.entities


def test_a_name_without_a_year_is_the_known_treaty() -> None:
    told = read("The Treaty of Paris of 1783 ended the war.", "Congress ratified the Treaty of Paris in January 1784.")
    assert {fact.subject for fact in told.facts if fact.predicate == "ratifiedBy"} <= {"treaty/treaty-of-paris-1783"}
    assert "treaty/treaty-of-paris-1783" in told.entities


def test_land_is_ceded_by_the_states_of_the_time() -> None:
    told = read("Under the Treaty of Saint Petersburg, signed on 7 May 1875, Russia ceded the Kuril Islands to Japan.")
    assert "Russian Empire cededTerritoryTo Empire of Japan" in triples(told)
    assert [event.cls for event in told.events].count("Cession") == 1


def test_a_treaty_is_known_by_how_long_it_lasts() -> None:
    told = triples(
        read(
            "Egypt and Eritrea signed an agreement on ports in May 2024.",
            "The ten-year agreement was ratified by the Egyptian parliament in June 2024.",
        )
    )
    lasting = {triple.split(" duration ")[0] for triple in told if " duration " in triple}
    parties = {triple.split(" party ")[0] for triple in told if " party " in triple}
    assert lasting == parties and len(lasting) == 1
