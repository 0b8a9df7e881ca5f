"""Whether a text tells that something happened: each sentence in both schemes of dependencies."""

from __future__ import annotations

import pytest
from doc_builder import doc, english, token

from kg.extraction import modality, own_modality
from kg.model import Modality

# predicate, modality, sentence
VERBAL = [
    ("signed", "Actual", "Iran|NNP|nsubj|2 signed|VBD|root|0|sign it|PRP|obj|2"),
    ("signed", "Actual", "It|PRP|nsubj:pass|3 was|VBD|aux:pass|3|be signed|VBN|root|0|sign"),
    ("signed", "Actual", "Iran|NNP|nsubj|3 has|VBZ|aux|3|have signed|VBN|root|0|sign it|PRP|obj|3"),
    ("sign", "Planned", "Iran|NNP|nsubj|3 will|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("sign", "Planned", "They|PRP|nsubj|3 'll|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("sign", "Planned", "They|PRP|nsubj|3 shall|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("signed", "Planned", "It|PRP|nsubj:pass|4 will|MD|aux|4 be|VB|aux:pass|4 signed|VBN|root|0|sign"),
    ("sign", "Planned", "Iran|NNP|nsubj|4 is|VBZ|aux|4|be to|TO|mark|4 sign|VB|root|0 it|PRP|obj|4"),
    (
        "signed",
        "Planned",
        "It|PRP|nsubj:pass|5 is|VBZ|aux|5|be to|TO|mark|5 be|VB|aux:pass|5 signed|VBN|root|0|sign",
    ),
    ("sign", "Planned", "Iran|NNP|nsubj|2 plans|VBZ|root|0|plan to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4"),
    (
        "sign",
        "Planned",
        "Iran|NNP|nsubj:pass|3 is|VBZ|aux:pass|3|be expected|VBN|root|0|expect to|TO|mark|5 sign|VB|xcomp|3",
    ),
    (
        "sign",
        "Planned",
        "Iran|NNP|nsubj:pass|3 is|VBZ|aux:pass|3|be scheduled|VBN|root|0|schedule to|TO|mark|5 sign|VB|xcomp|3",
    ),
    ("sign", "Planned", "Iran|NNP|nsubj|2 agreed|VBD|root|0|agree to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4"),
    ("sign", "Planned", "Putin|NNP|nsubj|2 came|VBD|root|0|come to|TO|mark|4 sign|VB|advcl|2 it|PRP|obj|4"),
    ("sign", "Possible", "Iran|NNP|nsubj|3 could|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("sign", "Possible", "Iran|NNP|nsubj|3 would|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("sign", "Possible", "Iran|NNP|nsubj|3 may|MD|aux|3 sign|VB|root|0 it|PRP|obj|3"),
    ("sign", "Possible", "Iran|NNP|nsubj|2 hopes|VBZ|root|0|hope to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4"),
    (
        "sign",
        "Possible",
        "Iran|NNP|nsubj|2 hopes|VBZ|root|0|hope they|PRP|nsubj|5 will|MD|aux|5 sign|VB|ccomp|2 it|PRP|obj|5",
    ),
    ("sign", "Possible", "Iran|NNP|nsubj|2 urged|VBD|root|0|urge Iraq|NNP|obj|2 to|TO|mark|5 sign|VB|xcomp|2"),
    (
        "signs",
        "Possible",
        "If|IN|mark|3 Iran|NNP|nsubj|3 signs|VBZ|advcl|6|sign they|PRP|nsubj|6 will|MD|aux|6 trade|VB|root|0",
    ),
    (
        "signs",
        "Possible",
        "Unless|IN|mark|3 Iran|NNP|nsubj|3 signs|VBZ|advcl|6|sign they|PRP|nsubj|6 will|MD|aux|6 fail|VB|root|0",
    ),
    ("sign", "Possible", "Did|VBD|aux|3|do Iran|NNP|nsubj|3 sign|VB|root|0 it|PRP|obj|3 ?|.|punct|3"),
    (
        "ratified",
        "Planned",
        "It|PRP|nsubj|3 will|MD|aux|3 start|VB|root|0 after|IN|mark|7 Iran|NNP|nsubj|7 has|VBZ|aux|7|have "
        "ratified|VBN|advcl|3|ratify it|PRP|obj|7",
    ),
    (
        "ratified",
        "Actual",
        "It|PRP|nsubj|3 will|MD|aux|3 start|VB|root|0 because|IN|mark|7 Iran|NNP|nsubj|7 has|VBZ|aux|7|have "
        "ratified|VBN|advcl|3|ratify it|PRP|obj|7",
    ),
    (
        "reaching",
        "Possible",
        "They|PRP|nsubj|2 had|VBD|root|0|have hope|NN|obj|2 of|IN|mark|5 reaching|VBG|acl|3|reach it|PRP|obj|5",
    ),
    (
        "joining",
        "Possible",
        "They|PRP|nsubj|2 voiced|VBD|root|0|voice interest|NN|obj|2 in|IN|mark|5 joining|VBG|advcl|2|join it|PRP|obj|5",
    ),
    (
        "join",
        "Negated",
        "Iran|NNP|nsubj|2 stayed|VBD|root|0|stay rather|RB|cc|5 than|IN|fixed|3 join|VB|conj|2 it|PRP|obj|5",
    ),
    ("sign", "Negated", "Iran|NNP|nsubj|4 did|VBD|aux|4|do not|RB|advmod|4 sign|VB|root|0 it|PRP|obj|4"),
    ("sign", "Negated", "Iran|NNP|nsubj|4 did|VBD|aux|4|do n't|RB|advmod|4|not sign|VB|root|0 it|PRP|obj|4"),
    ("sign", "Negated", "Iran|NNP|nsubj|4 will|MD|aux|4 not|RB|advmod|4 sign|VB|root|0 it|PRP|obj|4"),
    ("signed", "Negated", "Iran|NNP|nsubj|3 never|RB|advmod|3 signed|VBD|root|0|sign it|PRP|obj|3"),
    ("signed", "Negated", "No|DT|det|2 treaty|NN|nsubj:pass|4 was|VBD|aux:pass|4|be signed|VBN|root|0|sign"),
    ("signed", "Negated", "Iran|NNP|nsubj|2 signed|VBD|root|0|sign no|DT|det|4 treaty|NN|obj|2"),
    ("sign", "Negated", "Iran|NNP|nsubj|2 failed|VBD|root|0|fail to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4"),
    ("sign", "Negated", "Iran|NNP|nsubj|2 refused|VBD|root|0|refuse to|TO|mark|4 sign|VB|xcomp|2 it|PRP|obj|4"),
    ("sign", "Negated", "Iran|NNP|nsubj|2 declined|VBD|root|0|decline to|TO|mark|4 sign|VB|xcomp|2"),
    ("signed", "Negated", "Iran|NNP|nsubj|2 denied|VBD|root|0|deny it|PRP|nsubj|4 signed|VBD|ccomp|2|sign"),
    ("signing", "Negated", "Iran|NNP|nsubj|2 ruled|VBD|root|0|rule out|RP|compound:prt|2 signing|VBG|xcomp|2|sign"),
    (
        "cede",
        "Actual",
        "It|PRP|nsubj|2 forced|VBD|root|0|force Iran|NNP|obj|2 to|TO|mark|5 cede|VB|xcomp|2 Baku|NNP|obj|5",
    ),
    (
        "cede",
        "Actual",
        "Iran|NNP|nsubj:pass|3 was|VBD|aux:pass|3|be compelled|VBN|root|0|compel to|TO|mark|5 cede|VB|xcomp|3",
    ),
    ("signed", "Actual", "Iran|NNP|nsubj|2 said|VBD|root|0|say it|PRP|nsubj|4 signed|VBD|ccomp|2|sign"),
    (
        "sign",
        "Planned",
        "They|PRP|nsubj|3 will|MD|aux|3 meet|VB|root|0 and|CC|cc|5 sign|VB|conj|3 it|PRP|obj|5",
    ),
    (
        "signed",
        "Actual",
        "They|PRP|nsubj|2 met|VBD|root|0|meet and|CC|cc|4 signed|VBD|conj|2|sign it|PRP|obj|4",
    ),
    (
        "signing",
        "Planned",
        "He|PRP|nsubj|3 will|MD|aux|3 come|VB|root|0 ,|,|punct|5 signing|VBG|advcl|3|sign it|PRP|obj|5",
    ),
    ("signed", "Actual", "A|DT|det|2 treaty|NN|root|0 signed|VBN|acl|2|sign in|IN|case|5 1907|CD|obl|3"),
    (
        "signed",
        "Actual",
        "They|PRP|nsubj|2 talked|VBD|root|0|talk before|IN|mark|5 Iran|NNP|nsubj|5 signed|VBD|advcl|2|sign "
        "it|PRP|obj|5",
    ),
    (
        "signs",
        "Planned",
        "They|PRP|nsubj|3 will|MD|aux|3 talk|VB|root|0 until|IN|mark|6 Iran|NNP|nsubj|6 signs|VBZ|advcl|3|sign",
    ),
    (
        "signed",
        "Negated",
        "Iran|NNP|nsubj|5 has|VBZ|aux|5|have not|RB|advmod|5 yet|RB|advmod|5 signed|VBN|root|0|sign it|PRP|obj|5",
    ),
    (
        "signing",
        "Negated",
        "Putin|NNP|nsubj|2 left|VBD|root|0|leave without|IN|mark|4 signing|VBG|advcl|2|sign it|PRP|obj|4",
    ),
    ("signing", "Negated", "Iran|NNP|nsubj|2 denied|VBD|root|0|deny signing|VBG|xcomp|2|sign it|PRP|obj|3"),
    (
        "signed",
        "Possible",
        "It|PRP|nsubj|3 is|VBZ|cop|3|be unclear|JJ|root|0 whether|IN|mark|6 Iran|NNP|nsubj|6 signed|VBD|csubj|3|sign",
    ),
    ("sign", "Planned", "Iran|NNP|nsubj|3 is|VBZ|cop|3|be ready|JJ|root|0 to|TO|mark|5 sign|VB|xcomp|3 it|PRP|obj|5"),
    (
        "sign",
        "Possible",
        "Putin|NNP|nsubj|2 called|VBD|root|0|call on|IN|case|4 Iran|NNP|obl|2 to|TO|mark|6 sign|VB|xcomp|2",
    ),
    ("sign", "Planned", "A|DT|det|2 plan|NN|root|0 to|TO|mark|4 sign|VB|acl|2 it|PRP|obj|4"),
    ("sign", "Negated", "The|DT|det|2 refusal|NN|root|0 to|TO|mark|4 sign|VB|acl|2 it|PRP|obj|4"),
    ("sign", "Negated", "Iran|NNP|nsubj|4 can|MD|aux|4 not|RB|advmod|4 sign|VB|root|0 it|PRP|obj|4"),
    (
        "sign",
        "Possible",
        "Iran|NNP|nsubj|3 is|VBZ|aux|3|be considering|VBG|root|0|consider whether|IN|mark|6 to|TO|mark|6 "
        "sign|VB|ccomp|3",
    ),
    (
        "signed",
        "Actual",
        "Iran|NNP|nsubj|2 confirmed|VBD|root|0|confirm that|IN|mark|5 it|PRP|nsubj|5 signed|VBD|ccomp|2|sign",
    ),
    (
        "signed",
        "Planned",
        "A|DT|det|2 treaty|NN|root|0 to|TO|mark|5 be|VB|aux:pass|5 signed|VBN|acl|2|sign in|IN|case|7 May|NNP|obl|5",
    ),
]

# noun, the light verb that carries it, modality, sentence
NOMINAL = [
    ("visit", "", "Actual", "The|DT|det|2 visit|NN|nsubj|3 ended|VBD|root|0|end"),
    ("visit", "", "Planned", "The|DT|det|3 upcoming|JJ|amod|3 visit|NN|nsubj|4 matters|VBZ|root|0|matter"),
    ("visit", "", "Possible", "A|DT|det|3 possible|JJ|amod|3 visit|NN|nsubj|4 matters|VBZ|root|0|matter"),
    ("visit", "", "Negated", "The|DT|det|3 cancelled|JJ|amod|3 visit|NN|nsubj|4 matters|VBZ|root|0|matter"),
    ("visit", "pay", "Planned", "He|PRP|nsubj|3 will|MD|aux|3 pay|VB|root|0 a|DT|det|5 visit|NN|obj|3"),
    ("visit", "paid", "Actual", "He|PRP|nsubj|2 paid|VBD|root|0|pay a|DT|det|4 visit|NN|obj|2"),
    ("talks", "held", "Negated", "No|DT|det|2 talks|NNS|nsubj:pass|4|talk were|VBD|aux:pass|4|be held|VBN|root|0|hold"),
    ("visit", "", "Negated", "He|PRP|nsubj|2 cancelled|VBD|root|0|cancel the|DT|det|4 visit|NN|obj|2"),
    ("visit", "", "Planned", "He|PRP|nsubj|2 planned|VBD|root|0|plan a|DT|det|4 visit|NN|obj|2"),
    ("visit", "", "Possible", "He|PRP|nsubj|2 proposed|VBD|root|0|propose a|DT|det|4 visit|NN|obj|2"),
    ("talks", "", "Planned", "Talks|NNS|nsubj|3|talk will|MD|aux|3 begin|VB|root|0"),
    ("talks", "", "Actual", "He|PRP|nsubj|2 spoke|VBD|root|0|speak after|IN|case|4 talks|NNS|obl|2|talk"),
    ("visit", "", "Negated", "He|PRP|nsubj|2 ruled|VBD|root|0|rule out|RP|compound:prt|2 a|DT|det|5 visit|NN|obj|2"),
    ("signing", "", "Planned", "They|PRP|nsubj|3 will|MD|aux|3 attend|VB|root|0 the|DT|det|5 signing|NN|obj|3"),
    ("signing", "", "Negated", "They|PRP|nsubj|2 blocked|VBD|root|0|block the|DT|det|4 signing|NN|obj|2"),
    ("talks", "", "Actual", "Talks|NNS|nsubj|2|talk began|VBD|root|0|begin"),
    (
        "summit",
        "",
        "Planned",
        "He|PRP|nsubj|3 will|MD|aux|3 speak|VB|root|0 at|IN|case|6 a|DT|det|6 summit|NN|obl|3",
    ),
    (
        "summit",
        "",
        "Actual",
        "He|PRP|nsubj|2 spoke|VBD|root|0|speak at|IN|case|5 a|DT|det|5 summit|NN|obl|2",
    ),
    (
        "summit",
        "",
        "Planned",
        "He|PRP|nsubj|3 will|MD|aux|3 speak|VB|root|0 on|IN|case|6 the|DT|det|6 sidelines|NNS|obl|3|sideline "
        "of|IN|case|9 the|DT|det|9 summit|NN|nmod|6",
    ),
    (
        "summit",
        "",
        "Actual",
        "He|PRP|nsubj|3 will|MD|aux|3 keep|VB|root|0 papers|NNS|obj|3|paper of|IN|case|7 a|DT|det|7 summit|NN|nmod|4",
    ),
    ("talks", "", "Planned", "It|PRP|nsubj|3 will|MD|aux|3 resume|VB|root|0 talks|NNS|obj|3|talk"),
    ("talks", "", "Negated", "Talks|NNS|nsubj|4|talk did|VBD|aux|4|do not|RB|advmod|4 begin|VB|root|0"),
    ("visit", "", "Negated", "The|DT|det|2 visit|NN|nsubj:pass|4 was|VBD|aux:pass|4|be cancelled|VBN|root|0|cancel"),
    ("visit", "", "Planned", "The|DT|det|2 visit|NN|nsubj:pass|4 was|VBD|aux:pass|4|be planned|VBN|root|0|plan"),
    (
        "visit",
        "",
        "Negated",
        "The|DT|det|2 visit|NN|nsubj|5 did|VBD|aux|5|do not|RB|advmod|5 take|VB|root|0 place|NN|obj|5",
    ),
    ("visit", "", "Planned", "The|DT|det|2 visit|NN|nsubj|4 will|MD|aux|4 take|VB|root|0 place|NN|obj|4"),
]


def schemes(sentence: str) -> list[str]:
    return [sentence, english(sentence)]


@pytest.mark.parametrize("scheme", [0, 1], ids=["ud", "english"])
@pytest.mark.parametrize(("predicate", "expected", "sentence"), VERBAL, ids=[doc(s).text for _, _, s in VERBAL])
def test_verbs(predicate: str, expected: str, sentence: str, scheme: int) -> None:
    parsed = doc(schemes(sentence)[scheme])
    assert modality.of_verb(token(parsed, predicate)) == expected


@pytest.mark.parametrize("scheme", [0, 1], ids=["ud", "english"])
@pytest.mark.parametrize(("noun", "light", "expected", "sentence"), NOMINAL, ids=[doc(s).text for *_, s in NOMINAL])
def test_nouns(noun: str, light: str, expected: str, sentence: str, scheme: int) -> None:
    parsed = doc(schemes(sentence)[scheme])
    carrier = token(parsed, light) if light else None
    noun = noun if noun in [t.text for t in parsed] else noun.capitalize()
    assert modality.of_noun(token(parsed, noun), carrier) == expected


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("Possible", "It|PRP|nsubj|5 would|MD|aux|5 be|VB|cop|5 the|DT|det|5 treaty|NN|root|0"),
        ("Planned", "It|PRP|nsubj|5 will|MD|aux|5 be|VB|cop|5 the|DT|det|5 treaty|NN|root|0"),
        ("Actual", "It|PRP|nsubj|4 was|VBD|cop|4|be the|DT|det|4 treaty|NN|root|0"),
        ("Actual", "It|PRP|nsubj|5 was|VBD|cop|5|be not|RB|advmod|5 the|DT|det|5 treaty|NN|root|0"),
    ],
)
def test_what_something_would_be_it_is_not_yet(expected: str, sentence: str) -> None:
    assert modality.of_object(token(doc(sentence), "treaty")) == expected


@pytest.mark.parametrize(
    ("one", "other", "weaker"),
    [
        ("Actual", "Planned", "Planned"),
        ("Possible", "Planned", "Possible"),
        ("Negated", "Possible", "Negated"),
        ("Actual", "Actual", "Actual"),
    ],
)
def test_the_weaker_says_less(one: str, other: str, weaker: str) -> None:
    assert own_modality.weaker(Modality(one), Modality(other)) == weaker
    assert own_modality.weaker(Modality(other), Modality(one)) == weaker


def test_tense_is_future_for_what_is_planned() -> None:
    planned = doc("Iran|NNP|nsubj|3 will|MD|aux|3 sign|VB|root|0")
    told = doc("Iran|NNP|nsubj|2 signed|VBD|root|0|sign")
    assert modality.tense(planned[2]) == "future"
    assert modality.tense(told[1]) == "past"


def test_a_question_mark_ends_only_its_own_sentence() -> None:
    parsed = doc(
        "Iran|NNP|nsubj|2 signed|VBD|root|0|sign it|PRP|obj|2 .|.|punct|2",
        "Why|WRB|root|0 ?|.|punct|1",
    )
    assert modality.of_verb(parsed[1]) is Modality.ACTUAL
