"""The network in torch: MiniLM with letter case, and heads for tags, names, sentence starts and a biaffine parser.

The parser follows Dozat and Manning (2017). ``set_dropout`` says what is left out in training. Needs the extra
``treatygraph[train]``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.encoder.component import LABELS
from kg.language.encoder.features import SHAPES, SPACINGS

WIDTH, HEADS, INNER, LAYERS, POSITIONS, PIECES = 384, 12, 1536, 6, 512, 30522
ARC, RELATION, HIDDEN = 192, 64, 256
WEIGHTS = "network.pt"


class Layer(nn.Module):
    """One transformer layer as BERT has it, with one matrix for queries, keys and values."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout()

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        with torch.autocast("cpu", enabled=False):  # its gradient in bfloat16 takes five times as long
            seen = functional.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.out(seen))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Mixed(nn.Module):
    """A learnt mixture of the layers' outputs (Peters et al. 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.tensor([0.0] * (LAYERS - 2) + [0.5, 1.0]))

    def forward(self, layers: Tensor) -> Tensor:
        return torch.einsum("n,nbwd->bwd", self.weights.softmax(0), layers)


class Network(nn.Module):
    """``sizes`` gives the number of tags, parts of speech, relations and marks of names."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.pieces, self.positions = nn.Embedding(PIECES, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.shapes, self.spacings = nn.Embedding(SHAPES, WIDTH), nn.Embedding(SPACINGS, WIDTH)
        for table in (self.shapes, self.spacings):
            nn.init.normal_(table.weight, std=0.01)
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout()
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mix_tags, self.mix_tree, self.mix_names = Mixed(), Mixed(), Mixed()
        self.tags, self.pos, self.starts = (nn.Linear(WIDTH, n) for n in (sizes["tags"], sizes["pos"], 1))
        self.names = nn.Sequential(
            nn.Dropout(), nn.Linear(WIDTH, HIDDEN), nn.GELU(), nn.Dropout(), nn.Linear(HIDDEN, sizes["names"])
        )
        self.arc_dep, self.arc_head = _projection(ARC), _projection(ARC)
        self.rel_dep, self.rel_head = _projection(RELATION), _projection(RELATION)
        self.arc = nn.Linear(ARC + 1, ARC, bias=False)
        self.relation = nn.Linear(RELATION + 1, sizes["relations"] * (RELATION + 1), bias=False)
        nn.init.normal_(self.arc.weight, std=0.01)
        nn.init.zeros_(self.relation.weight)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The trained network of a folder. Raises ``OSError``."""
        tables = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        network = cls({name: len(table) for name, table in tables.items()})
        network.load_state_dict(torch.load(folder / WEIGHTS, weights_only=True))
        return network

    def set_dropout(self, encoder: float, names: float, parser: float) -> None:
        """Replaces the shares of what is left out in training: in the encoder, the names' head, the parser's heads."""
        for name, module in self.named_modules():
            if isinstance(module, nn.Dropout):
                first = name.split(".")[0]
                module.p = encoder if first in {"drop", "layers"} else names if first == "names" else parser

    def embed(self, pieces: Tensor) -> Tensor:
        """The vectors of pieces, before position and case are added."""
        vectors: Tensor = self.pieces(pieces)
        return vectors

    def read(self, pieces: Tensor, shapes: Tensor, spacings: Tensor, mask: Tensor | None) -> Tensor:
        """The outputs of all layers by piece: layers, runs, pieces, width."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.embed(pieces) + self.positions(places) + self.shapes(shapes) + self.spacings(spacings)
        x = self.drop(self.norm(x))
        outputs = []
        for layer in self.layers:
            x = layer(x, mask)
            outputs.append(x)
        return torch.stack(outputs)

    def forward(
        self, pieces: Tensor, shapes: Tensor, spacings: Tensor, pool: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, ...]:
        """Scores by word of tags, parts of speech, starts, names; by word and head of arcs; two halves of relations.

        ``pool`` is words by pieces; ``mask`` is added to the attention scores (see ``padding``).
        """
        read = self.read(pieces, shapes, spacings, mask)
        mixed = [mix(read) for mix in (self.mix_tags, self.mix_tree, self.mix_names)]
        tagged, tree, named = (pool @ torch.cat(mixed, dim=-1)).chunk(3, dim=-1)
        tagged = self.drop(tagged)
        arcs = self.arc(_with_one(self.arc_dep(tree))) @ self.arc_head(tree).transpose(1, 2)
        left = self.relation(_with_one(self.rel_dep(tree)))
        left = left.view(left.shape[0], left.shape[1], -1, RELATION + 1)
        right = _with_one(self.rel_head(tree))
        return (
            self.tags(tagged),
            self.pos(tagged),
            self.starts(tagged).squeeze(-1),
            self.names(named),
            arcs,
            left,
            right,
        )


def padding(pieces: Tensor) -> Tensor:
    """What attention adds to the scores of padding, which is piece 0: so much that nothing is left of it."""
    return (pieces == 0)[:, None, None, :].float() * -1e4


def relations_to(left: Tensor, right: Tensor, heads: Tensor) -> Tensor:
    """Scores of relations by word, to the heads given by number, of their two halves (runs, words, labels)."""
    chosen = right.gather(1, heads[..., None].expand(-1, -1, right.shape[-1]))
    return torch.einsum("bwlk,bwk->bwl", left, chosen)


def _projection(size: int) -> nn.Sequential:
    return nn.Sequential(nn.Dropout(), nn.Linear(WIDTH, size), nn.LeakyReLU(0.1), nn.Dropout())


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


def from_bert(network: Network, state: dict[str, Tensor]) -> None:
    """Fills the encoder with the weights of a BERT checkpoint of the same sizes."""
    own: dict[str, Any] = network.state_dict()
    kinds = "embeddings.token_type_embeddings.weight"
    own["pieces.weight"] = state["embeddings.word_embeddings.weight"]
    own["positions.weight"] = state["embeddings.position_embeddings.weight"] + state[kinds][0]
    for end in ("weight", "bias"):
        own[f"norm.{end}"] = state[f"embeddings.LayerNorm.{end}"]
        for number in range(LAYERS):
            _fill_layer(own, state, number, end)
    network.load_state_dict(own)


def _fill_layer(own: dict[str, Any], state: dict[str, Tensor], number: int, end: str) -> None:
    bert, mine = f"encoder.layer.{number}.", f"layers.{number}."
    own[f"{mine}qkv.{end}"] = torch.cat([state[f"{bert}attention.self.{x}.{end}"] for x in ("query", "key", "value")])
    for name, source in (
        ("out", "attention.output.dense"),
        ("norm1", "attention.output.LayerNorm"),
        ("up", "intermediate.dense"),
        ("down", "output.dense"),
        ("norm2", "output.LayerNorm"),
    ):
        own[f"{mine}{name}.{end}"] = state[f"{bert}{source}.{end}"]
