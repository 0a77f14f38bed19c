"""The health of documents as the terminal's table: a line a document."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import describe, text
from rag.page_counts import mean_confidence, page_counts
from rag.protocol import DocumentHealth, PageRun, PageState

MOST_RUNS = 5
"""Runs of failed pages of one document that are told; ``--json`` gives all."""


def health_row(health: DocumentHealth, language: str) -> tuple[str, str, str, str]:
    """The document, its state, what came of its pages, and why with what helps."""
    document = health.document
    state = text(f"state_{document.state}", language)
    if document.is_away:
        state += f", {text('is_away', language)}"
    why = [str(describe(document.reason, language))] if document.reason is not None else _failed(health.pages, language)
    helps = [text(f"mend_{mend}", language) for mend in health.mends[:1]] if document.reason is None else []
    return document.name, state, pages_in_words(health.pages, language), " ".join((*why, *helps))


def pages_in_words(runs: Sequence[PageRun], language: str) -> str:
    """“140 text, 8 OCR (93 %), 2 failed”."""
    percent = f"{100 * mean_confidence(runs):.0f}"
    counts = page_counts(runs)
    return ", ".join(
        text(f"health_{state}", language, pages=counts[state], percent=percent)
        for state in PageState
        if state in counts
    )


def _failed(runs: Sequence[PageRun], language: str) -> list[str]:
    failed = [run for run in runs if run.state is PageState.FAILED and run.reason is not None]
    told = [
        text(
            "health_failed_pages",
            language,
            pages=str(run.first) if run.first == run.last else f"{run.first}–{run.last}",
            reason=describe(run.reason, language).title,
        )
        for run in failed[:MOST_RUNS]
        if run.reason is not None
    ]
    return [*told, "…"] if len(failed) > MOST_RUNS else told
