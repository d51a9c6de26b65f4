"""Groups by average link: what belongs together by the mean of its pairs, whatever the order in which the pairs come."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from typing import Final

SCALE: Final = 1000
"""Probabilities are whole thousandths, so that sums do not depend on their order."""


def grouped(members: Iterable[int], pairs: Mapping[tuple[int, int], int], threshold: float, apart: Callable[[int], object] | None = None) -> list[list[int]]:
    """The groups of `members`, each sorted, by their first members.

    `pairs` has the probabilities, in thousandths, of pairs `(smaller, larger)`; a pair that is missing counts as 0. Two groups join while
    the mean over all pairs across them reaches `threshold`, the likeliest first. Members of which `apart` tells the same never join.
    """
    groups = {one: [one] for one in members}
    kinds = {one: {apart(one)} if apart else set() for one in groups}
    links: dict[int, dict[int, int]] = {one: {} for one in groups}
    for (a, b), value in pairs.items():
        if a in links and b in links:
            links[a][b] = links[b][a] = value
    heap = [(-value / SCALE, a, b) for a, near in links.items() for b, value in near.items() if a < b]
    heap = [entry for entry in heap if -entry[0] >= threshold]
    heapq.heapify(heap)
    while heap:
        mean, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or -mean != _mean(links[a][b], groups[a], groups[b]) or kinds[a] & kinds[b]:
            continue
        _join(a, b, groups, links)
        kinds[a] |= kinds.pop(b)
        for c, value in links[a].items():
            mean = _mean(value, groups[a], groups[c])
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(a, c), max(a, c)))
    return sorted(sorted(group) for group in groups.values())


def _mean(total: int, first: list[int], second: list[int]) -> float:
    return total / (len(first) * len(second)) / SCALE


def _join(a: int, b: int, groups: dict[int, list[int]], links: dict[int, dict[int, int]]) -> None:
    """Put group `b` into group `a`, the smaller number; what links them to others is added up."""
    groups[a].extend(groups.pop(b))
    for c, value in links.pop(b).items():
        del links[c][b]
        if c != a:
            links[a][c] = links[c][a] = links[a].get(c, 0) + value


def components(members: Iterable[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The members that pairs tie together, directly or through others; each sorted, by their first members."""
    near: dict[int, list[int]] = {one: [] for one in members}
    for a, b in pairs:
        near[a].append(b)
        near[b].append(a)
    found, seen = [], set[int]()
    for start in sorted(near):
        part, todo = [], [start]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                part.append(one)
                todo.extend(near[one])
        if part:
            found.append(sorted(part))
    return found
