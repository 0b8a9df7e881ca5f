from random import Random

import pytest
from doc_builder import doc

from kg.language.mending import mended


def test_the_words_of_a_name_hang_on_its_first() -> None:
    parsed = doc("They|PRP|nsubj|2 met|VBD|ROOT|0|meet New|NNP|obj|2 Zealand|NNP|obj|2", ents=[(2, 4, "PLACE")])
    assert [(t.dep_, t.head.text) for t in mended(parsed)[2:]] == [("obj", "met"), ("flat", "New")]


def test_a_particle_before_a_place_is_its_preposition() -> None:
    rows = "pact|NN|ROOT|0 signed|VBN|acl|1|sign in|RP|compound:prt|2 Abu|NNP|obl|2 Dhabi|NNP|obj|2"
    parsed = mended(doc(rows, ents=[(3, 5, "PLACE")]))
    assert [(t.dep_, t.head.text) for t in parsed[2:]] == [("case", "Abu"), ("obl", "signed"), ("flat", "Abu")]


def test_a_name_on_two_words_is_left_alone() -> None:
    rows = "Wall|NNP|compound|2 Street|NNP|compound|4 Journal|NNP|compound|5 desk|NN|compound|5 reporter|NN|ROOT|0"
    parsed = doc(rows, ents=[(0, 3, "ORG")])
    assert [t.head.text for t in mended(parsed)] == ["Street", "desk", "reporter", "reporter", "reporter"]


def test_a_particle_before_a_whole_object_stays_one() -> None:
    rows = "They|PRP|nsubj|2 took|VBD|ROOT|0|take in|RP|compound:prt|2 Chad|NNP|obj|2"
    parsed = mended(doc(rows, ents=[(3, 4, "PLACE")]))
    assert [t.dep_ for t in parsed] == ["nsubj", "ROOT", "compound:prt", "obj"]


def test_an_auxiliary_with_a_subject_is_a_clause_of_its_own() -> None:
    rows = "Oman|NNP|nsubj|2 left|VBD|ROOT|0|leave it|PRP|obj|2 ;|:|punct|6 "
    rows += "Iraq|NNP|nsubj|6 did|VBD|aux|2|do not|RB|advmod|2"
    parsed = mended(doc(rows))
    assert [(t.dep_, t.head.text) for t in parsed[4:]] == [("nsubj", "did"), ("parataxis", "left"), ("advmod", "did")]


def test_a_second_subject_belongs_to_the_next_verb() -> None:
    rows = "Oman|NNP|nsubj|2 left|VBD|ROOT|0|leave .|.|punct|2 Iraq|NNP|nsubj|2 stayed|VBD|parataxis|2|stay"
    assert [t.head.text for t in mended(doc(rows))] == ["left", "left", "left", "stayed", "left"]


def test_what_stands_behind_a_preposition_is_no_subject_beside_another() -> None:
    rows = "By|IN|case|2 treaty|NN|nsubj|4 Oman|NNP|nsubj|4 ceded|VBD|ROOT|0|cede it|PRP|obj|4"
    assert [t.dep_ for t in mended(doc(rows))] == ["case", "obl", "nsubj", "ROOT", "obj"]


def test_by_whom_behind_a_participle_is_who_does_it() -> None:
    rows = "They|PRP|nsubj|2 left|VBD|ROOT|0|leave it|PRP|obj|2 signed|VBN|acl|3|sign by|IN|case|6 Oman|NNP|nsubj|2"
    parsed = mended(doc(rows))
    assert (parsed[5].dep_, parsed[5].head.text) == ("obl:agent", "signed")


def test_persons_who_sign_for_states_are_joined_with_each_other() -> None:
    rows = "signed|VBN|ROOT|0|sign by|IN|case|3 Godoy|NNP|obl|1 for|IN|case|5 Spain|NNP|obl|1 and|CC|cc|7 "
    rows += "Pinto|NNP|conj|5 for|IN|case|9 Portugal|NNP|obl|1"
    names = [(2, 3, "PERSON"), (4, 5, "PLACE"), (6, 7, "PERSON"), (8, 9, "PLACE")]
    parsed = mended(doc(rows, ents=names))
    found = [(t.dep_, t.head.text) for t in parsed if t.tag_ == "NNP"]
    assert found == [("obl:agent", "signed"), ("nmod", "Godoy"), ("conj", "Godoy"), ("nmod", "Pinto")]


def test_a_person_joined_with_a_place_that_nobody_stands_for_stays() -> None:
    rows = "left|VBD|ROOT|0|leave for|IN|case|3 Spain|NNP|obl|1 and|CC|cc|5 Pinto|NNP|conj|3"
    parsed = mended(doc(rows, ents=[(2, 3, "PLACE"), (4, 5, "PERSON")]))
    assert parsed[4].head.text == "Spain"


def test_a_relative_pronoun_is_a_part_of_its_clause() -> None:
    rows = "pact|NN|ROOT|0 that|WDT|mark|4 Putin|NNP|nsubj|4 signed|VBD|acl|1|sign"
    parsed = mended(doc(rows))
    assert [(t.dep_, t.head.text) for t in parsed[1:]] == [
        ("obj", "signed"),
        ("nsubj", "signed"),
        ("acl:relcl", "pact"),
    ]
    subject = mended(doc("pact|NN|ROOT|0 that|WDT|obl:unmarked|3 ended|VBD|acl:relcl|1|end it|PRP|obj|3"))
    assert subject[1].dep_ == "nsubj"


def test_behind_a_verb_with_a_subject_stands_its_object() -> None:
    rows = "It|PRP|nsubj|2 ended|VBD|ROOT|0|end the|DT|det|4 war|NN|nsubj|2"
    assert [t.dep_ for t in mended(doc(rows))] == ["nsubj", "ROOT", "det", "obj"]
    behind = "ended|VBD|ROOT|0|end war|NN|nsubj|1"
    assert [t.dep_ for t in mended(doc(behind))] == ["ROOT", "nsubj"]


def test_beside_what_stands_before_the_verb_stands_its_subject() -> None:
    rows = "By|IN|case|2 treaty|NN|obl|4 Italy|NNP|appos|2 ceded|VBD|ROOT|0|cede it|PRP|obj|4"
    assert [(t.dep_, t.head.text) for t in mended(doc(rows))][2] == ("nsubj", "ceded")
    apart = "By|IN|case|2 treaty|NN|obl|5 ,|,|punct|4 Osmo|NNP|appos|2 ceded|VBD|ROOT|0|cede it|PRP|obj|5"
    assert mended(doc(apart))[3].dep_ == "appos"


def test_a_clause_behind_an_aside_is_that_of_the_main_verb() -> None:
    rows = "It|PRP|nsubj|2 said|VBD|ROOT|0|say ,|,|punct|4 citing|VBG|advcl|2|cite him|PRP|obj|4 ,|,|punct|8 "
    rows += "that|IN|mark|8 left|VBD|acl|5|leave"
    assert [(t.dep_, t.head.text) for t in mended(doc(rows))][7] == ("ccomp", "said")


def test_a_name_between_a_date_and_the_verb_is_the_subject() -> None:
    rows = "In|IN|case|2 Oslo|NNP|obl|6 in|IN|case|4 1927|CD|nmod|2 Peru|NNP|nmod:unmarked|4 "
    rows += "signed|VBD|ROOT|0|sign it|PRP|obj|6"
    assert [(t.dep_, t.head.text) for t in mended(doc(rows, ents=[(4, 5, "PLACE")]))][4] == ("nsubj", "signed")
    assert mended(doc(rows))[4].dep_ == "nmod:unmarked"


def test_what_stands_behind_a_preposition_at_the_start_is_no_main_word() -> None:
    rows = "By|IN|case|2 treaty|NN|ROOT|0 Chad|NNP|nsubj|4 ceded|VBD|acl:relcl|2|cede it|PRP|obj|4 .|.|punct|2"
    parsed = mended(doc(rows))
    assert [(t.dep_, t.head.text) for t in parsed][1:4] == [("obl", "ceded"), ("nsubj", "ceded"), ("ROOT", "ceded")]
    assert parsed[5].head.text == "ceded"
    relative = rows.replace("Chad|NNP|nsubj|4 ceded|VBD|acl:relcl|2", "which|WDT|nsubj|4 ceded|VBD|acl:relcl|2")
    assert mended(doc(relative))[1].dep_ == "ROOT"


def test_a_clause_at_the_start_is_that_of_the_main_verb() -> None:
    rows = "Concluded|VBN|acl|5 ,|,|punct|1 pacts|NNS|nsubj|4 regulated|VBD|ROOT|0|regulate trade|NN|obj|4"
    first = mended(doc(rows))[0]
    assert (first.dep_, first.head.text) == ("advcl", "regulated")
    torn = mended(doc(rows.replace("nsubj|4", "compound|5")))
    assert [(torn[i].dep_, torn[i].head.text) for i in (0, 2)] == [("advcl", "regulated"), ("nsubj", "regulated")]


def test_the_verb_that_has_the_subject_before_it_is_the_main_one() -> None:
    rows = "Terms|NNS|nsubj|5 of|IN|case|3 pacts|NNS|nmod|1 signed|VBD|ROOT|0|sign barred|VBD|ccomp|4|bar it|PRP|obj|5"
    parsed = mended(doc(rows))
    assert [(t.dep_, t.head.text) for t in parsed][3:5] == [("acl", "pacts"), ("ROOT", "barred")]
    told = "He|PRP|nsubj|2 said|VBD|ROOT|0|say Chad|NNP|nsubj|4 left|VBD|ccomp|2|leave"
    assert [t.dep_ for t in mended(doc(told))] == ["nsubj", "ROOT", "nsubj", "ccomp"]


def test_behind_a_clause_and_a_comma_stands_who_says_it() -> None:
    rows = "It|PRP|nsubj|2 joined|VBD|ccomp|10|join BRICS|NNP|obj|2 ,|,|punct|5 Chad|NNP|appos|3 "
    rows += ",|,|punct|8 which|WDT|nsubj|8 "
    end = "leads|VBZ|acl:relcl|3 ,|,|punct|3 announced|VBN|ROOT|0|announce"
    parsed = mended(doc(rows + end))
    assert [(parsed[i].dep_, parsed[i].head.text) for i in (4, 7)] == [("nsubj", "announced"), ("acl:relcl", "Chad")]
    told = end.replace("|punct|3 announced", "|punct|3 he|PRP|nsubj|11 announced")
    assert mended(doc(rows.replace("ccomp|10", "ccomp|11") + told))[4].dep_ == "appos"


def test_who_is_taken_in_is_the_object() -> None:
    for mark in ("in|IN|case|4", "in|RP|compound:prt|2"):
        parsed = mended(doc(f"It|PRP|nsubj|2 took|VBD|ROOT|0|take {mark} Chad|NNP|obl|2", ents=[(3, 4, "PLACE")]))
        assert [t.dep_ for t in parsed] == ["nsubj", "ROOT", "compound:prt", "obj"]
    taken = mended(doc("It|PRP|nsubj|2 took|VBD|ROOT|0|take in|RP|case|4 Chad|NNP|obj|2"))
    assert [(t.dep_, t.head.text) for t in taken][2:] == [("compound:prt", "took"), ("obj", "took")]
    place = mended(doc("It|PRP|nsubj|2 took|VBD|ROOT|0|take it|PRP|obj|2 in|IN|case|5 Chad|NNP|obl|2"))
    assert place[4].dep_ == "obl"


def test_by_whom_behind_the_witnesses_is_who_does_it() -> None:
    rows = "was|VBD|aux:pass|2 signed|VBN|ROOT|0|sign in|IN|case|4 presence|NN|obl|2|presence of|IN|case|6 "
    rows += "kings|NNS|nmod|4 by|IN|case|8 Godoy|NNP|nmod|6"
    assert [(t.dep_, t.head.text) for t in mended(doc(rows))][7] == ("obl:agent", "signed")
    statement = "signed|VBN|ROOT|0|sign in|IN|case|3 statement|NN|obl|1 by|IN|case|5 Godoy|NNP|nmod|3"
    assert mended(doc(statement))[4].head.text == "statement"


def test_by_whom_beside_a_passive_subject_is_who_does_it() -> None:
    rows = "war|NN|nsubj:pass|3 was|VBD|aux:pass|3 ended|VBN|ROOT|0|end by|IN|case|5 treaty|NN|nsubj:pass|3"
    assert [t.dep_ for t in mended(doc(rows))] == ["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent"]


FORMS = "Oman Peru it signed left that which before by for in treaty and , Godoy Pinto took null"
WORDS = FORMS.split()
TAGS = [
    "NNP",
    "NNP",
    "PRP",
    "VBN",
    "VBD",
    "WDT",
    "WDT",
    "IN",
    "IN",
    "IN",
    "IN",
    "NN",
    "CC",
    ",",
    "NNP",
    "NNP",
    "VBD",
    "JJ",
]
RELATIONS = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "acl",
    "acl:relcl",
    "appos",
    "mark",
    "case",
    "flat",
    "conj",
    "aux",
]


@pytest.mark.parametrize("seed", range(300))
def test_a_tree_stays_a_tree(seed: int) -> None:
    rng = Random(seed)
    size = rng.randint(4, 12)
    chosen = [rng.randrange(len(WORDS)) for _ in range(size)]
    order = rng.sample(range(size), size)
    rows = []
    for place in range(size):
        rank = order.index(place)
        head = order[rng.randrange(rank)] + 1 if rank else 0
        relation = rng.choice(RELATIONS) if rank else "ROOT"
        rows.append(f"{WORDS[chosen[place]]}|{TAGS[chosen[place]]}|{relation}|{head}")
    ents = [(i, i + 1, rng.choice(["PERSON", "PLACE"])) for i in range(size) if TAGS[chosen[i]] == "NNP"]
    parsed = mended(doc(" ".join(rows), ents=ents))
    for token in parsed:
        steps = 0
        while token.head != token:
            token, steps = token.head, steps + 1
            assert steps <= size
