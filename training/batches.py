"""Batches: windows of like length, drawn at random and padded to tensors."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch


def batches(windows: list[dict], tokens: int, rng: random.Random) -> list[list[dict]]:
    """Windows of like length together with at most `tokens` subwords a batch, padding included; the batches shuffled."""
    windows.sort(key=lambda w: len(w["encoded"].ids) + rng.random() * 8)
    out: list[list[dict]] = [[]]
    for w in windows:
        if out[-1] and (len(out[-1]) + 1) * len(w["encoded"].ids) > tokens:
            out.append([])
        out[-1].append(w)
    rng.shuffle(out)
    return out


def padded(rows: list[Sequence[int]], fill: int, device: str) -> torch.Tensor:
    """Rows of numbers as one tensor, as wide as the longest of them."""
    out = np.full((len(rows), max(map(len, rows))), fill, np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out).to(device)


def inputs(windows: list[dict], table: torch.Tensor, device: str) -> dict[str, torch.Tensor]:
    """The encoder's inputs for a batch of windows."""
    encoded = [w["encoded"] for w in windows]
    ids = padded([e.ids for e in encoded], -1, device)
    features, first = padded([e.features for e in encoded], 0, device), padded([e.first for e in encoded], 0, device)
    return {"embedded": table[ids.clamp_min(0)], "mask": (ids >= 0)[:, None, None, :], "features": features, "first": first}
