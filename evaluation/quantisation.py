"""What the rounding of the shipped weights costs: the language measures with other weights beside the shipped ones.

python -m evaluation.quantisation FOLDER [--shared ../shared]     FOLDER: `python -m training.export language RUN --fp32 --target FOLDER`
"""

from __future__ import annotations

import argparse
from pathlib import Path

from demarche.language.model import WEIGHTS, Embeddings, LanguageModel
from evaluation import attribution, names, parse


def measure(folder: Path, shared: Path) -> dict[str, float]:
    """Trees and tags with words given, names and attributions, in points of 100."""
    model = LanguageModel(folder, Embeddings(WEIGHTS))
    found: dict[str, float] = {}
    for treebank in ("ewt", "gum"):
        found |= {f"{treebank} {key}": value for key, value in parse.measure([shared / f"data/ud/en_{treebank}-ud-dev.conllu"], model).items()}
    found |= {f"names {key}": value for key, value in names.measure(shared / "data/names/worldwide/dev", model=model).items() if key == "f1"}
    found |= attribution.measure(shared / "data/attribution/polnear/dev", model)
    return {key: 100 * value for key, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    whole, shipped = measure(args.folder, args.shared), measure(WEIGHTS, args.shared)
    for key, value in whole.items():
        print(f"{key:32} {value:7.2f} {shipped[key]:7.2f} {shipped[key] - value:+6.2f}")


if __name__ == "__main__":
    main()
