"""Predicates with their arguments: the same for every construction and for both schemes of dependencies.

Each case gives one sentence as Universal Dependencies parse it and as spaCy's English scheme does.
"""

from __future__ import annotations

import pytest
from doc_builder import doc, token
from spacy.tokens import Doc

from kg.extraction import clauses, frames, grammar
from kg.extraction.frames import Argument, Frame

LIGHT = frozenset({"hold", "pay", "make", "have"})

# name, predicate, Universal Dependencies, spaCy's English scheme, slots
VERBAL = [
    (
        "participle that the parser took for finite",
        "signed",
        "They|PRP|nsubj|2 discussed|VBD|root|0|discuss it|PRP|obj|5 ,|,|punct|5 signed|VBD|advcl|2|sign",
        "They|PRP|nsubj|2 discussed|VBD|ROOT|0|discuss it|PRP|dobj|5 ,|,|punct|5 signed|VBD|advcl|2|sign",
        {"obj it"},
    ),
    (
        "active",
        "signed",
        "Russia|NNP|nsubj|2 signed|VBD|root|0|sign the|DT|det|4 treaty|NN|obj|2 with|IN|case|6 Iran|NNP|obl|2",
        "Russia|NNP|nsubj|2 signed|VBD|ROOT|0|sign the|DT|det|4 treaty|NN|dobj|2 with|IN|prep|2 Iran|NNP|pobj|5",
        {"subj Russia", "obj treaty", "with Iran"},
    ),
    (
        "passive",
        "signed",
        "treaty|NN|nsubj:pass|3 was|VBD|aux:pass|3|be signed|VBN|root|0|sign by|IN|case|5 Russia|NNP|obl:agent|3",
        "treaty|NN|nsubjpass|3 was|VBD|auxpass|3|be signed|VBN|ROOT|0|sign by|IN|agent|3 Russia|NNP|pobj|4",
        {"subj Russia", "obj treaty"},
    ),
    (
        "participle",
        "signed",
        "treaty|NN|nsubj|5 signed|VBN|acl|1|sign by|IN|case|4 Russia|NNP|obl|2 expired|VBD|root|0|expire",
        "treaty|NN|nsubj|5 signed|VBN|acl|1|sign by|IN|agent|2 Russia|NNP|pobj|3 expired|VBD|ROOT|0|expire",
        {"subj Russia", "obj treaty"},
    ),
    (
        "relative clause on the object",
        "signed",
        "treaty|NN|nsubj|5 that|WDT|obj|4 Russia|NNP|nsubj|4 signed|VBD|acl:relcl|1|sign expired|VBD|root|0|expire",
        "treaty|NN|nsubj|5 that|WDT|dobj|4 Russia|NNP|nsubj|4 signed|VBD|relcl|1|sign expired|VBD|ROOT|0|expire",
        {"subj Russia", "obj treaty"},
    ),
    (
        "relative clause without a pronoun",
        "signed",
        "treaty|NN|nsubj|4 Russia|NNP|nsubj|3 signed|VBD|acl:relcl|1|sign expired|VBD|root|0|expire",
        "treaty|NN|nsubj|4 Russia|NNP|nsubj|3 signed|VBD|relcl|1|sign expired|VBD|ROOT|0|expire",
        {"subj Russia", "obj treaty"},
    ),
    (
        "relative clause on the subject",
        "signed",
        "Putin|NNP|nsubj|6 ,|,|punct|4 who|WP|nsubj|4 signed|VBD|acl:relcl|1|sign it|PRP|obj|4 left|VBD|root|0|leave",
        "Putin|NNP|nsubj|6 ,|,|punct|4 who|WP|nsubj|4 signed|VBD|relcl|1|sign it|PRP|dobj|4 left|VBD|ROOT|0|leave",
        {"subj Putin", "obj it"},
    ),
    (
        "coordinated subjects",
        "signed",
        "Russia|NNP|nsubj|4 and|CC|cc|3 Iran|NNP|conj|1 signed|VBD|root|0|sign it|PRP|obj|4",
        "Russia|NNP|nsubj|4 and|CC|cc|1 Iran|NNP|conj|1 signed|VBD|ROOT|0|sign it|PRP|dobj|4",
        {"subj Russia", "subj Iran", "obj it"},
    ),
    (
        "coordinated verbs, the first without its object",
        "signed",
        "Russia|NNP|nsubj|2 signed|VBD|root|0|sign and|CC|cc|4 ratified|VBD|conj|2|ratify it|PRP|obj|4",
        "Russia|NNP|nsubj|2 signed|VBD|ROOT|0|sign and|CC|cc|2 ratified|VBD|conj|2|ratify it|PRP|dobj|4",
        {"subj Russia", "obj it"},
    ),
    (
        "coordinated verbs, the second without its subject",
        "ratified",
        "Russia|NNP|nsubj|4 and|CC|cc|3 Iran|NNP|conj|1 signed|VBD|root|0|sign and|CC|cc|6 "
        "ratified|VBD|conj|4|ratify it|PRP|obj|6",
        "Russia|NNP|nsubj|4 and|CC|cc|1 Iran|NNP|conj|1 signed|VBD|ROOT|0|sign and|CC|cc|4 "
        "ratified|VBD|conj|4|ratify it|PRP|dobj|6",
        {"subj Russia", "subj Iran", "obj it"},
    ),
    (
        "coordinated passives",
        "ratified",
        "treaty|NN|nsubj:pass|3 was|VBD|aux:pass|3|be signed|VBN|root|0|sign and|CC|cc|5 ratified|VBN|conj|3|ratify",
        "treaty|NN|nsubjpass|3 was|VBD|auxpass|3|be signed|VBN|ROOT|0|sign and|CC|cc|3 ratified|VBN|conj|3|ratify",
        {"obj treaty"},
    ),
    (
        "raising: agreed to sign",
        "sign",
        "Iran|NNP|nsubj|2 agreed|VBD|root|0|agree to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4",
        "Iran|NNP|nsubj|2 agreed|VBD|ROOT|0|agree to|TO|aux|4 sign|VB|xcomp|2 it|PRP|dobj|4",
        {"subj Iran", "obj it"},
    ),
    (
        "object control: compelled Iran to cede",
        "cede",
        "Russia|NNP|nsubj|2 compelled|VBD|root|0|compel Iran|NNP|obj|2 to|TO|mark|5 cede|VB|xcomp|2 Baku|NNP|obj|5",
        "Russia|NNP|nsubj|2 compelled|VBD|ROOT|0|compel Iran|NNP|dobj|2 to|TO|aux|5 cede|VB|xcomp|2 Baku|NNP|dobj|5",
        {"subj Iran", "obj Baku"},
    ),
    (
        "control through a preposition: called on Iran to cede",
        "cede",
        "Russia|NNP|nsubj|2 called|VBD|root|0|call on|IN|case|4 Iran|NNP|obl|2 to|TO|mark|6 cede|VB|xcomp|2 "
        "Baku|NNP|obj|6",
        "Russia|NNP|nsubj|2 called|VBD|ROOT|0|call on|IN|prep|2 Iran|NNP|pobj|3 to|TO|aux|6 cede|VB|xcomp|2 "
        "Baku|NNP|dobj|6",
        {"subj Iran", "obj Baku"},
    ),
    (
        "object control in the passive: was compelled to cede",
        "cede",
        "Iran|NNP|nsubj:pass|3 was|VBD|aux:pass|3|be compelled|VBN|root|0|compel to|TO|mark|5 cede|VB|xcomp|3 "
        "Baku|NNP|obj|5",
        "Iran|NNP|nsubjpass|3 was|VBD|auxpass|3|be compelled|VBN|ROOT|0|compel to|TO|aux|5 cede|VB|xcomp|3 "
        "Baku|NNP|dobj|5",
        {"subj Iran", "obj Baku"},
    ),
    (
        "adverbial participle takes the subject of its verb",
        "signing",
        "Putin|NNP|nsubj|2 arrived|VBD|root|0|arrive ,|,|punct|4 signing|VBG|advcl|2|sign it|PRP|obj|4",
        "Putin|NNP|nsubj|2 arrived|VBD|ROOT|0|arrive ,|,|punct|2 signing|VBG|advcl|2|sign it|PRP|dobj|4",
        {"subj Putin", "obj it"},
    ),
    (
        "passive adverbial participle takes it as object",
        "Signed",
        "Signed|VBN|advcl|5|sign in|IN|case|3 1813|CD|obl|1 it|PRP|nsubj|5 ended|VBD|root|0|end",
        "Signed|VBN|advcl|5|sign in|IN|prep|1 1813|CD|pobj|2 it|PRP|nsubj|5 ended|VBD|ROOT|0|end",
        {"obj it", "in 1813"},
    ),
    (
        "indirect object",
        "gave",
        "Russia|NNP|nsubj|2 gave|VBD|root|0|give Iran|NNP|iobj|2 aid|NN|obj|2",
        "Russia|NNP|nsubj|2 gave|VBD|ROOT|0|give Iran|NNP|dative|2 aid|NN|dobj|2",
        {"subj Russia", "iobj Iran", "obj aid"},
    ),
    (
        "coordinated obliques",
        "met",
        "Putin|NNP|nsubj|2 met|VBD|root|0|meet with|IN|case|4 Xi|NNP|obl|2 and|CC|cc|6 Modi|NNP|conj|4",
        "Putin|NNP|nsubj|2 met|VBD|ROOT|0|meet with|IN|prep|2 Xi|NNP|pobj|3 and|CC|cc|4 Modi|NNP|conj|4",
        {"subj Putin", "with Xi", "with Modi"},
    ),
    (
        "time without a preposition",
        "met",
        "Putin|NNP|nsubj|2 met|VBD|root|0|meet Xi|NNP|obj|2 Friday|NNP|obl:unmarked|2",
        "Putin|NNP|nsubj|2 met|VBD|ROOT|0|meet Xi|NNP|dobj|2 Friday|NNP|npadvmod|2",
        {"subj Putin", "obj Xi", "unmarked Friday"},
    ),
]

# name, predicate, Universal Dependencies, spaCy's English scheme, slots, light verb
NOMINAL = [
    (
        "Russia's ratification of the treaty",
        "ratification",
        "Russia|NNP|nmod:poss|3 's|POS|case|1 ratification|NN|root|0 of|IN|case|5 it|PRP|nmod|3",
        "Russia|NNP|poss|3 's|POS|case|1 ratification|NN|ROOT|0 of|IN|prep|3 it|PRP|pobj|4",
        {"poss Russia", "of it"},
        "",
    ),
    (
        "talks between Russia and Iran",
        "talks",
        "talks|NNS|root|0|talk between|IN|case|3 Russia|NNP|nmod|1 and|CC|cc|5 Iran|NNP|conj|3",
        "talks|NNS|ROOT|0|talk between|IN|prep|1 Russia|NNP|pobj|2 and|CC|cc|3 Iran|NNP|conj|3",
        {"between Russia", "between Iran"},
        "",
    ),
    (
        "held talks",
        "talks",
        "Putin|NNP|nsubj|2 held|VBD|root|0|hold talks|NNS|obj|2|talk with|IN|case|5 Xi|NNP|nmod|3 in|IN|case|7 "
        "Kazan|NNP|obl|2",
        "Putin|NNP|nsubj|2 held|VBD|ROOT|0|hold talks|NNS|dobj|2|talk with|IN|prep|3 Xi|NNP|pobj|4 "
        "in|IN|prep|2 Kazan|NNP|pobj|6",
        {"subj Putin", "with Xi", "in Kazan"},
        "held",
    ),
    (
        "talks were held",
        "Talks",
        "Talks|NNS|nsubj:pass|3|talk were|VBD|aux:pass|3|be held|VBN|root|0|hold by|IN|case|5 Putin|NNP|obl|3",
        "Talks|NNS|nsubjpass|3|talk were|VBD|auxpass|3|be held|VBN|ROOT|0|hold by|IN|agent|3 Putin|NNP|pobj|4",
        {"subj Putin"},
        "held",
    ),
    (
        "paid a visit",
        "visit",
        "Xi|NNP|nsubj|2 paid|VBD|root|0|pay a|DT|det|4 visit|NN|obj|2 to|IN|case|6 Iran|NNP|nmod|4",
        "Xi|NNP|nsubj|2 paid|VBD|ROOT|0|pay a|DT|det|4 visit|NN|dobj|2 to|IN|prep|4 Iran|NNP|pobj|5",
        {"subj Xi", "to Iran"},
        "paid",
    ),
    (
        "a noun under another verb takes nothing from it",
        "talks",
        "Putin|NNP|nsubj|2 praised|VBD|root|0|praise talks|NNS|obj|2|talk with|IN|case|5 Xi|NNP|nmod|3",
        "Putin|NNP|nsubj|2 praised|VBD|ROOT|0|praise talks|NNS|dobj|2|talk with|IN|prep|3 Xi|NNP|pobj|4",
        {"with Xi"},
        "",
    ),
    (
        "held talks and a meeting",
        "meeting",
        "Putin|NNP|nsubj|2 held|VBD|root|0|hold talks|NNS|obj|2|talk and|CC|cc|6 a|DT|det|6 meeting|NN|conj|3",
        "Putin|NNP|nsubj|2 held|VBD|ROOT|0|hold talks|NNS|dobj|2|talk and|CC|cc|3 a|DT|det|6 meeting|NN|conj|3",
        {"subj Putin"},
        "held",
    ),
    (
        "a participle brings its own phrases",
        "treaty",
        "treaty|NN|root|0 signed|VBN|acl|1|sign by|IN|case|4 Russia|NNP|obl|2 in|IN|case|6 Kazan|NNP|obl|2",
        "treaty|NN|ROOT|0 signed|VBN|acl|1|sign by|IN|agent|2 Russia|NNP|pobj|3 in|IN|prep|2 Kazan|NNP|pobj|5",
        {"subj Russia", "in Kazan"},
        "",
    ),
]


def slots(arguments: list[Argument]) -> set[str]:
    return {f"{a.slot} {a.token.text}" for a in arguments}


def both(cases: list[tuple]) -> list:  # type: ignore[type-arg]
    """Each case twice: with Universal Dependencies and with the English scheme."""
    return [
        pytest.param(doc(parse), predicate, *expected, id=f"{name}-{scheme}")
        for name, predicate, universal, english, *expected in cases
        for scheme, parse in (("ud", universal), ("english", english))
    ]


@pytest.mark.parametrize(("parsed", "predicate", "expected"), both(VERBAL))
def test_arguments_of_a_verb(parsed: Doc, predicate: str, expected: set[str]) -> None:
    assert slots(frames.verbal_arguments(token(parsed, predicate))) == expected


@pytest.mark.parametrize(("parsed", "predicate", "expected", "light"), both(NOMINAL))
def test_arguments_of_a_noun(parsed: Doc, predicate: str, expected: set[str], light: str) -> None:
    arguments, verb = frames.nominal_arguments(token(parsed, predicate), LIGHT)
    assert slots(arguments) == expected
    assert (verb.text if verb else "") == light


@pytest.mark.parametrize(("participle", "lemma", "takes_part"), [("held", "hold", True), ("brokered", "broker", False)])
def test_who_carries_a_noun_takes_part_in_it(participle: str, lemma: str, takes_part: bool) -> None:
    parsed = doc(f"talks|NNS|root|0|talk {participle}|VBN|acl|1|{lemma} by|IN|case|4 China|NNP|obl:agent|2")
    arguments, _ = frames.nominal_arguments(token(parsed, "talks"), LIGHT)
    assert ("subj China" in slots(arguments)) is takes_part


def test_modifiers_of_a_noun_are_arguments() -> None:
    parsed = doc("Iranian|JJ|amod|3 Majlis|NNP|compound|3 approval|NN|root|0")
    arguments, _ = frames.nominal_arguments(token(parsed, "approval"), LIGHT)
    assert slots(arguments) == {"mod Iranian", "mod Majlis"}


def test_apposition_leaves_the_subject_alone() -> None:
    parsed = doc("Putin|NNP|nsubj|5 ,|,|punct|4 the|DT|det|4 president|NN|appos|1 signed|VBD|root|0|sign it|PRP|obj|5")
    assert slots(frames.verbal_arguments(token(parsed, "signed"))) == {"subj Putin", "obj it"}


def test_a_subject_of_its_own_is_not_replaced_by_the_governor() -> None:
    parsed = doc(
        "Iran|NNP|nsubj|2 said|VBD|root|0|say Russia|NNP|nsubj|4 signed|VBD|ccomp|2|sign it|PRP|obj|4",
    )
    assert slots(frames.verbal_arguments(token(parsed, "signed"))) == {"subj Russia", "obj it"}


def test_conjuncts_do_not_mix_verbs_and_nouns() -> None:
    parsed = doc("Russia|NNP|root|0 ,|,|punct|3 Iran|NNP|conj|1 and|CC|cc|5 left|VBD|conj|1|leave")
    assert [t.text for t in grammar.conjuncts(parsed[0])] == ["Russia", "Iran"]


def test_conjuncts_of_conjuncts_are_found() -> None:
    parsed = doc("A|NNP|root|0 ,|,|punct|3 B|NNP|conj|1 and|CC|cc|5 C|NNP|conj|3")
    assert [t.text for t in grammar.conjuncts(parsed[0])] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("parse", "word", "preposition"),
    [
        ("in|IN|case|2 Moscow|NNP|root|0", "Moscow", "in"),
        ("in|IN|prep|3 Moscow|NNP|pobj|1 met|VBD|root|0", "Moscow", "in"),
        ("Russia|NNP|nmod:poss|3 's|POS|case|1 army|NN|root|0", "Russia", ""),
        ("In|IN|case|4 accordance|NN|fixed|1 with|IN|fixed|1 it|PRP|root|0", "it", "in"),
    ],
)
def test_the_preposition_of_a_noun(parse: str, word: str, preposition: str) -> None:
    assert grammar.preposition(token(doc(parse), word)) == preposition


def test_a_frame_gives_each_filler_once_in_the_order_of_the_text() -> None:
    parsed = doc("A|NNP|nsubj|2 met|VBD|root|0|meet B|NNP|obj|2")
    frame = Frame(parsed[1], (Argument("obj", parsed[2]), Argument("subj", parsed[0]), Argument("with", parsed[2])))
    assert [t.text for t in frame.fillers({"subj", "obj", "with"})] == ["A", "B"]
    assert frame.fillers({"to"}) == []
    assert frame.verb.text == "met"


def test_the_verb_of_a_frame_is_the_light_one() -> None:
    parsed = doc("A|NNP|nsubj|2 held|VBD|root|0|hold talks|NNS|obj|2|talk")
    assert Frame(parsed[2], (), parsed[1]).verb.text == "held"


def test_who_acts_in_the_clause_around_a_noun() -> None:
    parsed = doc(
        "Putin|NNP|nsubj|2 spoke|VBD|root|0|speak during|IN|case|4 talks|NNS|obl|2|talk with|IN|case|6 Xi|NNP|nmod|4"
    )
    assert [t.text for t in clauses.governing_subjects(token(parsed, "talks"))] == ["Putin"]


def test_a_long_chain_of_verbs_ends() -> None:
    chain = " ".join(f"try|VB|{'xcomp' if i else 'root'}|{i}|try" for i in range(40))
    parsed = doc(chain)
    assert frames.verbal_arguments(parsed[39]) == []
