"""Facts and events that patterns read off hand-written parses, with the reference data that is shipped."""

from __future__ import annotations

import pytest
import reading_gold
from doc_builder import doc, read
from reading_gold import events, facts, modality, said, triples

from kg.model import ClassRef, EntityRef, Modality

TREATY = "a|DT|det|5 trade|NN|compound|5 treaty|NN|obj|2"
SIGNED = f"Iran|NNP|nsubj|2 signed|VBD|root|0|sign {TREATY} with|IN|case|7 Iraq|NNP|nmod|5"
MOSCOW = "in|IN|case|9 Moscow|NNP|obl|2 in|IN|case|11 1990|CD|obl|2 .|.|punct|2"


def test_an_active_sentence_gives_facts_and_an_event() -> None:
    told = read(doc(f"Iran|NNP|nsubj|2 signed|VBD|root|0|sign {TREATY} with|IN|case|7 Iraq|NNP|nmod|5 {MOSCOW}"))
    assert {"party Iran", "party Iraq", "signedOn 1990", "signedAt Moscow"} <= facts(told)
    assert {"Signing participant Iran", "Signing date 1990", "Signing location Moscow"} <= events(told)


@pytest.mark.parametrize(
    "parse",
    [
        "The|DT|det|3 trade|NN|compound|3 treaty|NN|nsubj:pass|5 was|VBD|aux:pass|5|be signed|VBN|root|0|sign"
        " by|IN|case|7 Iran|NNP|obl:agent|5 and|CC|cc|9 Iraq|NNP|conj|7",
        "The|DT|det|2 signing|NN|nsubj|11 of|IN|case|6 the|DT|det|6 trade|NN|compound|6 treaty|NN|nmod|2 by|IN|case|8"
        " Iran|NNP|nmod|2 and|CC|cc|10 Iraq|NNP|conj|8 helped|VBD|root|0|help",
        "The|DT|det|3 trade|NN|compound|3 treaty|NN|nsubj|9 signed|VBN|acl|3|sign by|IN|case|6 Iran|NNP|obl:agent|4"
        " and|CC|cc|8 Iraq|NNP|conj|6 lapsed|VBD|root|0|lapse",
        "The|DT|det|3 trade|NN|compound|3 treaty|NN|nsubj|9 that|WDT|obj|8 Iran|NNP|nsubj|8 and|CC|cc|7 Iraq|NNP|conj|5"
        " signed|VBD|acl:relcl|3|sign lapsed|VBD|root|0|lapse",
    ],
    ids=["passive", "nominal", "participle", "relative"],
)
def test_other_constructions_say_the_same(parse: str) -> None:
    told = read(doc(parse))
    assert {"party Iran", "party Iraq"} <= facts(told)
    assert {"Signing participant Iran", "Signing participant Iraq"} <= events(told)


@pytest.mark.parametrize(
    ("parse", "expected"),
    [
        (
            "Iran|NNP|nsubj|3 will|MD|aux|3 sign|VB|root|0 a|DT|det|6 trade|NN|compound|6 treaty|NN|obj|3"
            " in|IN|case|8 Moscow|NNP|obl|3",
            Modality.PLANNED,
        ),
        (
            "Iran|NNP|nsubj|3 may|MD|aux|3 sign|VB|root|0 a|DT|det|6 trade|NN|compound|6 treaty|NN|obj|3"
            " in|IN|case|8 Moscow|NNP|obl|3",
            Modality.POSSIBLE,
        ),
        (
            "Iran|NNP|nsubj|3 never|RB|advmod|3 signed|VBD|root|0|sign a|DT|det|6 trade|NN|compound|6 treaty|NN|obj|3"
            " in|IN|case|8 Moscow|NNP|obl|3",
            Modality.NEGATED,
        ),
    ],
    ids=["will", "may", "never"],
)
def test_what_did_not_happen_is_not_actual(parse: str, expected: Modality) -> None:
    told = read(doc(parse))
    assert modality(told, "signedAt Moscow") == {expected}
    assert modality(told, "party Iran") == {expected}
    assert modality(told, "Signing participant Iran") == {expected}


def test_a_state_is_party_to_what_its_president_signs() -> None:
    told = read(
        doc(
            "Russian|JJ|amod|3 President|NNP|compound|3 Putin|NNP|nsubj|8 and|CC|cc|7 Iranian|JJ|amod|7 "
            "President|NNP|compound|7 Pezeshkian|NNP|conj|3 signed|VBD|root|0|sign a|DT|det|11 trade|NN|compound|11 "
            "treaty|NN|obj|8 .|.|punct|8"
        )
    )
    assert {"party Russia", "party Iran"} <= facts(told)
    assert {"signatory Vladimir Putin", "signatory Masoud Pezeshkian"} <= facts(told)
    assert not {"party Vladimir Putin", "signatory Russia"} & facts(told)
    assert {"Signing participant Vladimir Putin"} <= events(told)


def test_ratification_by_a_parliament() -> None:
    told = read(
        doc(
            "The|DT|det|3 State|NNP|compound|3 Duma|NNP|nsubj|4 ratified|VBD|root|0|ratify the|DT|det|7 "
            "trade|NN|compound|7 treaty|NN|obj|4 on|IN|case|9 8|CD|obl|4 April|NNP|flat|9 2019|CD|flat|9 .|.|punct|4"
        )
    )
    assert "ratifiedBy State Duma" in facts(told)
    assert {"Ratification agent State Duma", "Ratification date 2019-04-08"} <= events(told)


def test_a_light_verb_brings_subject_place_and_date() -> None:
    told = read(
        doc(
            "Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 held|VBD|root|0|hold talks|NNS|obj|3|talk with|IN|case|6 "
            "Emomali|NNP|nmod|4 Rahmon|NNP|flat|6 in|IN|case|9 Dushanbe|NNP|obl|3 on|IN|case|11 Thursday|NNP|obl|3"
        ),
        issued="2025-10-11",
    )
    assert {
        "Meeting participant Vladimir Putin",
        "Meeting participant Emomali Rahmon",
        "Meeting location Dushanbe",
        "Meeting date 2025-10-09",
    } <= events(told)


def test_one_person_alone_is_no_meeting() -> None:
    told = read(doc("Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 held|VBD|root|0|hold talks|NNS|obj|3|talk"))
    assert events(told) == set()


def test_a_visit_to_a_town_is_a_visit_to_its_state() -> None:
    told = read(
        doc(
            "Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 arrived|VBD|root|0|arrive in|IN|case|5 Dushanbe|NNP|obl|3 "
            ".|.|punct|3"
        )
    )
    assert {"Visit agent Vladimir Putin", "Visit location Dushanbe", "Visit target Tajikistan"} <= events(told)
    assert "Visit target Dushanbe" not in events(told)


def test_states_do_not_visit() -> None:
    assert events(read(doc("Iran|NNP|nsubj|2 visited|VBD|root|0|visit Armenia|NNP|obj|2"))) == set()


def test_a_capital_that_acts_is_its_state() -> None:
    told = read(doc("Tehran|NNP|nsubj|2 criticized|VBD|root|0|criticize Israel|NNP|obj|2 .|.|punct|2"))
    assert {"Interaction agent Iran", "Interaction target Israel", "Interaction eventType ACCUSE"} <= events(told)


def test_accession_makes_a_member() -> None:
    told = read(
        doc(
            "Belarus|NNP|nsubj|2 joined|VBD|root|0|join the|DT|det|4 SCO|NNP|obj|2 in|IN|case|6 July|NNP|obl|2"
            " 2024|CD|flat|6"
        )
    )
    assert triples(told) >= {"Belarus memberOf Shanghai Cooperation Organisation"}
    assert {"Accession agent Belarus", "Accession date 2024-07"} <= events(told)


def test_facts_of_the_past_belong_to_the_states_of_the_past() -> None:
    told = read(doc(f"Russia|NNP|nsubj|2 signed|VBD|root|0|sign {TREATY} in|IN|case|7 1813|CD|obl|2 .|.|punct|2"))
    assert "party Russian Empire" in facts(told)
    assert "party Russia" not in facts(told)


def test_a_filler_of_the_wrong_class_gives_nothing() -> None:
    told = read(doc("Moscow|NNP|nsubj|2 ratified|VBD|root|0|ratify Sochi|NNP|obj|2 .|.|punct|2"))
    assert said(told) == set()


@pytest.mark.parametrize("kind", ["heading", "title"])
def test_titles_and_headings_are_read_too(kind: str) -> None:
    parsed = doc("Iran|NNP|nsubj|2 criticizes|VBZ|root|0|criticize Israel|NNP|obj|2")
    assert "Interaction target Israel" in events(read((kind, parsed)))


def test_passages_hold_what_the_fact_rests_on() -> None:
    told = read(doc("He|PRP|nsubj|2 left|VBD|root|0|leave .|.|punct|2", f"{SIGNED} {MOSCOW}"))
    text = told.document.text
    told_in = {text[f.passage.span.start : f.passage.span.end] for f in told.facts if f.predicate == "signedOn"}
    assert told_in == {"Iran signed a trade treaty with Iraq in Moscow in 1990"}


def test_facts_that_are_reported_carry_their_source() -> None:
    told = read(
        doc(
            "Israel|NNP|nsubj|2 said|VBD|root|0|say Iran|NNP|nsubj|4 signed|VBD|ccomp|2|sign a|DT|det|7 "
            "trade|NN|compound|7 treaty|NN|obj|4 in|IN|case|9 Moscow|NNP|obl|4 .|.|punct|2"
        )
    )
    sources = {told.entities[f.attribution.speaker or ""].name for f in told.facts if f.predicate == "signedAt"}
    assert sources == {"Israel"}
    assert {f.confidence for f in told.facts if f.predicate == "signedAt"} == {0.75}


def test_each_event_has_one_type() -> None:
    told = read(doc(f"{SIGNED} {MOSCOW}"))
    for event in told.events:
        assert [p.object for p in event.properties if p.predicate == "type"] == [ClassRef(event.cls)]


def test_a_text_without_anything_gives_nothing() -> None:
    told = read(doc("It|PRP|nsubj|2 rained|VBD|root|0|rain .|.|punct|2"))
    assert (told.facts, told.events, told.statements, told.entities, told.sentences) == ((), (), (), {}, 1)


def test_a_document_without_blocks_gives_nothing() -> None:
    told = read()
    assert (told.facts, told.events, told.mentions, told.sentences) == ((), (), (), 0)


def test_what_happened_at_the_conference_refers_to_the_one_told_before() -> None:
    told = reading_gold.read(
        "The Lima Summit of 2019 was attended by Chile and Peru.",
        "During the summit, Vladimir Putin met Xi Jinping.",
    )
    [meeting] = [e for e in told.events if e.cls == "Meeting"]
    [summit] = [e for e in told.events if e.cls == "Summit"]
    [within] = [p.object for p in meeting.properties if p.predicate == "within"]
    assert within == EntityRef(f"@.{summit.paragraph}.{summit.token}")
