"""A network (ONNX) in 8-bit numbers, all of whose scales are fixed beforehand.

Weights have a scale for each column. What they are multiplied with has one scale, taken from how far it goes in texts
that are read for this, after each channel was brought nearer to the others (SmoothQuant, Xiao et al. 2023): what one
text is multiplied with does not depend on what stands in the batch with it. Needs the extra ``treatygraph[train]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import helper, numpy_helper

SMOOTHING = 0.7
LARGEST = 64  # of the eight bits seven are used: processors without VNNI lose sums that need the eighth
RANGE = 255
DOMAIN = "com.microsoft"
Floats = NDArray[np.float32]
Given = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Reach:
    """The least and the greatest number of each channel."""

    least: Floats
    greatest: Floats

    @classmethod
    def of(cls, values: Floats) -> Reach:
        rows = values.reshape(-1, values.shape[-1])
        return cls(rows.min(axis=0), rows.max(axis=0))

    def __or__(self, other: Reach) -> Reach:
        return Reach(np.minimum(self.least, other.least), np.maximum(self.greatest, other.greatest))

    def __truediv__(self, factors: Floats) -> Reach:
        return Reach(self.least / factors, self.greatest / factors)

    def scale(self) -> tuple[np.float32, np.uint8]:
        """What one step of 8 bits is worth, and which of them is zero."""
        least, greatest = min(0.0, float(self.least.min())), max(0.0, float(self.greatest.max()))
        step = np.float32((greatest - least) / RANGE or 1.0)
        return step, np.uint8(round(-least / step))

    def factors(self, weights: Sequence[Floats]) -> Floats:
        """By which each channel is divided before, and the rows of the weights are multiplied."""
        own = np.maximum(np.abs(self.least), np.abs(self.greatest))
        rows = np.max([np.abs(weight).max(axis=1) for weight in weights], axis=0)
        found: Floats = _floored(own) ** SMOOTHING / _floored(rows) ** (1 - SMOOTHING)
        return found.astype(np.float32)


def quantize(source: Path, target: Path, texts: Iterable[Given]) -> None:
    """Writes the network of ``source`` to ``target``; ``texts`` are inputs of it. Raises ``OSError``."""
    model = onnx.load(source)
    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in weights]
    reaches = measured(model, list(dict.fromkeys(node.input[0] for node in products)), texts)
    _Rewritten(model, {name: numpy_helper.to_array(weights[name]) for name in {n.input[1] for n in products}}).write(
        reaches, target
    )


def measured(model: onnx.ModelProto, names: Sequence[str], texts: Iterable[Given]) -> dict[str, Reach]:
    """How far the values of these names go in the texts."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    found: dict[str, Reach] = {}
    for given in texts:
        for name, values in zip(names, session.run(list(names), dict(given)), strict=True):
            reach = Reach.of(values)
            found[name] = found[name] | reach if name in found else reach
    return found


class _Rewritten:
    """The products with ``weights`` replaced; an addition behind one becomes its bias."""

    def __init__(self, model: onnx.ModelProto, weights: dict[str, Floats]) -> None:
        self._model, self._graph, self._weights = model, model.graph, weights
        self._constants = {tensor.name for tensor in model.graph.initializer}
        self._users: dict[str, list[onnx.NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self._users.setdefault(name, []).append(node)
        self._done: set[str] = set()

    def write(self, reaches: Mapping[str, Reach], target: Path) -> None:
        nodes: list[onnx.NodeProto] = []
        merged: set[str] = set()
        for node in self._graph.node:
            if node.op_type == "MatMul" and node.input[1] in self._weights:
                bias = self._bias(node.output[0])
                merged |= {bias.output[0]} if bias else set()
                nodes += self._product(node, bias, reaches)
            elif not merged.intersection(node.output):
                nodes.append(node)
        del self._graph.node[:]
        self._graph.node.extend(nodes)
        self._drop_unused()
        if all(opset.domain != DOMAIN for opset in self._model.opset_import):
            self._model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
        onnx.save(self._model, target)

    def _product(
        self, node: onnx.NodeProto, bias: onnx.NodeProto | None, reaches: Mapping[str, Reach]
    ) -> Iterator[onnx.NodeProto]:
        read, weight = node.input
        own = [self._weights[user.input[1]] for user in self._users[read] if user.input[-1] in self._weights]
        factors = reaches[read].factors(own)
        if read not in self._done:
            self._done.add(read)
            yield from self._quantized(read, reaches[read] / factors, factors)
        rows = self._weights[weight] * factors[:, None]
        steps = np.maximum(np.abs(rows).max(axis=0), 1e-8) / LARGEST
        self._constant(f"{weight}_8", (rows / steps).round().astype(np.int8))
        self._constant(f"{weight}_steps", steps.astype(np.float32))
        given = [f"{read}_8", f"{weight}_8", f"{read}_step", f"{weight}_steps", f"{read}_zero"]
        if bias is not None:
            given += ["", next(name for name in bias.input if name != node.output[0])]
        out = node.output if bias is None else bias.output
        yield helper.make_node("MatMulIntegerToFloat", given, out, node.name, domain=DOMAIN)

    def _quantized(self, name: str, reach: Reach, factors: Floats) -> Iterator[onnx.NodeProto]:
        step, zero = reach.scale()
        for end, value in (("factors", 1 / factors), ("step", step), ("zero", zero)):
            self._constant(f"{name}_{end}", np.asarray(value))
        yield helper.make_node("Mul", [name, f"{name}_factors"], [f"{name}_even"])
        yield helper.make_node("QuantizeLinear", [f"{name}_even", f"{name}_step", f"{name}_zero"], [f"{name}_8"])

    def _bias(self, product: str) -> onnx.NodeProto | None:
        """The addition of a constant that alone reads a product."""
        users = self._users.get(product, [])
        if [user.op_type for user in users] == ["Add"] and not self._constants.isdisjoint(users[0].input):
            return users[0]
        return None

    def _constant(self, name: str, value: NDArray[Any]) -> None:
        self._graph.initializer.append(numpy_helper.from_array(value, name))

    def _drop_unused(self) -> None:
        used = {name for node in self._graph.node for name in node.input}
        kept = [tensor for tensor in self._graph.initializer if tensor.name in used]
        del self._graph.initializer[:]
        self._graph.initializer.extend(kept)


def _floored(values: Floats) -> Floats:
    """Not less than a hundredth of the greatest, so that a channel that says nothing is not blown up."""
    floored: Floats = np.maximum(values, max(float(values.max()) / 100, 1e-8))
    return floored
