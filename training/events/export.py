"""Export the event model to the package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from training.encoder import WIDTH, Encoder
from training.events.data import ROLES
from training.events.model import EVENTS, ROOTS, SECTOR_LABELS, EventModel
from training.export import to_onnx


class Shipped(torch.nn.Module):
    """One graph for both uses: the heads over unmarked text, and the root of a marked pair."""

    def __init__(self, model: EventModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, embedded: torch.Tensor, features: torch.Tensor, first: torch.Tensor, marks: torch.Tensor, seen: torch.Tensor) -> dict[str, torch.Tensor]:
        x, words = self.model.words(embedded, features, first, marks, seen)
        out = self.model.score(words)
        kept = {name: out[name] for name in ("event", "mode", "status", "sector", "attributed", "core", "left", "right")}
        pooled = [x[:, 0]]
        for mark in (1, 2):
            chosen = (marks == mark)[..., None].to(x.dtype)
            pooled.append((x * chosen).sum(1) / chosen.sum(1).clamp_min(1))
        return kept | {"root": self.model.relation(torch.cat(pooled, dim=-1))}


def export_events(run: Path, target: Path, int8: bool) -> None:
    """Write events.onnx, the weights of the roles by words, paths and signs, those of claims by whose words they stand in, and the labels."""
    settings = json.loads((run / "settings.json").read_text())
    model = EventModel(settings["modes"], settings["paths"], Encoder())
    model.load_state_dict(torch.load(run / "checkpoint.pt", map_location="cpu")["model"])
    inputs = {
        "embedded": torch.randn(1, 9, WIDTH), "features": torch.zeros(1, 9, dtype=torch.long),
        "first": torch.tensor([[1, 3, 4, 6]]), "marks": torch.tensor([[0, 1, 0, 2, 0, 0, 0, 0, 0]]),
        "seen": torch.randn(1, 9, WIDTH),
    }  # fmt: skip
    dynamic = {"embedded": {1: "t"}, "features": {1: "t"}, "marks": {1: "t"}, "seen": {1: "t"}, "first": {1: "n"}}
    to_onnx(Shipped(model), inputs, dynamic, target / "events.onnx", int8)
    np.save(target / "roles.npy", model.role_weight.detach().numpy()[:, : len(ROLES)].astype(np.float32))
    np.save(target / "paths.npy", model.path_weight.detach().numpy()[:, : len(ROLES)].astype(np.float32))
    np.save(target / "signs.npy", model.sign_weight.detach().numpy()[:, : len(ROLES)].astype(np.float32))
    np.save(target / "told.npy", model.told_weight.detach().numpy().astype(np.float32))
    labels = {"event": EVENTS, "mode": settings["modes"], "paths": settings["paths"], "sector": SECTOR_LABELS, "roles": ROLES, "roots": ROOTS}
    (target / "events.json").write_text(json.dumps(labels, sort_keys=True), encoding="utf-8")
