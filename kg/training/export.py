"""Writes a trained network for the runtime (ONNX).

Weights of matrices become 8-bit numbers with a scale for each column, those of word pieces with a scale for each row.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from kg.language import MODEL
from kg.language.encoder.component import LABELS, VOCABULARY
from kg.training.network import WIDTH, Network

INPUTS = ("pieces", "shapes", "spacings", "pool")
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


def export(trained: Path, out: Path) -> None:
    """Writes ``model.onnx``, ``labels.json`` and ``vocab.txt`` to ``out``. Raises ``OSError``."""
    out.mkdir(parents=True, exist_ok=True)
    network = Small.load(trained)
    network.shrink()
    with TemporaryDirectory() as folder:
        full = Path(folder) / MODEL
        _to_onnx(network.eval(), full)
        _quantized(full, out / MODEL)
    for name in (LABELS, VOCABULARY):
        shutil.copy(trained / name, out / name)


def _to_onnx(network: Network, path: Path) -> None:
    numbers = torch.ones(1, 9, dtype=torch.long)
    inputs = (numbers, numbers, numbers, torch.ones(1, 6, 9))
    axes: dict[str, dict[int, str]] = {name: {1: "length"} for name in INPUTS[:3]}
    axes["pool"] = {1: "words", 2: "length"}
    axes.update({name: {1: "words"} for name in OUTPUTS})
    axes["arcs"][2] = "words"
    torch.onnx.export(
        network, inputs, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip


def _quantized(source: Path, target: Path) -> None:
    """Seven of the eight bits are used: processors without VNNI lose sums that need the eighth."""
    quantize_dynamic(
        source,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
