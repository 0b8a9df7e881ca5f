from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.language import register, tokenizer, vectors
from kg.training.vectors import FEWEST, SHIFT_FROM, SIZE, Means, WordVectors, joined, reduced


def word_vectors(*words: str) -> WordVectors:
    return WordVectors(list(words), np.arange(len(words) * 2, dtype=np.float32).reshape(-1, 2))


def means(counts: dict[str, int], rows: list[list[float]]) -> Means:
    return Means(list(counts), np.asarray(rows, dtype=np.float32), np.asarray(list(counts.values())))


def test_a_word_takes_the_row_of_another_letter_case() -> None:
    rows = dict(word_vectors("Oman", "oil", "Oil", "UN").keys())
    assert (rows["Oman"], rows["oman"], rows["OMAN"]) == (0, 0, 0)
    assert (rows["oil"], rows["Oil"], rows["OIL"]) == (1, 2, 1)
    assert (rows["UN"], rows["un"]) == (3, 3)
    assert "Iran" not in rows


def test_a_pipeline_keeps_its_vectors_with_16_bits_a_number(tmp_path: Path) -> None:
    register()
    nlp = tokenizer.blank(vectors.NAME)
    word_vectors("Oman", "Iran").put(nlp)
    nlp.to_disk(tmp_path)
    assert nlp.vocab.vectors.data.dtype == np.float32
    assert np.load(tmp_path / "vocab" / "vectors").dtype == np.float16
    read = spacy.load(tmp_path)
    assert read.vocab.vectors.data.dtype == np.float32
    assert read("Iran left OMAN")[0].vector.tolist() == [2, 3]
    assert [token.has_vector for token in read("Iran left OMAN")] == [True, False, True]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    given = word_vectors("Oman", "’")
    given.save(tmp_path / "vectors.npz")
    read = WordVectors.load(tmp_path / "vectors.npz")
    assert read.words == given.words and read.table.tolist() == given.table.tolist()
    with pytest.raises(OSError):
        WordVectors.load(tmp_path / "none.npz")


def test_names_that_are_met_too_seldom_are_moved_to_where_words_in_texts_are() -> None:
    read = means({"left": FEWEST, "Oman": SHIFT_FROM, "Muscat": FEWEST - 1}, [[1, 1], [5, 0], [9, 9]])
    alone = means({"Oman": 1, "Muscat": 1, "left": 1}, [[2, 2], [3, 3], [0, 0]])
    words, rows = joined(read, alone)
    assert words == ["left", "Oman", "Muscat"]
    assert rows.tolist() == [[1, 1], [5, 0], [3 + 3, 3 - 2]]


def test_components_keep_who_is_near_whom() -> None:
    rng = np.random.default_rng(1)
    rows = rng.normal(size=(9, 2 * SIZE)).astype(np.float32)
    rows[1] = rows[0] + 0.01
    table = reduced([str(i) for i in range(9)], rows).table
    near = np.linalg.norm(table - table[0], axis=1)
    assert table.shape == (9, SIZE)
    assert near[1] < 0.1 * near[2:].min()
    assert (table**2).mean() == pytest.approx(1, rel=0.01)
