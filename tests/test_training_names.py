from pathlib import Path
from random import Random

import pytest

from kg.language import entities, tokenizer
from kg.language.entities import Sample, Scheme
from kg.training.names import Names, substitute
from kg.training.weak import Annotator, texts

NLP = tokenizer.blank()
TABLES = {
    "people.csv": "qid,name,enwiki\nQ1,Sergey Lavrov,Sergey Lavrov\nQ2,Лавров,Lavrov\nQ3,Unknown Soldier,\n",
    "ne_10m_countries.csv": "NAME_LONG\nIran\nRussian Federation\n",
    "ne_10m_populated_places.csv": "NAME_EN,POP_MAX\nTehran,7000000.0\nSmallville,500\n",
    "international_organisations.csv": "Name_en,Abbreviation_en\nUnited Nations,UN\nWorld Bank,IBRD\n",
}


@pytest.fixture
def names(tmp_path: Path) -> Names:
    for name, table in TABLES.items():
        (tmp_path / name).write_text(table, encoding="utf-8")
    return Names.read(tmp_path)


def shown(sample: Sample) -> list[tuple[str, str]]:
    return [(" ".join(sample.tokens[start:end]), label) for start, end, label in sample.spans]


def test_tables_give_known_full_latin_names(names: Names) -> None:
    assert names.plain["PERSON"] == ["Sergey Lavrov"]
    assert names.plain["PLACE"] == ["Iran", "Russian Federation", "Tehran"]


@pytest.mark.parametrize("label", entities.LABELS)
def test_drawn_names_have_no_open_slot(names: Names, label: str) -> None:
    drawn = [names.draw(label, Random(seed)) for seed in range(100)]
    assert all(drawn)
    assert not any("{" in name for name in drawn)


def test_sentences_mark_each_name_they_fill_in(names: Names) -> None:
    rng = Random(1)
    samples = [names.sentence(NLP, rng) for _ in range(200)]
    assert {label for sample in samples for _, label in shown(sample)} == set(entities.LABELS)
    assert {name for sample in samples for name, label in shown(sample) if label == "PERSON"} == {
        "Sergey Lavrov",
        "Lavrov",
    }


def test_substitution_renames_and_keeps_the_rest(names: Names) -> None:
    tokens = ["In", "Oslo", ",", "Anna", "Ek", "met", "NATO", "."]
    spaces = [True, False, True, True, True, True, False, False]
    sample = Sample(tokens, spaces, [(1, 2, "PLACE"), (3, 5, "PERSON"), (6, 7, "ORG")])
    renamed = substitute(sample, names, NLP, Random(3), chance=1)
    assert [label for _, label in shown(renamed)] == ["PLACE", "PERSON", "ORG"]
    assert shown(renamed)[2] == ("NATO", "ORG")
    text = entities.to_doc(NLP.vocab, renamed).text
    assert text.startswith("In ")
    assert text.endswith(" met NATO.")
    assert "Oslo" not in text
    assert substitute(sample, names, NLP, Random(3), chance=0) == sample


def test_weak_annotation_marks_the_sure_and_leaves_other_capitals_out(names: Names) -> None:
    annotator = Annotator(NLP, names, Scheme.load())
    (sample,) = annotator.samples(iter(["In Iran, Sergey Lavrov spoke to Vance of the Treaty of Gulistan on Monday."]))
    assert shown(sample) == [
        ("Iran", "PLACE"),
        ("Sergey Lavrov", "PERSON"),
        ("Vance", entities.UNKNOWN),
        ("Treaty of Gulistan", "TREATY"),
    ]


def test_weak_annotation_is_unsure_inside_longer_names(names: Names) -> None:
    annotator = Annotator(NLP, names, Scheme.load())
    assert list(annotator.samples(iter(["He flew with Iran Air.", "", "nothing here"]))) == []


def test_texts_leave_out_what_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("one\ntwo", encoding="utf-8")
    (tmp_path / "a" / "y.txt").write_text("three", encoding="utf-8")
    (tmp_path / "z.jsonl").write_text('{"text": "four"}\n', encoding="utf-8")
    assert list(texts(tmp_path, frozenset({"y.txt"}))) == ["one", "two", "four"]
