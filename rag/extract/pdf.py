"""PDF by PDFium: the document, its outline, the text and the boxes of a page. In a parser process only.

Everything comes from the one engine (page labels, outline and title too), so that no two parsers can disagree on which
page is which. Boxes are turned from PDF user space (ISO 32000-1, 8.3.2.3: origin at the bottom left, before rotation)
to points from the top left of the page as it is shown.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from rag.days import stated_day
from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract.formats import PDF, SAMPLE_BYTES, path_problem
from rag.extract.headings import OutlineEntry, TypeSizes, type_sizes
from rag.extract.layout import PageLayout, lay_out
from rag.extract.legible import is_scarce, needs_ocr
from rag.extract.lines import Line
from rag.extract.pdf_objects import Drawn, drawn_on
from rag.extract.pdf_structure import (
    annotations_of,
    attachments_of,
    clean,
    form_of,
    is_made_by_program,
    outline_entries,
    outline_of,
)
from rag.extract.pdf_text import Frame, lines_of
from rag.pages import DocumentInfo, PageText

if TYPE_CHECKING:
    from rag.extract.pictures import Painting

SAMPLED_PAGES = 8
"""About how many pages of a document tell the size of its type."""
PAGES_AN_ENTRY = 8
"""An outline that has fewer entries than one for so many pages names chapters, not sections."""
_NOT_LOOKED_AT = Drawn(0, 0.0, 0)
_NO_PAGES = re.compile(rb"<<(?=[^>]*/Type\s*/Pages\b)[^>]*/Count\s+0\b")
_PROGRAM_TITLE = re.compile(
    r"^(microsoft \w+ - .*|untitled.*|.*\.(docx?|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|odt))$", re.IGNORECASE
)


class Document:
    """An open PDF."""

    def __init__(self, path: Path, password: str = "", *, is_alone: bool = False) -> None:
        """Open the file at ``path``, with ``password`` where it asks for one.

        ``is_alone``: no page is looked at for the sake of another, as where one of them brings the process down.
        Raises PhialError: PDF_BROKEN, PDF_ENCRYPTED, PDF_WITHOUT_PAGES, PATH_MISSING, PATH_UNREADABLE.
        """
        self.path = path
        try:
            self.raw: Any = pypdfium2.PdfDocument(path, password=password or None)
        except pypdfium2.PdfiumError as error:
            kind = LibraryProblem.PDF_BROKEN
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                kind = LibraryProblem.PDF_ENCRYPTED
            elif error.err_code == pdfium.FPDF_ERR_FILE:
                kind = LibraryProblem.PATH_UNREADABLE
            elif _says_it_has_no_pages(path):
                kind = LibraryProblem.PDF_WITHOUT_PAGES
            raise PhialError(kind, details=f"PDFium error {error.err_code}", path=str(path)) from error
        except (OSError, ValueError) as error:
            raise path_problem(path, error) from error
        self._form = form_of(self.raw)
        self.pages = len(self.raw)
        if self.pages == 0:
            raise PhialError(LibraryProblem.PDF_WITHOUT_PAGES, path=str(path))
        self._outline: dict[int, list[OutlineEntry]] | None = None
        self._sample: dict[int, tuple[Any, list[Line]]] | None = {} if is_alone else None
        self._sizes: TypeSizes | None = None

    def close(self) -> None:
        """Give the file back."""
        self.raw.close()

    def info(self) -> DocumentInfo:
        """Format, title (the file's name where the PDF has none of use), number of pages, and when it was made."""
        title = " ".join(clean(self.raw.get_metadata_value("Title")).split())
        if sum(map(str.isalpha, title)) < 3 or _PROGRAM_TITLE.match(title):
            title = self.path.stem
        days = (stated_day(clean(self.raw.get_metadata_value(key))) for key in ("CreationDate", "ModDate"))
        return DocumentInfo(PDF, title, self.pages, next(filter(None, days), ""))

    def page(self, number: int) -> PageText:
        """The page with this number (from 1); one that PDFium can't load has a PAGE_FAILED problem, and no text."""
        label = clean(self.raw.get_page_label(number - 1))
        try:
            page, lines = self._opened(number)
            try:
                width, height = page.get_size()
                layout = self._layout(page, lines, number)
                drawn = drawn_on(page) if is_scarce(layout.text) else _NOT_LOOKED_AT
                problem = self._problem(LibraryProblem.PDF_FORM_BY_PROGRAM) if is_made_by_program(self.raw) else None
                return PageText(
                    number, label, layout.text, layout.words, width, height, layout.headings, problem,
                    has_pictures=drawn.pictures > 0,
                    waits=needs_ocr(layout.text, drawn.picture_share, drawn.segments),
                )  # fmt: skip
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            problem = Problem(LibraryProblem.PAGE_FAILED, {"path": str(self.path), "page": number}, str(error))
            return PageText(number, label, "", (), 0.0, 0.0, (), problem, has_pictures=False)

    def _problem(self, kind: LibraryProblem) -> Problem:
        return Problem(kind.value, {"path": str(self.path)})

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of each attached file; one that can't be unpacked has no content."""
        return attachments_of(self.raw)

    def outline(self, most: int) -> tuple[tuple[str, int, int], ...]:
        """Title, level and page, both from 1, of the ``most`` first entries of the document's own outline."""
        return tuple(
            (entry.title, entry.level, index + 1) for index, entry in itertools.islice(outline_entries(self.raw), most)
        )

    def draw(self, number: int, scale: float | None, most_pixels: int) -> Painting:
        """The page as a picture at ``scale`` pixels a point, or less where that would be more than ``most_pixels``.

        None: the scale at which it is best read. Raises PhialError: PAGE_MISSING, PAGE_FAILED.
        """
        from rag.extract.pictures import paint

        if not 1 <= number <= self.pages:
            raise PhialError(LibraryProblem.PAGE_MISSING, page=number, pages=self.pages)
        try:
            page = self.raw[number - 1]
            try:
                return paint(page, scale, most_pixels)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise PhialError(LibraryProblem.PAGE_FAILED, str(error), path=str(self.path), page=number) from error

    def _opened(self, number: int) -> tuple[Any, list[Line]]:
        """A page, to be closed again, and its lines."""
        if self._outline is None:
            self._outline = outline_of(self.raw)
        if self._sample is None:
            # An outline says what the headings are, unless it is a few chapters' only; else the document's type does.
            entries = sum(map(len, self._outline.values()))
            self._sample = {} if entries * PAGES_AN_ENTRY >= self.pages else self._taken_sample()
        if number in self._sample:
            return self._sample.pop(number)
        page = self.raw[number - 1]
        return page, _lines(page)

    def _layout(self, page: Any, lines: list[Line], number: int) -> PageLayout:
        frame = Frame(page)
        annotations = annotations_of(page, frame, self._form)
        if not self._outline:
            return lay_out(lines, None, self._sizes, annotations)
        entries = [
            OutlineEntry(entry.level, entry.title, None if entry.top is None else frame.top_of(entry.top))
            for entry in self._outline.get(number - 1, [])
        ]
        return lay_out(lines, entries, self._sizes, annotations)

    def _taken_sample(self) -> dict[int, tuple[Any, list[Line]]]:
        """Some pages spread over the document, so that headings are measured by all of its type and not by one page's.

        Always the same ones: a page is to be read alike when reading goes on after a crash.
        """
        sample: dict[int, tuple[Any, list[Line]]] = {}
        for index in range(0, self.pages, max(1, self.pages // SAMPLED_PAGES)):
            with contextlib.suppress(pypdfium2.PdfiumError):
                page = self.raw[index]
                sample[index + 1] = page, _lines(page)
        self._sizes = type_sizes(line for _, lines in sample.values() for line in lines)
        return sample


def _lines(page: Any) -> list[Line]:
    text_page = page.get_textpage()
    try:
        return lines_of(text_page, Frame(page))
    finally:
        text_page.close()


def _says_it_has_no_pages(path: Path) -> bool:
    """Whether a file that PDFium refuses is one without a page: its error is that of a broken one."""
    try:
        with path.open("rb") as file:
            return _NO_PAGES.search(file.read(SAMPLE_BYTES)) is not None
    except OSError:
        return False
