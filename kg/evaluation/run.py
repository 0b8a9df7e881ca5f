"""Reads annotated texts, each on its own, and scores the reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg import progress
from kg.errors import InputError
from kg.evaluation.gold import files, load, text_of
from kg.evaluation.scoring import Score, score, total
from kg.model import Document, Knowledge

if TYPE_CHECKING:
    from kg.resolution.reference import Reference

Read = Callable[[Document], Knowledge]


@dataclass
class Evaluation:
    """The score of each document by the name of its annotation file, and what could not be read."""

    scores: dict[str, Score] = field(default_factory=dict)
    errors: list[InputError] = field(default_factory=list)

    @property
    def total(self) -> Score:
        """All documents as one."""
        return total(self.scores.values())


def reader(pipeline: str, known: Reference | None = None) -> Read:
    """What reads one document alone with a language pipeline and reference data, as a build does.

    Raises ``PipelineError``.
    """
    from kg import language
    from kg.reader import Reader
    from kg.resolution.corpus import join
    from kg.resolution.reference import Reference

    data = known or Reference.load()
    one = Reader(language.load(pipeline), data)
    return lambda document: join([one.read(document)], data)


def evaluate(gold: Path, texts: Sequence[Path], read: Read, shown: progress.Progress) -> Evaluation:
    """Scores the texts of the folders ``texts`` that the folder ``gold`` annotates; ``read`` reads one document alone.

    Raises ``InputError`` when a folder is not there or has no
    """
    missing = [str(folder) for folder in texts if not folder.is_dir()]
    if missing:
        raise InputError(", ".join(missing), "no folder of texts")
    there = sorted(path for folder in texts for path in folder.iterdir())
    found = Evaluation()
    paths = list(files(gold))
    shown.start(len(paths))
    for path in paths:
        try:
            found.scores[path.stem] = _score(path, there, read)
        except InputError as error:
            found.errors.append(error)
        shown.advance(1, path.name)
    return found


def _score(path: Path, texts: list[Path], read: Read) -> Score:
    gold = load(path)
    document = next(_documents(text_of(gold, path, texts)))
    return score(gold, document, read(document))


def _documents(path: Path) -> Iterator[Document]:
    from kg.reading import read_inputs

    for item in read_inputs([str(path)]):
        if isinstance(item, InputError):
            raise item
        yield item
