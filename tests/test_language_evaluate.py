import json
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import InputError
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
        "uas": 3, "las": 3, "uas_punct": 4, "las_punct": 4, "tag": 4, "pos": 0, "lemma": 5, "sentence_f": 0,
    }  # fmt: skip
    assert scores["sentence_f"] == Score(0, 1, 2)
    assert (scores["uas"].gold, scores["uas_punct"].gold) == (4, 5)


@pytest.mark.parametrize("content", ["", "no treebank\n", "1\tIran\n"])
def test_a_file_that_is_no_treebank_is_named(nlp: Language, tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.conllu"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.conllu"):
        evaluate.syntax(nlp, path)


def _ruled(*patterns: dict[str, str]) -> Language:
    nlp = tokenizer.blank()
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Iran"}, {"label": "ORG", "pattern": "NATO"}, *patterns])  # type: ignore[attr-defined]
    return nlp


def test_names_are_counted_by_label(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    records = [
        {"tokens": ["Iran", "and", "Oman"], "spans": [[0, 1, "LOC"], [2, 3, "LOC"]]},
        {"tokens": ["Iran", "met", "NATO"], "spans": [[0, 1, "PER"], [2, 3, "time"]], "text": "Iran  met NATO"},
    ]
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    scores = evaluate.names(_ruled(), path)
    assert scores == {"PERSON": Score(0, 0, 1), "PLACE": Score(1, 2, 2), "all": Score(1, 2, 3)}


def test_records_of_one_document_are_read_as_one_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    said = {"tokens": ["Iran", "met", "NATO"], "spans": [[0, 1, "LOC"], [2, 3, "ORG"]]}
    records = [{**said, "doc": doc} if doc else said for doc in ("a", "a", "a", "b", None, None)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    over_the_seam = {"label": "EVENT", "pattern": "NATO Iran"}
    nlp = _ruled(over_the_seam)
    assert evaluate.names(nlp, path, size=2)["all"] == Score(10, 10, 12)
    assert evaluate.names(nlp, path, size=3)["all"] == Score(8, 8, 12)


@pytest.mark.parametrize(
    "line",
    ["no JSON", "[]", '{"tokens": ["Iran"]}', '{"tokens": ["Iran"], "spans": [[0, 2, "LOC"]]}',
     '{"tokens": ["Iran"], "spans": [], "text": "Oman"}'],
)  # fmt: skip
def test_a_record_that_cannot_be_read_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"tokens": ["Iran"], "spans": []}\n' + line, encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl, line 2"):
        evaluate.names(_ruled(), path)
