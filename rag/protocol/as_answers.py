"""Summaries and findings in the form of an answer: how they are kept, copied and saved. Standard library only."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from rag.protocol.finding import FoundAll
from rag.protocol.summaries import Summary, SummarySentence
from rag.protocol.values import Answer, Citation, Sentence, Timings

MOST_QUOTED = 200
"""Documents whose quotes are kept in the history: of a thousand they would be as much as the library's text."""


def bold(heading: str) -> str:
    """``heading`` as a line in bold, in the marks that answers are written with."""
    return f"**{heading}**"


def summary_as_answer(summary: Summary, as_heading: Callable[[str], str] = bold) -> Answer:
    """``summary`` with its headings as lines (``as_heading``); each citation is numbered as its chip shows it."""
    names = {document.sha256: document.document for document in summary.documents}
    sentences: list[Sentence] = []
    text = ""

    def add(sentence: Sentence, gap: str) -> None:
        nonlocal text
        text += (gap if text else "") + sentence.text
        sentences.append(sentence)

    def add_all(written: tuple[SummarySentence, ...], first_gap: str, heading: str) -> None:
        if heading:
            add(Sentence(as_heading(heading), supported=True), first_gap)
            first_gap = "\n"
        for one in written:
            add(Sentence(one.text, one.supported or bool(one.original), one.citations), first_gap)
            first_gap = " "

    for section in summary.sections:
        add_all(section.sentences, "\n\n", section.heading or (names.get(section.sha256, "") if len(names) > 1 else ""))
    for row in summary.rows:
        add_all((), "\n\n", row.aspect)
        for cell in row.cells:
            if cell.sentences:
                add(Sentence(f"{names.get(cell.sha256, '')}:", supported=True), "\n")
                add_all(cell.sentences, " ", "")
    citations = tuple(dataclasses.replace(one, passage=one.number) for one in summary.citations)
    return Answer(
        question="", text=text, refused=False, support=1.0, sentences=tuple(sentences), citations=citations,
        passages=(), model=summary.model, is_stand_in=summary.is_stand_in, timings=summary.timings,
        was_stopped=summary.was_stopped,
    )  # fmt: skip


def findings_as_answer(
    found: FoundAll,
    outcome: str,
    place_of: Callable[[Citation], str],
    line_of: Callable[[str], str],
    as_heading: Callable[[str], str] = bold,
) -> Answer:
    """What was found: each document as a heading, below it its quotes as lines (``line_of``), with their places.

    ``outcome`` stands above, as a sentence; "": nothing does.
    """
    sentences: list[Sentence] = []
    citations: list[Citation] = []
    text = ""

    def add(sentence: Sentence, gap: str) -> None:
        nonlocal text
        text += (gap if text else "") + sentence.text
        sentences.append(sentence)

    if outcome:
        add(Sentence(outcome, supported=True), "")
    for finding in found.findings:
        add(Sentence(as_heading(finding.document), supported=True), "\n\n")
        for citation in finding.citations:
            number = len(citations) + 1
            citations.append(dataclasses.replace(citation, number=number, passage=number))
            place = place_of(citation)
            said = f"“{line_of(citation.quote)}”" + (f" ({place})" if place else "")
            add(Sentence(said, supported=True, citations=(number,)), "\n")
    return Answer(
        question="", text=text, refused=False, support=1.0, sentences=tuple(sentences), citations=tuple(citations),
        passages=(), model="", is_stand_in=False, timings=Timings(0.0, 0.0, found.seconds, 0, 0),
        was_stopped=found.was_stopped,
    )  # fmt: skip


def shortened(found: FoundAll) -> FoundAll:
    """``found`` as it is kept: of a document after the first MOST_QUOTED, that it was found there."""
    rest = (dataclasses.replace(one, passages=(), citations=()) for one in found.findings[MOST_QUOTED:])
    return dataclasses.replace(found, findings=(*found.findings[:MOST_QUOTED], *rest))
