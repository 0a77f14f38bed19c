"""A document's pages as values: what reading gives, and what cutting and the reader pane take.

They stand beside the stages, not in one of them, because stages know nothing of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.errors import LibraryProblem, Problem
from rag.page_forms import PageForm, PageState
from rag.words import (
    PACKED_WORD_BYTES,
    Word,
    document_boxes,
    joined,
    pack_words,
    shares_line,
    unpack_words,
)

__all__ = [
    "PACKED_WORD_BYTES",
    "DocumentInfo",
    "Heading",
    "PageText",
    "Picture",
    "Word",
    "document_boxes",
    "joined",
    "pack_words",
    "shares_line",
    "unpack_words",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page: the offset in the page's text where it stands, its level (1: the highest), its text."""

    start: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it was read. ``number`` counts from 1; ``label`` is the printed number where the file has one, else "".

    Paragraphs in ``text`` are separated by a blank line. ``words`` (none for notes) are in order and do not overlap.
    ``width`` and ``height`` are points of the page as it is shown. ``problem`` says why a page has no text because it
    could not be read. ``form`` is how a person is shown it. ``waits`` says that its text is still to come, by OCR;
    ``confidence`` in [0, 1] is how sure OCR was of the text, -1 where the text is the file's own.
    """

    number: int
    label: str
    text: str
    words: tuple[Word, ...]
    width: float
    height: float
    headings: tuple[Heading, ...]
    problem: Problem | None
    has_pictures: bool
    form: PageForm = PageForm.PICTURE
    waits: bool = False
    confidence: float = -1.0

    @property
    def state(self) -> PageState:
        """What came of the page."""
        if self.waits:
            return PageState.WAITING
        if self.problem is not None:
            is_left = self.problem.kind == LibraryProblem.SCAN_LEFT_UNREAD
            return PageState.LEFT_UNREAD if is_left else PageState.FAILED
        if not self.text.strip():
            return PageState.EMPTY
        return PageState.TEXT if self.confidence < 0.0 else PageState.OCR


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a document is: its format (a key of ``PAGE_UNITS``), its title, its number of pages (slides, parts …).

    ``dated`` is the day that it states itself (see ``rag.days.stated_day``), "" where it states none.
    """

    format: str
    title: str
    pages: int
    dated: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG; ``width`` and ``height`` of the page in points, ``pages`` of its document."""

    png: bytes
    width: float
    height: float
    pages: int
