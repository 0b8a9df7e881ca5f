"""Writes a trained network for the runtime (ONNX).

Products are made in 8-bit numbers (``kg.training.quantize``); word pieces have 8-bit numbers with a scale for each row.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor

from kg.language import MODEL, tokenizer
from kg.language.encoder.component import INPUTS, LABELS, VOCABULARY
from kg.language.encoder.runs import batches, inputs, runs
from kg.language.encoder.wordpiece import WordPieces
from kg.training.network import WIDTH, Network, padding
from kg.training.quantize import Given, quantize

OUTPUTS = ("tags", "pos", "starts", "names", "arcs", "left", "right")


class Small(Network):
    """The network with its table of word pieces in 8 bits."""

    rows: Tensor
    scales: Tensor

    def shrink(self) -> None:
        """Replaces the table."""
        table = self.pieces.weight.detach()
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)
        self.pieces = torch.nn.Embedding(1, WIDTH)

    def embed(self, pieces: Tensor) -> Tensor:
        return self.rows[pieces].float() * self.scales[pieces]

    def forward(
        self, pieces: Tensor, shapes: Tensor, spacings: Tensor, pool: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        return super().forward(pieces, shapes, spacings, pool, padding(pieces))


def export(trained: Path, out: Path, texts: Iterable[str]) -> None:
    """Writes ``model.onnx``, ``labels.json`` and ``vocab.txt`` to ``out``; scales are measured on ``texts``.

    Raises ``OSError``.
    """
    out.mkdir(parents=True, exist_ok=True)
    network = Small.load(trained)
    network.shrink()
    with TemporaryDirectory() as folder:
        full = Path(folder) / MODEL
        _to_onnx(network.eval(), full)
        quantize(full, out / MODEL, _inputs(trained, texts))
    for name in (LABELS, VOCABULARY):
        shutil.copy(trained / name, out / name)


def _to_onnx(network: Network, path: Path) -> None:
    numbers = torch.ones(2, 9, dtype=torch.long)
    example = (numbers, numbers, numbers, torch.ones(2, 6, 9))
    axes: dict[str, dict[int, str]] = {name: {0: "runs", 1: "length"} for name in INPUTS[:3]}
    axes["pool"] = {0: "runs", 1: "words", 2: "length"}
    axes.update({name: {0: "runs", 1: "words"} for name in OUTPUTS})
    axes["arcs"][2] = "words"
    torch.onnx.export(
        network, example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip


def _inputs(trained: Path, texts: Iterable[str]) -> Iterator[Given]:
    """What the network would read of the texts, as one batch after the other."""
    pieces_of = WordPieces((trained / VOCABULARY).read_text(encoding="utf-8").splitlines())
    nlp = tokenizer.blank()
    docs = [[token for token in tokenizer.make_doc(nlp, text) if not token.is_space] for text in texts]
    found = (
        runs(pieces_of, number, [t.text for t in doc], [bool(t.whitespace_) for t in doc], [True] * len(doc))
        for number, doc in enumerate(docs)
    )
    for batch in batches([run for own in found for run in own]):
        yield dict(zip(INPUTS, inputs(batch), strict=True))
