"""A figure beside the goal that was set for it, and whether it is met."""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections.abc import Sequence

from intervals import Estimate, mean


@dataclasses.dataclass(frozen=True)
class Figure:
    """A line of the table: what was measured, the ``value`` and how it is shown, and the bound that it must keep.

    ``low`` and ``high`` are a 95 % interval where there is one. A figure without a bound is for information.
    """

    what: str
    value: float | None
    shown: str
    at_least: float | None = None
    at_most: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def goal(self) -> str:
        """The bound in words, "" where there is none."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}"

    @property
    def verdict(self) -> str:
        """Whether the bound is kept: met or missed, and whether the interval leaves that open. "" without a bound."""
        if self.value is None or not self.goal:
            return ""
        verdict = "met" if self._keeps(self.value) else "missed"
        is_open = self.low is not None and self.high is not None and self._keeps(self.low) != self._keeps(self.high)
        return f"{verdict}, not surely" if is_open else verdict

    def _keeps(self, value: float) -> bool:
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


def ratio(what: str, values: Sequence[float], seed: int, *, at_least: float | None = None) -> Figure:
    """A figure of ratios: their geometric mean (of a ratio and its inverse that is 1) with its interval."""
    logarithms = mean([math.log(value) for value in values], seed)
    assert logarithms is not None
    value, low, high = (math.exp(each) for each in (logarithms.value, logarithms.low, logarithms.high))
    return _with_interval(what, Estimate(value, low, high, logarithms.n), "", at_least=at_least)


def pace(what: str, values: Sequence[float], seed: int) -> Figure:
    """A figure of tokens a second: their mean with its interval."""
    estimate = mean(values, seed)
    assert estimate is not None
    return _with_interval(what, estimate, " tokens/s")


def median_ratio(what: str, values: Sequence[float], *, at_most: float) -> Figure:
    """A figure of few ratios: their median, and all of them where there are more."""
    shown = f"{statistics.median(values):.3f}"
    if len(values) > 1:
        shown += f" ({min(values):.3f} to {max(values):.3f}, {len(values)} times)"
    return Figure(what, statistics.median(values), shown, at_most=at_most)


def _with_interval(what: str, estimate: Estimate, unit: str, *, at_least: float | None = None) -> Figure:
    shown = f"{estimate.value:.3g}{unit} [{estimate.low:.3g}, {estimate.high:.3g}], {estimate.n} times"
    return Figure(what, estimate.value, shown, at_least=at_least, low=estimate.low, high=estimate.high)
