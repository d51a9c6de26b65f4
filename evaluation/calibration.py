"""Does an event's confidence say how often such events are right?"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.counting import ratio

BINS = 10


def scores(verdicts: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Expected calibration error over `BINS` equal bins of confidence, mean confidence, and the share that is right."""
    return {
        "calibration_error": error(verdicts),
        "calibration_confidence": ratio(sum(confidence for confidence, _ in verdicts), len(verdicts)),
        "calibration_right": ratio(sum(right for _, right in verdicts), len(verdicts)),
    }


def error(verdicts: Sequence[tuple[float, bool]]) -> float:
    """The mean gap between confidence and truth, each bin weighted by its events."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in verdicts:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    gaps = (abs(sum(confidence for confidence, _ in one) - sum(right for _, right in one)) for one in bins)
    return ratio(sum(gaps), len(verdicts))
