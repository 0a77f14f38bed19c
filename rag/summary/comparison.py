"""The comparison of documents as a table: a row for each aspect, a cell for what each document says of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator, Sequence

from rag.protocol import ComparisonCell, ComparisonRow, Stage, SummaryProgress, Token
from rag.summary.aspects import aspects, saying
from rag.summary.author import Author
from rag.summary.composing import Composed, compose
from rag.summary.finishing import Numbering
from rag.summary.materials import Material
from rag.summary.notes import Note, quoted
from rag.summary.ranking import Candidate
from rag.summary.writing import Length, Wish, draft_of_notes, fitting, room

CELL = Length(sentences=2, notes=5, prompt=260, answer=80)


@dataclasses.dataclass(frozen=True)
class Compared:
    """The rows, as many as there were until it was cancelled; ``left_out`` as in Composed."""

    rows: tuple[ComparisonRow, ...]
    left_out: int


def compare(
    materials: Sequence[Material],
    ranked: Sequence[Sequence[Candidate]],
    wish: Wish,
    author: Author | None,
    numbering: Numbering,
    is_cancelled: Callable[[], bool],
) -> Generator[SummaryProgress | Stage | Token, None, Compared]:
    """Compare ``materials``, of which ``ranked`` are the sentences; without ``author``, cells quote."""
    rows: list[ComparisonRow] = []
    left_out = 0
    every = aspects([material.outline for material in materials], ranked, wish.focus)
    for index, aspect in enumerate(every):
        yield SummaryProgress(0, "comparing", "", index, len(every))
        cells: list[ComparisonCell] = []
        for material, candidates in zip(materials, ranked, strict=True):
            found = [dataclasses.replace(candidate, section=0) for candidate in saying(candidates, aspect, CELL.notes)]
            notes = tuple(map(quoted, found))
            composed = Composed(notes[:1], 0)
            if notes and author is not None:
                cell = yield from _written(notes, found, Wish(material.language, aspect.name), author)
                if cell is None:
                    return Compared(tuple(rows), left_out)
                composed = cell
            left_out += composed.left_out
            cells.append(
                ComparisonCell(material.document.sha256, tuple(numbering.sentence(note) for note in composed.notes))
            )
        if is_cancelled():
            break
        # An aspect that none of them speaks of says something only where a person asked for it.
        if wish.focus or any(cell.sentences for cell in cells):
            rows.append(ComparisonRow(aspect.name, tuple(cells)))
    return Compared(tuple(rows), left_out)


def _written(
    notes: tuple[Note, ...], found: Sequence[Candidate], wish: Wish, author: Author
) -> Generator[Stage | Token, None, Composed | None]:
    given = fitting(notes, room(author.context, CELL, wish, author.count_tokens), author.count_tokens)
    written = yield from author.write(draft_of_notes(given, wish, CELL), (notes[0].citations[0].sha256,))
    if written is None:
        return None
    evidence = list({candidate.passage.number: candidate.passage for candidate in found}.values())
    return compose(written.text, evidence, notes, min(CELL.sentences, len(notes)), lambda _: 0)
