"""Average the weights of two runs of one model: python -m training.average FIRST SECOND SHARE --out FOLDER

SHARE is the weight of the second run. Averaging a model with one trained on from it keeps what both have learned.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("share", type=float)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    first, second = (torch.load(run / "checkpoint.pt", map_location="cpu")["model"] for run in (args.first, args.second))
    args.out.mkdir(parents=True, exist_ok=True)
    mixed = {name: torch.lerp(first[name], value, args.share) if name in first else value for name, value in second.items()}
    torch.save({"step": 0, "model": mixed}, args.out / "checkpoint.pt")
    for notes in args.second.glob("*.json"):
        shutil.copy(notes, args.out / notes.name)


if __name__ == "__main__":
    main()
