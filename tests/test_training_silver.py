from pathlib import Path

from kg.language import tokenizer
from kg.language.corpus import Word
from kg.language.entities import UNKNOWN, Scheme
from kg.training import silver, weak
from kg.training.names import Names

NAMES = Names({"PERSON": ["Ada Lovelace"], "COUNTRY": ["Peru"], "ORG": [], "INITIALS": []}, {}, [])


def teacher(**labels: str):  # type: ignore[no-untyped-def]
    nlp = tokenizer.blank()
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name.replace("_", " ")} for name, label in labels.items()])  # type: ignore[attr-defined]
    return nlp


def annotator() -> weak.Annotator:
    return weak.Annotator(tokenizer.blank(), NAMES, Scheme.load())


def names(record: silver.Silver) -> set[tuple[str, str]]:
    sample = record.sample()
    return {(" ".join(sample.tokens[start:end]), label) for start, end, label in sample.spans}


def test_names_on_which_teachers_differ_are_left_out() -> None:
    teachers = [teacher(Grace_Hopper="PERSON", Chile="PLACE"), teacher(Grace_Hopper="PERSON", Chile="ORG")]
    [record] = silver.annotate(teachers, annotator(), ["Then Grace Hopper saw Chile again."])
    assert names(record) == {("Grace Hopper", "PERSON"), ("Chile", UNKNOWN)}


def test_what_tables_are_sure_of_stands() -> None:
    [record] = silver.annotate([teacher(Peru="ORG")], annotator(), ["In 1840 Ada Lovelace went to Peru again."])
    assert names(record) == {("Ada Lovelace", "PERSON"), ("Peru", "PLACE")}


def test_a_longer_name_keeps_the_sure_one_within_it() -> None:
    [record] = silver.annotate([teacher(Bank_of_Peru="ORG")], annotator(), ["The Bank of Peru lent it money again."])
    assert ("Bank of Peru", "ORG") in names(record)


def test_long_texts_are_cut_between_sentences() -> None:
    text = " ".join(["Grace Hopper saw many people there."] * 60)
    records = list(silver.annotate([teacher(Grace_Hopper="PERSON")], annotator(), [text]))
    assert len(records) > 1
    assert all(sum(map(len, record.sentences)) <= weak.LONGEST for record in records)
    assert sum(len(record.spans) for record in records) == 60


def test_records_are_read_back(tmp_path: Path) -> None:
    words = [
        Word("Iran", "Iran", "PROPN", "NNP", 1, "nsubj", True),
        Word("ran", "run", "VERB", "VBD", 1, "root", False),
    ]
    record = silver.Silver([words], [(0, 1, "PLACE")])
    silver.write([record, record], tmp_path / "silver.jsonl")
    assert list(silver.read(tmp_path / "silver.jsonl")) == [record, record]
