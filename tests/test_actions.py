import pytest
from reading_gold import reader

from kg.extraction.actions import actions, root_of
from kg.extraction.lexicon import load
from kg.language import annotate

SENTENCES = [
    ("Norway", "Chile", "AGREE", "Norway pledged to help Chile after the flood."),
    ("Norway", "Chile", "AGREE", "Norway will send doctors to Chile."),
    ("Norway", "Chile", "CONSULT", "Norway held talks with Chile in Lima."),
    ("Norway", "Chile", "SUPPORT", "Norway expressed its solidarity with Chile."),
    ("Norway", "Chile", "SUPPORT", "Chile was praised by Norway for its reforms."),
    ("Norway", "Chile", "SUPPORT", "Norway signed a treaty with Chile."),
    ("Norway", "Chile", "COOPERATE", "Norway conducted joint exercises with Chile."),
    ("Norway", "Chile", "AID", "Norway sent medicine to Chile."),
    ("Norway", "Chile", "CONCEDE", "Norway lifted sanctions against Chile."),
    ("Norway", "Chile", "RETREAT", "Norway withdrew its troops from Chile."),
    ("Norway", "Chile", "REQUEST", "Norway called on Chile to free the sailors."),
    ("Norway", "Chile", "ACCUSE", "Norway accused Chile of spying."),
    ("Norway", "Chile", "ACCUSE", "Norway's criticism of Chile was sharp."),
    ("Norway", "Chile", "ACCUSE", "Norway filed a complaint against Chile."),
    ("Norway", "Chile", "REJECT", "Norway refused to meet Chile."),
    ("Norway", "Chile", "REJECT", "Norway did not recognise Chile."),
    ("Norway", "Chile", "THREATEN", "Norway threatened to bomb Chile."),
    ("Norway", "Chile", "THREATEN", "Norway will impose sanctions on Chile."),
    ("Norway", "Chile", "SANCTION", "Norway imposed sanctions on Chile."),
    ("Norway", "Chile", "SANCTION", "Norway cut its ties with Chile."),
    ("Norway", "Chile", "MOBILIZE", "Norway massed tanks on the border of Chile."),
    ("Norway", "the harbour", "COERCE", "Norway blockaded the harbour."),
    ("Norway", "Chile", "ASSAULT", "Norway launched an attack on Chile."),
    ("Norway", "Chile", "ASSAULT", "Chile was invaded by Norway."),
    ("Thousands of students", "the government", "PROTEST", "Thousands of students marched against the government."),
]


def told(sentence: str, source: str, target: str | None) -> str | None:
    doc = next(annotate(reader().nlp, [sentence]))
    spans = [
        doc.char_span(sentence.index(name), sentence.index(name) + len(name)) for name in (source, target or source)
    ]
    assert spans[0] is not None
    return root_of(spans[0], spans[1] if target else None)


@pytest.mark.parametrize(("source", "target", "root", "sentence"), SENTENCES, ids=lambda value: str(value)[:50])
def test_what_one_does_to_the_other(source: str, target: str, root: str, sentence: str) -> None:
    assert told(sentence, source, target) == root


def test_a_sentence_without_an_action_has_no_root() -> None:
    assert told("Norway is north of Chile.", "Norway", "Chile") is None


def test_the_verb_over_the_target_wins() -> None:
    sentence = "Norway praised Peru and accused Chile of spying."
    assert told(sentence, "Norway", "Chile") == "ACCUSE"


def test_words_tell_one_root_each_and_all_roots_have_a_quadrant() -> None:
    table = load("lexicon/actions")
    for kind in ("verbs", "nouns", "adjectives", "governors"):
        words = [word for listed in table[kind].values() for word in listed]
        assert len(words) == len(set(words)), kind
    roots = {*table["verbs"], *table["nouns"], *table["adjectives"], *(phrase["root"] for phrase in table["phrases"])}
    assert roots == set(actions().quadrants)
    assert len(roots) == 16
