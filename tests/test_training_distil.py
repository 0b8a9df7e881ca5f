import json
from pathlib import Path
from random import Random

import pytest

torch = pytest.importorskip("torch", reason="needs the extra treatygraph[train]")

from kg.language.encoder.component import LABELS  # noqa: E402
from kg.language.encoder.marks import MARKS  # noqa: E402
from kg.language.encoder.wordpiece import WordPieces  # noqa: E402
from kg.training.batches import Batch, Labels, batches  # noqa: E402
from kg.training.distil import Teachers  # noqa: E402
from kg.training.examples import Example  # noqa: E402
from kg.training.network import WEIGHTS, Network  # noqa: E402

TABLES = Labels(["NN", "VB"], ["NOUN", "VERB"], ["dep", "root"], list(MARKS))


def network(seed: int) -> Network:
    torch.manual_seed(seed)
    made = Network(TABLES.sizes()).eval()
    torch.nn.init.normal_(made.relation.weight, std=0.1)
    return made


def saved(seed: int, folder: Path) -> Path:
    folder.mkdir()
    (folder / LABELS).write_text(json.dumps(TABLES.tables()), encoding="utf-8")
    torch.save(network(seed).state_dict(), folder / WEIGHTS)
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("teachers")
    return [saved(seed, folder / str(seed)) for seed in (1, 2)]


def batch(*runs: str) -> Batch:
    examples = [Example(run.split(), [True] * len(run.split()), ["O"] * len(run.split())) for run in runs]
    pieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", *"abcdefgh"])
    [one] = batches(examples, TABLES, pieces, Random(1))
    return one


def losses(student: Network, folders: list[Path], given: Batch) -> "torch.Tensor":
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = student(*given.inputs, given.mask())
    return Teachers(folders).losses(outputs, given)


def test_a_network_has_nothing_to_learn_of_itself(folders: list[Path]) -> None:
    assert losses(network(1), folders[:1], batch("a b c", "d e")).tolist() == pytest.approx([0.0] * 6, abs=1e-6)


def test_two_teachers_are_nearer_together_than_the_other_one(folders: list[Path]) -> None:
    given = batch("a b c d", "e f g h")
    alone, both = (losses(network(1), chosen, given) for chosen in (folders[1:], folders))
    assert (alone > 0).all() and (both < alone).all()


def test_padding_teaches_nothing(folders: list[Path]) -> None:
    student = network(1)
    apart = [losses(student, folders[1:], batch(run)) for run in ("a b c d e f", "g h")]
    together = losses(student, folders[1:], batch("a b c d e f", "g h"))
    assert together.tolist() == pytest.approx(((6 * apart[0] + 2 * apart[1]) / 8).tolist(), rel=0.05, abs=1e-4)


def test_the_student_comes_nearer_to_its_teachers(folders: list[Path]) -> None:
    student, given = network(3).train(), batch("a b c d", "e f g h", "b d f")
    student.set_dropout(0.0, 0.0, 0.0)
    student.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW([p for p in student.parameters() if p.requires_grad], lr=1e-3)
    before = losses(student, folders, given).sum()
    for _ in range(12):
        optimizer.zero_grad()
        losses(student, folders, given).sum().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    assert losses(student, folders, given).sum() < before / 2
