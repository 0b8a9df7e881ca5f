import json
from pathlib import Path
from random import Random

import pytest

from kg.language import annotate, lemmas, load, register, tokenizer
from kg.language.corpus import Word
from kg.training import cnn, package, wordnet
from kg.training.corpora import TREEBANKS, Corpora
from kg.training.silver import Silver

SENTENCE = """\
1\tIran\tIran\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tit\tit\tPRON\tPRP\t_\t2\tobj\t_\t_

"""


@pytest.fixture
def corpora(tmp_path: Path) -> Corpora:
    (tmp_path / "treebank").mkdir()
    for name in TREEBANKS:
        (tmp_path / "treebank" / f"{name}.conllu").write_text(SENTENCE * 60, encoding="utf-8")
    return Corpora(tmp_path, tmp_path)


def silver(form: str) -> Silver:
    words = [Word(form, "", "PROPN", "NNP", 1, "nsubj", True), Word("left", "", "VERB", "VBD", 1, "root", False)]
    return Silver([words], [])


def test_a_small_treebank_is_learnt_and_reproduced(corpora: Corpora) -> None:
    told: list[int] = []
    steps = cnn.Steps(syntax=2, share=1.0)
    learnt = [cnn.train_syntax(corpora, [silver("Oman")] * 9, steps, told.append) for _ in range(2)]
    docs = [next(annotate(nlp, ["Iran left"])) for nlp in learnt]
    assert docs[0].to_json() == docs[1].to_json()
    assert docs[0].has_annotation("DEP")
    assert learnt[0].get_pipe("parser").model.to_bytes() == learnt[1].get_pipe("parser").model.to_bytes()
    assert told == [1, 2, 1, 2]


def test_a_pass_reads_all_gold_and_a_share_of_the_silver() -> None:
    gold, taught = list(range(5)), list(range(100, 130))
    mixture = cnn.Mixture(gold, taught, 1 / 3)  # type: ignore[arg-type]
    passes = [mixture.makers(Random(seed)) for seed in range(3)]
    assert all(set(gold) < set(one) and len(one) == 15 for one in passes)  # type: ignore[arg-type]
    assert passes[0] != passes[1] and passes[0] == mixture.makers(Random(0))


def test_a_written_pipeline_needs_no_words_it_has_seen(tmp_path: Path) -> None:
    register()
    nlp = tokenizer.blank()
    nlp.add_pipe("tagger")
    nlp.add_pipe("parser")
    lemmatizer = nlp.add_pipe(lemmas.NAME)
    assert isinstance(lemmatizer, lemmas.Lemmatizer)
    lemmatizer.learn([("went", "VBD", "go")])
    nlp.get_pipe("tagger").add_label("VBD")
    nlp.get_pipe("parser").add_label("nsubj")
    nlp.initialize()
    nlp.vocab.strings.add("Gulistan")
    package.write(nlp, tmp_path)
    assert "Gulistan" not in json.loads((tmp_path / "vocab" / "strings.json").read_text(encoding="utf-8"))
    doc = next(annotate(load(str(tmp_path)), ["went"]))
    assert (doc[0].tag_, doc[0].lemma_) == ("VBD", "go")


def test_wordnet_inflects() -> None:
    pytest.importorskip("spacy_lookups_data")
    forms = set(wordnet.inflections())
    assert {("ceded", "VBD", "cede"), ("treaties", "NNS", "treaty"), ("underwent", "VBD", "undergo")} <= forms
    assert {("lying", "VBG", "lie"), ("annexes", "VBZ", "annex"), ("series", "NNS", "series")} <= forms
    assert ("goed", "VBD", "go") not in forms or ("went", "VBD", "go") in forms
