"""All of the training, step by step: teacher, silver data, students, default pipeline, fast pipeline, figures.

Each step leaves one file or folder in the working folder under its name when it is done, so that a run that was stopped
goes on with the steps that were not (the networks within them, see ``kg.training.encoder``). Steps of which neither
needs the other go side by side; how many threads a step has is fixed, since sums over several come in another order.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import spacy
import torch
from spacy.language import Language

from kg.language import evaluate, lemmas, load, register
from kg.progress import Progress, Silent
from kg.training import cnn, contexts, encoder, export, package, side_by_side, silver
from kg.training.corpora import Corpora
from kg.training.vectors import WordVectors

TESTS = {"treebank": ("en_pud-ud-test",), "ner": ("uner_pud",)}
SILVER, FOR_FAST = "silver.jsonl", "silver-fast.jsonl"
FIGURES = "figures.json"
SEED = 5
MEASURED = 400  # texts that the scales of 8-bit numbers are taken from
Figures = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Size:
    """How long everything is trained; the default is what is shipped."""

    teacher: encoder.Course = encoder.TEACHER
    students: tuple[encoder.Course, ...] = encoder.STUDENTS
    last: encoder.Course = encoder.LAST
    fast: cnn.Steps = field(default_factory=cnn.Steps)


@dataclass(frozen=True, slots=True)
class Step:
    """What makes a file or folder, the steps whose results it reads, how often it tells that it has come further.

    ``size`` is None where it does so once for each unlabelled text.
    """

    make: Callable[[Path], None]
    needs: tuple[str, ...] = ()
    size: int | None = 0
    threads: int = 1


@dataclass
class Recipe:
    """Trains from ``corpora`` in the folder ``work`` and writes ``default/`` and ``fast/`` there.

    Raises ``InputError`` for corpora that are not there, ``OSError`` for a folder that cannot be written.
    """

    corpora: Corpora
    work: Path
    size: Size = field(default_factory=Size)
    progress: Progress = field(default_factory=Silent)

    def run(self) -> Figures:
        """Does what is left to do; returns the figures of both pipelines by test set, which are also written."""
        self.corpora.check()
        self.work.mkdir(parents=True, exist_ok=True)
        left = {name: step for name, step in self._steps().items() if not (self.work / name).exists()}
        texts = sum(1 for _ in self.corpora.unlabelled())
        self.progress.start(sum(texts if step.size is None else step.size for step in left.values()))
        try:
            needs = {name: frozenset(step.needs) & left.keys() for name, step in left.items()}
            side_by_side.carry_out(needs, replace(self, progress=Silent()).carry_out, self.progress)
        finally:
            self.progress.done()
        figures: Figures = json.loads((self.work / FIGURES).read_text(encoding="utf-8"))
        return figures

    def carry_out(self, name: str, progress: Progress) -> None:
        """One step, whose result has its name only when it is whole."""
        step = replace(self, progress=progress)._steps()[name]
        torch.set_num_threads(step.threads)
        unfinished = self.work / f"{name}.partial"
        step.make(unfinished)
        unfinished.rename(self.work / name)

    def _steps(self) -> dict[str, Step]:
        fast = self.size.fast
        students = {_folder(course): course for course in self.size.students}
        last = _folder(self.size.last)
        return {
            "teacher": Step(self._teacher, (), self.size.teacher.steps, threads=2),
            SILVER: Step(self._silver, ("teacher",), None),
            **{
                name: Step(partial(self._student, course), (SILVER,), course.steps) for name, course in students.items()
            },
            last: Step(self._last, tuple(students), self.size.last.steps, threads=2),
            "student": Step(self._mean, (last,)),
            "default": Step(lambda out: self._exported(self.work / "student", out), ("student",)),
            FOR_FAST: Step(self._read_by_default, ("default",), None),
            "vectors.npz": Step(self._vectors, (FOR_FAST,)),
            "fast-names": Step(self._fast_names, ("vectors.npz",), fast.names + fast.finish),
            "fast-trees": Step(self._fast_trees, (FOR_FAST,), fast.syntax),
            "fast": Step(self._fast, ("fast-names", "fast-trees")),
            FIGURES: Step(self._figures, ("fast",)),
        }

    def _told(self, label: str) -> Callable[[int], None]:
        return lambda _: self.progress.advance(1, label)

    def _teacher(self, out: Path) -> None:
        source = encoder.Source(self.corpora, self.corpora.partly())
        encoder.train(source, self.size.teacher, None, out, self._told("teacher"))

    def _student(self, course: encoder.Course, out: Path) -> None:
        encoder.train(self._source(), course, self.work / "teacher", out, self._told(_folder(course)))

    def _last(self, out: Path) -> None:
        """Goes on from the first of the students, which are its teachers."""
        teachers = [self.work / _folder(course) for course in self.size.students]
        encoder.train(self._source(), self.size.last, teachers[0], out, self._told(_folder(self.size.last)), teachers)

    def _mean(self, out: Path) -> None:
        """Of the weights that the last student began with and those that it came to."""
        encoder.mean([self.work / _folder(course) for course in (self.size.students[0], self.size.last)], out)

    def _source(self) -> encoder.Source:
        return encoder.Source(self.corpora, (record.sample() for record in silver.read(self.work / SILVER)))

    def _silver(self, out: Path) -> None:
        teachers = []
        for name in ("", encoder.MAIN):
            folder = self.work / "teachers" / (name or "finished")
            self._exported(self.work / "teacher" / name, folder)
            teachers.append(load(str(folder)))
        self._annotate(teachers, out)
        shutil.rmtree(self.work / "teachers")

    def _read_by_default(self, out: Path) -> None:
        self._annotate([load(str(self.work / "default"))], out)

    def _annotate(self, teachers: list[Language], out: Path) -> None:
        texts = self._counted(self.corpora.unlabelled())
        silver.write(silver.annotate(teachers, self.corpora.annotator(), texts), out)

    def _counted(self, texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            yield text
            self.progress.advance(1, "silver")

    def _exported(self, trained: Path, out: Path) -> None:
        texts = list(self.corpora.unlabelled())
        export.export(trained, out, Random(SEED).sample(texts, min(len(texts), MEASURED)))
        table = lemmas.Lemmatizer()
        table.learn(cnn.lemma_triples(self.corpora))
        table.to_disk(out / "lemmas")

    def _records(self) -> list[silver.Silver]:
        return list(silver.read(self.work / FOR_FAST))

    def _vectors(self, out: Path) -> None:
        contexts.learn(self.work / "student", self._records(), self.corpora.names()).save(out)

    def _fast_trees(self, out: Path) -> None:
        tell = self._told("fast: trees")
        package.write(cnn.train_syntax(self.corpora, self._records(), self.size.fast, tell), out)

    def _fast_names(self, out: Path) -> None:
        tell, words = self._told("fast: names"), WordVectors.load(self.work / "vectors.npz")
        package.write(cnn.train_names(self.corpora, self._records(), words, self.size.fast, tell), out)

    def _fast(self, out: Path) -> None:
        register()
        trees, names = (spacy.load(self.work / f"fast-{part}") for part in ("trees", "names"))
        package.write(cnn.assemble(trees, names, self.corpora), out)

    def _figures(self, out: Path) -> None:
        figures = {name: self._figures_of(load(str(self.work / name))) for name in ("default", "fast")}
        out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")

    def _figures_of(self, nlp: Language) -> dict[str, dict[str, Any]]:
        """By test set that is there; none of these is ever trained on."""
        found: dict[str, dict[str, Any]] = {}
        for path in (self.corpora.treebank(name) for name in TESTS["treebank"]):
            if path.is_file():
                found[path.name] = evaluate.syntax_figures(evaluate.syntax(nlp, path))
        for path in (self.corpora.entity_corpus(name) for name in TESTS["ner"]):
            if path.is_file():
                found[path.name] = evaluate.name_figures(evaluate.names(nlp, path))
        return found


def _folder(course: encoder.Course) -> str:
    return f"student-{course.seed}"
