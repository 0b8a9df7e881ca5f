import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import PipelineError
from kg.language import annotate, evaluate, load

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TREATYGRAPH_SHARED", ROOT.parent / "shared"))
TREATY = "Iran and Russia signed a treaty in Moscow on Friday. It has not been ratified by Iran's parliament."
LARGEST = 45_000_000  # of both pipelines together


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def parsed(nlp: Language, text: str) -> Doc:
    return next(annotate(nlp, [text]))


def test_loads_fast_and_importing_loads_nothing() -> None:
    code = (
        "import sys, time, kg.language; assert 'kg.training.cnn' not in sys.modules;"
        "start = time.process_time(); kg.language.load(); print(time.process_time() - start)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.5


def test_weights_are_small() -> None:
    files = [file for name in ("encoder", "model") for file in (ROOT / "kg" / "data" / name).rglob("*")]
    assert sum(file.stat().st_size for file in files if file.is_file()) <= LARGEST


def test_words_have_tags_lemmas_and_heads(nlp: Language) -> None:
    doc = parsed(nlp, TREATY)
    signed = next(token for token in doc if token.text == "signed")
    assert (signed.tag_, signed.pos_, signed.lemma_, signed.dep_) == ("VBD", "VERB", "sign", "ROOT")
    assert {(child.text, child.dep_) for child in signed.children} >= {
        ("Iran", "nsubj"),
        ("treaty", "obj"),
        ("Friday", "obl"),
    }


def test_passives_negations_and_possessives(nlp: Language) -> None:
    doc = parsed(nlp, TREATY)
    relations = {(token.text, token.dep_, token.head.text) for token in doc}
    expected = {("It", "nsubj:pass", "ratified"), ("been", "aux:pass", "ratified"), ("not", "advmod", "ratified")}
    assert relations >= expected | {("Iran", "nmod:poss", "parliament"), ("'s", "case", "Iran")}


def test_relative_clauses_and_coordination(nlp: Language) -> None:
    doc = parsed(nlp, "The minister, who visited Tehran, met the president and signed the treaty.")
    relations = {(token.text, token.dep_, token.head.text) for token in doc}
    assert relations >= {("minister", "nsubj", "met"), ("signed", "conj", "met"), ("visited", "acl:relcl", "minister")}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (TREATY, 2),
        ("He met Mr. Lavrov in St. Petersburg on Jan. 17. They signed it.", 2),
        ('"We will sign it." The minister left.', 2),
        ("“We agree with them.” The minister left.", 2),
    ],
)
def test_sentences(nlp: Language, text: str, sentences: int) -> None:
    found = [sentence.text for sentence in parsed(nlp, text).sents]
    assert len(found) == sentences
    assert not any(sentence.startswith(("”", ".", "17", "Lavrov")) for sentence in found)


def test_names(nlp: Language) -> None:
    doc = parsed(nlp, "Russian Foreign Minister Sergey Lavrov arrived in Tehran, the United Nations said on Monday.")
    assert {(entity.text, entity.label_) for entity in doc.ents} >= {("Sergey Lavrov", "PERSON"), ("Tehran", "PLACE")}


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_is_kept(nlp: Language, text: str) -> None:
    assert parsed(nlp, text).text == text


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u00a0", "(" * 5000, "a" * 301 + " b\n"])
def test_odd_texts(nlp: Language, text: str) -> None:
    assert parsed(nlp, text).text == text


def test_hostile_text_does_not_stall(nlp: Language) -> None:
    start = time.process_time()
    parsed(nlp, "(" * 100_000 + " " + "'s" * 50_000)
    assert time.process_time() - start < 2


def test_annotation_does_not_depend_on_the_batch(nlp: Language) -> None:
    texts = [TREATY, "", "Peace.", TREATY * 3, "The Treaty of Gulistan ended the war.", "x " * 200] * 4
    together = [doc.to_json() for doc in annotate(nlp, texts)]
    alone = [parsed(nlp, text).to_json() for text in texts]
    backwards = [doc.to_json() for doc in annotate(nlp, reversed(texts))]
    assert together == alone == backwards[::-1]


def test_annotating_is_lazy(nlp: Language) -> None:
    assert next(iter(annotate(nlp, iter([TREATY])))).text == TREATY


def test_a_folder_is_a_name_too() -> None:
    assert load(str(ROOT / "kg" / "data" / "model")).pipe_names == load("fast").pipe_names


def test_an_unknown_name_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no_such_pipeline"):
        load("no_such_pipeline")
    with pytest.raises(PipelineError, match=tmp_path.name):
        load(str(tmp_path))


def test_a_poor_pipeline_is_an_error_that_names_what_it_lacks(tmp_path: Path) -> None:
    poor = spacy.blank("en")
    poor.add_pipe("sentencizer")
    poor.to_disk(tmp_path)
    with pytest.raises(PipelineError, match="no tags, no dependencies, no lemmas"):
        load(str(tmp_path))


SYNTAX_FLOORS = {
    "default": {"uas": 0.92, "las": 0.89, "tag": 0.96, "sentence_f": 0.96, "lemma": 0.97},
    "fast": {"uas": 0.88, "las": 0.845, "tag": 0.95, "sentence_f": 0.96, "lemma": 0.97},
}
NAME_FLOORS = {"default": 0.79, "fast": 0.70}


@pytest.mark.slow
@pytest.mark.parametrize("name", SYNTAX_FLOORS)
@pytest.mark.skipif(not (SHARED / "data" / "treebank").is_dir(), reason="needs the open data beside the repository")
def test_figures_on_the_parallel_treebank(name: str) -> None:
    scores = evaluate.syntax(load(name), SHARED / "data" / "treebank" / "en_pud-ud-test.conllu")
    low = {key: scores[key].f1 for key, floor in SYNTAX_FLOORS[name].items() if scores[key].f1 < floor}
    assert low == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAME_FLOORS)
@pytest.mark.skipif(not (SHARED / "data" / "ner").is_dir(), reason="needs the open data beside the repository")
def test_figures_on_the_parallel_entities(name: str) -> None:
    scores = evaluate.names(load(name), SHARED / "data" / "ner" / "uner_pud.jsonl")
    assert scores["all"].f1 > NAME_FLOORS[name]


@pytest.mark.slow
def test_speed_beside_the_plain_network_of_spacy() -> None:
    """Tagger and parser alone are what is compared with."""
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    script = [sys.executable, str(ROOT / "tests" / "language_speed.py")]
    done = subprocess.run(script, env=one_thread, capture_output=True, text=True, check=True)
    shares = {line.split()[0]: float(line.split()[-2]) for line in done.stdout.splitlines()}
    assert shares["default"] > 0.35
    assert shares["fast"] > 0.8
