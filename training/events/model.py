"""The event model in PyTorch: a second encoder over the same words, with heads for what happens at each word and between words."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from demarche.coding.signs import SIGNS, TOLD
from demarche.records import SECTORS, STATUSES, TYPES
from training.encoder import WIDTH, Dropout, Encoder
from training.events.data import PROPOSITIONS, ROLES

NONE = "none"
EVENTS = (NONE, *TYPES)
SECTOR_LABELS = (NONE, *SECTORS)
PAIRS = (*ROLES, *PROPOSITIONS)
ROOTS = (
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
    "YIELD",
)
SIZE = 128


def mlp(out: int, wide: int = 256) -> nn.Module:
    return nn.Sequential(nn.Linear(WIDTH, wide), nn.GELU(), Dropout(0.2), nn.Linear(wide, out))


class EventModel(nn.Module):
    """`modes`: the labels "TYPE/mode" (mode empty for none); `paths`: the known paths in the tree between anchors and words."""

    def __init__(self, modes: list[str], paths: list[str], encoder: Encoder) -> None:
        super().__init__()
        self.encoder, self.modes, self.paths = encoder, modes, paths
        self.mark = nn.Embedding(3, WIDTH)
        self.lower, self.upper = nn.Linear(WIDTH, WIDTH, bias=False), nn.Linear(WIDTH, WIDTH, bias=False)
        for joint in (self.lower, self.upper):
            nn.init.zeros_(joint.weight)
        nn.init.normal_(self.mark.weight, std=0.02)
        self.dropout = Dropout(0.2)
        sizes = {"event": len(EVENTS), "mode": len(modes), "status": len(STATUSES), "sector": len(SECTOR_LABELS), "attributed": 1, "core": 1, "factuality": 1}
        self.heads = nn.ModuleDict({name: mlp(size) for name, size in sizes.items()})
        self.left, self.right = nn.Linear(WIDTH, SIZE), nn.Linear(WIDTH, SIZE)
        self.role_weight = nn.Parameter(torch.randn(SIZE + 1, len(PAIRS), SIZE + 1) * 0.03)
        self.path_weight = nn.Parameter(torch.zeros(len(paths), len(PAIRS), SIZE + 1))
        self.sign_weight = nn.Parameter(torch.zeros(len(SIGNS), len(PAIRS), SIZE + 1))
        self.told_weight = nn.Parameter(torch.zeros(len(TOLD), SIZE + 1))
        self.relation = nn.Sequential(nn.Linear(3 * WIDTH, 384), nn.GELU(), nn.Dropout(0.2), nn.Linear(384, len(ROOTS)))

    def words(self, embedded: Tensor, features: Tensor, first: Tensor, marks: Tensor, seen: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Subword states, and word states [B, n, W]. `seen` [B, T, W]: the language model's states of the words, zeros where there are none."""
        extra = self.mark(marks) * (marks > 0)[..., None] + self.lower(seen)
        x = self.encoder(embedded, features, mask, extra) + self.upper(seen)
        return x, torch.gather(x, 1, first[..., None].expand(-1, -1, WIDTH))

    def forward(self, embedded: Tensor, features: Tensor, first: Tensor, seen: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        """Scores of every head, and the projections of which pair scores are made."""
        _, words = self.words(embedded, features, first, torch.zeros_like(features), seen, mask)
        return self.score(words)

    def score(self, words: Tensor) -> dict[str, Tensor]:
        seen = self.dropout(words)
        out = {name: head(seen) for name, head in self.heads.items()}
        out["left"], out["right"] = self.dropout(F.gelu(self.left(seen))), self.dropout(F.gelu(self.right(seen)))
        return out

    def pair_scores(self, left: Tensor, right: Tensor, paths: Tensor, signs: Tensor) -> Tensor:
        """Scores [k, R, n] of `left` anchors [k, S] against the words `right` [k, n, S] of their windows, to which `paths` [k, n] lead and which
        have these `signs` [k, n]."""
        left, right = _one(left), _one(right)
        scores = torch.einsum("kl,lrm,knm->krn", left, self.role_weight, right)
        for weight, index in ((self.path_weight, paths), (self.sign_weight, signs)):
            known = torch.einsum("kl,qrl->kqr", left, weight)
            scores = scores + torch.gather(known, 1, index[..., None].expand(-1, -1, len(PAIRS))).transpose(1, 2)
        return scores

    def told(self, attributed: Tensor, left: Tensor, voices: Tensor) -> Tensor:
        """Scores [k] that an anchor is somebody's claim: by the word alone (`attributed` [k]), and by whose words it stands in (`voices` [k])."""
        return attributed + (_one(left) * self.told_weight[voices]).sum(-1)

    def roots(self, embedded: Tensor, features: Tensor, first: Tensor, marks: Tensor, mask: Tensor | None = None) -> Tensor:
        """Root scores [B, 15] of marked pairs: `marks` [B, T] has 1 at the source's subwords and 2 at the target's."""
        x, _ = self.words(embedded, features, first, marks, torch.zeros_like(embedded), mask)
        pooled = []
        for mark in (1, 2):
            chosen = (marks == mark)[..., None].to(x.dtype)
            pooled.append((x * chosen).sum(1) / chosen.sum(1).clamp_min(1))
        return self.relation(self.dropout(torch.cat([x[:, 0], *pooled], dim=-1)))


def _one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)
