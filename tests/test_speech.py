"""Who says what: speakers of quotations and of reported clauses."""

from __future__ import annotations

import pytest
from doc_builder import doc, read
from spacy.tokens import Doc

from kg.extraction.speech_lexicon import speech_verbs
from kg.resolution.corpus import DocumentReading

WE_AGREE = "“|``|punct|3 We|PRP|nsubj|3 agree|VBP|ccomp|{verb}|agree ,|,|punct|3 ”|''|punct|3"


def quotes(*parsed: Doc) -> list[tuple[str | None, tuple[str, ...]]]:
    """Speaker and the parts of each quotation."""
    told = read(*parsed)
    text = told.document.text
    return [
        (speaker(told, s.attribution.speaker), tuple(text[q.span.start : q.span.end] for q in s.quotations))
        for s in told.statements
        if s.quotations
    ]


def reported(*parsed: Doc) -> list[tuple[str | None, str]]:
    told = read(*parsed)
    return [
        (speaker(told, s.attribution.speaker), told.document.text[s.passage.span.start : s.passage.span.end])
        for s in told.statements
        if not s.quotations
    ]


def speaker(told: DocumentReading, key: str | None) -> str | None:
    return told.entities[key].name if key else None


def test_verbs_of_saying_are_listed_with_their_spellings() -> None:
    assert {"say", "tell", "announce", "state", "add"} <= speech_verbs().keys()
    assert "sign" not in speech_verbs()


@pytest.mark.parametrize(
    "parse",
    [
        f"{WE_AGREE.format(verb=7)} Putin|NNP|nsubj|7 said|VBD|root|0|say .|.|punct|7",
        f"{WE_AGREE.format(verb=6)} said|VBD|root|0|say Putin|NNP|nsubj|6 .|.|punct|6",
        "Putin|NNP|nsubj|2 said|VBD|root|0|say :|:|punct|2 “|``|punct|6 We|PRP|nsubj|6 agree|VBP|ccomp|2 "
        ".|.|punct|6 ”|''|punct|6",
    ],
    ids=["behind", "inverted", "before"],
)
def test_the_speaker_of_a_quotation(parse: str) -> None:
    intro = doc(
        "Russian|JJ|amod|3 President|NNP|compound|3 Vladimir|NNP|nsubj|5 Putin|NNP|flat|3 "
        "spoke|VBD|root|0|speak .|.|punct|5"
    )
    [(who, parts)] = quotes(intro, doc(parse))
    assert who == "Vladimir Putin"
    assert "".join(parts).strip(",.") == "We agree"


def test_a_quotation_is_the_exact_text_without_its_marks() -> None:
    [(_, parts)] = quotes(doc(f"{WE_AGREE.format(verb=7)} Iran|NNP|nsubj|7 said|VBD|root|0|say .|.|punct|7"))
    assert parts == ("We agree,",)


def test_a_pronoun_speaks_for_the_person_before() -> None:
    intro = doc("Vladimir|NNP|nsubj|3 Putin|NNP|flat|1 spoke|VBD|root|0|speak .|.|punct|3")
    [(who, _)] = quotes(intro, doc(f"{WE_AGREE.format(verb=7)} he|PRP|nsubj|7 said|VBD|root|0|say .|.|punct|7"))
    assert who == "Vladimir Putin"


def test_a_spokesman_of_several_speaks_for_the_first_named() -> None:
    several = "Iran|NNP|nmod|7 ,|,|punct|11 Iraq|NNP|conj|9 ,|,|punct|13 Oman|NNP|conj|9 and|CC|cc|15 Syria|NNP|conj|9"
    parse = f"a|DT|det|7 spokesman|NN|nsubj|16 for|IN|case|9 {several} said|VBD|root|0|say .|.|punct|16"
    [(who, _)] = quotes(doc(f"{WE_AGREE.format(verb=16)} {parse}"))
    assert who == "Iran"


def test_nobody_speaks_where_nobody_is_named() -> None:
    [(who, _)] = quotes(doc(f"{WE_AGREE.format(verb=7)} it|PRP|nsubj|7 rained|VBD|root|0|rain .|.|punct|7"))
    assert who is None


def test_the_paragraph_before_may_introduce_the_speaker() -> None:
    [(who, _)] = quotes(
        doc("The|DT|det|3 Iranian|JJ|amod|3 government|NN|nsubj|4 said|VBD|root|0|say :|:|punct|4"),
        doc("“|``|punct|3 We|PRP|nsubj|3 agree|VBP|root|0 .|.|punct|3 ”|''|punct|3"),
    )
    assert who == "Iran"


def test_reported_speech_is_the_clause_under_the_verb() -> None:
    parsed = doc(
        "Iran|NNP|nsubj|2 said|VBD|root|0|say that|IN|mark|6 it|PRP|nsubj|6 had|VBD|aux|6|have signed|VBN|ccomp|2|sign "
        "a|DT|det|8 treaty|NN|obj|6 .|.|punct|2"
    )
    assert reported(parsed) == [("Iran", "that it had signed a treaty")]


def test_what_is_quoted_is_not_reported_as_well() -> None:
    assert reported(doc(f"{WE_AGREE.format(verb=7)} Iran|NNP|nsubj|7 said|VBD|root|0|say .|.|punct|7")) == []


def test_other_verbs_report_nothing() -> None:
    parsed = doc("Iran|NNP|nsubj|2 saw|VBD|root|0|see that|IN|mark|5 it|PRP|nsubj|5 lost|VBD|ccomp|2|lose")
    assert reported(parsed) == []


def test_entities_in_speech_are_mentioned() -> None:
    told = read(
        doc(
            "Iran|NNP|nsubj|2 said|VBD|root|0|say that|IN|mark|5 Iraq|NNP|nsubj|5 lost|VBD|ccomp|2|lose to|IN|case|7 "
            "Israel|NNP|obl|5"
        )
    )
    [statement] = told.statements
    assert statement.mentions == ("state/iraq", "state/israel")


def test_facts_in_a_quotation_are_attributed_to_its_speaker() -> None:
    told = read(
        doc(
            "“|``|punct|3 Iraq|NNP|nsubj|3 attacked|VBD|ccomp|8|attack Israel|NNP|obj|3 ,|,|punct|3 ”|''|punct|3 "
            "Iran|NNP|nsubj|8 said|VBD|root|0|say .|.|punct|8"
        )
    )
    assert {p.attribution.speaker for e in told.events if e.kind == "ASSAULT" for p in e.properties} == {"state/iran"}


def test_what_the_text_asserts_has_no_source() -> None:
    told = read(doc("Iraq|NNP|nsubj|2 attacked|VBD|root|0|attack Israel|NNP|obj|2 .|.|punct|2"))
    assert {p.attribution.speaker for e in told.events for p in e.properties} == {None}
