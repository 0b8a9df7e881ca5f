"""What several networks find together, as the aim of one (Hinton, Vinyals and Dean 2015, at temperature 1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from kg.training.batches import Batch
from kg.training.network import Network, relations_to

Outputs = tuple[Tensor, ...]
_FAR = -1e4


class Teachers:
    """The trained networks of several folders, which must have the same labels. Raises ``OSError``."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._networks = [Network.load(folder).eval() for folder in folders]

    def losses(self, outputs: Outputs, batch: Batch) -> Tensor:
        """Cross entropy of ``outputs`` and the mean of the networks' probabilities, less what is left of it at best.

        Means over the words of tags, parts of speech, starts, names, arcs, and relations to the heads that are most
        probable together: six numbers.
        """
        words = batch.inputs[3].sum(-1) > 0
        with torch.no_grad():
            found = [_scores(self._outputs(network, batch), words) for network in self._networks]
            arcs = _mean([one[4] for one in found])
            heads = arcs.argmax(-1)
            aims = [_mean(list(column)) for column in zip(*(one[:4] for one in found), strict=True)]
            relations = _mean([relations_to(one[5], one[6], heads) for one in found])
        own = _scores(outputs, words)
        pairs = zip([*aims, arcs, relations], [*own[:5], relations_to(own[5], own[6], heads)], strict=True)
        words[:, 0] = False  # the root is no word
        return torch.stack([_divergence(aim[words], scores[words]) for aim, scores in pairs])

    def _outputs(self, network: Network, batch: Batch) -> Outputs:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs: Outputs = network(*batch.inputs, batch.mask())
        return outputs


def _scores(outputs: Outputs, words: Tensor) -> Outputs:
    """The outputs in 32 bits; whether a sentence starts as two scores, padding as no head."""
    tags, pos, starts, names, arcs, left, right = (output.float() for output in outputs)
    arcs = arcs.masked_fill(~words[:, None, :], _FAR)
    return tags, pos, torch.stack([torch.zeros_like(starts), starts], -1), names, arcs, left, right


def _mean(scores: list[Tensor]) -> Tensor:
    return torch.stack([one.softmax(-1) for one in scores]).mean(0)


def _divergence(aim: Tensor, scores: Tensor) -> Tensor:
    return functional.kl_div(scores.log_softmax(-1), aim, reduction="sum") / max(1, len(aim))
