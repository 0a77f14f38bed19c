"""Showing: a page as a picture or a note as its text, with the places that are to be marked."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from rag.errors import LibraryProblem, PhialError
from rag.extract import Cancelled, PagePainter
from rag.locating import unchanged_path
from rag.pages import PageText, document_boxes
from rag.protocol import Document, Page, PageForm, Span, unit_of
from rag.stores.records import Records

LARGEST_SCALE = 6.0
"""Pixels a point: beyond it a picture of a page outgrows its use."""

PAINTED = frozenset({"pdf", "image"})
"""Formats whose pages are painted from the file itself: one can be looked at before it has been read."""

_UNREAD = PageText(0, "", "", (), 0.0, 0.0, (), None, has_pictures=False)


class PageShower:
    """Shows pages; the pictures are painted by a parser process."""

    def __init__(self, records: Records, painter: PagePainter, password_of: Callable[[str], str]) -> None:
        """``password_of`` knows the password of a document by its SHA-256: "" where it needs none."""
        self._records = records
        self._password_of = password_of
        self._painter = painter

    def show(
        self, sha256: str, page: int, scale: float, marks: Sequence[Span], is_cancelled: Callable[[], bool]
    ) -> Page | None:
        """A page of a document, with the boxes of ``marks`` (spans in its text); None when it was cancelled.

        Raises PhialError DOCUMENT_GONE, DOCUMENT_CHANGED, PAGE_MISSING, what else ``unchanged_path`` raises, and what a
        parser can raise.
        """
        document = next(iter(self._records.documents([sha256])), None)
        if document is None:
            raise PhialError(LibraryProblem.DOCUMENT_GONE)
        kept = self._records.page(sha256, page)
        if kept is None and document.format not in PAINTED:
            raise PhialError(LibraryProblem.PAGE_MISSING, page=page, pages=document.pages)
        if kept is not None and kept.form is not PageForm.PICTURE:
            return _page(document, document.paths[0] if document.paths else "", kept, page, marks)
        try:
            path = unchanged_path(self._records, sha256, document.name, is_cancelled)
        except Cancelled:
            return None
        except PhialError as error:
            if error.kind is not LibraryProblem.FILE_CHANGED:
                raise
            raise PhialError(LibraryProblem.DOCUMENT_CHANGED, error.details, **error.parameters) from error
        scale = min(max(scale, 0.1), LARGEST_SCALE)
        password = self._password_of(sha256)
        picture = self._painter.paint(path, page, scale, is_cancelled, document.format, password)
        if picture is None:
            return None
        shown = _page(document, str(path), kept or _UNREAD, page, marks)
        boxes = tuple(box for start, end in marks for box in document_boxes(kept.words, start, end)) if kept else ()
        return dataclasses.replace(
            shown, pages=picture.pages, width=picture.width, height=picture.height, picture=picture.png, boxes=boxes
        )


def _page(document: Document, path: str, kept: PageText, page: int, marks: Sequence[Span]) -> Page:
    return Page(
        id=0, sha256=document.sha256, name=document.name, path=path, format=document.format, page=page,
        pages=document.pages, label=kept.label, width=kept.width, height=kept.height, picture=b"", text=kept.text,
        boxes=(), marks=tuple(marks), form=kept.form, unit=unit_of(document.format, kept.form),
        confidence=kept.confidence,
    )  # fmt: skip
