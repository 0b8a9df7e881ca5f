from random import Random

import pytest

torch = pytest.importorskip("torch", reason="needs the extra treatygraph[train]")

from kg.language.corpus import Word  # noqa: E402
from kg.language.encoder.marks import MARKS  # noqa: E402
from kg.language.encoder.wordpiece import WordPieces  # noqa: E402
from kg.training.batches import Batch, Labels, batches  # noqa: E402
from kg.training.encoder import losses  # noqa: E402
from kg.training.examples import Example  # noqa: E402
from kg.training.network import LAYERS, Network  # noqa: E402

WORDS = [
    Word("Iran", "", "PROPN", "NNP", 1, "nsubj", True),
    Word("ran", "", "VERB", "VBD", 1, "root", False),
    Word(".", "", "PUNCT", ".", 1, "punct", True),
    Word("Stop", "", "VERB", "VB", 3, "root", True),
]
TREES = Example([w.form for w in WORDS], [w.space for w in WORDS], ["S-PLACE", "O", "?", "O"], WORDS)
NAMES = Example(["Iran", "ran"], [True, False], ["S-PLACE", "O"])
LABELS = Labels.of([[WORDS]])
PIECES_OF = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "iran", "ran", ".", "st", "##op"])


@pytest.fixture
def batch() -> Batch:
    [made] = list(batches([TREES, NAMES], LABELS, PIECES_OF, Random(1)))
    return made


def rows(batch: Batch, name: str) -> list[list[int]]:
    values: list[list[int]] = sorted(getattr(batch, name).tolist(), key=lambda row: row.count(-1))
    return values


def test_gold_is_by_word_after_the_root(batch: Batch) -> None:
    assert rows(batch, "heads") == [[-1, 2, 0, 2, 0], [-1] * 5]
    assert rows(batch, "starts")[0] == [-1, 1, 0, 0, 1]
    place = MARKS.index("S-PLACE")
    assert rows(batch, "names") == [[-1, place, 0, -1, 0], [-1, place, 0, -1, -1]]
    assert [LABELS.relations[number] for number in rows(batch, "relations")[0][1:]] == [
        "nsubj",
        "root",
        "punct",
        "root",
    ]


def test_heads_of_other_sentences_are_out_of_reach(batch: Batch) -> None:
    row = int((batch.heads[:, 2] == 0).nonzero()[0])
    assert batch.other_sentence()[row, 1].tolist() == [False, False, False, False, True]


def test_padding_is_masked(batch: Batch) -> None:
    masked = (batch.mask()[:, 0, 0] < 0).sum(dim=1).tolist()
    assert sorted(masked) == [0, 3]


def test_padding_changes_no_score(batch: Batch) -> None:
    torch.manual_seed(1)
    network = Network(LABELS.sizes()).eval()
    [alone] = list(batches([NAMES], LABELS, PIECES_OF, Random(1)))
    row = int((batch.heads[:, 1] == -1).nonzero()[0])
    with torch.no_grad():
        together, single = network(*batch.inputs, batch.mask()), network(*alone.inputs, alone.mask())
    for padded, plain in zip(together[:4], single[:4], strict=True):
        assert torch.allclose(padded[row, :3], plain[0], atol=1e-4)


def test_every_part_learns_and_names_alone_teach_names_alone(batch: Batch) -> None:
    network = Network(LABELS.sizes())
    assert len(network.layers) == LAYERS
    assert (losses(network(*batch.inputs, batch.mask()), batch) > 0).all()
    [alone] = list(batches([NAMES], LABELS, PIECES_OF, Random(1)))
    parts = losses(network(*alone.inputs, alone.mask()), alone)
    assert parts[3] > 0
    assert parts[[0, 1, 2, 4, 5]].abs().sum() == 0
    parts.sum().backward()
