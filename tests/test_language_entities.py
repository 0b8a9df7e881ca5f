import json
from pathlib import Path

import pytest
from spacy.vocab import Vocab

from kg.language import entities
from kg.language.entities import UNKNOWN, Sample, Scheme


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return Scheme.load()


def named(scheme: Scheme, text: str, spans: list[tuple[int, int, str]], **more: object) -> list[tuple[str, str]]:
    sample = scheme.sample({"id": "x", "tokens": text.split(), "spans": spans, **more})
    return [(" ".join(sample.tokens[start:end]), label) for start, end, label in sample.spans]


def test_labels_become_ours(scheme: Scheme) -> None:
    spans = [(0, 2, "politician"), (3, 4, "country"), (5, 6, "politicalparty"), (7, 8, "metrics")]
    expected = [("Nuon Chea", "PERSON"), ("Cambodia", "PLACE"), ("CPK", "ORG")]
    assert named(scheme, "Nuon Chea of Cambodia joined CPK with BLEU .", spans) == expected


def test_titles_are_no_part_of_names(scheme: Scheme) -> None:
    assert named(scheme, "General George Washington", [(0, 3, "person")]) == [("George Washington", "PERSON")]
    assert named(scheme, "the President spoke", [(1, 2, "person")]) == [("President", UNKNOWN)]


def test_unknown_labels_teach_nothing(scheme: Scheme) -> None:
    assert named(scheme, "He read Nature .", [(2, 3, "academicjournal")]) == [("Nature", UNKNOWN)]
    sample = scheme.sample({"id": "x", "tokens": ["He", "read", "Nature"], "spans": [(2, 3, "academicjournal")]})
    assert [token.ent_iob_ for token in entities.to_doc(Vocab(), sample)] == ["O", "O", ""]


def test_demonyms_are_no_names(scheme: Scheme) -> None:
    assert named(scheme, "The Iranian envoy", [(1, 2, "misc")]) == []


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("They signed the Treaty of Gulistan in 1813 .", "Treaty of Gulistan", "TREATY"),
        ("The Kyoto Protocol was signed .", "Kyoto Protocol", "TREATY"),
        ("The Geneva Convention holds .", "Geneva Convention", "TREATY"),
        ("After World War II they met .", "World War II", "EVENT"),
        ("During the Crimean War they fought .", "Crimean War", "EVENT"),
    ],
)
def test_head_words_give_names_away(scheme: Scheme, text: str, name: str, label: str) -> None:
    assert named(scheme, text, []) == [(name, label)]


@pytest.mark.parametrize(
    "text",
    ["The Treaty was signed .", "the ISDA Master Agreement", "the Republican National Convention", "the war of words"],
)
def test_head_words_alone_are_no_names(scheme: Scheme, text: str) -> None:
    assert named(scheme, text, []) == []


def test_the_longest_of_overlapping_names_wins(scheme: Scheme) -> None:
    assert named(scheme, "the Treaty of Paris", [(3, 4, "LOC")]) == [("Treaty of Paris", "TREATY")]


def test_blanks_are_those_of_the_text_or_guessed(scheme: Scheme) -> None:
    tokens = ["Iran", "'s", "man", ",", '"', "he", '"', "."]
    guessed = scheme.sample({"id": "x", "tokens": tokens, "spans": []})
    assert entities.to_doc(Vocab(), guessed).text == 'Iran\'s man, "he".'
    given = scheme.sample({"id": "x", "tokens": ["a", "-", "b"], "text": "a -b", "spans": []})
    assert given.spaces == [True, False, False]


def test_reading_takes_one_split(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [{"id": name, "split": name, "tokens": ["Iran"], "spans": [[0, 1, "LOC"]]} for name in ("train", "dev")]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert [sample.id for sample in entities.read(path, "dev")] == ["dev"]
    assert len(list(entities.read(path))) == 2


def test_joined_samples_keep_their_spans() -> None:
    single = Sample(["In", "Iran"], [True, False], [(1, 2, "PLACE")], "x")
    lengths = [len(sample.tokens) for sample in entities.joined([single] * 4)]
    assert lengths == [2, 4, 2]
    whole = list(entities.joined([single] * 3))[1]
    assert whole.spans == [(1, 2, "PLACE"), (3, 4, "PLACE")]
    assert whole.spaces == [True, True, True, False]
