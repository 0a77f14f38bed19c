"""The figures of bench-quality: what each is, of how many, how sure, and beside what; the one table, the one file."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from intervals import Estimate
from report import show

PIPELINES = ("phial", "dense", "lexical", "stock")
"""What is compared: Phial, its two sides alone, and what a tutorial would build of the same parts."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """One line of the table.

    ``estimates`` are by pipeline, where a pipeline gives such a figure; ``lead`` is by how much Phial's exceeds the
    best of the others, paired. ``unit``: "share" (told in percent), "s" or "" (a plain number). ``goal`` is the least
    that is wanted; for what is to be small (``is_least``), the most.
    """

    topic: str
    name: str
    seed: int
    estimates: dict[str, Estimate]
    lead: Estimate | None = None
    unit: str = "share"
    goal: float | None = None
    is_least: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether Phial's figure is what is wanted."""
        if self.goal is None:
            return True
        value = self.estimates["phial"].value
        return value <= self.goal if self.is_least else value >= self.goal


def figure(topic: str, name: str, seed: int, estimates: dict[str, Estimate | None], **details: Any) -> list[Figure]:
    """The figure, without what nothing was measured of; none at all where Phial gave nothing."""
    measured = {pipeline: estimate for pipeline, estimate in estimates.items() if estimate is not None}
    return [Figure(topic, name, seed, measured, **details)] if "phial" in measured else []


def table(figures: Sequence[Figure]) -> None:
    """Print the one table."""
    rows = []
    topic = ""
    for one in figures:
        cells = [_said(one.estimates.get(pipeline), one.unit) for pipeline in PIPELINES]
        goal = "" if one.goal is None else f"{'≤' if one.is_least else '≥'} {_number(one.goal, one.unit)}"
        mark = "" if one.goal is None else (" ✓" if one.is_reached else " ✗")
        lead = "" if one.lead is None else _said(one.lead, one.unit, signed=True)
        name = one.topic if one.topic != topic else ""
        rows.append((name, one.name, one.estimates["phial"].n, one.seed, *cells, lead, goal + mark))
        topic = one.topic
    show(
        "Each figure with its 95 % interval (shares: Wilson, else bootstrap); the lead over the best other is paired",
        ("topic", "what", "n", "seed", "Phial", "dense alone", "lexical alone", "stock", "lead", "goal"),
        rows,
    )


def as_json(figures: Sequence[Figure]) -> list[dict[str, Any]]:
    """The figures as they are written."""
    return [{**dataclasses.asdict(one), "is_reached": one.is_reached} for one in figures]


def _said(estimate: Estimate | None, unit: str, *, signed: bool = False) -> str:
    if estimate is None:
        return ""
    value = _number(estimate.value, unit)
    sign = "+" if signed and estimate.value >= 0 else ""
    return f"{sign}{value} ({_number(estimate.low, unit)} to {_number(estimate.high, unit)})"


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.1f}"
    return f"{value:.1f} s" if unit == "s" else f"{value:.3f}"
