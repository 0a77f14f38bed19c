"""What a sample tells, and how surely: shares, means and areas under a curve, each with its 95 % interval."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from report import wilson_interval

RESAMPLES = 2_000
"""Of a bootstrap."""


Values = Sequence[float] | NDArray[np.float64]


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A figure of a sample of ``n``, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def share(outcomes: Sequence[bool]) -> Estimate | None:
    """The share of what is true, with Wilson's interval; None of nothing."""
    if not outcomes:
        return None
    return Estimate(sum(outcomes) / len(outcomes), *wilson_interval(sum(outcomes), len(outcomes)), len(outcomes))


def mean(values: Sequence[float], seed: int) -> Estimate | None:
    """The mean, with the percentile interval of a bootstrap (Efron & Tibshirani 1993); None of nothing."""
    if not values:
        return None
    sample = np.asarray(values, float)
    drawn = np.random.default_rng(seed).integers(0, len(sample), (RESAMPLES, len(sample)))
    return Estimate(float(sample.mean()), *middle(sample[drawn].mean(axis=1)), len(sample))


def difference(values: Sequence[float], others: Sequence[float], seed: int) -> Estimate | None:
    """The mean by which ``values`` exceed ``others``, paired: the same questions are drawn on both sides."""
    return mean([one - other for one, other in zip(values, others, strict=True)], seed)


def area(positive: Values, negative: Values) -> float:
    """The area under the curve: how likely a ``positive`` score exceeds a ``negative`` one, ties counted half.

    That is Mann & Whitney's U (1947) over the number of pairs; in [0, 1], 0.5 where the scores tell nothing.
    """
    ordered = np.sort(np.asarray(negative, float))
    below = np.searchsorted(ordered, positive, "left")
    up_to = np.searchsorted(ordered, positive, "right")
    return float((below + up_to).sum() / 2 / (len(positive) * len(negative)))


def area_estimate(positive: Sequence[float], negative: Sequence[float], seed: int) -> Estimate | None:
    """``area`` with the interval of a bootstrap that draws from each side alone; None where a side is empty."""
    if not positive or not negative:
        return None
    chance = np.random.default_rng(seed)
    ones, others = np.asarray(positive, float), np.asarray(negative, float)
    areas = np.array(
        [area(chance.choice(ones, len(ones)), chance.choice(others, len(others))) for _ in range(RESAMPLES)]
    )
    return Estimate(area(positive, negative), *middle(areas), len(ones) + len(others))


def middle(resampled: NDArray[np.float64]) -> tuple[float, float]:
    """What 95 % of ``resampled`` lie within."""
    low, high = np.quantile(resampled, (0.025, 0.975))
    return float(low), float(high)
