"""Train the event model: python -m training.events.train --config training/events/config.json --out runs/events --from runs/language

Its encoder starts from the language model's. Resumable; logs scores on held-back training articles.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from demarche.coding.paths import path_index
from demarche.coding.reading import WINDOW
from demarche.language.model import LanguageModel
from demarche.language.windows import Subwords, cut, encode
from demarche.records import STATUSES
from training.batches import batches, inputs
from training.encoder import WIDTH, Encoder, mixed, package_folder
from training.events import data
from training.events.model import EVENTS, PAIRS, ROOTS, SECTOR_LABELS, EventModel
from training.language.train import IGNORED, schedule


def articles(shared: Path, wanted: Callable[[str], bool]) -> list[data.Article]:
    """The annotated articles whose name is wanted: those of gold/train, and this project's own annotation of other training articles."""
    language = LanguageModel.load()
    found = data.gold(shared / "gold/train", shared / "gold/articles", language, wanted, data.ADDITIONS)
    return [*found, *data.own(data.OWN, shared, language, wanted)]


def taught(name: str) -> bool:
    """Whether an article is learned from."""
    return not data.is_held_back(name)


def factuality(shared: Path) -> tuple[dict[str, dict[int, float]], dict[str, dict[int, float]]]:
    """Sentence (tokens joined by spaces) -> {word: factuality in -3..3}; UDS-IH2 and UW."""
    out = []
    for name in ("uds_ih2-train", "uw-train"):
        rows: dict[str, dict[int, float]] = {}
        for line in (shared / f"data/factuality/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            rows[record["text"]] = {t["span1"][0]: t["label"] for t in record["targets"]}
        out.append(rows)
    return out[0], out[1]


def propositions(shared: Path) -> list[data.Article]:
    """PropBank with UDS factuality; UW sentences with factuality only."""
    uds, uw = factuality(shared)
    trees = data.sentence_heads(shared / "data/ud/en_ewt-ud-train.conllu")
    out = [article for article in data.propositions(shared / "data/srl/ewt-propbank-train.jsonl", trees, uds) if article.mentions]
    for text, targets in uw.items():
        tokens = text.split(" ")
        doc = data.Document(text[:20], [data.Piece(t, 2 if i == 0 else 1) for i, t in enumerate(tokens)])
        out.append(data.Article(doc, [data.Mention(i, factuality=v) for i, v in targets.items() if i < len(tokens)], False))
    return out


class Windows:
    """Batches of windows of articles."""

    def __init__(self, articles: list[data.Article], modes: list[str], subwords: Subwords, rng: random.Random, lengths: list[int]) -> None:
        self.articles, self.subwords, self.rng, self.lengths = articles, subwords, rng, lengths
        self.mode_index = {m: i for i, m in enumerate(modes)}
        self.queue: list = []

    def window(self, article: data.Article, first: int, end: int) -> dict:
        pieces = article.document.pieces[first:end]
        here = [m for m in article.mentions if first <= m.word < end]
        states = article.states(first, end)
        return {"encoded": encode(pieces, self.subwords), "mentions": here, "first": first, "n": end - first, "article": article, "states": states}

    def all(self, limit: int) -> list[dict]:
        out = []
        for article in self.articles:
            start = next((i for i, (a, _) in enumerate(article.document.offsets) if a >= article.begin), 0) if article.begin else 0
            pieces = article.document.pieces[start:]
            out += [self.window(article, a + start, b + start) for a, b in cut(pieces, self.subwords, limit)]
        return out

    def batch(self, tokens: int) -> list[dict]:
        if not self.queue:
            self.queue = batches(self.all(self.rng.choice(self.lengths)), tokens, self.rng)
        return self.queue.pop()


def seen(windows: list[dict], device: str) -> torch.Tensor:
    """The language model's states at the subwords of windows [B, T, 384]."""
    out = np.zeros((len(windows), max(len(w["encoded"].ids) for w in windows), WIDTH), np.float32)
    for i, w in enumerate(windows):
        out[i, : len(w["encoded"].ids)] = w["encoded"].spread(w["states"])
    return torch.from_numpy(out).to(device)


def targets(w: dict, mode_index: dict[str, int]) -> dict:
    """What one window teaches: dense event targets, and the lists at its anchors."""
    n, first = w["n"], w["first"]
    event = np.zeros((n, len(EVENTS)), np.float32)
    event[:, 0] = 1
    sector = np.full(n, IGNORED)
    for m in w["mentions"]:
        at = m.word - first
        if m.type:
            event[at] = 0
            event[at, EVENTS.index(m.type)] += 0.7 if m.alternatives else 1.0
            for other in m.alternatives:
                event[at, EVENTS.index(other)] += 0.3 / len(m.alternatives)
        for word, label in m.sectors.items():
            if first <= word < first + n:
                sector[word - first] = SECTOR_LABELS.index(label) if label in SECTOR_LABELS else IGNORED
    return {"event": event, "sector": sector}


def losses(model: EventModel, windows: list[dict], table: torch.Tensor, mode_index: dict[str, int], config: dict, device: str) -> dict[str, torch.Tensor]:
    feed = inputs(windows, table, device)
    with mixed(device):
        out = model(feed["embedded"], feed["features"], feed["first"], seen(windows, device), feed["mask"])
    out = {k: v.float() for k, v in out.items()}
    found: dict[str, torch.Tensor] = {}
    n = feed["first"].shape[1]
    rows = [(i, m) for i, w in enumerate(windows) for m in w["mentions"]]
    if (windows[0]["mentions"] and windows[0]["mentions"][0].type) or any(m.type for _, m in rows) or windows[0]["article"].begin:
        found |= _event_losses(out, windows, n, mode_index, config, device)
    if rows:
        found |= _anchor_losses(model, out, windows, rows, mode_index, n, config, device)
    return found


def _event_losses(out: dict, windows: list[dict], n: int, mode_index: dict, config: dict, device: str) -> dict[str, torch.Tensor]:
    b = len(windows)
    event, weight, sector = np.zeros((b, n, len(EVENTS)), np.float32), np.zeros((b, n), np.float32), np.full((b, n), IGNORED)
    for i, w in enumerate(windows):
        t = targets(w, mode_index)
        event[i, : w["n"]], sector[i, : w["n"]] = t["event"], t["sector"]
        weight[i, : w["n"]] = np.where(t["event"][:, 0] > 0, 1.0 if w["article"].complete else config["incomplete"], config["positive"])
    event_, weight_ = torch.from_numpy(event).to(device), torch.from_numpy(weight).to(device)
    cross = -(event_ * F.log_softmax(out["event"], -1)).sum(-1)
    found = {"event": config["event_weight"] * (cross * weight_).sum() / weight_.sum()}
    sector_ = torch.from_numpy(sector).to(device)
    if (sector_ >= 0).any():
        found["sector"] = 0.3 * F.cross_entropy(out["sector"].flatten(0, 1), sector_.flatten(), ignore_index=IGNORED)
    return found


def _anchor_losses(
    model: EventModel, out: dict, windows: list[dict], rows: list, mode_index: dict, n: int, config: dict, device: str
) -> dict[str, torch.Tensor]:
    batch = torch.tensor([i for i, _ in rows], device=device)
    at = torch.tensor([m.word - windows[i]["first"] for i, m in rows], device=device)
    found = {}

    def chosen(head: str, labels: list[int], scale: float) -> None:
        wanted = torch.tensor(labels, device=device)
        if (wanted >= 0).any():
            found[head] = scale * F.cross_entropy(out[head][batch, at], wanted, ignore_index=IGNORED, label_smoothing=0.05)

    chosen("mode", [mode_index.get(f"{m.type}/{m.mode or ''}", IGNORED) if m.type else IGNORED for _, m in rows], 0.3)
    chosen("status", [STATUSES.index(m.status) if m.status else IGNORED for _, m in rows], 0.5)
    voices = torch.tensor([m.told for _, m in rows], device=device)
    said = {"attributed": model.told(out["attributed"][batch, at, 0], out["left"][batch, at], voices), "core": out["core"][batch, at, 0]}
    for head, scores in said.items():
        known = [k for k, (_, m) in enumerate(rows) if m.type]
        if known:
            wanted = torch.tensor([float(getattr(rows[x][1], head)) for x in known], device=device)
            found[head] = config[f"{head}_weight"] * F.binary_cross_entropy_with_logits(scores[torch.tensor(known, device=device)], wanted)
    known = [k for k, (_, m) in enumerate(rows) if m.factuality is not None]
    if known:
        k = torch.tensor(known, device=device)
        found["factuality"] = 0.2 * F.smooth_l1_loss(out["factuality"][batch[k], at[k], 0], torch.tensor([rows[x][1].factuality for x in known], device=device))
    found |= _role_losses(model, out, windows, rows, batch, at, n, device)
    return found


def _role_losses(
    model: EventModel, out: dict, windows: list[dict], rows: list, batch: torch.Tensor, at: torch.Tensor, n: int, device: str
) -> dict[str, torch.Tensor]:
    """Each role picks its word, or none (the last column); several words share the target."""
    wanted, taught = np.zeros((len(rows), len(PAIRS), n + 1), np.float32), np.zeros((len(rows), len(PAIRS)), np.float32)
    padded = np.ones((len(rows), n + 1), bool)
    for k, (i, m) in enumerate(rows):
        first, size = windows[i]["first"], windows[i]["n"]
        padded[k, :size] = padded[k, n] = False
        for r in range(5) if m.type else range(5, len(PAIRS)) if m.roles else ():
            if PAIRS[r] in m.untold:
                continue
            here = [w - first for w in m.roles.get(PAIRS[r], ()) if first <= w < first + size] or [n]
            wanted[k, r, here] = 1 / len(here)
            taught[k, r] = 1
    if not taught.sum():
        return {}
    paths, signs = np.zeros((len(rows), n), int), np.zeros((len(rows), n), int)
    for k, (i, m) in enumerate(rows):
        first, size = windows[i]["first"], windows[i]["n"]
        paths[k, :size], signs[k, :size] = m.paths[first : first + size] or 0, m.signs[first : first + size] or 0
    scores = model.pair_scores(out["left"][batch, at], out["right"][batch], torch.from_numpy(paths).to(device), torch.from_numpy(signs).to(device))
    scores = torch.cat([scores, torch.zeros_like(scores[..., :1])], dim=-1).masked_fill(torch.from_numpy(padded).to(device)[:, None], -1e4)
    taught_ = torch.from_numpy(taught).to(device)
    cross = -(torch.from_numpy(wanted).to(device) * F.log_softmax(scores, dim=-1)).sum(-1)
    return {"roles": (cross * taught_).sum() / taught_.sum()}


def pair_loss(model: EventModel, batch: list[data.Pair], subwords: Subwords, table: torch.Tensor, device: str) -> torch.Tensor:
    feed, marks = pair_inputs(batch, subwords, table, device)
    with mixed(device):
        scores = model.roots(feed["embedded"], feed["features"], feed["first"], marks, feed["mask"])
    return F.cross_entropy(scores.float(), torch.tensor([ROOTS.index(p.root) for p in batch], device=device), label_smoothing=0.1)


def pair_inputs(batch: list[data.Pair], subwords: Subwords, table: torch.Tensor, device: str) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    windows = [{"encoded": encode(p.document.pieces[:200], subwords)} for p in batch]
    feed = inputs(windows, table, device)
    marks = np.zeros(feed["features"].shape, int)
    for i, (pair, w) in enumerate(zip(batch, windows, strict=True)):
        first = [*w["encoded"].first, len(w["encoded"].ids) - 1]
        for mark, words in ((1, pair.source), (2, pair.target)):
            for word in words:
                if word < len(first) - 1:
                    marks[i, first[word] : first[word + 1]] = mark
    return feed, torch.from_numpy(marks).to(device)


def validate(model: EventModel, windows: Windows, table: torch.Tensor, device: str) -> dict[str, float]:
    """Scores on held-back articles: anchors (found, typed), roles word by word, status, mode, attributed."""
    model.eval()
    n: dict[str, float] = defaultdict(float)
    todo = windows.all(WINDOW)
    with torch.no_grad():
        for k in range(0, len(todo), 12):
            batch = todo[k : k + 12]
            feed = inputs(batch, table, device)
            out = {key: v.float() for key, v in model(feed["embedded"], feed["features"], feed["first"], seen(batch, device), feed["mask"]).items()}
            for i, w in enumerate(batch):
                best = out["event"][i, : w["n"]].softmax(-1)
                said = {int(x): int(best[x, 1:].argmax()) + 1 for x in torch.nonzero(best[:, 0] < 0.5).flatten()}
                n["said"] += len(said)
                for m in w["mentions"]:
                    at = m.word - w["first"]
                    n["gold"] += 1
                    n["found"] += at in said
                    n["typed"] += at in said and EVENTS[said[at]] in (m.type, *m.alternatives)
                    n["status"] += STATUSES[int(out["status"][i, at].argmax())] == m.status
                    n["mode"] += windows.mode_index.get(f"{m.type}/{m.mode or ''}") == int(out["mode"][i, at].argmax())
                    claim = model.told(out["attributed"][i, at], out["left"][i, at][None], torch.tensor([m.told], device=device))
                    n["attributed"] += (float(claim) > 0) == m.attributed
                    paths, signs = (torch.tensor(known[w["first"] : w["first"] + w["n"]], device=device)[None] for known in (m.paths, m.signs))
                    scores = model.pair_scores(out["left"][i, at][None], out["right"][i, : w["n"]][None], paths, signs)[0]
                    scores = torch.cat([scores, torch.zeros_like(scores[..., :1])], dim=-1).softmax(-1)[:, :-1]
                    for r, role in enumerate(data.ROLES):
                        if role in m.untold:
                            continue
                        gold = {x - w["first"] for x in m.roles.get(role, ()) if w["first"] <= x < w["first"] + w["n"]}
                        got = set(torch.nonzero(scores[r] > (0.1 if role == "date" else 0.3)).flatten().tolist())
                        n[f"{role}_tp"] += len(gold & got)
                        n[f"{role}_n"] += len(gold) + len(got)
    model.train()
    f1 = lambda tp, total: round(2 * tp / total, 3) if total else 0.0  # noqa: E731
    out_ = {"found": f1(n["found"], n["said"] + n["gold"]), "typed": f1(n["typed"], n["said"] + n["gold"]), "said": n["said"], "gold": n["gold"]}
    out_ |= {k: round(n[k] / max(n["gold"], 1), 3) for k in ("status", "mode", "attributed")}
    return out_ | {role: f1(n[f"{role}_tp"], n[f"{role}_n"]) for role in data.ROLES}


def known_paths(found: list[data.Article], least: int = 60) -> list[str]:
    """The paths that are frequent in the annotated articles; the first stands for all others."""
    counts: Counter[str] = Counter()
    for article in found:
        for m in article.mentions:
            counts.update(m.paths)
    shorter: Counter[str] = Counter()
    for name, count in counts.items():
        parts = name.split(":")
        for k in range(1, len(parts) + 1):
            shorter[":".join(parts[:k])] += count
    return ["", *sorted(name for name, count in shorter.items() if name and count >= least)]


def number_paths(found: list[data.Article], paths: list[str]) -> None:
    """Replace the names of paths by their numbers."""
    index = {name: i for i, name in enumerate(paths)}
    cache: dict[str, int] = {}
    for article in found:
        for m in article.mentions:
            m.paths = [cache.setdefault(name, path_index(index, name)) for name in m.paths]


def groups(model: EventModel, config: dict) -> list[dict]:
    layers = model.encoder.layers
    out = [{"params": list(layer.parameters()), "base": config["encoder_rate"] * config["decay"] ** (len(layers) - 1 - i)} for i, layer in enumerate(layers)]
    low = [*model.encoder.position.parameters(), *model.encoder.norm.parameters(), *model.encoder.feature.parameters()]
    out.append({"params": low, "base": config["encoder_rate"] * config["decay"] ** len(layers)})
    for joint, rate in ((model.lower, config["lower_rate"]), (model.upper, config["upper_rate"])):
        out.append({"params": list(joint.parameters()), "base": rate})
    inside = {id(p) for g in out for p in g["params"]}
    out.append({"params": [p for p in model.parameters() if id(p) not in inside], "base": config["head_rate"]})
    return out


def start(model: EventModel, checkpoint: Path) -> None:
    """Take over what fits of a language model's or an earlier event model's weights."""
    saved, own = torch.load(checkpoint, map_location="cpu")["model"], model.state_dict()
    kept = {name: value for name, value in saved.items() if name in own and own[name].shape == value.shape}
    model.load_state_dict(own | kept)
    print("started from", checkpoint, "with", len(kept), "of", len(own), "tensors", flush=True)


def _resumed(checkpoint: Path) -> dict | None:
    """What an interrupted training kept, or None."""
    return torch.load(checkpoint, map_location="cpu") if checkpoint.exists() else None


def mode_labels(found: list[data.Article]) -> list[str]:
    from demarche.knowledge.codebook import Codebook

    book = Codebook.load()
    named = {f"{kind}/{mode}" for kind in book.types for mode in ("", *book.types[kind].modes)}
    return sorted(named | {f"{m.type}/{m.mode or ''}" for a in found for m in a.mentions})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.json"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("runs/events"))
    parser.add_argument("--from", dest="start", type=Path, default=Path("runs/language"))
    parser.add_argument("--set", nargs="*", default=[], help="name=value over the config")
    args = parser.parse_args()
    config = json.loads(args.config.read_text()) | {k: json.loads(v) for k, _, v in (s.partition("=") for s in args.set)}
    args.out.mkdir(parents=True, exist_ok=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    random.seed(config["seed"])
    torch.manual_seed(config["seed"])
    train, held = articles(args.shared, taught), articles(args.shared, data.is_held_back)
    kept = next((folder / "settings.json" for folder in (args.out, args.start) if (folder / "settings.json").exists()), None)
    before = json.loads(kept.read_text()) if kept else {}
    modes = before.get("modes") or mode_labels(train + held)
    sentences = propositions(args.shared)
    for article in [*train, *held, *sentences]:
        data.with_paths(article)
    paths = before.get("paths") or known_paths(train)
    number_paths([*train, *held, *sentences], paths)
    subwords = Subwords(Tokenizer.from_file(str(package_folder() / "tokenizer.json")))
    encoder, table = Encoder.pretrained(config["dropout"])
    model = EventModel(modes, paths, encoder)
    resumed = _resumed(args.out / "checkpoint.pt")
    if resumed is None:
        start(model, args.start / "checkpoint.pt")
    encoder.freeze(config.get("frozen", 0))
    model, table = model.to(device), table.to(device)
    (args.out / "settings.json").write_text(json.dumps({"modes": modes, "paths": paths}))
    rng = random.Random(config["seed"])
    events, held_windows = Windows(train, modes, subwords, rng, config["lengths"]), Windows(held, modes, subwords, rng, [WINDOW])
    reported = Windows([a for a in train if a.document.id not in data.written()], modes, subwords, rng, config["lengths"])
    srl = Windows(sentences, modes, subwords, rng, config["lengths"])
    marked = {
        "pairs": [p for p in data.pairs(args.shared / "data/events/PLV_train.tsv") if p.root in ROOTS],
        "own_pairs": [p for article in train for p in article.pairs],
    }
    print(
        len(train),
        "articles",
        sum(len(a.mentions) for a in train),
        "mentions;",
        len(held),
        "held back;",
        len(srl.articles),
        "propositions;",
        {name: len(found) for name, found in marked.items()},
        flush=True,
    )
    optimiser = torch.optim.AdamW(groups(model, config), lr=1.0, weight_decay=config["weight_decay"], betas=(0.9, 0.98))
    step, started, sums = 0, time.time(), defaultdict(list)
    if resumed is not None:
        step = resumed["step"]
        model.load_state_dict(resumed["model"])
        optimiser.load_state_dict(resumed["optimiser"])
        rng.seed(config["seed"] + step)
        print("goes on from step", step, flush=True)
    turn = int(config["late_from"] * config["steps"])  # what PLV is cross-validated from has not seen it
    model.train()
    while step < config["steps"]:
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * schedule(step, config["steps"], config["warm"])
        mixture = config["mixture" if step <= turn else "late_mixture"]
        task = rng.choices(list(mixture), list(mixture.values()))[0]
        if task in marked:
            found = {task: pair_loss(model, rng.sample(marked[task], 32), subwords, table, device)}
        else:
            source = srl if task != "events" else events if step <= turn else reported  # the last word is with other people's writing
            found = losses(model, source.batch(config["tokens"]), table, source.mode_index, config, device)
        if not found:
            continue
        optimiser.zero_grad()
        sum(found.values()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
        optimiser.step()
        for name, value in found.items():
            sums[name].append(value.item())
        if step % 50 == 0:
            print(step, f"{time.time() - started:.0f}s", {k: round(float(np.mean(v)), 3) for k, v in sums.items()}, flush=True)
            sums.clear()
        if step == turn:
            torch.save({"step": step, "model": model.state_dict()}, args.out / "without_pairs.pt")
        if step % config["check_every"] == 0 or step == config["steps"]:
            print("held back", validate(model, held_windows, table, device), flush=True)
            torch.save({"step": step, "model": model.state_dict(), "optimiser": optimiser.state_dict()}, args.out / "checkpoint.pt")


if __name__ == "__main__":
    main()
