"""The finished summary as a value."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from rag.protocol import (
    Citation,
    ComparisonRow,
    Summarise,
    SummarisedDocument,
    Summary,
    SummarySection,
    Timings,
)
from rag.summary.author import Author, Spent
from rag.summary.coverage import covered, not_read, outline_cited
from rag.summary.finishing import language_in, words_in
from rag.summary.materials import Material
from rag.summary.thorough import Reading


@dataclasses.dataclass(frozen=True)
class Made:
    """What came of the work: sections or rows, what they cite, how each document (by SHA-256) was read."""

    sections: tuple[SummarySection, ...]
    rows: tuple[ComparisonRow, ...]
    citations: tuple[Citation, ...]
    readings: Mapping[str, Reading]
    left_out: int
    has_model: bool
    was_stopped: bool


def summary_of(
    request: Summarise,
    materials: Sequence[Material],
    made: Made,
    author: Author | None,
    seconds: float,
    begun: float,
) -> Summary:
    """The summary that ``request`` asked for; ``begun`` is when, by the clock of Spent."""
    sentences = [sentence for section in made.sections for sentence in section.sentences]
    sentences += [sentence for row in made.rows for cell in row.cells for sentence in cell.sentences]
    words = sum(material.words for material in materials)
    writer = author if made.has_model else None
    spent = Spent() if writer is None else writer.spent
    first = spent.first_token_at - begun if spent.first_token_at else 0.0
    return Summary(
        mode=request.mode,
        length=request.length,
        focus=request.focus,
        language=language_in(sentences),
        output_language=request.output_language,
        sections=made.sections,
        rows=made.rows,
        citations=made.citations,
        documents=tuple(_document(material, made) for material in materials),
        model="" if writer is None else writer.model.name,
        is_stand_in=writer is not None and writer.model.is_stand_in,
        sentences_left_out=made.left_out,
        compression=round(words_in(sentences) / words, 4) if words else 0.0,
        timings=Timings(
            evidence_s=round(seconds - spent.seconds, 3),
            first_token_s=round(first, 3),
            total_s=round(seconds, 3),
            prompt_tokens=spent.prompt_tokens,
            answer_tokens=spent.answer_tokens,
            cached_tokens=spent.cached_tokens,
        ),
        was_stopped=made.was_stopped,
        compares=request.compares,
    )


def _document(material: Material, made: Made) -> SummarisedDocument:
    document = material.document
    reading = made.readings.get(document.sha256)
    return SummarisedDocument(
        sha256=document.sha256,
        document=document.name,
        path=document.paths[0] if document.paths else "",
        unit=material.unit,
        pages=document.pages,
        covered=covered(document.pages, material.runs, reading.unread if reading else ()) if material.passages else (),
        not_read=not_read(material.runs),
        outline=outline_cited(material.outline, made.citations),
        words=material.words,
        parts=reading.parts if reading else 0,
        parts_cached=reading.parts_cached if reading else 0,
        problem=material.problem,
    )
