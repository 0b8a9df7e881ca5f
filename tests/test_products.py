import numpy as np
import pytest
from thinc.api import NumpyOps, Relu

from kg.language import load, tokenizer
from kg.language.products import ROWS, BlockedOps, quicken

OPS = BlockedOps()
RANDOM = np.random.default_rng(5)


def _matrix(rows: int, columns: int) -> np.ndarray:
    return RANDOM.standard_normal((rows, columns)).astype(np.float32)


@pytest.mark.parametrize("rows", [0, 1, 3, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS])
@pytest.mark.parametrize("transposed", [(False, False), (False, True), (True, False), (True, True)])
def test_products_are_those_of_numpy(rows: int, transposed: tuple[bool, bool]) -> None:
    x, y = _matrix(rows, 96), _matrix(96, 288)
    given = [matrix.T.copy() if turned else matrix for matrix, turned in zip((x, y), transposed, strict=True)]
    out = np.empty((rows, 288), np.float32)
    product = OPS.gemm(*given, trans1=transposed[0], trans2=transposed[1])
    np.testing.assert_allclose(product, x @ y, rtol=1e-4, atol=1e-4)
    assert OPS.gemm(*given, out=out, trans1=transposed[0], trans2=transposed[1]) is out
    np.testing.assert_array_equal(out, product)


@pytest.mark.parametrize("columns", [(96, 64), (288, 288), (480, 288)])
def test_the_sums_of_a_row_are_the_same_whatever_stands_beside_it(columns: tuple[int, int]) -> None:
    x, y = _matrix(1000, columns[0]), _matrix(*columns)
    whole = OPS.gemm(x, y)
    for first, last in ((0, 1), (17, 18), (3, 6), (250, 263), (499, 999)):
        np.testing.assert_array_equal(OPS.gemm(x[first:last], y), whole[first:last])


def test_all_networks_of_the_fast_pipeline_use_them() -> None:
    nlp = load("fast")
    layers = [layer for _, part in nlp.pipeline if hasattr(part, "model") for layer in part.model.walk()]
    assert len(layers) > 20
    assert {type(layer.ops) for layer in layers} == {BlockedOps}


def test_a_network_on_other_operations_is_left_as_it_is() -> None:
    class Other(NumpyOps):
        pass

    nlp, layer = tokenizer.blank(), Relu(2, 2)
    layer.ops = Other()
    tagger = nlp.add_pipe("tagger")
    tagger.model = layer  # type: ignore[attr-defined]
    assert type(quicken(nlp).get_pipe("tagger").model.ops) is Other  # type: ignore[attr-defined]
