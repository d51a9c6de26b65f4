"""How well clusters match gold clusters: MUC, B-cubed, CEAF over entities, and their mean (the CoNLL score).

Both sides cluster the same mentions, singletons included (MUC, which counts links, does not see them).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import Any

from evaluation.counting import ratio

Clusters = Mapping[Any, Hashable]
"""The cluster of each mention."""


def scores(gold: Clusters, found: Clusters) -> dict[str, float]:
    """Precision, recall and F1 of each measure; ValueError when the two sides do not cluster the same mentions."""
    if gold.keys() != found.keys():
        raise ValueError("the clusters are not of the same mentions")
    out = dict[str, float]()
    for name, measure in (("muc", muc), ("b3", b_cubed), ("ceafe", ceaf_e)):
        p, r = measure(gold, found)
        out |= {f"{name}_p": p, f"{name}_r": r, f"{name}_f1": ratio(2 * p * r, p + r)}
    return out | {"conll_f1": sum(out[f"{name}_f1"] for name in ("muc", "b3", "ceafe")) / 3}


def muc(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Precision and recall of links: how many cuts it takes to make one side's clusters of the other's."""
    return _links(found, gold), _links(gold, found)


def _links(whole: Clusters, cut: Clusters) -> float:
    kept = possible = 0
    for members in _members(whole).values():
        possible += len(members) - 1
        kept += len(members) - len({cut[one] for one in members})
    return ratio(kept, possible)


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Precision and recall, the mean over mentions of the share of the mention's cluster that is right."""
    shared, ours, theirs = Counter((gold[one], found[one]) for one in gold), Counter(found.values()), Counter(gold.values())
    precision = sum(count * count / ours[b] for (_, b), count in shared.items())
    recall = sum(count * count / theirs[a] for (a, _), count in shared.items())
    return ratio(precision, len(gold)), ratio(recall, len(gold))


def ceaf_e(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Precision and recall of clusters matched one to one, each match worth its Dice coefficient."""
    theirs, ours = Counter(gold.values()), Counter(found.values())
    likeness: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for (a, b), count in Counter((gold[one], found[one]) for one in gold).items():
        likeness[a][b] = 2 * count / (theirs[a] + ours[b])
    total = sum(best_match(part) for part in _parts(likeness))
    return ratio(total, len(ours)), ratio(total, len(theirs))


def _parts(likeness: Mapping[Hashable, Mapping[Hashable, float]]) -> list[list[list[float]]]:
    """The matrices of those clusters that overlap each other, directly or through others."""
    back: dict[Hashable, list[Hashable]] = defaultdict(list)
    for a, row in likeness.items():
        for b in row:
            back[b].append(a)
    parts, seen = [], set[Hashable]()
    for start in likeness:
        rows, columns, todo = list[Hashable](), dict[Hashable, int](), [start]
        while todo:
            a = todo.pop()
            if a in seen:
                continue
            seen.add(a)
            rows.append(a)
            for b in likeness[a]:
                if b not in columns:
                    columns[b] = len(columns)
                    todo.extend(back[b])
        if rows:
            parts.append([[likeness[a].get(b, 0.0) for b in columns] for a in rows])
    return parts


def best_match(matrix: list[list[float]]) -> float:
    """The largest sum of entries, one a row and a column at most (the Hungarian method)."""
    if len(matrix) > len(matrix[0]):
        matrix = [list(column) for column in zip(*matrix, strict=True)]
    rows, columns = len(matrix), len(matrix[0])
    u, v, owner = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, before, used = [float("inf")] * (columns + 1), [0] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            here, step, following = owner[at], float("inf"), 0
            for column in range(1, columns + 1):
                if not used[column]:
                    cost = -matrix[here - 1][column - 1] - u[here] - v[column]
                    if cost < least[column]:
                        least[column], before[column] = cost, at
                    if least[column] < step:
                        step, following = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    u[owner[column]] += step
                    v[column] -= step
                else:
                    least[column] -= step
            at = following
        while at:
            owner[at], at = owner[before[at]], before[at]
    return sum(matrix[owner[column] - 1][column - 1] for column in range(1, columns + 1) if owner[column])


def _members(clusters: Clusters) -> dict[Hashable, list[Hashable]]:
    found: dict[Hashable, list[Hashable]] = defaultdict(list)
    for one, cluster in clusters.items():
        found[cluster].append(one)
    return found
