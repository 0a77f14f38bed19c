"""A plausible summary for the tests of what shows one."""

from __future__ import annotations

from rag.errors import LibraryProblem, Problem
from rag.protocol import (
    Citation,
    ComparisonCell,
    ComparisonRow,
    OutlineSection,
    PageRun,
    PageState,
    SummarisedDocument,
    Summary,
    SummaryLength,
    SummaryMode,
    SummarySection,
    SummarySentence,
    Timings,
)

STUDY, NOTES = "a" * 64, "b" * 64
CITATION = Citation(
    1, 0, STUDY, "study.pdf", "/papers/study.pdf", 57, "57", "The crane shall\nwithstand 42 m/s.", 0, 34
)
SUPPORTED = SummarySentence("The crane must withstand 42 m/s.", supported=True, citations=(1,))
QUOTED = SummarySentence("The pins are in.", supported=True, citations=(1,), is_quoted=True)
TRANSLATED = SummarySentence("La gru resta ferma.", supported=False, citations=(1,), original="The crane stands still.")

DOCUMENT = SummarisedDocument(
    STUDY, "study.pdf", "/papers/study.pdf", "page", 260, ((1, 200), (203, 260)),
    (PageRun(201, 201, PageState.WAITING), PageRun(202, 202, PageState.FAILED)),
    (OutlineSection("Cranes", 1, 260, is_cited=True),), 90_000, 110, 40,
)  # fmt: skip
LOCKED = SummarisedDocument(
    NOTES, "locked.pdf", "/papers/locked.pdf", "page", 0, (),
    problem=Problem(LibraryProblem.PDF_ENCRYPTED.value, {"path": "/papers/locked.pdf"}),
)  # fmt: skip

SUMMARY = Summary(
    mode=SummaryMode.THOROUGH,
    length=SummaryLength.PARAGRAPH,
    focus="",
    language="en",
    output_language="it",
    sections=(SummarySection("", "", (SUPPORTED, QUOTED, TRANSLATED)), SummarySection("study.pdf", STUDY, (QUOTED,))),
    rows=(),
    citations=(CITATION,),
    documents=(DOCUMENT, LOCKED),
    model="Phi-4-mini",
    is_stand_in=True,
    sentences_left_out=2,
    compression=0.0012,
    timings=Timings(0.4, 1.5, 60.25, 9_000, 800),
    was_stopped=True,
)
ROWS = (ComparisonRow("wind", (ComparisonCell(STUDY, (SUPPORTED,)), ComparisonCell(NOTES, ()))),)
