import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError, SettingsError
from kg.progress import Silent
from kg.training import NEEDED, train
from kg.training.corpora import NAMES_ONLY, TREEBANKS, Corpora

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's own, in its exporter

TREE = """\
1\tIran\tIran\tPROPN\tNNP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tit\tit\tPRON\tPRP\t_\t2\tobj\t_\t_

"""
TABLES = {
    "people": {"name": "Ada Lovelace", "enwiki": "Ada Lovelace"},
    "ne_10m_countries": {"NAME_LONG": "Peru"},
    "ne_10m_populated_places": {"NAME_EN": "Lima", "POP_MAX": "9000000"},
    "international_organisations": {"Name_en": "United Nations", "Abbreviation_en": "UN"},
}


def write_corpora(folder: Path) -> Path:
    for name in ("treebank", "ner", "reference", "texts"):
        (folder / name).mkdir(parents=True)
    for name in (*TREEBANKS, "en_pud-ud-test"):
        (folder / "treebank" / f"{name}.conllu").write_text(TREE * 30, encoding="utf-8")
    record = {"id": "1", "split": "train", "tokens": ["Iran", "left", "it"], "spans": [[0, 1, "LOC"]]}
    for name in (*TREEBANKS.values(), *NAMES_ONLY, "uner_pud"):
        (folder / "ner" / f"{name}.jsonl").write_text((json.dumps(record) + "\n") * 8, encoding="utf-8")
    for name, row in TABLES.items():
        with (folder / "reference" / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, row)
            writer.writeheader()
            writer.writerow(row)
    (folder / "texts" / "news.txt").write_text(
        "Later on Ada Lovelace met them in Lima, they said.\n" * 12, encoding="utf-8"
    )
    return folder


def test_missing_data_are_all_named(tmp_path: Path) -> None:
    data = write_corpora(tmp_path / "data")
    (data / "treebank" / "gum-open-train.conllu").unlink()
    (data / "reference" / "people.csv").unlink()
    with pytest.raises(InputError, match=r"gum-open-train\.conllu, .*people\.csv: not there"):
        Corpora(data, data / "texts").check()
    with pytest.raises(InputError, match="nowhere"):
        Corpora(data, tmp_path / "nowhere").check()


def test_what_is_held_out_is_not_read(tmp_path: Path) -> None:
    data = write_corpora(tmp_path / "data")
    (tmp_path / "held").mkdir()
    (tmp_path / "held" / "news.txt").write_text("other words", encoding="utf-8")
    assert len(list(Corpora(data, data / "texts").unlabelled())) == 12
    assert not list(Corpora(data, data / "texts", tmp_path / "held").unlabelled())


def test_without_the_extra_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.training.NEEDED", (*NEEDED, "no_such_library"))
    with pytest.raises(SettingsError, match=r"no_such_library: pip install 'treatygraph\[train\]'"):
        train(tmp_path, tmp_path, None, tmp_path, Silent())


class Counted(Silent):
    total = 0
    done_ = 0

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, n: int, label: str) -> None:
        self.done_ += n


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    for name in NEEDED:
        pytest.importorskip(name, reason="needs the extra treatygraph[train]")
    from kg.training.recipe import Recipe

    data = write_corpora(tmp_path_factory.mktemp("recipe") / "data")
    work = data.parent / "work"
    progress = Counted()
    figures = Recipe(Corpora(data, data / "texts"), work, _tiny(), progress).run()
    assert set(figures) == {"default", "fast"}
    assert {"en_pud-ud-test.conllu", "uner_pud.jsonl"} == set(figures["default"])
    assert progress.done_ == progress.total > 0
    return data, work


def _tiny():  # type: ignore[no-untyped-def]
    from kg.training import cnn, encoder, recipe

    phase = encoder.Phase(2, 1e-4, 1e-3, warm=1)
    course = encoder.Course(phase, phase, 1.0, 3)
    students = (course, replace(course, seed=4))
    return recipe.Size(course, students, replace(course, seed=5), cnn.Steps(syntax=2, names=5))


def test_both_pipelines_are_made_and_load(trained: tuple[Path, Path]) -> None:
    from kg.language import load

    for name in ("default", "fast"):
        doc = load(str(trained[1] / name))("Iran left it")
        assert doc.has_annotation("DEP") and doc.has_annotation("TAG")


def test_what_is_done_is_not_done_again(trained: tuple[Path, Path]) -> None:
    from kg.training.recipe import Recipe

    before = {path: path.stat().st_mtime_ns for path in trained[1].rglob("*")}
    progress = Counted()
    Recipe(Corpora(trained[0], trained[0] / "texts"), trained[1], _tiny(), progress).run()
    assert {path: path.stat().st_mtime_ns for path in trained[1].rglob("*")} == before
    assert progress.total == 0


def test_a_stopped_run_goes_on_to_the_same_weights(trained: tuple[Path, Path], tmp_path: Path) -> None:
    from kg.training import encoder

    corpora = Corpora(trained[0], trained[0] / "texts")
    course = _tiny().teacher

    class Stop(Exception):
        pass

    def stop_at_three(step: int, told: list[int]) -> None:
        told.append(step)
        if len(told) == 3:
            raise Stop

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    encoder.train(encoder.Source(corpora, corpora.partly()), course, None, whole, lambda _: None)
    told: list[int] = []
    with pytest.raises(Stop):
        encoder.train(encoder.Source(corpora, corpora.partly()), course, None, parts, lambda s: stop_at_three(s, told))
    encoder.train(encoder.Source(corpora, corpora.partly()), course, None, parts, lambda _: None)
    assert (whole / "network.pt").read_bytes() == (parts / "network.pt").read_bytes()
