from __future__ import annotations

import pytest

from evaluation import calibration


def test_confidence_that_tells_the_truth_has_no_error() -> None:
    assert calibration.error([(0.5, True), (0.5, False), (1.0, True)]) == 0


def test_the_error_is_weighted_by_bin() -> None:
    verdicts = [(0.95, False), (0.25, False), (0.25, False), (0.25, True)]
    assert calibration.error(verdicts) == pytest.approx((0.95 + 0.25) / 4)
    assert calibration.scores(verdicts)["calibration_right"] == 0.25


def test_no_events() -> None:
    assert set(calibration.scores([]).values()) == {0}
