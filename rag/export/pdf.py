"""A conversation as PDF, after ISO 32000: real text in every script, its notes at the end, each a click away.

fpdf2 lays out, HarfBuzz shapes, the letters are Noto's, whatever fonts a computer has. Decision 0074.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import LibraryProblem, PhialError
from rag.export.paper import Note, Paper, Part

if TYPE_CHECKING:
    from fpdf import FPDF

_SANS = "NotoSans[wght].ttf"
_FONTS, _EAST_ASIAN_FONTS = "manimgx_fonts", "manimgx_fonts_cjk"
_MARGIN = 22.0
"""Millimetres, like all lengths here; sizes of letters are points."""
_INDENT, _RULE = 6.0, 50.0
_MOST_ROOM = 100.0
"""What is kept together at most: a question may be longer than a page."""
_TITLE, _QUESTION, _TEXT, _SMALL = 18, 13, 11, 9
_LINE = 1.45 * 25.4 / 72
"""A line's height, for each point of its letters: Noto's accents stand high and its tails hang low."""
_BLACK, _GREY, _BLUE = 0x22, 0x66, (0x1F, 0x4E, 0x99)
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in every file: the same conversation gives the same bytes."""
_MOST_NAMED = 12
"""Letters that an error names."""


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF file. Raises PhialError PDF_LACKS_LETTERS where it holds letters that no font here has."""
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

    document = FPDF(format="A4")
    document.str_alias_nb_pages = ""  # "{nb}" in a quote is what it says
    document.set_creation_date(_WRITTEN)
    document.set_lang(paper.language)
    document.set_margins(_MARGIN, _MARGIN, _MARGIN)
    document.set_auto_page_break(auto=True, margin=_MARGIN)
    try:
        writer = _Writer(document, _add_fonts(document, set("".join(_texts(paper)))))
        writer.write(paper)
        return bytes(document.output())
    finally:
        for font in document.fonts.values():
            if isinstance(font, TTFFont):
                font.close()


class _Writer:
    """Writes a paper into a document that has its fonts. ``unwritable`` says what stands for what no font holds."""

    def __init__(self, document: FPDF, unwritable: dict[int, str]) -> None:
        self._document = document
        self._unwritable = unwritable
        self._links: dict[int, int] = {}

    def write(self, paper: Paper) -> None:
        """Write all of it: questions with their answers, then the notes."""
        document = self._document
        document.set_title(paper.title)
        document.add_page()
        self._links = {note.number: document.add_link() for note in paper.notes}
        self._paragraph(paper.title, _TITLE)
        for part in paper.parts:
            self._part(part)
        if paper.notes:
            document.ln(4)
            document.set_draw_color(_GREY)
            document.line(_MARGIN, document.get_y(), _MARGIN + _RULE, document.get_y())
            document.ln(3)
        for note in paper.notes:
            self._have_room(2 * _SMALL * _LINE)
            document.set_link(self._links[note.number], y=document.get_y(), page=document.page)
            self._paragraph(f"{note.number}  {_said_in(note)}", _SMALL, colour=_GREY)

    def _part(self, part: Part) -> None:
        document = self._document
        document.ln(3)
        # A question begins where its answer does, and the outline has to name that page.
        self._have_room(self._height(part.question, _QUESTION) + (2 * _SMALL + 2 * _TEXT) * _LINE)
        if part.question:
            document.start_section(part.question)
            self._paragraph(part.question, _QUESTION)
        if part.origin:
            self._paragraph(part.origin, _SMALL, colour=_GREY)
        document.ln(1)
        for sentence in part.sentences:
            self._dress(_TEXT, _GREY if sentence.mark else _BLACK)
            self._words(sentence.text)
            for number in sentence.notes:
                document.set_text_color(*_BLUE)
                document.char_vpos = "SUP"
                self._words(f" {number}", link=self._links[number])
                document.char_vpos = "LINE"
            if sentence.mark:
                self._dress(_SMALL, _GREY)
                self._words(f" [{sentence.mark}]")
            self._words(" ")
        document.ln(_TEXT * _LINE)
        for remark in part.remarks:
            self._paragraph(remark, _SMALL, colour=_GREY, indent=_INDENT)

    def _words(self, text: str, link: int | str = "") -> None:
        self._document.write(_TEXT * _LINE, text.translate(self._unwritable), link=link)

    def _paragraph(self, text: str, size: int, *, colour: int = _BLACK, indent: float = 0) -> None:
        if text:
            self._dress(size, colour)
            self._document.set_x(_MARGIN + indent)
            written = text.translate(self._unwritable)
            self._document.multi_cell(0, size * _LINE, written, align="L", new_x="LMARGIN", new_y="NEXT")
            self._document.ln(0.6)

    def _have_room(self, height: float) -> None:
        """Go on on the next page where less than ``height`` is left, or than a good part of a page."""
        if self._document.will_page_break(min(height, _MOST_ROOM)):
            self._document.add_page()

    def _height(self, text: str, size: int) -> float:
        self._dress(size, _BLACK)
        written = text.translate(self._unwritable)
        lines = self._document.multi_cell(0, size * _LINE, written, align="L", dry_run=True, output="LINES")
        return len(lines) * size * _LINE if isinstance(lines, list) else 0.0

    def _dress(self, size: int, grey: int) -> None:
        self._document.set_font("Noto", size=size)
        self._document.set_text_color(grey)


def _said_in(note: Note) -> str:
    return f"{note.place}: “{note.quote}”"


def _texts(paper: Paper) -> Iterator[str]:
    """Every text that is written, and the characters that the layout itself puts in."""
    yield f"{paper.title} 0123456789[]:“”\ufffd"
    for part in paper.parts:
        yield from (part.question, part.origin, *part.remarks)
        yield from (text for sentence in part.sentences for text in (sentence.text, sentence.mark))
    yield from map(_said_in, paper.notes)


def _add_fonts(document: FPDF, characters: set[str]) -> dict[int, str]:
    """Have the fonts that hold ``characters``, each only where it is needed; give what stands for those that none has.

    A sign without a font, which is no letter of any language (of a private font, say), gives way to U+FFFD.
    """
    from fontTools.ttLib import TTFont

    document.add_font("Noto", fname=str(files(_FONTS) / _SANS))
    missing = {ord(character) for character in characters if not character.isspace()}
    fallbacks: list[str] = []
    for path in _font_files():
        with TTFont(str(path), lazy=True, fontNumber=0) as font:
            held = missing & font.getBestCmap().keys()
        missing -= held
        if held and path.name != _SANS:
            document.add_font(path.name, fname=str(path))
            fallbacks.append(path.name)
        if not missing:
            break
    lacking = sorted(code for code in missing if unicodedata.category(chr(code))[0] in "LNM")
    if lacking:
        raise PhialError(LibraryProblem.PDF_LACKS_LETTERS, letters="".join(map(chr, lacking[:_MOST_NAMED])))
    document.set_fallback_fonts(fallbacks, exact_match=False)
    document.set_text_shaping(use_shaping_engine=True)
    return dict.fromkeys(missing, "\ufffd")


def _font_files() -> Iterator[Path]:
    """The upright fonts, the one that most is written in first, the largest by far last."""
    folder = Path(str(files(_FONTS)))
    yield folder / _SANS
    yield from sorted(path for path in folder.glob("*.ttf") if path.name != _SANS and "Italic" not in path.name)
    yield from Path(str(files(_EAST_ASIAN_FONTS))).glob("*.ttc")
