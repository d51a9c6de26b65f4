"""The language model in PyTorch: one encoder pass, many heads."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.encoder import WIDTH, Biaffine, Dropout, Encoder

TAGGED = ("sentence", "upos", "xpos", "names", "source", "cue", "content")
LINKED = ("source_link", "content_link")
LABEL = 96


class LanguageModel(nn.Module):
    """`labels`: layer name -> its labels. Word states feed linear taggers, a biaffine parser and attribution links."""

    def __init__(self, labels: dict[str, list[str]], encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.labels = labels
        self.taggers = nn.ModuleDict({name: nn.Linear(WIDTH, len(labels[name])) for name in TAGGED})
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc = Biaffine(WIDTH, 256)
        self.links = nn.ModuleDict({name: Biaffine(WIDTH, 64) for name in LINKED})
        self.rel_dep, self.rel_head = nn.Linear(WIDTH, LABEL), nn.Linear(WIDTH, LABEL)
        self.rel_weight = nn.Parameter(torch.randn(LABEL + 1, len(labels["deprel"]), LABEL + 1) * 0.02)
        self.dropout = Dropout(0.2)

    def states(self, embedded: Tensor, features: Tensor, first: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Word states [B, n, W], and the same with the root before them [B, n+1, W]."""
        x = self.encoder(embedded, features, mask)
        words = torch.gather(x, 1, first[..., None].expand(-1, -1, WIDTH))
        return words, torch.cat([self.root.expand(words.shape[0], 1, -1), words], dim=1)

    def relations(self, words: Tensor, rooted: Tensor) -> tuple[Tensor, Tensor]:
        """The label space of dependents [B, n, L] and of heads [B, n+1, L]."""
        return self.dropout(F.gelu(self.rel_dep(words))), self.dropout(F.gelu(self.rel_head(rooted)))

    def forward(self, embedded: Tensor, features: Tensor, first: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        words, rooted = self.states(embedded, features, first, mask)
        seen = self.dropout(words)
        out = {name: tagger(seen) for name, tagger in self.taggers.items()}
        out["arc"] = self.arc(words, rooted)
        out |= {name: link(words, rooted) for name, link in self.links.items()}
        out["rel_dep"], out["rel_head"] = self.relations(words, rooted)
        out["states"] = words  # the event model begins from them
        return out

    def label_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores [N, R] of pairs of projected dependents and heads [N, L]."""
        one = torch.ones_like(dep[:, :1])
        return torch.einsum("nl,lrk,nk->nr", torch.cat([dep, one], 1), self.rel_weight, torch.cat([head, one], 1))
