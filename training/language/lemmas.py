"""Write the lemma tables: python -m training.language.lemmas --shared ../shared"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

from demarche.language.lemmas import Lemmas
from training.language import data

TARGET = Path("src/demarche/language/weights/lemmas.json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    seen: dict[tuple[str, str, str], Counter] = defaultdict(Counter)
    bases: dict[str, Counter] = {"VERB": Counter(), "NOUN": Counter(), "ADJ": Counter()}
    for path in sorted((args.shared / "data/ud").glob("*train.conllu")):
        for doc in data.conllu(path):
            layers = doc.layers
            for piece, upos, xpos, lemma in zip(doc.pieces, layers["upos"], layers["xpos"], layers["lemma"], strict=True):
                if upos != "PROPN" and piece.text.isascii():
                    seen[piece.text.lower(), upos, xpos or ""][lemma.lower() if piece.text != "I" else "I"] += 1
                if upos in bases and lemma.isalpha():
                    bases[upos][lemma.lower()] += 1
    known = {kind: sorted(words) for kind, words in bases.items()}
    rules = Lemmas({}, known)
    exceptions: dict[str, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for (form, upos, xpos), lemmas in seen.items():
        best, count = lemmas.most_common(1)[0]
        if xpos and rules(form, upos, xpos) != best and (count >= 2 or upos == "VERB"):
            exceptions[upos][form][best] += count
    # An exception holds for a form under a universal tag whatever its fine tag, so it must not break what the rules get right more often.
    kept = {}
    for upos, forms in exceptions.items():
        kept[upos] = {form: c.most_common(1)[0][0] for form, c in sorted(forms.items()) if sum(c.values()) > _right(seen, rules, form, upos)}
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps({"exceptions": kept, "bases": known}, ensure_ascii=False, sort_keys=True, separators=(",", ":")), encoding="utf-8")
    print({u: len(f) for u, f in kept.items()}, {k: len(v) for k, v in known.items()})


def _right(seen: dict, rules: Lemmas, form: str, upos: str) -> int:
    return sum(sum(c.values()) for (f, u, x), c in seen.items() if f == form and u == upos and rules(f, u, x) == c.most_common(1)[0][0])


if __name__ == "__main__":
    main()
