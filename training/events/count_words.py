"""Count in how many training articles each common stem stands.

python -m training.events.count_words --shared ../shared        (writes src/demarche/archive/words.json)
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from demarche.archive.words import stem

TARGET = Path("src/demarche/archive/words.json")
LEAST = 6  # stems in fewer articles are rare alike
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    folders = ("data/articles/train", "data/attribution/polnear/train/text")
    paths = sorted(path for folder in folders for path in (args.shared / folder).glob("*.txt"))
    counts = Counter(word for path in paths for word in {stem(w.lower()) for w in WORD.findall(path.read_text(encoding="utf-8"))})
    common = {word: count for word, count in sorted(counts.items()) if count >= LEAST and not word.isdigit()}
    TARGET.write_text(json.dumps({"reports": len(paths), "counts": common}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(paths)} articles, {len(common)} stems, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
