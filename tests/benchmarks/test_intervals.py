"""What a sample tells, and how surely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intervals import area, area_estimate, difference, mean, share

scores = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=20)


@given(scores, scores)
def test_the_area_is_the_share_of_pairs_in_the_right_order(positive: list[float], negative: list[float]) -> None:
    pairs = [1.0 if one > other else 0.5 if one == other else 0.0 for one in positive for other in negative]
    assert area(positive, negative) == pytest.approx(sum(pairs) / len(pairs))
    assert area(negative, positive) == pytest.approx(1.0 - area(positive, negative))


def test_an_area_of_scores_that_part_all_is_sure() -> None:
    estimate = area_estimate([2.0, 3.0], [0.0, 1.0], seed=1)
    assert estimate is not None
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (1.0, 1.0, 1.0, 4)


def test_nothing_was_measured_of_nothing() -> None:
    assert share([]) is None
    assert mean([], seed=1) is None
    assert area_estimate([], [1.0], seed=1) is None
    assert area_estimate([1.0], [], seed=1) is None


def test_a_share_has_wilsons_interval() -> None:
    estimate = share([True] * 8 + [False] * 2)
    assert estimate is not None
    assert (estimate.value, estimate.n) == (0.8, 10)
    assert (estimate.low, estimate.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))


def test_a_mean_lies_in_its_interval_which_narrows_as_the_sample_grows() -> None:
    few, many = mean([0.0, 1.0] * 5, seed=1), mean([0.0, 1.0] * 500, seed=1)
    assert few is not None
    assert many is not None
    assert few.low < few.value == 0.5 < few.high
    assert many.high - many.low < (few.high - few.low) / 5
    # What a normal distribution gives for so many: 1.96 · 0.5 / √1000.
    assert many.high - many.value == pytest.approx(0.031, abs=0.004)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [number**0.5 for number in range(40)]
    assert mean(values, seed=3) == mean(values, seed=3) != mean(values, seed=4)


def test_a_paired_difference_is_surer_than_two_means() -> None:
    values = [float(number % 7) for number in range(50)]
    ahead = difference([value + 1.0 for value in values], values, seed=1)
    assert ahead is not None
    assert (ahead.value, ahead.low, ahead.high) == (1.0, 1.0, 1.0)
