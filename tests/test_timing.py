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
