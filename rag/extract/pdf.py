"""PDF by PDFium: the document, its outline, the text and the boxes of a page. In a parser process only.

Everything comes from the one engine (page labels, outline and title too), so that no two parsers can disagree on which
page is which. Boxes are turned from PDF user space (ISO 32000-1, 8.3.2.3: origin at the bottom left, before rotation)
to points from the top left of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from rag.errors import LibraryProblem, PhialError, Problem
from rag.extract.characters import composed, readable
from rag.extract.formats import PDF, SAMPLE_BYTES, path_problem
from rag.extract.layout import SOFT_HYPHEN, Glyph, OutlineEntry, PageLayout, lay_out
from rag.extract.legible import is_scarce, needs_ocr
from rag.extract.pdf_objects import Drawn, drawn_on
from rag.pages import DocumentInfo, PageText, Picture
from rag.protocol import Box

LINE_END_HYPHEN = 2
"""PDFium's sign for a hyphen at a line's end, which it puts in place of hyphen and line end together."""
MOST_OUTLINE_ENTRIES = 20_000
_NOT_LOOKED_AT = Drawn(0, 0.0, 0)
_NO_PAGES = re.compile(rb"<<(?=[^>]*/Type\s*/Pages\b)[^>]*/Count\s+0\b")
_PROGRAM_TITLE = re.compile(
    r"^(microsoft \w+ - .*|untitled.*|.*\.(docx?|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|odt))$", re.IGNORECASE
)


class Document:
    """An open PDF."""

    def __init__(self, path: Path, password: str = "") -> None:
        """Open the file at ``path``, with ``password`` where it asks for one.

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
        self.pages = len(self.raw)
        if self.pages == 0:
            raise PhialError(LibraryProblem.PDF_WITHOUT_PAGES, path=str(path))
        self._outline: dict[int, list[OutlineEntry]] | None = None

    def close(self) -> None:
        """Give the file back."""
        self.raw.close()

    def info(self) -> DocumentInfo:
        """Format, title (the file's name where the PDF has none of use) and number of pages."""
        title = " ".join(_clean(self.raw.get_metadata_value("Title")).split())
        if sum(map(str.isalpha, title)) < 3 or _PROGRAM_TITLE.match(title):
            title = self.path.stem
        return DocumentInfo(PDF, title, self.pages)

    def page(self, number: int) -> PageText:
        """The page with this number (from 1); one that PDFium can't load has a PAGE_FAILED problem, and no text."""
        label = _clean(self.raw.get_page_label(number - 1))
        try:
            page = self.raw[number - 1]
            try:
                width, height = page.get_size()
                layout = self._layout(page, number)
                drawn = drawn_on(page) if is_scarce(layout.text) else _NOT_LOOKED_AT
                return PageText(
                    number, label, layout.text, layout.words, width, height, layout.headings, None,
                    has_pictures=drawn.pictures > 0,
                    waits=needs_ocr(layout.text, drawn.picture_share, drawn.segments),
                )  # fmt: skip
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            problem = Problem(LibraryProblem.PAGE_FAILED, {"path": str(self.path), "page": number}, str(error))
            return PageText(number, label, "", (), 0.0, 0.0, (), problem, has_pictures=False)

    def paint(self, number: int, scale: float, most_pixels: int) -> Picture:
        """The page as a PNG at ``scale`` pixels a point, or less where that would be more than ``most_pixels``.

        Raises PhialError: PAGE_MISSING, PAGE_FAILED.
        """
        from rag.extract.pictures import paint

        if not 1 <= number <= self.pages:
            raise PhialError(LibraryProblem.PAGE_MISSING, page=number, pages=self.pages)
        try:
            page = self.raw[number - 1]
            try:
                width, height = page.get_size()
                return Picture(paint(page, scale, most_pixels), width, height, self.pages)
            finally:
                page.close()
        except pypdfium2.PdfiumError as error:
            raise PhialError(LibraryProblem.PAGE_FAILED, str(error), path=str(self.path), page=number) from error

    def _layout(self, page: Any, number: int) -> PageLayout:
        frame = _Frame(page)
        if self._outline is None:
            self._outline = self._read_outline()
        entries = self._outline.get(number - 1, []) if self._outline else None
        if entries is not None:
            entries = [OutlineEntry(e.level, e.title, None if e.top is None else frame.top_of(e.top)) for e in entries]
        text_page = page.get_textpage()
        try:
            return lay_out(_glyphs(text_page, frame), entries)
        finally:
            text_page.close()

    def _read_outline(self) -> dict[int, list[OutlineEntry]]:
        """The outline by page index; ``top`` is still a height in user space."""
        outline: dict[int, list[OutlineEntry]] = {}
        for count, bookmark in enumerate(self.raw.get_toc()):
            if count >= MOST_OUTLINE_ENTRIES:
                break
            destination = bookmark.get_dest()
            index = destination.get_index() if destination else None
            if index is None:
                continue
            mode, place = destination.get_view()
            top = place[1] if mode == pdfium.PDFDEST_VIEW_XYZ and len(place) > 1 else None
            outline.setdefault(index, []).append(OutlineEntry(bookmark.level + 1, _clean(bookmark.get_title()), top))
        return outline


class _Frame:
    """Where user space lies on the page as it is shown."""

    def __init__(self, page: Any) -> None:
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def top_of(self, y: float) -> float:
        """The distance from the shown page's top of a height in user space, for an unrotated page (0 for others)."""
        return self.top - y if self.rotation == 0 else 0.0

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box | None:
        """A box of user space on the page as shown; None where none of it is shown."""
        if self.rotation == 0:
            box = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        elif self.rotation == 90:
            box = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.rotation == 180:
            box = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        else:
            box = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        clipped = (max(box[0], 0.0), max(box[1], 0.0), min(box[2], self.width), min(box[3], self.height))
        return clipped if clipped[0] < clipped[2] and clipped[1] < clipped[3] else None


def _glyphs(text_page: Any, frame: _Frame) -> Iterator[Glyph]:
    """The characters of a page in PDFium's order; those that are not shown are left out."""
    raw = text_page.raw
    rectangle = pdfium.FS_RECTF()
    waiting: Glyph | None = None
    for index, code in _codes(text_page):
        if code in (10, 13):
            glyph = Glyph("\n", None)
        elif code == LINE_END_HYPHEN:
            glyph = Glyph(SOFT_HYPHEN, _box(raw, index, rectangle, frame))
        else:
            text = readable(code)
            if not text:
                continue
            box = None if text == " " else _box(raw, index, rectangle, frame)
            if text != " " and box is None:
                continue
            glyph = Glyph(text, box)
        one = composed(waiting.text, glyph.text) if waiting is not None and glyph.text > "\u02ff" else ""
        if waiting is not None and one:
            waiting = Glyph(one, waiting.box)
            continue
        if waiting is not None:
            yield waiting
        waiting = glyph
        if code == LINE_END_HYPHEN:
            yield waiting
            waiting = Glyph("\n", None)
    if waiting is not None:
        yield waiting


def _codes(text_page: Any) -> Iterator[tuple[int, int]]:
    """The index and the code point of each character; two halves of a surrogate pair (Windows) are one."""
    raw = text_page.raw
    high = 0
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            if high:
                yield index, 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        else:
            yield index, code
        high = 0


def _box(raw: Any, index: int, rectangle: Any, frame: _Frame) -> Box | None:
    """The box of a character: the font's full height, so that the boxes of a line are of one height."""
    if pdfium.FPDFText_GetLooseCharBox(raw, index, rectangle):
        left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if left < right and bottom < top:
            return frame.shown(left, bottom, right, top)
    edges = [ctypes.c_double() for _ in range(4)]
    if not pdfium.FPDFText_GetCharBox(raw, index, *edges):
        return None
    left, right, bottom, top = (edge.value for edge in edges)
    # A font without metrics: give the sign the least area that can be seen.
    return frame.shown(left, bottom, max(right, left + 0.1), max(top, bottom + 0.1))


def _says_it_has_no_pages(path: Path) -> bool:
    """Whether a file that PDFium refuses is one without a page: its error is that of a broken one."""
    try:
        with path.open("rb") as file:
            return _NO_PAGES.search(file.read(SAMPLE_BYTES)) is not None
    except OSError:
        return False


def _clean(text: str) -> str:
    return "".join(readable(ord(character)) or " " for character in text).strip()
