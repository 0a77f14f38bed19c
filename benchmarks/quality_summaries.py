"""What do summaries cover, and is what they say true? Real reports of a few pages, quick and thorough, by the starter.

A section is covered where a sentence of the summary cites it; a sentence is grounded where the document supports it.
Thorough summaries are of the same documents, none of whose parts were read before. There is nothing to hold them
against but each other.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from intervals import mean, share
from quality_figures import Figure, figure
from quality_texts import library_of

from rag.library import Library
from rag.protocol import Summarise, Summarised, Summary, SummaryMode

DOCUMENTS = 5


def measure(data: Path, seed: int, times: int) -> list[Figure]:
    """The figures of summaries, quick and thorough, of ``times`` as many documents."""
    reports = sorted((data / "pdfs" / "ntsb").glob("*.pdf"))
    chosen = random.Random(f"summaries {seed}").sample(reports, min(DOCUMENTS * times, len(reports)))
    figures: list[Figure] = []
    with library_of("summaries", chosen) as library:
        for mode in SummaryMode:
            figures += told(mode.value, [summarised(library, path, mode) for path in chosen], seed)
    return figures


def summarised(library: Library, path: Path, mode: SummaryMode) -> Summary:
    """The summary of a document in the library."""
    for event in library.summarise(Summarise(0, (str(path),), mode)):
        if isinstance(event, Summarised):
            return event.summary
    raise AssertionError("summarising ends with a summary")


def told(mode: str, summaries: Sequence[Summary], seed: int) -> list[Figure]:
    """The figures of one way to summarise."""
    sections = [one.is_cited for summary in summaries for document in summary.documents for one in document.outline]
    sentences = [one for summary in summaries for section in summary.sections for one in section.sentences]
    own = [not one.is_quoted for one in sentences]
    return [
        *figure("summaries", f"{mode}, sections that are covered", seed, {"phial": share(sections)}),
        *figure(
            "summaries",
            f"{mode}, sentences that are grounded",
            seed,
            {"phial": share([one.supported for one in sentences])},
        ),
        *figure("summaries", f"{mode}, sentences in the model's words", seed, {"phial": share(own)}),
        *figure(
            "summaries", f"{mode}, compression", seed, {"phial": mean([one.compression for one in summaries], seed)}
        ),
        *figure(
            "summaries",
            f"{mode}, seconds",
            seed,
            {"phial": mean([one.timings.total_s for one in summaries], seed)},
            unit="s",
        ),
    ]
