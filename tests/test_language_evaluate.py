from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.language import evaluate, tokenizer
from kg.language.evaluate import Score

GOLD = """\
1\tIran\tIran\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
"""


class Guess:
    """Annotates "Iran left. They met" with one wrong tag, one wrong label, one wrong head and one sentence too few."""

    def __call__(self, doc: Doc) -> Doc:
        values = zip(
            ["NNP", "VBD", ".", "DT", "VBD"], ["nsubj", "ROOT", "punct", "nsubj", "conj"], [1, 1, 1, 4, 1], strict=True
        )
        for token, (tag, label, head) in zip(doc, values, strict=True):
            token.tag_, token.dep_, token.head = tag, label, doc[head]
        for token, lemma in zip(doc, ["Iran", "leave", ".", "they", "meet"], strict=True):
            token.lemma_ = lemma
        return doc


@pytest.fixture
def nlp() -> Language:
    Language.component("test_guess", func=Guess())
    nlp = tokenizer.blank()
    nlp.add_pipe("test_guess")
    return nlp


def test_score() -> None:
    score = Score(right=1, found=2, gold=4)
    assert (score.precision, score.recall, round(score.f1, 3)) == (0.5, 0.25, 0.333)
    assert Score(0, 0, 0).f1 == Score(0, 0, 0).precision == Score(0, 0, 0).recall == 0.0


def test_syntax_counts_what_agrees(nlp: Language, tmp_path: Path) -> None:
    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf-8")
    scores = evaluate.syntax(nlp, path, size=8)
    assert {name: score.right for name, score in scores.items()} == {
        "tag": 4, "pos": 0, "lemma": 5, "uas": 4, "las": 4, "sentence": 0,
    }  # fmt: skip
    assert scores["sentence"] == Score(0, 1, 2)


def test_entities_are_counted_by_label() -> None:
    nlp = tokenizer.blank()
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": "Iran"}, {"label": "ORG", "pattern": "NATO"}])  # type: ignore[attr-defined]
    texts = [("Iran and Oman", {(0, 4, "PLACE"), (9, 13, "PLACE")}), ("Iran met NATO", {(0, 4, "PERSON")})]
    scores = evaluate.entities(nlp, texts)
    assert scores == {"PERSON": Score(0, 0, 1), "PLACE": Score(1, 2, 2), "all": Score(1, 2, 3)}
