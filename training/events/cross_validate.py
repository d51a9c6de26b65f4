"""Cross-validate the classifier of marked pairs on PLV: python -m training.events.cross_validate --from runs/events

Begins from the weights that the run kept before its first look at PLV; in each fold they go on learning from the other folds only. Pairs of one
sentence stay in one fold. Prints macro F1 over the roots and over the quad classes, over all folds together.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

from demarche.language.windows import Subwords
from evaluation.relations import QUAD, macro_f1
from training.encoder import Encoder, package_folder
from training.events import data
from training.events.model import ROOTS, EventModel
from training.events.train import pair_inputs, pair_loss, start
from training.language.train import schedule

BATCH = 24


def folds(pairs: list[data.Pair], count: int, seed: int) -> list[list[data.Pair]]:
    """The pairs in `count` parts, those of one sentence together."""
    names = sorted({pair.document.id for pair in pairs})
    random.Random(seed).shuffle(names)
    part = {name: i % count for i, name in enumerate(names)}
    return [[pair for pair in pairs if part[pair.document.id] == i] for i in range(count)]


def learn(model: EventModel, pairs: list[data.Pair], subwords: Subwords, table: torch.Tensor, args: argparse.Namespace) -> None:
    """Train a model on pairs, all its weights but those of the lowest layers."""
    device, rng = str(table.device), random.Random(args.seed)
    low = {id(p) for module in (model.encoder.position, model.encoder.feature, model.encoder.norm) for p in module.parameters()}
    groups = [
        {"params": [p for p in model.encoder.parameters() if id(p) not in low], "base": args.encoder_rate},
        {"params": [*model.relation.parameters(), *model.mark.parameters()], "base": args.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, lr=1.0, weight_decay=0.02, betas=(0.9, 0.98))
    steps = args.epochs * len(pairs) // BATCH
    queue: list[data.Pair] = []
    model.train()
    for step in range(1, steps + 1):
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * schedule(step, steps, steps // 10)
        if len(queue) < BATCH:
            queue = rng.sample(pairs, len(pairs))
        batch, queue = queue[:BATCH], queue[BATCH:]
        loss = pair_loss(model, batch, subwords, table, device)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()


def classified(model: EventModel, pairs: list[data.Pair], subwords: Subwords, table: torch.Tensor) -> list[str]:
    """The root of each pair."""
    model.eval()
    found: list[str] = []
    with torch.no_grad():
        for i in range(0, len(pairs), 32):
            feed, marks = pair_inputs(pairs[i : i + 32], subwords, table, str(table.device))
            scores = model.roots(feed["embedded"], feed["features"], feed["first"], marks, feed["mask"])
            found += [ROOTS[int(k)] for k in scores.argmax(-1)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--from", dest="start", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--encoder-rate", type=float, default=1.2e-4)
    parser.add_argument("--head-rate", type=float, default=6e-4)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    settings = json.loads((args.start / "settings.json").read_text())
    encoder, table = Encoder.pretrained(0.1)
    started = EventModel(settings["modes"], settings["paths"], encoder)
    start(started, args.start / "without_pairs.pt")
    table, subwords = table.to(device), Subwords(Tokenizer.from_file(str(package_folder() / "tokenizer.json")))
    pairs = [p for p in data.pairs(args.shared / "data/events/PLV_train.tsv") if p.root in ROOTS]
    parts = folds(pairs, args.folds, args.seed)
    gold: list[str] = []
    found: list[str] = []
    for i, part in enumerate(parts):
        model = copy.deepcopy(started).to(device)
        learn(model, [p for other in parts if other is not part for p in other], subwords, table, args)
        gold += [str(p.root) for p in part]
        found += classified(model, part, subwords, table)
        quads = [[QUAD[root] for root in roots] for roots in (gold, found)]
        print(f"{i + 1} folds, {len(gold)} pairs: root {macro_f1(gold, found):.3f}, quad {macro_f1(*quads):.3f}", flush=True)


if __name__ == "__main__":
    main()
