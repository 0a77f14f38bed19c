"""The health of documents as the terminal's rows: a line a document, and under it why something is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from rag.errors import about_the_file, describe, text
from rag.page_counts import mean_confidence, page_counts
from rag.protocol import Document, DocumentHealth, PageRun, PageState
from rag.terminal_rows import Row

MOST_RUNS = 5
"""Runs of failed pages of one document that are told; ``--json`` gives all."""


def health_row(health: DocumentHealth, language: str) -> Row:
    """The document, its state and what came of its pages; under it why, and what helps."""
    document = health.document
    failed = _failed(health.pages, language)
    why = [str(describe(about_the_file(document.reason), language))] if document.reason is not None else failed
    helps = [text(f"mend_{mend}", language) for mend in health.mends[:1]] if document.reason is None else []
    cells = (document.name, state_in_words(document, language), pages_in_words(health.pages, language))
    return Row(cells, tuple(part for part in (*why, *helps) if part))


def state_in_words(document: Document, language: str) -> str:
    """“ready”, “ready, away”."""
    state = text(f"state_{document.state}", language)
    return f"{state}, {text('is_away', language)}" if document.is_away else state


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
            reason=describe(about_the_file(run.reason), language).title,
        )
        for run in failed[:MOST_RUNS]
        if run.reason is not None
    ]
    return [*told, "…"] if len(failed) > MOST_RUNS else told
