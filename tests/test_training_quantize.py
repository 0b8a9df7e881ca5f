from pathlib import Path
from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs the extra treatygraph[train]")

from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from kg.training.quantize import LARGEST, Reach, measured, quantize  # noqa: E402

RANDOM = np.random.default_rng(3)
WEIGHTS = {"first": RANDOM.normal(size=(12, 20)), "second": RANDOM.normal(size=(12, 5)) / 50}
BIAS = RANDOM.normal(size=20)


def written(folder: Path) -> Path:
    """x is multiplied with both weights; a bias is added to the first product."""
    nodes = [
        helper.make_node("MatMul", ["x", "first"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["one"]),
        helper.make_node("MatMul", ["x", "second"], ["two"]),
    ]
    tensors = [numpy_helper.from_array(v.astype(np.float32), k) for k, v in {**WEIGHTS, "bias": BIAS}.items()]
    values = {"x": [None, None, 12], "one": [None, None, 20], "two": [None, None, 5]}
    infos = {name: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in values.items()}
    graph = helper.make_graph(nodes, "small", [infos["x"]], [infos["one"], infos["two"]], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.save(model, folder / "full.onnx")
    return folder / "full.onnx"


def texts(count: int, seed: int = 1) -> list[dict[str, np.ndarray]]:
    """The last channel goes thirty times as far as the others."""
    random = np.random.default_rng(seed)
    far = np.array([1.0] * 11 + [30.0])
    return [{"x": (random.normal(size=(2, 7, 12)) * far).astype(np.float32)} for _ in range(count)]


def session(path: Path) -> Any:
    import onnxruntime

    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    quantize(written(tmp_path), tmp_path / "small.onnx", texts(20))
    return tmp_path / "small.onnx"


def test_products_are_nearly_the_same(small: Path) -> None:
    [given] = texts(1, seed=2)
    x = given["x"].astype(np.float64)
    exact = [x @ WEIGHTS["first"] + BIAS, x @ WEIGHTS["second"]]
    for found, right in zip(session(small).run(None, given), exact, strict=True):
        assert np.abs(found - right).mean() < 0.02 * np.abs(right).mean()


def test_an_input_has_one_scale_whatever_stands_beside_it(small: Path) -> None:
    given, runner = texts(2, seed=5), session(small)
    alone = [runner.run(None, one) for one in given]
    together = runner.run(None, {"x": np.concatenate([one["x"] for one in given])})
    for row, outputs in enumerate(alone):
        for found, whole in zip(outputs, together, strict=True):
            assert np.array_equal(found, whole[2 * row : 2 * row + 2])


def test_no_product_is_left_in_32_bits_and_weights_use_seven(small: Path) -> None:
    graph = onnx.load(small).graph
    kinds = [node.op_type for node in graph.node]
    assert sorted(kinds) == ["MatMulIntegerToFloat", "MatMulIntegerToFloat", "Mul", "QuantizeLinear"]
    tables = [numpy_helper.to_array(t) for t in graph.initializer if t.data_type == TensorProto.INT8]
    assert len(tables) == 2 and all(np.abs(table).max() == LARGEST for table in tables)
    assert {t.name for t in graph.initializer}.isdisjoint(WEIGHTS)


def test_what_goes_further_than_it_was_measured_is_cut(small: Path) -> None:
    given = {"x": np.full((1, 1, 12), 1e6, np.float32)}
    assert all(np.isfinite(found).all() and np.abs(found).max() < 1e4 for found in session(small).run(None, given))


def test_the_reach_is_that_of_all_texts(tmp_path: Path) -> None:
    given = texts(3)
    reach = measured(onnx.load(written(tmp_path)), ["x"], given)["x"]
    rows = np.concatenate([one["x"].reshape(-1, 12) for one in given])
    assert np.array_equal(reach.least, rows.min(axis=0)) and np.array_equal(reach.greatest, rows.max(axis=0))


def test_zero_is_a_number_of_every_scale() -> None:
    for least, greatest in ((1.0, 3.0), (-3.0, -1.0), (-1.0, 2.0), (0.0, 0.0)):
        step, zero = Reach(np.float32([least]), np.float32([greatest])).scale()
        assert step > 0 and 0 <= zero <= 255
        assert (0 - int(zero)) * step <= min(least, 0) + step and (255 - int(zero)) * step >= max(greatest, 0) - step
