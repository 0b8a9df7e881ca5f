"""Mentions without a name: groups, governments, treaties by description, bodies named before, pronouns."""

from __future__ import annotations

import pytest
from doc_builder import doc, paragraph
from spacy.tokens import Doc

from kg.extraction.nominals import find_nominals
from kg.extraction.page import Form, Found

IRAN = "Iran", "State", Form.NAME
BRITISH = "British", "State", Form.DEMONYM


def nominals(parsed: Doc, *names: tuple[str, str, Form]) -> list[Found]:
    known = [
        Found(0, t.i, t.i + 1, cls, form, t.text, (f"state/{word.lower()}",))
        for word, cls, form in names
        for t in parsed
        if t.text == word
    ]
    found = find_nominals(paragraph(parsed), known)
    assert found[: len(known)] == known
    return found[len(known) :]


@pytest.mark.parametrize(
    ("parse", "text", "cls", "plural"),
    [
        ("he|PRP|nsubj|2 left|VBD|root|0", "he", "Person", False),
        ("Her|PRP$|nmod:poss|2 plan|NN|root|0", "Her", "Person", False),
        ("its|PRP$|nmod:poss|2 plan|NN|root|0", "its", "", False),
        ("they|PRP|nsubj|2 left|VBD|root|0", "they", "", True),
    ],
)
def test_pronouns(parse: str, text: str, cls: str, plural: bool) -> None:
    [found] = nominals(doc(parse))
    assert (found.text, found.cls, found.plural, found.form) == (text, cls, plural, Form.PRONOUN)


@pytest.mark.parametrize(
    ("parse", "text", "cls"),
    [
        ("the|DT|det|3 two|CD|nummod|3 countries|NNS|nsubj|4 met|VBD|root|0", "the two countries", "State"),
        ("both|DT|det|2 leaders|NNS|nsubj|3 met|VBD|root|0", "both leaders", "Person"),
        ("their|PRP$|nmod:poss|2 countries|NNS|nsubj|3 met|VBD|root|0", "their countries", "State"),
        ("the|DT|det|2 sides|NNS|nsubj|3 met|VBD|root|0", "the sides", "State"),
    ],
)
def test_groups(parse: str, text: str, cls: str) -> None:
    groups = [m for m in nominals(doc(parse)) if m.form is Form.GROUP]
    assert [(m.text, m.cls, m.plural) for m in groups] == [(text, cls, True)]


@pytest.mark.parametrize(
    "parse",
    [
        "countries|NNS|nsubj|2 met|VBD|root|0",
        "the|DT|det|2 countries|NNS|nsubj|3 met|VBD|root|0",
        "some|DT|det|2 leaders|NNS|nsubj|3 met|VBD|root|0",
        "the|DT|det|3 two|CD|nummod|3 houses|NNS|nsubj|4 met|VBD|root|0",
    ],
)
def test_what_names_no_parties_is_no_group(parse: str) -> None:
    assert nominals(doc(parse)) == []


def test_a_group_that_names_its_state_is_none() -> None:
    parsed = doc("the|DT|det|4 two|CD|nummod|4 British|JJ|amod|4 leaders|NNS|nsubj|5 met|VBD|root|0")
    assert [m for m in nominals(parsed, BRITISH) if m.form is Form.GROUP] == []


@pytest.mark.parametrize(
    "parse",
    [
        "the|DT|det|3 British|JJ|amod|3 government|NN|nsubj|4 left|VBD|root|0",
        "the|DT|det|3 British|JJ|amod|3 troops|NNS|nsubj|4 left|VBD|root|0",
        "British|JJ|amod|2 forces|NNS|nsubj|3 left|VBD|root|0",
    ],
)
def test_a_state_acts_through_its_government_and_forces(parse: str) -> None:
    [found] = nominals(doc(parse), BRITISH)
    assert (found.cls, found.form, found.of, found.candidates) == ("State", Form.NOMINAL, 0, ("state/british",))
    assert found.text.endswith(("government", "troops", "forces"))


@pytest.mark.parametrize(
    "parse",
    [
        "the|DT|det|2 government|NN|nsubj|5 of|IN|case|4 Iran|NNP|nmod|2 left|VBD|root|0",
        "the|DT|det|2 government|NN|nsubj|5 of|IN|prep|2 Iran|NNP|pobj|3 left|VBD|ROOT|0",
    ],
)
def test_the_state_may_stand_behind_in_either_scheme(parse: str) -> None:
    [found] = nominals(doc(parse), IRAN)
    assert (found.text, found.of) == ("the government of Iran", 0)


def test_a_government_of_nobody_is_no_state() -> None:
    assert nominals(doc("the|DT|det|2 government|NN|nsubj|3 left|VBD|root|0")) == []


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        ("the|DT|det|2 pact|NN|nsubj|3 ended|VBD|root|0", "pact"),
        ("a|DT|det|3 trade|NN|compound|3 agreement|NN|nsubj|4 ended|VBD|root|0", "trade agreement"),
        ("these|DT|det|2 agreements|NNS|nsubj|3 ended|VBD|root|0", "agreements"),
        ("a|DT|det|3 2001|CD|nummod|3 treaty|NN|nsubj|4 ended|VBD|root|0", "2001 treaty"),
        ("they|PRP|nsubj|2 signed|VBD|root|0|sign a|DT|det|4 document|NN|obj|2", "document"),
    ],
)
def test_treaties_by_description(parse: str, text: str) -> None:
    [found] = [m for m in nominals(doc(parse)) if m.form is not Form.PRONOUN]
    assert (found.text, found.cls, found.form) == (text, "Treaty", Form.NOMINAL)


@pytest.mark.parametrize(
    "parse",
    [
        "they|PRP|nsubj|2 reached|VBD|root|0|reach agreement|NN|obj|2",
        "they|PRP|nsubj|2 acted|VBD|root|0|act in|IN|case|4 agreement|NN|obl|2",
        "they|PRP|nsubj|2 read|VBD|root|0|read a|DT|det|4 document|NN|obj|2",
        "a|DT|det|3 treaty|NN|compound|3 body|NN|nsubj|4 met|VBD|root|0",
        "a|DT|det|3 big|JJ|amod|3 deal|NN|root|0",
    ],
)
def test_what_is_no_treaty(parse: str) -> None:
    assert [m.text for m in nominals(doc(parse)) if m.cls == "Treaty"] == []


def test_a_plural_description_is_marked() -> None:
    [found] = nominals(doc("three|CD|nummod|2 agreements|NNS|nsubj|3 ended|VBD|root|0"))
    assert found.plural


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        ("the|DT|det|2 ministry|NN|nsubj|3 objected|VBD|root|0", "the ministry"),
        ("the|DT|det|2 bloc|NN|nsubj|3 objected|VBD|root|0", "the bloc"),
    ],
)
def test_bodies_named_before(parse: str, text: str) -> None:
    [found] = nominals(doc(parse))
    assert (found.text, found.cls) == (text, "Organisation")


@pytest.mark.parametrize(
    "parse",
    [
        "a|DT|det|2 ministry|NN|nsubj|3 objected|VBD|root|0",
        "the|DT|det|2 ministry|NN|nsubj|5 of|IN|case|4 health|NN|nmod|2 objected|VBD|root|0",
        "the|DT|det|3 health|NN|compound|3 ministry|NN|nsubj|4 objected|VBD|root|0",
    ],
)
def test_a_body_with_a_description_of_its_own_refers_to_nothing_before(parse: str) -> None:
    assert nominals(doc(parse)) == []


def test_words_inside_of_a_name_are_passed_over() -> None:
    parsed = doc("Iran|NNP|compound|2 deal|NN|nsubj|3 ended|VBD|root|0")
    name = Found(0, 0, 2, "Treaty", Form.NAME, "Iran deal")
    assert find_nominals(paragraph(parsed), [name]) == [name]
