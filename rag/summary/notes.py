"""A note: a sentence that may stand in a summary, with the places that support it. Pure."""

from __future__ import annotations

import dataclasses
import functools

from rag.overlap import content_stems
from rag.protocol import Citation, Passage
from rag.summary.ranking import Candidate


@dataclasses.dataclass(frozen=True)
class Note:
    """A sentence and what supports it, at least one place; the ``passage`` of a citation is a passage's number.

    Passages are numbered in reading order through all documents, so that their numbers order notes. ``section`` is the
    place of a section in the outline that the summary is to cover; ``score`` says how much it carries, ``is_quoted``
    that the words are the document's.
    """

    text: str
    citations: tuple[Citation, ...]
    section: int
    score: float
    is_quoted: bool

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands among others: its first passage, and where in the page."""
        return self.citations[0].passage, self.citations[0].start

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        return content_stems(self.text)


def quoted(candidate: Candidate) -> Note:
    """A document's own sentence as a note: it cites itself."""
    passage, (start, end) = candidate.passage, candidate.span
    citation = cited(passage, start, end)
    return Note(candidate.text, (citation,), candidate.section, candidate.score, is_quoted=True)


def cited(passage: Passage, start: int, end: int) -> Citation:
    """The place of a span of a passage's text, as a citation without a number yet."""
    return Citation(
        number=0, passage=passage.number, sha256=passage.sha256, document=passage.document, path=passage.path,
        page=passage.page, label=passage.label, quote=passage.text[start:end], start=passage.start + start,
        end=passage.start + end, unit=passage.unit, confidence=passage.confidence,
    )  # fmt: skip
