"""Sums over the pages of a document's health, as views show them."""

from __future__ import annotations

from collections.abc import Sequence

from rag.protocol import PageRun, PageState


def page_counts(runs: Sequence[PageRun]) -> dict[PageState, int]:
    """How many pages are in each state, without the states in which none is."""
    counts: dict[PageState, int] = {}
    for run in runs:
        counts[run.state] = counts.get(run.state, 0) + run.last - run.first + 1
    return counts


def mean_confidence(runs: Sequence[PageRun]) -> float:
    """How sure OCR was on average of the pages it read, in [0, 1]; -1 where it read none."""
    read = [(run.last - run.first + 1, run.confidence) for run in runs if run.state is PageState.OCR]
    pages = sum(count for count, _ in read)
    return sum(count * confidence for count, confidence in read) / pages if pages else -1.0
