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
    assert found == [("obl", "signed"), ("nmod", "Godoy"), ("conj", "Godoy"), ("nmod", "Pinto")]


def test_a_person_joined_with_a_place_that_nobody_stands_for_stays() -> None:
    rows = "left|VBD|ROOT|0|leave for|IN|case|3 Spain|NNP|obl|1 and|CC|cc|5 Pinto|NNP|conj|3"
    parsed = mended(doc(rows, ents=[(2, 3, "PLACE"), (4, 5, "PERSON")]))
    assert parsed[4].head.text == "Spain"
