"""Shipped weights back into a run that training can go on from: python -m training.restore language|events --out runs/NAME

The weights come back as they are shipped, rounded to seven bits. What is not shipped (the heads of side tasks) begins anew.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.encoder import Encoder
from training.events.data import ROLES
from training.events.export import export_events
from training.events.model import EventModel
from training.export import TARGET, export_language
from training.language.model import LanguageModel

Arrays = dict[str, np.ndarray]


def arrays(path: Path) -> Arrays:
    """The initial values of a graph by name; quantised weights as the numbers they stand for."""
    found = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    whole = {name.removesuffix("_quantized"): value for name, value in found.items() if name.endswith("_quantized")}
    return found | {name: value.astype(np.float32) * found[f"{name}_scale"] for name, value in whole.items()}


def restored(model: torch.nn.Module, probe: Arrays, shipped: Arrays) -> dict[str, torch.Tensor]:
    """The shipped values of a model's parameters. `probe`, the same model with random weights exported alike, tells which array is which parameter."""
    out = {}
    for name, parameter in model.state_dict().items():
        value = parameter.numpy()
        named = next((key for key in shipped if key.endswith(f".{name}")), None)
        if named:
            out[name] = torch.from_numpy(np.array(shipped[named]))
            continue
        for key, array in probe.items():
            for turned in (False, True):
                there = array.T if turned and array.ndim == 2 else array
                if there.shape == value.shape and np.abs(there - value).max() <= np.abs(value).max() / 60:
                    taken = shipped[key].T if turned and array.ndim == 2 else shipped[key]
                    out[name] = torch.from_numpy(np.array(taken))
    return out


def scrambled(model: torch.nn.Module) -> torch.nn.Module:
    """Every parameter random, so that no two are alike."""
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return model


def restore(what: str, weights: Path, out: Path) -> None:
    labels = json.loads((weights / f"{what}.json").read_text(encoding="utf-8"))
    if what == "language":
        model, extra, notes = LanguageModel(labels["labels"], Encoder()), {"rel_weight": np.load(weights / "relations.npy")}, ("labels.json", labels["labels"])
    else:
        model = EventModel(labels["mode"], labels["paths"], Encoder())
        extra = {}
        notes = ("settings.json", {"modes": labels["mode"], "paths": labels["paths"]})
    scrambled(model)
    out.mkdir(parents=True, exist_ok=True)
    (out / notes[0]).write_text(json.dumps(notes[1]))
    with tempfile.TemporaryDirectory() as folder:
        torch.save({"model": model.state_dict()}, out / "checkpoint.pt")
        (export_language if what == "language" else export_events)(out, Path(folder), int8=True)
        found = restored(model, arrays(Path(folder) / f"{what}.onnx"), arrays(weights / f"{what}.onnx"))
    if what == "events":
        for name, file in (("role_weight", "roles.npy"), ("path_weight", "paths.npy"), ("sign_weight", "signs.npy")):
            whole = torch.zeros_like(model.state_dict()[name])
            whole[:, : len(ROLES)] = torch.from_numpy(np.load(weights / file))
            extra[name] = whole.numpy()
        extra["told_weight"] = np.load(weights / "told.npy")
    fresh = (LanguageModel(labels["labels"], Encoder()) if what == "language" else EventModel(labels["mode"], labels["paths"], Encoder())).state_dict()
    found |= {name: torch.from_numpy(np.array(value)) for name, value in extra.items()}
    print("anew:", sorted(set(fresh) - set(found)))
    torch.save({"step": 0, "model": fresh | found}, out / "checkpoint.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("language", "events"))
    parser.add_argument("--weights", type=Path, default=TARGET)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    restore(args.what, args.weights, args.out)


if __name__ == "__main__":
    main()
