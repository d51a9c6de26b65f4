"""Train the language model: python -m training.language.train --config training/language/config.json --out runs/language

Resumable: the newest checkpoint in --out is continued. Runs on 2 CPU cores (bfloat16 where the processor has it) or on an accelerator.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from demarche.language.windows import Piece, Subwords, cut, encode
from training.batches import batches, inputs, padded
from training.encoder import Encoder, mixed, package_folder
from training.language import data
from training.language.model import LINKED, TAGGED, LanguageModel

IGNORED = -100


def documents(shared: Path) -> dict[str, list[data.Document]]:
    """The training documents of each task."""
    root = shared / "data"
    trees = [doc for path in sorted((root / "ud").glob("*train.conllu")) for doc in data.conllu(path)]
    return {
        "trees": trees,
        "names": list(data.names(root / "names/worldwide/train", root / "articles/train")),
        "attribution": list(data.polnear(root / "attribution/polnear/train")),
    }


def label_sets(docs: dict[str, list[data.Document]]) -> dict[str, list]:
    """Every layer's labels in a fixed order."""
    bio = lambda kinds: ["O", *(f"{p}-{k}" for k in kinds for p in "BI")]  # noqa: E731
    seen = lambda layer: sorted({x for doc in docs["trees"] for x in doc.layers[layer] if x})  # noqa: E731
    return {
        "sentence": [0, 1], "upos": seen("upos"), "xpos": seen("xpos"), "deprel": seen("deprel"),
        "names": bio(data.NAMES), "source": ["O", "B", "I"], "cue": ["O", "B", "I"], "content": ["O", "B", "I"],
    }  # fmt: skip


class Sampler:
    """Windows of one task, shuffled anew each round, cut at varying lengths so that the model sees varying context."""

    def __init__(self, docs: list[data.Document], labels: dict[str, list], subwords: Subwords, rng: random.Random, lengths: list[int]) -> None:
        self.docs, self.subwords, self.rng, self.lengths = docs, subwords, rng, lengths
        self.index = {name: {label: i for i, label in enumerate(values)} for name, values in labels.items()}
        self.queue: list = []

    def windows(self, limit: int) -> list[dict]:
        out = []
        for doc in self.docs:
            for first, end in self._ranges(doc, limit):
                out.append(self._window(doc, first, end))
        return out

    def _ranges(self, doc: data.Document, limit: int) -> list[tuple[int, int]]:
        if "sentence" not in doc.layers:
            return cut(doc.pieces, self.subwords, limit)
        starts = [i for i, b in enumerate(doc.layers["sentence"]) if b]
        out: list[list[int]] = []
        size = 0
        for a, b in zip(starts, [*starts[1:], len(doc.pieces)], strict=True):
            n = sum(len(self.subwords(p.text)) for p in doc.pieces[a:b])
            if n > 480:
                continue
            if out and size + n <= limit and out[-1][1] == a:
                out[-1][1] = b
                size += n
            else:
                out.append([a, b])
                size = n
        return [tuple(x) for x in out]

    def _window(self, doc: data.Document, first: int, end: int) -> dict:
        pieces = self._disguise(doc.pieces[first:end])
        window = {"encoded": encode(pieces, self.subwords)}
        for layer in TAGGED:
            if layer in doc.layers:
                window[layer] = np.array([self.index[layer].get(x, IGNORED) for x in doc.layers[layer][first:end]])
        for layer in LINKED:
            if layer in doc.layers:
                window[layer] = np.array([IGNORED if h == IGNORED else h - first + 1 if first <= h < end else 0 for h in doc.layers[layer][first:end]])
        if "head" in doc.layers:
            window["head"] = np.array([h - first + 1 if h >= 0 else 0 for h in doc.layers["head"][first:end]])
            window["deprel"] = np.array([self.index["deprel"][x] for x in doc.layers["deprel"][first:end]])
            window["number"] = np.cumsum(doc.layers["sentence"][first:end])
        return window

    def _disguise(self, pieces: list[Piece]) -> list[Piece]:
        """Now and then all in capitals or in small letters, as headlines and careless texts are."""
        dice = self.rng.random()
        if dice < 0.03:
            return [Piece(p.text.upper(), p.space) for p in pieces]
        if dice < 0.05:
            return [Piece(p.text.lower(), p.space) for p in pieces]
        return pieces

    def batch(self, tokens: int) -> list[dict]:
        """Windows of like length with at most `tokens` subwords, padding included."""
        if not self.queue:
            self.queue = batches(self.windows(self.rng.choice(self.lengths)), tokens, self.rng)
        return self.queue.pop()


def collate(windows: list[dict], table: torch.Tensor, device: str) -> dict[str, torch.Tensor]:
    """Pad the windows of a batch to tensors."""
    batch = inputs(windows, table, device)
    for layer in (*TAGGED, *LINKED, "head", "deprel", "number"):
        if layer in windows[0]:
            batch[layer] = padded([w[layer] for w in windows], IGNORED, device)
    return batch


def losses(model: LanguageModel, batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The loss of every layer that the batch annotates."""
    out = model(batch["embedded"], batch["features"], batch["first"], batch["mask"])
    out = {k: v.float() for k, v in out.items()}
    found = {}
    for layer in TAGGED:
        if layer in batch and (batch[layer] >= 0).any():
            found[layer] = F.cross_entropy(out[layer].flatten(0, 1), batch[layer].flatten(), ignore_index=IGNORED, label_smoothing=0.03)
    for layer in LINKED:
        if layer in batch and (batch[layer] >= 0).any():
            found[layer] = 0.5 * F.cross_entropy(_padded_out(out[layer], batch).flatten(0, 1), batch[layer].flatten(), ignore_index=IGNORED)
    if "head" in batch:
        number = batch["number"]
        apart = number[:, :, None] != number[:, None, :]
        apart = torch.cat([torch.zeros_like(apart[:, :, :1]), apart], dim=2)
        found["arc"] = F.cross_entropy(out["arc"].masked_fill(apart, -1e4).flatten(0, 1), batch["head"].flatten(), ignore_index=IGNORED)
        rows, columns = torch.nonzero(batch["head"] >= 0, as_tuple=True)
        heads = batch["head"][rows, columns]
        scores = model.label_scores(out["rel_dep"][rows, columns], out["rel_head"][rows, heads])
        found["deprel"] = F.cross_entropy(scores, batch["deprel"][rows, columns], label_smoothing=0.03)
    return found


def _padded_out(scores: torch.Tensor, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    real = (torch.arange(scores.shape[1], device=scores.device)[None] < (batch["first"] > 0).sum(1, keepdim=True))[:, None, :]
    real = torch.cat([torch.ones_like(real[:, :, :1]), real], dim=2)
    return scores.masked_fill(~real, -1e4)


def groups(model: LanguageModel, config: dict) -> list[dict]:
    """Parameter groups: the encoder's lower layers learn slower."""
    out = []
    for i, layer in enumerate(model.encoder.layers):
        out.append({"params": list(layer.parameters()), "base": config["encoder_rate"] * config["decay"] ** (len(model.encoder.layers) - 1 - i)})
    low = config["encoder_rate"] * config["decay"] ** len(model.encoder.layers)
    e = model.encoder
    out.append({"params": [*e.position.parameters(), *e.norm.parameters()], "base": low})
    inside = {id(p) for g in out for p in g["params"]}
    out.append({"params": [p for p in model.parameters() if id(p) not in inside], "base": config["head_rate"]})
    return out


def schedule(step: int, steps: int, warm: int) -> float:
    """Linear warming, then cosine fall to zero."""
    if step < warm:
        return step / warm
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / (steps - warm))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.json"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("runs/language"))
    parser.add_argument("--from", dest="start", type=Path, help="a finished run to go on from with a schedule of its own")
    args = parser.parse_args()
    config = json.loads(args.config.read_text())
    args.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    random.seed(config["seed"])
    torch.manual_seed(config["seed"])

    docs = documents(args.shared)
    kept = (args.start or args.out) / "labels.json"
    labels = json.loads(kept.read_text()) if kept.exists() else label_sets(docs)
    subwords = Subwords(Tokenizer.from_file(str(package_folder() / "tokenizer.json")))
    encoder, table = Encoder.pretrained(config["dropout"])
    model, table = LanguageModel(labels, encoder).to(device), table.to(device)
    encoder.freeze(config.get("frozen", 0))
    (args.out / "labels.json").write_text(json.dumps(labels))
    samplers = {task: Sampler(docs[task], labels, subwords, random.Random(f"{config['seed']}{task}"), config["lengths"]) for task in docs}
    optimiser = torch.optim.AdamW(groups(model, config), lr=1.0, weight_decay=config["weight_decay"], betas=(0.9, 0.98))
    if args.start:
        model.load_state_dict(torch.load(args.start / "checkpoint.pt", map_location="cpu")["model"], strict=False)
    step = _resume(args.out, model, optimiser)
    rng = random.Random(config["seed"] + step)
    tasks, weights = zip(*config["mixture"].items(), strict=True)
    started, seen, sums = time.time(), 0, {}
    model.train()
    while step < config["steps"]:
        step += 1
        rate = schedule(step, config["steps"], config["warm"])
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * rate
        batch = collate(samplers[rng.choices(tasks, weights)[0]].batch(config["tokens"]), table, device)
        with mixed(device):
            found = losses(model, batch)
        loss = sum(found.values())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        seen += batch["embedded"].shape[0] * batch["embedded"].shape[1]
        for name, value in found.items():
            sums.setdefault(name, []).append(value.item())
        if step % 100 == 0:
            print(
                step,
                f"{time.time() - started:.0f}s {seen / (time.time() - started):.0f} tok/s",
                {k: round(float(np.mean(v)), 3) for k, v in sums.items()},
                flush=True,
            )
            sums = {}
        if step % config["save_every"] == 0 or step == config["steps"]:
            torch.save({"step": step, "model": model.state_dict(), "optimiser": optimiser.state_dict()}, args.out / "checkpoint.tmp")
            (args.out / "checkpoint.tmp").rename(args.out / "checkpoint.pt")


def _resume(folder: Path, model: LanguageModel, optimiser: torch.optim.Optimizer) -> int:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    saved = torch.load(path, map_location="cpu")
    model.load_state_dict(saved["model"])
    optimiser.load_state_dict(saved["optimiser"])
    return saved["step"]


if __name__ == "__main__":
    main()
