"""Matrix products of spaCy's networks by numpy, in blocks of one size.

The BLIS of spaCy's wheels makes a quarter of the products of numpy's OpenBLAS in the same time. OpenBLAS chooses how to
add by the number of rows; in blocks of one size the same text has the same sums, whatever stands in the batch with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps

ROWS = 256


class BlockedOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations on the processor, with other products in prediction."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of two matrices, either of them transposed on demand; into ``out`` where it is given."""
        if trans1 or x.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        right = y.T if trans2 else y
        blocks = -(-len(x) // ROWS)
        product = np.empty((blocks * ROWS, right.shape[1]), np.float32)
        for start in range(0, len(product), ROWS):
            rows = x[start : start + ROWS]
            if len(rows) < ROWS:
                rows = np.concatenate([rows, np.zeros((ROWS - len(rows), x.shape[1]), np.float32)])
            np.dot(rows, right, out=product[start : start + ROWS])
        if out is None:
            return product[: len(x)]
        out[:] = product[: len(x)]
        return out


def quicken(nlp: Language) -> Language:
    """Lets all networks of a pipeline that run on the processor use ``BlockedOps``."""
    ops = BlockedOps()
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = ops
    return nlp
