"""Export a trained model to the package: 8-bit ONNX weights, and the word embeddings all models share.

python -m training.export language runs/language      python -m training.export events runs/events
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from safetensors.torch import load_file

from training.encoder import WIDTH, Encoder, package_folder, quantised_table

TARGET = Path("src/demarche/language/weights")


def write_embeddings(target: Path) -> None:
    """The 8-bit table of word embeddings, and the tokenizer they belong to."""
    weights = load_file(package_folder() / "model.safetensors")
    words = next(w for name, w in weights.items() if name.endswith("word_embeddings.weight"))
    table, scale = quantised_table(words.float())
    np.save(target / "embeddings.npy", table.numpy())
    np.save(target / "embedding_scales.npy", scale.numpy().astype(np.float32))
    shutil.copy(package_folder() / "tokenizer.json", target / "tokenizer.json")


def to_onnx(model: torch.nn.Module, inputs: dict[str, torch.Tensor], dynamic: dict[str, dict[int, str]], target: Path, int8: bool) -> None:
    """Export `model` (a module returning a dictionary of tensors) with named inputs and outputs."""

    class Flat(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
            return tuple(self.inner(*tensors).values())

    model.eval()
    names = list(model(*inputs.values()))
    with tempfile.TemporaryDirectory() as folder:
        plain, shaped = Path(folder) / "plain.onnx", Path(folder) / "shaped.onnx"
        torch.onnx.export(
            Flat(), tuple(inputs.values()), str(plain), input_names=list(inputs), output_names=names, dynamic_axes=dynamic, opset_version=17, dynamo=False
        )
        if not int8:
            shutil.copy(plain, target)
            return
        quant_pre_process(str(plain), str(shaped), skip_symbolic_shape=True)
        # Seven bits: signed 8-bit weights saturate on processors without VNNI, and then the same report would give other events there.
        quantize_dynamic(str(shaped), str(target), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"])
        stripped = onnx.load(str(target))
        stripped.producer_version = ""
        onnx.save(stripped, str(target))


def export_language(run: Path, target: Path, int8: bool) -> None:
    from training.language.model import LanguageModel

    labels = json.loads((run / "labels.json").read_text())
    model = LanguageModel(labels, Encoder())
    model.load_state_dict(torch.load(run / "checkpoint.pt", map_location="cpu")["model"])
    inputs = {"embedded": torch.randn(1, 9, WIDTH), "features": torch.zeros(1, 9, dtype=torch.long), "first": torch.tensor([[1, 3, 4, 6]])}
    dynamic = {"embedded": {1: "t"}, "features": {1: "t"}, "first": {1: "n"}}
    to_onnx(model, inputs, dynamic, target / "language.onnx", int8)
    np.save(target / "relations.npy", model.rel_weight.detach().numpy().astype(np.float32))
    (target / "language.json").write_text(json.dumps({"labels": labels}, sort_keys=True), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("embeddings", "language", "events"))
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--fp32", action="store_true", help="for measuring what quantisation costs")
    args = parser.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    if args.what == "embeddings":
        write_embeddings(args.target)
    elif args.what == "language":
        export_language(args.run, args.target, not args.fp32)
    else:
        from training.events.export import export_events

        export_events(args.run, args.target, not args.fp32)


if __name__ == "__main__":
    main()
